internal import Broadcasts
internal import Canvas
internal import Coordination
internal import Kademlia
internal import Scenarios
internal import Simulation
internal import Timeline

// MARK: - The line that is typed

extension Dashboard {
    /// Opens a line to type on.
    mutating func open(_ line: Prompt) {
        pause()
        prompt = line
        recalled = 0
        sharing.overwritable = nil
    }

    mutating func pressInPrompt(_ key: KeyPress) -> Effect {
        guard var line = prompt else { return .draw }
        let outcome = line.press(key)
        prompt = line
        switch outcome {
        case .edited:
            recalled = 0
            previewSearch()
        case .cancelled:
            prompt = nil
            endPreview()
        case .complete: complete()
        case .recall(let direction): recall(direction)
        case .ignored: message = "\(key.name) does nothing on this line; Enter takes it, Esc closes it, Tab completes"
        case .entered: return enter(line)
        }
        return .draw
    }

    private mutating func enter(_ line: Prompt) -> Effect {
        let text = line.text.trimmed
        guard !text.isEmpty || line.purpose == .filter else {
            prompt = nil
            return .draw
        }
        let before = prompt
        prompt = nil
        endPreview()
        var effect = Effect.draw
        switch line.purpose {
        case .command: effect = execute(text)
        case .filter: filtering(line.text) { (dashboard, text) throws(FilterError) in try dashboard.setFilter(text) }
        case .search: filtering(line.text) { (dashboard, text) throws(FilterError) in try dashboard.setSearch(text) }
        }
        // A line that is wrong stays open, to be put right.
        if let problem = commandProblem {
            commandProblem = nil
            prompt = before
            prompt?.problem = problem
        } else {
            remember(text, line.purpose)
        }
        return effect
    }

    /// Does something with a filter; what is wrong with it is noted with its place.
    private mutating func filtering(
        _ text: String, from offset: Int = 0, _ action: (inout Dashboard, String) throws(FilterError) -> Void
    ) {
        do throws(FilterError) {
            try action(&self, text)
        } catch {
            let start = error.range.lowerBound + offset
            // A place at the end of the line is shown as the blank after it.
            commandProblem = (error.message, start..<max(start + 1, error.range.upperBound + offset))
        }
    }

    /// Does something with the filter that follows the first word of a command line.
    private mutating func setStop(
        _ line: String, _ rest: [String], _ action: (inout Dashboard, String) throws(FilterError) -> Void
    ) {
        let offset = line.count - line.drop { $0 != " " }.drop { $0 == " " }.count
        filtering(String(line.dropFirst(offset)), from: offset, action)
    }

    private mutating func remember(_ text: String, _ purpose: Prompt.Purpose) {
        var lines = typed[purpose] ?? []
        lines.removeAll { $0 == text }
        lines.append(text)
        typed[purpose] = Array(lines.suffix(Self.keptLines))
        unkeptLines.append(purpose.sign + text)
    }

    private mutating func recall(_ direction: Int) {
        guard let purpose = prompt?.purpose, let lines = typed[purpose] else {
            message = "no earlier line"
            return
        }
        recalled = min(max(0, recalled - direction), lines.count)
        prompt?.set(recalled == 0 ? "" : lines[lines.count - recalled])
    }

    /// Completes the word before the cursor as far as it is clear; where it is not, the message lists what fits.
    private mutating func complete() {
        guard let line = prompt else { return }
        if let offset = filterStart(of: line) { return completeFilter(line, from: offset) }
        let before = String(line.text.prefix(line.cursor))
        let start = before.lastIndex(of: " ").map { before.distance(from: before.startIndex, to: $0) + 1 } ?? 0
        let part = String(before.dropFirst(start))
        // Of a list, the last name is completed.
        let listed = part.lastIndex(of: ",").map { String(part[...$0]) } ?? ""
        let fitting = candidates(for: String(before.prefix(start)), part: String(part.dropFirst(listed.count))).map { listed + $0 }.filter {
            $0.hasPrefix(part)
        }
        guard let first = fitting.first else {
            message = "nothing begins with \"\(part)\""
            return
        }
        if fitting.count == 1 {
            prompt?.complete(from: start, with: first + " ")
            return
        }
        let shared = fitting.dropFirst().reduce(first) { String(zip($0, $1).prefix { $0 == $1 }.map(\.0)) }
        prompt?.complete(from: start, with: shared)
        message = fitting.joined(separator: "  ")
    }

    /// The place in a line at which a filter begins, if it is to have one.
    private func filterStart(of line: Prompt) -> Int? {
        guard line.purpose == .command else { return 0 }
        let words = line.text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard words.count == 2, let command = LineCommand(rawValue: String(words[0])), [.break, .once, .filter].contains(command),
            line.cursor > words[0].count
        else { return nil }
        return words[0].count + 1
    }

    private mutating func completeFilter(_ line: Prompt, from offset: Int) {
        let (nodes, keyBits) = (offeredNodes, scenario.keyBits)
        let names = Filter.Names(
            broadcasts: history.journal.entries.map(\.id), nodes: { nodes.names(beginning: $0, keyBits: keyBits) })
        let found = Filter.completions(for: String(line.text.dropFirst(offset)), at: line.cursor - offset, names: names)
        guard let first = found.first else {
            message = "nothing fits here"
            return
        }
        if found.count == 1 {
            prompt?.complete(from: first.range.lowerBound + offset, with: first.text)
            return
        }
        message = found.map(\.text).joined(separator: "  ")
    }

    /// The words that can stand after these.
    ///
    /// - Parameter part: what is written of the word.
    private func candidates(for before: String, part: String) -> [String] {
        let words = before.split(separator: " ").map(String.init)
        guard let verb = words.first else { return LineCommand.firstWords.sorted() }
        let ids = history.journal.entries.map(\.id.name)
        let nodes = { offeredNodes.names(beginning: part, keyBits: scenario.keyBits) }
        switch verb {
        case "deliver", "drop", "duplicate", "delay", "edit":
            let more = verb == "edit" ? ["closer", "from", "error", "ok"] : []
            let (words, pending) = (choiceWords, pending)
            return Array(Set(pending.map { words.node($0.name.node) } + pending.map(\.name.id.name))).sorted() + ["find", "store"] + more
        case "crash", "mute", "cut", "restart", "whynot": return nodes()
        case "stop", "finish": return ids
        case "start":
            let targets = history.journal.entries.map { $0.target.shown(scenario.keyBits) }
            if words.last == "to" {
                let offered = offeredNodes.nodes(beginning: part, keyBits: scenario.keyBits)
                return targets + offered.map { $0.key.shown(scenario.keyBits) }
            }
            if words.last == "seeds" { return nodes() + ["none"] }
            return words.count == 2 ? ["followUp", "optimistic", "static"] : words.count > 3 ? ["to", "seeds"] : []
        case "pane": return Pane.allCases.map(\.name)
        case "layout": return Preset.allCases.map(\.rawValue)
        case "export": return words.count > 1 ? Export.Content.allCases.map(\.rawValue) : []
        case "branch", "compare", "prune": return history.branches.map { $0.name.isEmpty ? "\($0.id)" : $0.name }
        default: return []
        }
    }

    // MARK: Carrying out

    /// Does what a line says.
    mutating func execute(_ line: String) -> Effect {
        let words = line.split(separator: " ").map(String.init)
        guard let verb = words.first else { return .draw }
        let rest = Array(words.dropFirst())
        if let number = Int(verb) {
            goFar(to: number)
            return .draw
        }
        if verb.hasSuffix("%"), let percent = Int(verb.dropLast()) {
            goFar(to: history.stepCount * min(max(percent, 0), 100) / 100)
            return .draw
        }
        guard let command = LineCommand(rawValue: verb) else {
            do throws(ChoiceError) {
                for choice in try choiceWords.choices(line) { choose(choice) }
            } catch {
                let isKnown = ChoiceWords.verbs.contains { $0.word == verb }
                let near = nearestWord(to: verb, among: LineCommand.firstWords)
                let sentence =
                    isKnown
                    ? error.description
                    : "nothing is called \"\(verb)\"\(near.map { "; did you mean \($0)?" } ?? "; Tab lists the commands")"
                complain(sentence)
            }
            return .draw
        }
        switch command {
        case .quit: return .quit
        case .t: goToTime(rest)
        case .step:
            guard let count = rest.first.flatMap({ Int($0) }) else { return wrong("step needs a number: such as step 50 or step -3") }
            goFar(to: history.position + count)
        case .finish: finishBroadcast(rest.first)
        case .reverseFinish: finishPhase(forward: false)
        case .break, .once:
            setStop(line, rest) { dashboard, text throws(FilterError) in try dashboard.setBreakpoint(text, isOneShot: command == .once) }
        case .watch: setStop(line, rest) { dashboard, text throws(FilterError) in try dashboard.setWatch(text) }
        case .filter: setStop(line, rest) { dashboard, text throws(FilterError) in try dashboard.setFilter(text) }
        case .delete:
            guard let name = rest.first, removeStop(name) else {
                return wrong(
                    "delete needs the number of a breakpoint, or of a watch such as w1; \(keys.name(of: .focus(.breakpoints))) shows all")
            }
            message = "\(name) is deleted"
        case .share: return share()
        case .toggle:
            guard let name = rest.first, toggleStop(name) else {
                return wrong(
                    "toggle needs the number of a breakpoint, or of a watch such as w1; \(keys.name(of: .focus(.breakpoints))) shows all")
            }
        case .whynot: if let problem = explainMissing(rest) { complain(problem) }
        case .coverage: showCoverage()
        case .branch, .prune, .compare: performOnBranch(command, rest)
        case .name:
            let name = rest.joined(separator: " ")
            history.nameBranch(history.branch.id, name)
            message = name.isEmpty ? "branch \(history.branch.id) has no name any more" : "branch \(history.branch.id) is called \(name)"
        case .pane:
            guard let pane = Pane.allCases.first(where: { $0.name == rest.first }) else {
                return wrong("pane needs one of \(Pane.allCases.map(\.name).joined(separator: ", "))")
            }
            focus = pane
        case .layout:
            guard let preset = rest.first.flatMap({ Preset(rawValue: $0) }) else {
                return wrong("layout needs one of \(Preset.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            setPreset(preset)
        case .export: return export(rest)
        case .save:
            guard let path = rest.first else { return wrong("save needs a file: such as save run.kbt.jsonl") }
            return .save(path)
        }
        return .draw
    }

    /// Notes what is wrong with the line as a whole.
    mutating func complain(_ sentence: String) {
        commandProblem = (sentence, 0..<Int.max)
    }

    /// Notes what is wrong with the line.
    mutating func wrong(_ sentence: String) -> Effect {
        complain(sentence)
        return .draw
    }

    /// Shows the run as a share line, which stands on the terminal after the end, too.
    private mutating func share() -> Effect {
        guard let line = ShareLine(history, of: scenario)?.text else {
            return wrong("this run has no scenario to share; save it as a file instead: save run.kbt.jsonl")
        }
        farewell.removeAll { $0 == line }
        farewell.append(line)
        dialog = Dialog(
            title: "the run up to here in a line",
            lines: [
                Dialog.Line(text: line), Dialog.Line(text: ""),
                Dialog.Line(
                    text: "kadscope and this line open the very same run. It stands on the terminal once you quit, ready to be copied."),
            ])
        return .draw
    }

    private mutating func goToTime(_ words: [String]) {
        guard let word = words.first, let time = Nanoseconds(words: word) else {
            complain("t needs a time: such as t 12.4s or t 300ms")
            return
        }
        let moment = Instant.start.advanced(by: time)
        if history.stepCount(before: moment) < history.stepCount {
            pause()
            go(to: history.stepCount(before: moment) + 1)
        } else {
            begin(.moment(moment), forward: true)
        }
    }

    private mutating func finishBroadcast(_ name: String?) {
        guard let id = name.map({ OperationID($0) }) ?? shownBroadcast?.id ?? scenario.broadcasts.first?.id else { return }
        if let ended = history.journal.entry(id)?.ended { return goFar(to: ended.step) }
        seekStep(.end(of: id), forward: true, "end of \(id)")
    }
}

extension String {
    /// The text without blanks at its ends.
    var trimmed: String {
        var part = self[...]
        while part.first == " " { part.removeFirst() }
        while part.last == " " { part.removeLast() }
        return String(part)
    }
}
