internal import Broadcasts
internal import Canvas
internal import Coordination
internal import Queries
internal import Scenarios
internal import Simulation
internal import Timeline

// MARK: - Walking the tree of branches

extension Dashboard {
    /// A branch in the order of the tree, with its depth in it.
    struct BranchRow {
        let branch: Branch
        let depth: Int
        var id: Int { branch.id }
    }

    /// The branches, each after the one that it left.
    var branchRows: [BranchRow] {
        var rows: [BranchRow] = []
        func add(_ branch: Branch, _ depth: Int) {
            rows.append(BranchRow(branch: branch, depth: depth))
            for child in history.branches where child.parent == branch.id { add(child, depth + 1) }
        }
        add(history.branches[0], 0)
        return rows
    }

    /// What a branch is called.
    func title(_ branch: Branch) -> String {
        branch.parent == nil && branch.name.isEmpty ? "as it goes by itself" : branch.name
    }

    /// Goes to a branch.
    mutating func goToBranch(_ id: Int) {
        pause()
        let place = history.position
        guard id != history.branch.id else {
            message = "this is branch \(id) already"
            return
        }
        history.switchBranch(to: id)
        observe()
        message = "branch \(id)" + (history.position == place ? "" : ", at step \(history.position)")
    }

    mutating func performOnBranch(_ command: LineCommand, _ words: [String]) {
        guard let id = words.first.flatMap(branchID) else {
            guard history.branches.count > 1 else {
                complain("there is no other branch yet: a decision begins one; \(keys.name(of: .actions)) on a selected thing lists some")
                return
            }
            complain("\(command.rawValue) needs a branch: one of \(history.branches.map { "\($0.id)" }.joined(separator: ", "))")
            return
        }
        switch command {
        case .branch: goToBranch(id)
        case .prune:
            let gone = history.deleteBranch(id)
            observe()
            message =
                gone == 0
                ? "branch 0 is the run as it goes by itself: it stays" : "\(gone == 1 ? "1 branch is" : "\(gone) branches are") deleted"
        case .compare: compare(id, words.dropFirst().first.flatMap(branchID) ?? history.branch.id)
        default: break
        }
    }

    private func branchID(_ word: String) -> Int? {
        history.branches.first { "\($0.id)" == word || $0.name == word }?.id
    }

    /// Shows where two branches part, and the states there side by side.
    private mutating func compare(_ a: Int, _ b: Int) {
        guard a != b, let difference = history.difference(between: a, and: b) else {
            complain("compare needs two branches, or one that is not this one")
            return
        }
        let words = plainWords
        var lines = [Dialog.Line(text: "The first \(difference.shared) steps are the same.", isStrong: true)]
        for (id, step) in [(a, difference.first), (b, difference.second)] {
            let name = history.branch(id).map(title) ?? ""
            lines += [Dialog.Line(text: ""), Dialog.Line(text: "Branch \(id)\(name.isEmpty ? "" : ", \(name)")", isStrong: true)]
            guard let step else {
                lines.append(Dialog.Line(text: "ends there"))
                continue
            }
            let moment = "step \(step.number), \(Words.moment(step.time))s"
            lines.append(Dialog.Line(text: moment, step: id == history.branch.id ? step.number : nil))
            lines.append(Dialog.Line(text: "  in:  \(StepText(eventOf: step, words).line(words))"))
            lines.append(Dialog.Line(text: "  out: \(StepText(stateOf: step, words).line(words))"))
        }
        lines += [
            Dialog.Line(text: ""),
            Dialog.Line(text: "How the broadcasts stand after it, in branch \(a) and in branch \(b)", isStrong: true),
        ]
        let states = [a, b].map { standings(branch: $0, at: difference.shared + 1) }
        let ids = history.journal.entries.map(\.id) + states.flatMap { $0.map(\.id) }
        var told: Set<OperationID> = []
        for id in ids where told.insert(id).inserted {
            let texts = states.map { state in state.first { $0.id == id }?.text ?? "does not run" }
            let mark = texts[0] == texts[1] ? " " : "*"
            lines.append(Dialog.Line(text: "\(mark) \(id.name.padded(to: 6)) \(texts[0].padded(to: 36)) \(texts[1])"))
        }
        dialog = Dialog(title: "branch \(a) and branch \(b)", lines: lines)
    }

    /// How the running broadcasts of a branch stand after a step.
    private func standings(branch: Int, at position: Int) -> [(id: OperationID, text: String)] {
        var other = history
        other.switchBranch(to: branch)
        other.go(to: position)
        return other.world.view.broadcasts.map { broadcast in
            let candidates = broadcast.query?.candidates ?? []
            let answered = candidates.count { $0.status == .succeeded }
            let stored = broadcast.stores.count { $0.status == .stored }
            let lookup = "\(candidates.count) known, \(answered) answered"
            let stores = "\(stored) of \(broadcast.stores.count) stored"
            return (broadcast.id, broadcast.stores.isEmpty ? "\(broadcast.phase.rawValue): \(lookup)" : "storing: \(stores)")
        }
    }

    /// Goes where the selected thing leads.
    mutating func openSelection() {
        pause()
        switch focus {
        case .metrics: openSelectedCall()
        case .watches: openSelectedWatch()
        case .log, .ladder:
            guard case .step(let step) = selection else {
                message = "no step is selected; \(keys.name(of: .stepForward)) takes one"
                return
            }
            if step == history.position { message = "step \(step) is the one that is shown" }
            goKeepingSelection(to: step)
        case .branches: goToBranch(branchRows[selectedRow(.branches)].id)
        case .queue, .inFlight, .pool, .closest, .map, .convergence: openMenu()
        case .breakpoints:
            switch selection {
            case .breakpoint(let breakpoint): _ = toggleStop("\(breakpoint.id)")
            case .watch(let watch): _ = toggleStop("w\(watch.id)")
            default: message = "nothing to stop at yet: b on a selected thing, or :break FILTER, or :watch VALUE"
            }
        case .beside: showExhibit()
        case .state: explainSelection()
        }
    }

    private mutating func goKeepingSelection(to step: Int) {
        go(to: step)
        selectedStep = nil
    }

    mutating func performInDialog(_ command: Command) -> Effect {
        guard var open = dialog else { return .draw }
        let jumps = open.lines.indices.filter { open.lines[$0].step != nil }
        switch command {
        case .down:
            if let next = jumps.first(where: { $0 > open.selected || open.lines[open.selected].step == nil }) {
                open.selected = next
            } else if open.scroll < lastScroll(of: open) {
                open.scroll += 1
            } else {
                message = "this is the end of the text"
            }
        case .up:
            if let previous = jumps.last(where: { $0 < open.selected }) {
                open.selected = previous
            } else if open.scroll > 0 {
                open.scroll -= 1
            } else {
                message = "this is the beginning of the text"
            }
        case .pageDown, .halfPageDown:
            if open.scroll >= lastScroll(of: open) { message = "this is the end of the text" }
            open.scroll = min(open.scroll + 10, lastScroll(of: open))
        case .pageUp, .halfPageUp:
            if open.scroll == 0 { message = "this is the beginning of the text" }
            open.scroll = max(0, open.scroll - 10)
        case .first:
            if open.scroll == 0, open.selected == jumps.first ?? 0 { message = "this is the beginning of the text" }
            (open.scroll, open.selected) = (0, jumps.first ?? 0)
        case .last:
            if open.scroll >= lastScroll(of: open), open.selected == jumps.last ?? 0 { message = "this is the end of the text" }
            (open.scroll, open.selected) = (lastScroll(of: open), jumps.last ?? 0)
        case .open, .runToSelection:
            dialog = nil
            if let step = open.lines[safe: open.selected]?.step { go(to: step) }
            return .draw
        case .close, .quit:
            dialog = nil
            return .draw
        case .repaint: return .repaint
        default:
            dialog = nil
            let effect = perform(command)
            if dialog?.title == open.title, message == nil { message = "this text is open already" }
            return effect
        }
        dialog = open
        return .draw
    }
}
