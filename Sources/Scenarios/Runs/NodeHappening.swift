internal import Broadcasts
public import Coordination
internal import Kademlia
public import Simulation
public import Timeline

/// Something that happens to a node by itself while the node matters to a broadcast: one that has asked it or sent it a record, or
/// that began with it and only stores, and that still runs.
public struct NodeHappening: Hashable, Sendable {
    /// When it happens.
    public let time: Instant
    /// The node.
    public let node: NetworkNode
    /// What happens to it.
    public let what: VirtualNetwork.Happening
}

extension VirtualNetwork {
    /// What happens to some nodes after one moment and up to another, by time.
    func happenings(to nodes: some Sequence<NetworkNode>, after first: Instant, upTo last: Instant) -> [NodeHappening] {
        let all = nodes.flatMap { node in
            happenings(to: node, after: first, upTo: last).map { NodeHappening(time: $0.time, node: node, what: $0.what) }
        }
        return all.sorted { ($0.time, $0.node.index) < ($1.time, $1.node.index) }
    }
}

// MARK: - Between the steps of a history

extension Scenario {
    /// The most nodes that are looked at; where more matter, those of the latest broadcasts count.
    private static let mostWatched = 4_000

    /// What happens by itself in the time before each of some steps, up to the position, to nodes that matter to a broadcast then.
    ///
    /// - Complexity: O(broadcasts + the nodes of those that ran then), if anything can happen at all; else O(1).
    public func happenings(before steps: Range<Int>, in history: History<World>) -> [Int: [NodeHappening]] {
        let (first, last) = (max(2, steps.lowerBound), min(steps.upperBound - 1, history.position))
        guard network.changesByItself, first <= last else { return [:] }
        let (start, end) = (history.step(first - 1).time, history.step(last).time)
        guard start < end else { return [:] }
        var spans: [Int32: [(from: Instant, to: Instant)]] = [:]
        for entry in history.journal.entries.reversed() where entry.started < end && entry.ended?.time ?? .distantFuture >= start {
            guard spans.count < Self.mostWatched else { break }
            let over = entry.ended?.time ?? .distantFuture
            for (node, trail) in entry.trails {
                let from = min(trail.asked ?? .distantFuture, trail.storeSent ?? .distantFuture)
                if from < end { spans[node, default: []].append((from, over)) }
            }
            guard entry.strategy == .static else { continue }
            for node in entry.seed { spans[node.index, default: []].append((entry.started, over)) }
        }
        var found: [Int: [NodeHappening]] = [:]
        for happening in network.happenings(to: spans.keys.compactMap { network.node($0) }, after: start, upTo: end)
        where spans[happening.node.index]?.contains(where: { $0.from < happening.time && happening.time <= $0.to }) ?? false {
            found[history.stepCount(before: happening.time) + 1, default: []].append(happening)
        }
        return found
    }

    /// What was wrong with a node when it was asked, or happened to it before it could have answered: sentences, none if all was well.
    ///
    /// - Parameter name: how a moment is written.
    public func trouble(
        with node: NetworkNode, asked: Instant, upTo last: Instant, name: (Instant) -> String
    ) -> [String] {
        var sentences: [String] = []
        if let trouble = network.trouble(of: node, at: asked) {
            sentences.append("When the request was sent, at \(name(asked)), \(trouble.state).")
        }
        let later = network.happenings(to: node, after: asked, upTo: last)
        return sentences + later.prefix(4).map { "At \(name($0.time)) \($0.what.sentence)." }
    }
}

extension VirtualNetwork.Happening {
    /// What happens, in a word or two.
    public var word: String {
        switch self {
        case .joined: "joined"
        case .left: "left"
        case .muted: "muted"
        case .failing: "failing"
        case .recovered: "recovered"
        case .cutOff: "cut off"
        case .reconnected: "reconnected"
        }
    }

    /// What happens, as a sentence without an end.
    public var sentence: String {
        switch self {
        case .joined: "the node came back"
        case .left: "the node left: nothing reaches it"
        case .muted: "the node fell silent: it takes requests and answers none"
        case .failing: "the node began to answer with errors only"
        case .recovered: "the node began to answer again"
        case .cutOff: "the node was cut off: no message gets to it or from it"
        case .reconnected: "the node was reached again"
        }
    }

    /// Whether it is for the worse.
    public var isTrouble: Bool {
        switch self {
        case .left, .muted, .failing, .cutOff: true
        case .joined, .recovered, .reconnected: false
        }
    }

    /// How things stand once it has happened, as a part of a sentence.
    var state: String {
        switch self {
        case .joined: "it was there"
        case .left: "it was gone"
        case .muted: "it took requests and answered none"
        case .failing: "it answered with errors only"
        case .recovered: "it answered"
        case .cutOff: "it was cut off"
        case .reconnected: "it could be reached"
        }
    }
}
