internal import Coordination

/// Which nodes we are connected with, and which could not be connected to.
struct Connections: Sendable {
    /// A connection that comes to nothing.
    private struct Failure {
        /// When it fails.
        let time: Instant
        /// Until when nobody tries again.
        let until: Instant
    }

    /// The nodes that each running broadcast is connected with.
    private var open: [OperationID: Set<Int32>] = [:]
    private var failures: [Int32: Failure] = [:]

    /// Whether a broadcast is connected with a node.
    func isOpen(_ id: OperationID, to node: Int32) -> Bool {
        open[id]?.contains(node) == true
    }

    /// A broadcast connects with a node.
    mutating func connect(_ id: OperationID, to node: Int32) {
        open[id, default: []].insert(node)
    }

    /// Closes the connections of a broadcast.
    mutating func close(_ id: OperationID) {
        if !open.isEmpty { open[id] = nil }
    }

    /// How long it takes until a request fails because connecting to its node has failed, or is about to; `nil` where nobody knows yet.
    func failure(of node: Int32, at now: Instant) -> Nanoseconds? {
        guard let failure = failures[node], now < failure.until else { return nil }
        return now < failure.time ? now.duration(to: failure.time) : Nanoseconds(1)
    }

    /// Connecting to a node will fail after a while.
    mutating func fail(_ node: Int32, after time: Nanoseconds, backoff: Nanoseconds, at now: Instant) {
        let moment = now.advanced(by: time)
        failures[node] = Failure(time: moment, until: moment.advanced(by: backoff))
    }
}
