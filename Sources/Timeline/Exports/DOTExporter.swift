internal import Coordination

/// The tree of branches in the language of Graphviz: a box for each, an arrow for each fork with what was chosen there.
struct DOTExporter: TraceExporter {
    private struct Box {
        let id: Int
        var parent: TraceBranch?
        var name = ""
        var steps: Int
        var choices: [String] = []
        var choiceCount = 0
    }

    private let header: TraceHeader
    private let nodes: NodeDirectory
    private var boxes = [Box(id: 0, steps: 0)]
    private var placeOfBranch = [0: 0]

    init(_ header: TraceHeader) {
        self.header = header
        nodes = NodeDirectory(header)
    }

    mutating func add(_ line: TraceLine) -> String {
        switch line {
        case .branch(let branch):
            if let place = placeOfBranch[branch.id] {
                boxes[place].name = branch.name
            } else {
                placeOfBranch[branch.id] = boxes.count
                boxes.append(Box(id: branch.id, parent: branch, name: branch.name, steps: branch.fork))
            }
        case .choice(let deviation, let branch):
            guard let place = placeOfBranch[branch] else { break }
            boxes[place].choiceCount += 1
            // An arrow with more of them could not be read.
            if boxes[place].choices.count < 3 { boxes[place].choices.append("\(deviation.position): \(nodes.words(deviation.choice))") }
        case .step(let recorded, let branch):
            if let place = placeOfBranch[branch] { boxes[place].steps = recorded.step.number }
        case .header, .violation, .note, .end: break
        }
        return ""
    }

    mutating func finish() -> String {
        var lines = [
            "digraph branches {", "    rankdir=LR;", "    node [shape=box, fontname=\"monospace\"];", "    edge [fontname=\"monospace\"];",
        ]
        lines.append("    label=\(Self.quoted([header.scenario?.name ?? "trace"]));")
        for box in boxes {
            let title = box.name.isEmpty ? "branch \(box.id)" : "\(box.id) \(box.name)"
            lines.append("    b\(box.id) [label=\(Self.quoted([title, "\(box.steps) steps"]))];")
            guard let parent = box.parent else { continue }
            let more = box.choiceCount > box.choices.count ? ["and \(box.choiceCount - box.choices.count) more"] : []
            lines.append("    b\(parent.parent) -> b\(box.id) [label=\(Self.quoted(["after \(parent.fork)"] + box.choices + more))];")
        }
        return (lines + ["}"]).joined(separator: "\n") + "\n"
    }

    /// Lines of text in the quotes of Graphviz.
    private static func quoted(_ lines: [String]) -> String {
        let plain = lines.map { line in
            line.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : String($0) }.joined().replacing("\\", with: "\\\\")
                .replacing("\"", with: "\\\"")
        }
        return "\"\(plain.joined(separator: "\\n"))\""
    }
}

extension NodeDirectory {
    /// A choice in few words.
    func words(_ choice: Choice) -> String {
        func message(_ name: MessageName) -> String {
            "\(name.isStore ? "store" : "find") of \(name.id) by \(node(name.node))" + (name.copy > 0 ? " (copy \(name.copy))" : "")
        }
        func node(_ index: Int32) -> String { String(self.name(of: index).prefix(8)) }
        return switch choice {
        case .deliver(let name): "deliver \(message(name))"
        case .fireDeadline: "fire the deadline"
        case .advanceClock(let time): "clock + \(time.count) ns"
        case .start(let broadcast): "start \(broadcast.id)"
        case .stop(let id): "stop \(id)"
        case .actNow: "act now"
        case .poll: "poll"
        case .drop(let name): "drop \(message(name))"
        case .duplicate(let name): "duplicate \(message(name))"
        case .delay(let name, let time): "delay \(message(name)) by \(time.count) ns"
        case .edit(let name, _): "edit \(message(name))"
        case .fail(let index, let fault): "\(fault.traceName) \(node(index))"
        case .restart(let index): "restart \(node(index))"
        }
    }
}
