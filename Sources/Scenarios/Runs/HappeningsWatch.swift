internal import Broadcasts
internal import Coordination
internal import Simulation
public import Timeline

/// Finds what happens to nodes by itself while a run goes on step by step, in a memory that does not grow with the run.
public struct HappeningsWatch: Sendable {
    /// The time that is looked ahead.
    private static let window = Nanoseconds(30_000_000_000)

    private let network: VirtualNetwork
    /// The nodes of each broadcast that runs.
    private var running: [OperationID: Set<NetworkNode>] = [:]
    /// How many broadcasts each node matters to.
    private var watchers: [NetworkNode: Int] = [:]
    /// What will happen to them up to the horizon, the latest first.
    private var coming: [NodeHappening] = []
    private var horizon = Instant.start

    /// A watch over a run of this scenario at its start.
    public init(_ scenario: Scenario) {
        network = scenario.network
    }

    /// Takes the next step.
    ///
    /// - Returns: what has happened in the time before it, to nodes that mattered to a broadcast then.
    public mutating func happenings(before step: Step) -> [NodeHappening] {
        guard network.changesByItself else { return [] }
        var found: [NodeHappening] = []
        while true {
            while let next = coming.last, next.time <= step.time { found.append(coming.removeLast()) }
            guard horizon < step.time else { break }
            let start = watchers.isEmpty ? step.time : horizon
            horizon = start.advanced(by: Self.window)
            coming = network.happenings(to: watchers.keys, after: start, upTo: horizon).reversed()
        }
        record(step)
        return found
    }

    private mutating func record(_ step: Step) {
        if case .startBroadcast(let id, _, _, let seed, .static) = step.event, step.state != .broadcastRejected(id: id, reason: .idInUse) {
            for node in seed { watch(node, id, from: step.time) }
        }
        switch step.state {
        case .findCloser(let id, _, let node), .storeRecord(let id, let node, _): watch(node, id, from: step.time)
        case .broadcastFinished(let id, _): forget(id)
        case .broadcastRejected(let id, let reason): if reason != .idInUse { forget(id) }
        case .idle, .waiting: break
        }
    }

    private mutating func watch(_ node: NetworkNode, _ id: OperationID, from time: Instant) {
        guard running[id, default: []].insert(node).inserted else { return }
        watchers[node, default: 0] += 1
        guard watchers[node] == 1 else { return }
        for happening in network.happenings(to: [node], after: time, upTo: horizon) {
            let place = coming.firstIndex { ($0.time, $0.node.index) < (happening.time, node.index) } ?? coming.endIndex
            coming.insert(happening, at: place)
        }
    }

    private mutating func forget(_ id: OperationID) {
        for node in running.removeValue(forKey: id) ?? [] {
            watchers[node, default: 1] -= 1
            guard watchers[node] == 0 else { continue }
            watchers[node] = nil
            coming.removeAll { $0.node == node }
        }
    }
}
