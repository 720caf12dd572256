public import Broadcasts
internal import Coordination

/// How the broadcasts of one strategy go.
public struct StrategyFigures: Hashable, Sendable {
    /// The strategy.
    public let strategy: BroadcastStrategy
    /// The number of broadcasts that run.
    public private(set) var running = 0
    /// The number of broadcasts that have ended, those that were refused not among them.
    public private(set) var finished = 0
    /// The number of broadcasts that were refused and never ran.
    public private(set) var rejected = 0
    /// The number of stores that a node has answered well.
    public private(set) var stored = 0
    /// The number of stores that failed or timed out.
    public private(set) var failed = 0
    /// The number of requests of both kinds that were sent.
    public private(set) var requests = 0
    /// The times from the start to the end of those that have ended.
    public private(set) var durations = Latencies([])

    private init(_ strategy: BroadcastStrategy) {
        self.strategy = strategy
    }

    /// The mean number of requests of a broadcast that ran or runs; `nil` if none did.
    public var requestsPerBroadcast: Double? {
        running + finished == 0 ? nil : Double(requests) / Double(running + finished)
    }

    /// The share of stores that went well, of those that came to an end: 0…1, `nil` if none did.
    public var storeRate: Double? {
        stored + failed == 0 ? nil : Double(stored) / Double(stored + failed)
    }

    /// The figures of each strategy that there is a broadcast of.
    static func of(_ puts: ArraySlice<CallLedger.Put>, _ standings: [Call.Standing], at position: Int) -> [StrategyFigures] {
        BroadcastStrategy.allCases.compactMap { strategy in
            let own = puts.filter { $0.strategy == strategy }
            guard !own.isEmpty else { return nil }
            var figures = StrategyFigures(strategy)
            var lengths: [Nanoseconds] = []
            for put in own {
                if put.isRejected {
                    figures.rejected += 1
                } else if let end = put.end, end.step <= position {
                    figures.finished += 1
                    lengths.append(put.start.time.duration(to: end.time))
                } else {
                    figures.running += 1
                }
            }
            figures.durations = Latencies(lengths)
            for standing in standings where puts[standing.call.put].strategy == strategy { figures.count(standing) }
            return figures
        }
    }

    private mutating func count(_ standing: Call.Standing) {
        requests += 1
        guard standing.call.kind == .store else { return }
        switch standing.fate {
        case .answered: stored += 1
        case .failed, .timedOut: failed += 1
        case .waiting, .abandoned: break
        }
    }
}
