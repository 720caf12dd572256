/// One scenario of a conformance file: what a pool must answer, step by step, for one broadcast at a time.
///
/// A file has one scenario a line, as a JSON object. Keys are lower-case hexadecimal, and a node is its key.
public struct ConformanceScenario: Decodable, Sendable {
    /// The limits of the pool's queries.
    struct Configuration: Decodable, Sendable {
        let concurrency: Int
        let timeoutMs: Int64
        let replication: Int
        let queryConcurrency: Int
        let requestTimeoutMs: Int64
    }

    /// The clock moves on, an event goes in, a state comes out.
    struct Step: Decodable, Sendable {
        let advanceMs: Int64
        let event: Event
        let state: ConformanceState
    }

    /// An event, with the fields of every kind of event.
    struct Event: Decodable, Sendable {
        enum Kind: String, Decodable, Sendable {
            case startBroadcast, stopBroadcast, poll
            case getCloserNodesSuccess, getCloserNodesFailure, storeRecordSuccess, storeRecordFailure
        }

        enum Strategy: String, Decodable, Sendable {
            case followUp
            case `static`
        }

        let type: Kind
        let queryId: String?
        let strategy: Strategy?
        let target: String?
        let seed: [String]?
        let node: String?
        let closer: [String]?
        let error: String?
    }

    /// The name of the scenario.
    public let name: String
    let keyBits: Int
    let `self`: String
    let config: Configuration
    let steps: [Step]
}

/// A state as a conformance file writes it.
struct ConformanceState: Decodable, Equatable, Sendable {
    struct Failure: Decodable, Equatable, Sendable {
        let node: String
        let error: String
    }

    let type: String
    var queryId: String?
    var node: String?
    var target: String?
    var contacted: [String]?
    var errors: [Failure]?

    /// Whether `other` is the same state. A target that one side does not give is not compared.
    func matches(_ other: ConformanceState) -> Bool {
        var (a, b) = (self, other)
        if a.target == nil || b.target == nil { (a.target, b.target) = (nil, nil) }
        return a == b
    }
}

extension ConformanceState: CustomStringConvertible {
    var description: String {
        var words = [type]
        if let queryId { words.append(queryId) }
        if let node { words.append("node \(node)") }
        if let target { words.append("target \(target)") }
        if let contacted { words.append("contacted [\(contacted.joined(separator: " "))]") }
        if let errors { words.append("errors [\(errors.map { "\($0.node): \($0.error)" }.joined(separator: ", "))]") }
        return words.joined(separator: " ")
    }
}
