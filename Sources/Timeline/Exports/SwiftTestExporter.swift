internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

/// A test for Swift Testing that needs nothing but the libraries: it feeds the recorded events to a pool, each at its time, and expects
/// the recorded states.
struct SwiftTestExporter: TraceExporter {
    /// The most steps of a test.
    static let limit = 2000

    private let header: TraceHeader
    private var steps: [Step] = []
    private var isCut = false

    init(_ header: TraceHeader) {
        self.header = header
    }

    mutating func add(_ line: TraceLine) -> String {
        guard case .step(let recorded, _) = line else { return "" }
        if steps.count < Self.limit { steps.append(recorded.step) } else { isCut = true }
        return ""
    }

    mutating func finish() -> String {
        let resiliency = header.pool.queries.resiliency.map { ", resiliency: \($0)" } ?? ""
        let name = "\(header.scenario?.name ?? "a trace"), seed \(header.seed): \(steps.count) steps"
        var lines = [
            "// swift-format-ignore-file",
            "// Printed by kadscope trace export --to swift."
                + (isCut ? " The trace goes on; a test has the first \(Self.limit) steps." : "")
                + (header.semantics == .reference
                    ? " It is a run of the reference's pool: where that goes wrong, ours fails the test." : ""),
            "import Broadcasts", "import Coordination", "import Kademlia", "import Queries", "import Testing", "",
            "@Test(\(quoted(name)))", "func recordedRun() throws {",
            "    // Keys of \(header.keyBits) bits sit in the most significant bits.",
            "    func key(_ digits: String) -> Key256 { Key256(hex: digits + String(repeating: \"0\", count: 64 - digits.count)) ?? .zero }",
            "    let queries = QueryPoolConfiguration(",
            "        concurrency: \(header.pool.queries.concurrency), timeout: \(time(header.pool.queries.timeout)), "
                + "replication: \(header.pool.queries.replication),",
            "        queryConcurrency: \(header.pool.queries.queryConcurrency), requestTimeout: \(time(header.pool.queries.requestTimeout))\(resiliency))",
            "    var pool = try BroadcastPool<Key256, String>(",
            "        localNode: \(key(header.localKey)), configuration: PoolConfiguration(queries: queries, "
                + "maxBroadcasts: \(header.pool.maxBroadcasts.map(String.init) ?? "nil")))",
            "    func expect(",
            "        _ step: Int, at nanoseconds: Int64, _ event: PoolEvent<Key256, String>, gives state: PoolState<Key256, String>",
            "    ) {",
            "        #expect(pool.advance(event, at: Instant(nanoseconds: nanoseconds)) == state, \"step \\(step)\")",
            "    }",
        ]
        for step in steps {
            lines.append("    expect(")
            lines.append("        \(step.number), at: \(step.time.nanoseconds), \(event(step.event)),")
            lines.append("        gives: \(state(step.state)))")
        }
        return (lines + ["}"]).joined(separator: "\n") + "\n"
    }

    // MARK: Values as Swift writes them

    private func event(_ event: NetworkEvent) -> String {
        switch event {
        case .startBroadcast(let id, let target, let record, let seed, let configuration):
            """
            .startBroadcast(id: \(quoted(id.name)), target: \(key(target)), message: \(quoted(record.name)), \
            seed: \(keys(seed)), configuration: \(self.configuration(configuration)))
            """
        case .stopBroadcast(let id): ".stopBroadcast(id: \(quoted(id.name)))"
        case .getCloserNodesSuccess(let id, let node, let target, let closer):
            ".getCloserNodesSuccess(id: \(quoted(id.name)), node: \(key(node.key)), target: \(key(target)), closer: \(keys(closer)))"
        case .getCloserNodesFailure(let id, let node, let target, let error):
            ".getCloserNodesFailure(id: \(quoted(id.name)), node: \(key(node.key)), target: \(key(target)), error: \(self.error(error)))"
        case .storeRecordSuccess(let id, let node, let request, let response):
            """
            .storeRecordSuccess(id: \(quoted(id.name)), node: \(key(node.key)), request: \(quoted(request.name)), \
            response: \(response.map { quoted($0.name) } ?? "nil"))
            """
        case .storeRecordFailure(let id, let node, let request, let error):
            """
            .storeRecordFailure(id: \(quoted(id.name)), node: \(key(node.key)), request: \(quoted(request.name)), \
            error: \(self.error(error)))
            """
        case .poll: ".poll"
        }
    }

    private func state(_ state: NetworkState) -> String {
        switch state {
        case .idle: ".idle"
        case .waiting: ".waiting"
        case .findCloser(let id, let target, let node):
            ".findCloser(id: \(quoted(id.name)), target: \(key(target)), node: \(key(node.key)))"
        case .storeRecord(let id, let node, let record):
            ".storeRecord(id: \(quoted(id.name)), node: \(key(node.key)), message: \(quoted(record.name)))"
        case .broadcastFinished(let id, let outcome): ".broadcastFinished(id: \(quoted(id.name)), outcome: \(self.outcome(outcome)))"
        case .broadcastRejected(let id, let reason): ".broadcastRejected(id: \(quoted(id.name)), reason: \(rejection(reason)))"
        }
    }

    private func outcome(_ outcome: BroadcastOutcome<NetworkNode>) -> String {
        var parts = ["reason: .\(outcome.reason.rawValue)"]
        if !outcome.contacted.isEmpty { parts.append("contacted: \(keys(outcome.contacted))") }
        if !outcome.errors.isEmpty {
            let errors = outcome.errors.map { ".init(node: \(key($0.node.key)), error: \(error($0.error)))" }
            parts.append("errors: [\(errors.joined(separator: ", "))]")
        }
        if !outcome.notContacted.isEmpty { parts.append("notContacted: \(keys(outcome.notContacted))") }
        if !outcome.unanswered.isEmpty { parts.append("unanswered: \(keys(outcome.unanswered))") }
        if !outcome.early.isEmpty { parts.append("early: \(keys(outcome.early))") }
        return "BroadcastOutcome(\(parts.joined(separator: ", ")))"
    }

    private func rejection(_ reason: BroadcastRejection) -> String {
        switch reason {
        case .idInUse: ".idInUse"
        case .emptyID: ".emptyID"
        case .poolFull(let limit): ".poolFull(limit: \(limit))"
        case .invalidConfiguration(let error):
            """
            .invalidConfiguration(ConfigurationError(field: \(quoted(error.field)), problem: \(quoted(error.problem)), \
            remedy: \(quoted(error.remedy))))
            """
        }
    }

    private func configuration(_ configuration: BroadcastConfiguration) -> String {
        switch configuration {
        case .followUp(let options): ".followUp(FollowUpConfiguration(stores: \(stores(options.stores))))"
        case .static(let options): ".static(StaticConfiguration(stores: \(stores(options.stores))))"
        case .optimistic(let options):
            """
            .optimistic(OptimisticConfiguration(individualCertainty: \(number(options.individualCertainty)), \
            setStrictness: \(number(options.setStrictness)), returnRatio: \(number(options.returnRatio)), \
            networkSize: \(options.networkSize.map(String.init) ?? "nil"), stores: \(stores(options.stores))))
            """
        }
    }

    private func stores(_ stores: StoreOptions) -> String {
        let limit = stores.storeConcurrency.map { ", storeConcurrency: \($0)" } ?? ""
        return "StoreOptions(storeTimeout: \(stores.storeTimeout.map(time) ?? "nil")\(limit))"
    }

    private func number(_ value: Double) -> String {
        value.isNaN ? ".nan" : value.isInfinite ? (value < 0 ? "-.infinity" : ".infinity") : "\(value)"
    }

    private func error(_ error: RequestError) -> String {
        switch error {
        case .timedOut: ".timedOut"
        case .cancelled: ".cancelled"
        case .failed(let reason): ".failed(\(quoted(reason)))"
        }
    }

    private func time(_ time: Nanoseconds) -> String { "Nanoseconds(\(time.count))" }
    private func key(_ key: Key256) -> String { "key(\"\(key.shown(header.keyBits))\")" }
    private func keys(_ nodes: [NetworkNode]) -> String { "[\(nodes.map { key($0.key) }.joined(separator: ", "))]" }

    /// A text in Swift's quotes.
    private func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case _ where [.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory):
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
