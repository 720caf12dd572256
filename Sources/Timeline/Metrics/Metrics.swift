public import Broadcasts
public import Coordination

/// How a run goes up to a position, in figures: how much happens, how well the requests go, how long they take and who is slow.
public struct Metrics: Sendable {
    /// The number of steps before the position.
    public let position: Int
    /// The time of the position.
    public let now: Instant
    /// The questions for closer nodes.
    public let finds: CallFigures
    /// The stores.
    public let stores: CallFigures
    /// Both together.
    public let all: CallFigures
    /// Each strategy that a broadcast was started with, in the order of their cases.
    public let strategies: [StrategyFigures]
    /// The requests that took or take longest, the longest first; those that nobody waited for any more are left out.
    public let slowest: [Call.Standing]
    /// The number of events over the time.
    public let events: Course
    /// The number of events in the last second before the position.
    public let eventsInLastSecond: Int
    /// The highest number of awaited requests over the time. A question of an Optimistic that is out when its lookup ends counts until it is
    /// answered, too late, or the broadcast ends; in ``CallFigures/waiting`` it does not.
    public let inFlight: Course

    /// The most requests that ``slowest`` names.
    public static let slowestLimit = 200

    /// The figures at a position.
    ///
    /// - Parameters:
    ///   - ledger: the requests of the run, up to the position at least.
    ///   - position: the number of steps before it.
    ///   - view: the pool at the position, if it is known: it tells which lookups of Optimistics are over. It is asked for if there are any.
    ///   - bars: the most bars of a course, 1 or more.
    /// - Complexity: O(n + m log m) for n steps and m requests up to the position.
    public init(_ ledger: CallLedger, at position: Int, view: @autoclosure () -> NetworkPoolView?, bars: Int) {
        self.position = position
        now = ledger.time(at: position)
        let puts = ledger.puts.prefix { $0.start.step <= position }
        let over = Self.lookupsOver(puts, position, view)
        let standings = ledger.calls[..<ledger.callCount(at: position)].map {
            ledger.standing(of: $0, at: position, lookupIsOver: over.contains($0.put))
        }
        (finds, stores) = (CallFigures(standings, .find), CallFigures(standings, .store))
        all = finds.merged(with: stores)
        strategies = StrategyFigures.of(puts, standings, at: position)
        slowest = Self.slowest(standings)
        let second = Nanoseconds.seconds(1)
        let times = ledger.times.prefix(position)
        let now = now
        eventsInLastSecond = times.count - times.partitioningIndex { $0.duration(to: now) < second }
        events = Self.events(times, to: now, limit: bars)
        inFlight = Self.inFlight(standings, times, limit: bars)
    }

    /// The mean number of events in a second of the run's time; `nil` while no time has passed.
    public var eventsPerSecond: Double? {
        now > .start ? Double(position) / (Double(now.nanoseconds) / 1e9) : nil
    }

    /// The Optimistics whose lookups are over while they run.
    private static func lookupsOver(_ puts: ArraySlice<CallLedger.Put>, _ position: Int, _ view: () -> NetworkPoolView?) -> Set<Int> {
        let running = puts.indices.filter { puts[$0].strategy == .optimistic && !puts[$0].hasEnded(at: position) }
        guard !running.isEmpty, let view = view() else { return [] }
        return Set(running.filter { place in view.broadcast(puts[place].id).map { $0.query == nil } ?? false })
    }

    private static func slowest(_ standings: [Call.Standing]) -> [Call.Standing] {
        // Only those that are long enough are put in order.
        var lengths = standings.compactMap { $0.fate == .abandoned ? nil : $0.duration }
        lengths.sort()
        guard let least = lengths.suffix(slowestLimit).first else { return [] }
        let long = standings.filter { $0.duration >= least && $0.fate != .abandoned }
        return Array(long.sorted { ($1.duration, $0.call.sent.step) < ($0.duration, $1.call.sent.step) }.prefix(slowestLimit))
    }

    private static func events(_ times: ArraySlice<Instant>, to now: Instant, limit: Int) -> Course {
        var course = Course(to: now, limit: limit)
        for time in times { course.bars[course.bar(of: time)] += 1 }
        return course
    }

    private static func inFlight(_ standings: [Call.Standing], _ times: ArraySlice<Instant>, limit: Int) -> Course {
        var changes = Array(repeating: 0, count: times.count + 1)
        for standing in standings {
            changes[standing.call.sent.step - 1] += 1
            if let end = standing.end, end <= times.count { changes[end - 1] -= 1 }
        }
        var course = Course(to: times.last ?? .start, limit: limit)
        var (level, last) = (0, 0)
        for (place, time) in times.enumerated() {
            let bar = course.bar(of: time)
            // Between two steps nothing changes.
            while last < bar {
                last += 1
                course.bars[last] = level
            }
            level += changes[place]
            course.bars[bar] = max(course.bars[bar], level)
        }
        return course
    }
}

extension CallLedger.Put {
    /// Whether it has ended at a position.
    func hasEnded(at position: Int) -> Bool {
        end.map { $0.step <= position } ?? false
    }
}
