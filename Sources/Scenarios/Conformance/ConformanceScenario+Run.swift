internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

/// The first step of a scenario whose state is not the expected one.
public struct ConformanceFailure: Sendable, CustomStringConvertible {
    /// The name of the scenario.
    public let scenario: String
    /// The number of the step, from 1 on.
    public let step: Int
    /// The state that the file asks for.
    public let expected: String
    /// The state that the pool answered.
    public let got: String

    public var description: String { "\(scenario): step \(step): expected \(expected), got \(got)" }
}

extension ConformanceScenario {
    /// Runs the scenario on our pool of broadcasts.
    ///
    /// - Returns: the first step that goes wrong, or `nil`.
    public func run() -> ConformanceFailure? {
        switch keyBits {
        case 8: run(Key8.self)
        case 160: run(Key160.self)
        default: run(Key256.self)
        }
    }

    /// What makes the scenario impossible to run, or `nil`.
    func problem() -> String? {
        switch keyBits {
        case 8: problem(Key8.self)
        case 160: problem(Key160.self)
        case 256: problem(Key256.self)
        default: "keyBits: \(keyBits) is no width of keys; use 8, 160 or 256"
        }
    }

    private func problem<Key: KademliaKey & NodeID>(_: Key.Type) -> String? where Key.Key == Key {
        func bad(_ text: String) -> Bool { Key(hex: text) == nil }
        func keyProblem(_ field: String, _ text: String) -> String {
            "\(field): \"\(text)\" is not a key of \(Key.bitCount) bits; write \(Key.bitCount / 4) hexadecimal digits"
        }
        if bad(self.`self`) { return keyProblem("self", self.`self`) }
        do { try poolConfiguration.validate() } catch {
            // The fields of times end in their unit here.
            let isTime = ["timeout", "requestTimeout"].contains(error.field)
            return "config.\(error.field)\(isTime ? "Ms" : ""): \(error.problem); \(error.remedy)"
        }
        for (index, step) in steps.enumerated() {
            let field = "steps[\(index)].event"
            let event = step.event
            if step.advanceMs < 0 { return "steps[\(index)].advanceMs: \(step.advanceMs) would turn the clock back; use 0 or more" }
            for (name, text) in [("node", event.node), ("target", event.target)] {
                if let text, bad(text) { return keyProblem("\(field).\(name)", text) }
            }
            for (name, list) in [("seed", event.seed), ("closer", event.closer)] {
                if let text = list?.first(where: bad) { return keyProblem("\(field).\(name)", text) }
            }
            for missing in event.missingFields { return "\(field).\(missing) is missing" }
        }
        return nil
    }

    private var poolConfiguration: PoolConfiguration {
        PoolConfiguration(
            queries: QueryPoolConfiguration(
                concurrency: config.concurrency, timeout: .milliseconds(config.timeoutMs), replication: config.replication,
                queryConcurrency: config.queryConcurrency, requestTimeout: .milliseconds(config.requestTimeoutMs)))
    }

    private func run<Key: KademliaKey & NodeID>(_: Key.Type) -> ConformanceFailure? where Key.Key == Key {
        guard let local = Key(hex: self.`self`),
            var pool = try? BroadcastPool<Key, String>(localNode: local, configuration: poolConfiguration)
        else { return nil }
        var now = Instant.start
        for (index, step) in steps.enumerated() {
            now = now.advanced(by: .milliseconds(step.advanceMs))
            let got = ConformanceState(pool.advance(step.event.poolEvent(), at: now))
            if !got.matches(step.state) {
                return ConformanceFailure(scenario: name, step: index + 1, expected: step.state.description, got: got.description)
            }
        }
        return nil
    }
}

extension ConformanceScenario.Event {
    /// The fields that this kind of event needs and does not have.
    var missingFields: [String] {
        let present: [(String, Bool)] =
            switch type {
            case .poll: []
            case .stopBroadcast: [("queryId", queryId != nil)]
            case .startBroadcast:
                [("queryId", queryId != nil), ("strategy", strategy != nil), ("target", target != nil), ("seed", seed != nil)]
            case .getCloserNodesSuccess: [("queryId", queryId != nil), ("node", node != nil), ("closer", closer != nil)]
            case .getCloserNodesFailure, .storeRecordFailure: [("queryId", queryId != nil), ("node", node != nil), ("error", error != nil)]
            case .storeRecordSuccess: [("queryId", queryId != nil), ("node", node != nil)]
            }
        return present.filter { !$0.1 }.map(\.0)
    }

    /// The event for a pool whose nodes are keys. The scenario has been checked before.
    func poolEvent<Key: KademliaKey & NodeID>() -> PoolEvent<Key, String> where Key.Key == Key {
        func key(_ text: String?) -> Key { text.flatMap { Key(hex: $0) } ?? .zero }
        let id = OperationID(queryId ?? "")
        let stores = StoreOptions(storeTimeout: nil, storeConcurrency: nil)
        let message = "record"
        switch type {
        case .poll: return .poll
        case .stopBroadcast: return .stopBroadcast(id: id)
        case .startBroadcast:
            let configuration: BroadcastConfiguration =
                switch strategy {
                case .static: .static(StaticConfiguration(stores: stores))
                case .followUp, nil: .followUp(FollowUpConfiguration(stores: stores))
                }
            return .startBroadcast(
                id: id, target: key(target), message: message, seed: (seed ?? []).map { key($0) }, configuration: configuration)
        case .getCloserNodesSuccess:
            return .getCloserNodesSuccess(id: id, node: key(node), target: key(target), closer: (closer ?? []).map { key($0) })
        case .getCloserNodesFailure:
            return .getCloserNodesFailure(id: id, node: key(node), target: key(target), error: .failed(error ?? ""))
        case .storeRecordSuccess:
            return .storeRecordSuccess(id: id, node: key(node), request: message, response: nil)
        case .storeRecordFailure:
            return .storeRecordFailure(id: id, node: key(node), request: message, error: .failed(error ?? ""))
        }
    }
}

extension ConformanceState {
    /// The state of a pool as a conformance file writes it; lists are sorted by node there.
    init<Key: KademliaKey & NodeID>(_ state: PoolState<Key, String>) where Key.Key == Key {
        switch state {
        case .idle: self.init(type: "idle")
        case .waiting: self.init(type: "waiting")
        case .findCloser(let id, let target, let node):
            self.init(type: "findCloser", queryId: id.name, node: node.hex, target: target.hex)
        case .storeRecord(let id, let node, _):
            self.init(type: "storeRecord", queryId: id.name, node: node.hex)
        case .broadcastFinished(let id, let outcome):
            self.init(
                type: "broadcastFinished", queryId: id.name, contacted: outcome.contacted.sorted().map(\.hex),
                errors: outcome.errors.sorted { $0.node < $1.node }.map { Failure(node: $0.node.hex, error: "\($0.error)") })
        case .broadcastRejected(let id, let reason):
            self.init(type: "broadcastRejected (\(reason))", queryId: id.name)
        }
    }
}
