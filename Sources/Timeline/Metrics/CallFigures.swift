internal import Coordination

/// How requests go: how many, how well, and how long they take.
public struct CallFigures: Hashable, Sendable {
    /// The number of requests that were sent.
    public private(set) var sent = 0
    /// How many of them are awaited.
    public private(set) var waiting = 0
    /// How many of them were answered well.
    public private(set) var answered = 0
    /// How many of them were answered with an error, or could not be delivered.
    public private(set) var failed = 0
    /// How many of them had no answer before their deadline.
    public private(set) var timedOut = 0
    /// How many of them nobody waited for any more when their lookup or broadcast ended.
    public private(set) var abandoned = 0
    /// The times from the sending to the answer, a good or a bad one. What has no answer is not in it.
    public private(set) var latencies: Latencies

    /// The figures of the requests of a kind. O(n log n).
    init(_ standings: [Call.Standing], _ kind: Call.Kind) {
        var lengths: [Nanoseconds] = []
        latencies = Latencies([])
        for standing in standings where standing.call.kind == kind {
            sent += 1
            switch standing.fate {
            case .waiting: waiting += 1
            case .answered: answered += 1
            case .failed: failed += 1
            case .timedOut: timedOut += 1
            case .abandoned: abandoned += 1
            }
            if standing.fate.isAnswer { lengths.append(standing.duration) }
        }
        latencies = Latencies(lengths)
    }

    /// The figures of both together. O(n).
    func merged(with other: CallFigures) -> CallFigures {
        var both = self
        both.sent += other.sent
        both.waiting += other.waiting
        both.answered += other.answered
        both.failed += other.failed
        both.timedOut += other.timedOut
        both.abandoned += other.abandoned
        both.latencies = latencies.merged(with: other.latencies)
        return both
    }

    /// The number of requests that came to an end while they were awaited.
    public var ended: Int { answered + failed + timedOut }

    /// The share of requests that were answered well, of those that came to an end while they were awaited: 0…1, `nil` if none did.
    public var successRate: Double? {
        ended == 0 ? nil : Double(answered) / Double(ended)
    }
}

extension Call.Fate {
    /// Whether the node has answered.
    var isAnswer: Bool {
        switch self {
        case .answered, .failed: true
        case .waiting, .timedOut, .abandoned: false
        }
    }
}
