public import Coordination

// MARK: - What holds at a position

extension CallLedger {
    /// The time of a position, at most that of the last step; the start before the first one.
    public func time(at position: Int) -> Instant {
        let last = min(position, times.count)
        return last > 0 ? times[last - 1] : .start
    }

    /// The number of requests that were sent up to a position. O(log n).
    public func callCount(at position: Int) -> Int {
        calls.partitioningIndex { $0.sent.step > position }
    }

    /// How far a request is at a position, which is not before its sending. O(1), or O(log n) where a deadline has passed.
    ///
    /// - Parameter lookupIsOver: whether the lookup of its broadcast is known to be over, as ``Put/lookupEnd`` can't tell of every one.
    public func standing(of call: Call, at position: Int, lookupIsOver: Bool = false) -> Call.Standing {
        if let answer = call.answer, answer.moment.step <= position {
            return Call.Standing(
                call: call, fate: answer.error.map { .failed($0) } ?? .answered,
                duration: call.sent.time.duration(to: answer.moment.time), end: answer.moment.step)
        }
        let put = puts[call.put]
        let end = call.kind == .find ? put.lookupEnd ?? put.end : put.end
        let close = end.flatMap { $0.step <= position ? $0 : nil }
        let limit = close?.time ?? time(at: position)
        if let deadline = call.deadline, deadline.hasPassed(at: limit) {
            let step = times.partitioningIndex { deadline.hasPassed(at: $0) } + 1
            return Call.Standing(call: call, fate: .timedOut, duration: call.sent.time.duration(to: deadline), end: step)
        }
        let duration = call.sent.time.duration(to: limit)
        if let close { return Call.Standing(call: call, fate: .abandoned, duration: duration, end: close.step) }
        return Call.Standing(call: call, fate: lookupIsOver && call.kind == .find ? .abandoned : .waiting, duration: duration, end: nil)
    }
}

extension CallLedger {
    /// The share that a request had of the time that its broadcast took, or takes so far: 0…1.
    public func share(of standing: Call.Standing, at position: Int) -> Double {
        let put = puts[standing.call.put]
        let end = put.hasEnded(at: position) ? put.end?.time : nil
        let whole = put.start.time.duration(to: end ?? time(at: position))
        return whole.count > 0 ? min(1, Double(standing.duration.count) / Double(whole.count)) : 0
    }
}
