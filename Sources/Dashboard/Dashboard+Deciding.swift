internal import Broadcasts
internal import Canvas
internal import Coordination
internal import Kademlia
internal import Scenarios
internal import Simulation
internal import Timeline

// MARK: - What a person decides: the menu of actions and the choices that it leads to

extension Dashboard {
    /// The words for choices at the position.
    var choiceWords: ChoiceWords {
        let bits = scenario.keyBits
        return ChoiceWords(
            keyBits: bits, nodes: scenario.network, messages: pending,
            keyOfRecord: { Key256(sha256Of: $0, bits: bits) })
    }

    /// Takes a choice: on a branch of its own where it differs from what was recorded.
    mutating func choose(_ choice: Choice) {
        pause()
        let (branch, text) = (history.branch.id, choiceWords.text(choice))
        do throws(ChoiceError) {
            try history.choose(choice)
            message = history.branch.id == branch ? text : "\(text): branch \(history.branch.id) begins here; :pane branches shows all"
        } catch {
            message = "not done: \(error)"
        }
        observe()
    }

    // MARK: The menu

    mutating func openMenu() {
        pause()
        let (title, entries) = actions()
        menu = Menu(title: title, entries: entries)
    }

    /// What can be done with the selected thing of the pane that has the keys, and at any time.
    private func actions() -> (title: String, entries: [Menu.Entry]) {
        let (title, entries): (String, [Menu.Entry])
        switch selection {
        case .broadcast(let broadcast):
            (title, entries) = ("broadcast \(broadcast.id)", [entry("stop \(broadcast.id)", .stop(broadcast.id))])
        case .request(let request):
            let name = MessageName(id: request.name.id, node: request.node.index, isStore: request.name.isStore)
            (title, entries) = messageActions(name, of: request.node)
        case .message(let pending): (title, entries) = messageActions(pending.name, of: pending.node)
        case .node(let row, _):
            let node = choiceWords.node(row.node.index)
            (title, entries) = ("node \(node)", nodeActions(row.node, node))
        case .step(let step): (title, entries) = ("step \(step)", stepActions(step))
        case .branch: return branchActions()
        case .breakpoint(let breakpoint):
            return ("breakpoint \(breakpoint.id)", stopActions("\(breakpoint.id)", breakpoint.isEnabled) + newStopActions)
        case .watch(let watch): return ("watch w\(watch.id)", stopActions("w\(watch.id)", watch.isEnabled) + newStopActions)
        case nil:
            if focus == .breakpoints || focus == .watches { return (focus.title.lowercased(), newStopActions) }
            (title, entries) = ("this moment", [])
        }
        return (title, entries + generalActions())
    }

    private func stepActions(_ step: Int) -> [Menu.Entry] {
        let filter = filter(like: history.step(step))
        let isHere = step == history.position ? "this is the step that is shown" : nil
        return [Menu.Entry(label: "go there", action: .run("\(step)"), obstacle: isHere)]
            + (filter.map { [Menu.Entry(label: "stop at every step like it: \($0)", action: .run("break \($0)"), obstacle: nil)] } ?? [])
            + (history.step(step).isAboutStore ? [storeFailureAction] : [])
    }

    private func branchActions() -> (String, [Menu.Entry]) {
        let branch = branchRows[selectedRow(.branches)].branch
        let isHere = branch.id == history.branch.id ? "this is the branch that is shown" : nil
        return (
            "branch \(branch.id)",
            [
                Menu.Entry(label: "go there", action: .run("branch \(branch.id)"), obstacle: isHere),
                Menu.Entry(label: "compare it with this one", action: .run("compare \(branch.id)"), obstacle: isHere),
                Menu.Entry(label: "give this one a name …", action: .type("name "), obstacle: nil),
                Menu.Entry(
                    label: "delete it, and all that left it", action: .run("prune \(branch.id)"),
                    obstacle: branch.parent == nil ? "it is the run as it goes by itself" : nil),
            ]
        )
    }

    private var storeFailureAction: Menu.Entry {
        Menu.Entry(label: "stop when a node says that a store failed: ev:store-fail", action: .run("break ev:store-fail"), obstacle: nil)
    }

    private var newStopActions: [Menu.Entry] {
        [
            storeFailureAction,
            Menu.Entry(label: "stop when a store fails, by time-out too: watch failed", action: .run("watch failed"), obstacle: nil),
            Menu.Entry(label: "stop when any broadcast ends: st:finished", action: .run("break st:finished"), obstacle: nil),
            Menu.Entry(label: "stop at other steps …", action: .type("break "), obstacle: nil),
            Menu.Entry(label: "stop when a value changes …", action: .type("watch "), obstacle: nil),
        ]
    }

    private func stopActions(_ name: String, _ isEnabled: Bool) -> [Menu.Entry] {
        [
            Menu.Entry(label: isEnabled ? "switch it off" : "switch it on", action: .run("toggle \(name)"), obstacle: nil),
            Menu.Entry(label: "delete it", action: .run("delete \(name)"), obstacle: nil),
        ]
    }

    private func messageActions(_ name: MessageName, of node: NetworkNode) -> (String, [Menu.Entry]) {
        let words = choiceWords
        let text = words.text(.deliver(name)).dropFirst("deliver ".count)
        let obstacle = history.world.obstacle(to: .deliver(name))?.description
        func typed(_ label: String, _ line: String) -> Menu.Entry { Menu.Entry(label: label, action: .type(line), obstacle: obstacle) }
        return (
            "the reply to \(text)",
            [
                entry("deliver it next", .deliver(name)), entry("drop it", .drop(name)), entry("let it arrive twice", .duplicate(name)),
                typed("delay it by …", "delay \(text) "), typed("name other closer nodes …", "edit \(text) closer "),
                typed("let it come from another node …", "edit \(text) from "), typed("make it an error …", "edit \(text) error "),
                entry("make it a success", .edit(name, .success)),
            ] + nodeActions(node, words.node(node.index))
        )
    }

    private func nodeActions(_ node: NetworkNode, _ name: String) -> [Menu.Entry] {
        [
            entry("crash node \(name)", .fail(node.index, .crashed)), entry("mute node \(name)", .fail(node.index, .muted)),
            entry("cut off node \(name)", .fail(node.index, .partitioned)), entry("restart node \(name)", .restart(node.index)),
        ]
    }

    private func generalActions() -> [Menu.Entry] {
        // What a recording forbids, a line that is yet to be typed is as little allowed to do.
        let obstacle = history.world.obstacle(to: .poll)?.description
        return [
            entry("go to the next deadline", .fireDeadline), entry("do the plan's next act now", .actNow), entry("poll the pool", .poll),
            Menu.Entry(label: "move the clock on by …", action: .type("clock "), obstacle: obstacle),
            Menu.Entry(label: "start a broadcast …", action: .type("start "), obstacle: obstacle),
        ]
    }

    private func entry(_ label: String, _ choice: Choice) -> Menu.Entry {
        Menu.Entry(label: label, action: .choose(choice), obstacle: history.world.obstacle(to: choice)?.description)
    }

    mutating func performInMenu(_ command: Command, _ key: KeyPress) -> Effect {
        guard var open = menu else { return .draw }
        let last = open.entries.count - 1
        switch command {
        case .up where open.selected == 0: message = "this is the first entry"
        case .up: open.selected -= 1
        case .down where open.selected == last: message = "this is the last entry"
        case .down: open.selected += 1
        case .pageUp, .halfPageUp, .first:
            if open.selected == 0 { message = "this is the first entry" }
            open.selected = 0
        case .pageDown, .halfPageDown, .last:
            if open.selected == last { message = "this is the last entry" }
            open.selected = last
        case .close, .quit, .actions:
            menu = nil
            return .draw
        case .repaint: return .repaint
        case .open, .runOrPause: return take(open.entries[open.selected])
        default: message = "\(key.name) does nothing here: \(keys.name(of: .open)) takes an entry, \(keys.name(of: .quit)) closes the list"
        }
        menu = open
        return .draw
    }

    private mutating func take(_ entry: Menu.Entry) -> Effect {
        if let obstacle = entry.obstacle {
            message = "not now: \(obstacle)"
            return .draw
        }
        menu = nil
        switch entry.action {
        case .choose(let choice): choose(choice)
        case .type(let line): open(Prompt(.command, text: line))
        case .run(let line): return execute(line)
        case .perform(let command): return perform(command)
        }
        return .draw
    }
}

extension Step {
    /// Whether it sends a store, or tells what came of one.
    fileprivate var isAboutStore: Bool {
        switch (event, state) {
        case (.storeRecordSuccess, _), (.storeRecordFailure, _), (_, .storeRecord): true
        case (_, _): false
        }
    }
}

extension Array {
    /// The element at a place, if there is one.
    subscript(safe place: Int) -> Element? {
        indices.contains(place) ? self[place] : nil
    }
}
