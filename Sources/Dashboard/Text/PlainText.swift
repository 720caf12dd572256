internal import Broadcasts
internal import Canvas
internal import Coordination
internal import Kademlia
public import Scenarios
internal import Simulation
public import Timeline

/// A run as lines of text: for pipes, screen readers, differences and scripts.
///
/// Every step is a line: its number, the time, what went in, what came out. At the end there are some lines for each broadcast:
/// whom it asked, whom it stored with, and why it ended. It is ASCII but for the names of records.
public struct PlainText: Sendable {
    private let scenario: Scenario
    private let words: Words

    /// The text of runs of this scenario.
    public init(_ scenario: Scenario) {
        self.scenario = scenario
        words = Words(keyBits: scenario.keyBits, ellipsis: "~", dot: ".")
    }

    /// What stands before the steps.
    public var heading: String {
        let network = scenario.network
        return """
            # \(scenario.name): \(scenario.title)
            # \(network.nodes.count) nodes, keys of \(scenario.keyBits) bits, seed \(scenario.seed); times in seconds; -> goes in, <- comes out
            """.shownLines
    }

    /// The line of a step.
    public func line(of step: Step) -> String {
        let number = "\(step.number)".padded(to: 5, alignment: .right)
        let time = Words.moment(step.time).padded(to: 9, alignment: .right)
        let event = "-> \(StepText(eventOf: step, words).line(words))".padded(to: 84)
        return "\(number) \(time)  \(event)  <- \(StepText(stateOf: step, words).line(words))".shown
    }

    /// The line of something that happened to a node by itself; it stands before the step that came after it.
    public func line(of happening: NodeHappening) -> String {
        let time = Words.moment(happening.time).padded(to: 9, alignment: .right)
        return "#*    \(time)  \(happening.what.word): node \(words.key(happening.node.key)): \(happening.what.sentence)"
    }

    /// What stands after the steps: what came of each broadcast.
    ///
    /// - Parameter journal: what was observed of the whole run.
    public func summary(of journal: Journal) -> String {
        journal.entries.map { lines(of: $0).joined(separator: "\n") }.joined(separator: "\n").shownLines
    }

    /// The line of a law that a step breaks; it stands below the step.
    public func line(of violation: Violation) -> String {
        "#! step \(violation.step) breaks \(violation.law.rawValue): \(violation.why)".shown
    }

    /// What stands at the very end: how the requests went, and which took longest.
    public func figures(of metrics: Metrics) -> String {
        var lines: [String] = []
        for (name, figures) in [("closer nodes", metrics.finds), ("stores", metrics.stores)] where figures.sent > 0 {
            let counts = [
                "\(figures.sent) sent", "\(figures.answered) answered", "\(figures.failed) failed", "\(figures.timedOut) out of time",
                "\(figures.waiting) awaited", "\(figures.abandoned) not needed any more",
            ].filter { !$0.hasPrefix("0 ") }
            let times = [50, 95, 99].compactMap { percent in
                figures.latencies.percentile(percent).map { "p\(percent) \(Words.length($0))" }
            }
            lines.append("# \(name): \((counts + times).joined(separator: ", "))")
        }
        for standing in metrics.slowest.prefix(3) {
            let call = standing.call
            let what = "\(call.kind == .store ? "StoreRecord" : "GetCloserNodes") \(call.id) node \(words.key(call.node.key))"
            let end = standing.end.map { ", at step \($0)" } ?? ", still awaited"
            lines.append("# slow: \(what), sent at step \(call.sent.step): \(Words.length(standing.duration))\(end)")
        }
        return lines.joined(separator: "\n").shownLines
    }

    private func lines(of entry: JournalEntry) -> [String] {
        var lines = ["# \(entry.id) \(entry.strategy.title) of \"\(entry.record.name)\" to \(words.key(entry.target))"]
        let asked = entry.nodes(where: { $0.asked != nil }, in: scenario.network)
        if entry.strategy != .static { lines.append("#   asked:  \(list(asked))") }
        switch entry.end {
        case .finished(let outcome):
            let failed = outcome.errors.map { "\(words.key($0.node.key)) (\($0.error))" }
            let failedKeys = Set(outcome.errors.map(\.node))
            let missing = Set(outcome.unanswered)
            lines.append("#   stored: \(list(outcome.contacted.filter { !failedKeys.contains($0) && !missing.contains($0) }))")
            if !outcome.early.isEmpty { lines.append("#   early:  \(list(outcome.early))") }
            if !failed.isEmpty { lines.append("#   failed: \(failed.joined(separator: " "))") }
            if !outcome.notContacted.isEmpty { lines.append("#   not sent to: \(list(outcome.notContacted))") }
            if !outcome.unanswered.isEmpty { lines.append("#   unanswered: \(list(outcome.unanswered))") }
            let end = entry.ended.map { " after \(Words.length(entry.started.duration(to: $0.time))), at step \($0.step)" } ?? ""
            lines.append("#   ended:  \(outcome.reason.words)\(end)")
        case .rejected(let reason):
            lines.append("#   rejected: \(reason)")
        case nil:
            let awaited = entry.nodes(
                where: { $0.storeSent == nil ? $0.asked != nil && $0.answered == nil : $0.storeAnswered == nil }, in: scenario.network)
            lines.append(
                "#   not ended: \(awaited.isEmpty ? "it waits for nothing that will ever come" : "no answer came from \(list(awaited))")")
        }
        return lines
    }

    private func list(_ nodes: [NetworkNode]) -> String {
        nodes.isEmpty ? "none" : nodes.map { words.key($0.key) }.joined(separator: " ")
    }
}

extension String {
    /// The text with every line made harmless for a terminal.
    fileprivate var shownLines: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0).shown }.joined(separator: "\n")
    }
}

extension JournalEntry {
    /// The nodes whose trail meets a condition, closest to the target first.
    func nodes(where condition: (NodeTrail) -> Bool, in network: VirtualNetwork) -> [NetworkNode] {
        trails.filter { condition($0.value) }.keys.compactMap { network.node($0) }.sorted { $0.key.isCloser(to: target, than: $1.key) }
    }
}
