internal import Coordination

/// When a node is there, by a model of how nodes come and go: reckoned from a hash of the node and the number of the session, kept nowhere.
///
/// The nodes have come and gone for ever: at the start a node is there with the share of time that nodes are there, and what is left of
/// its session has the distribution that the rest of a session has when somebody looks at any moment (long ones are met more often).
struct SessionTables: Sendable {
    private let (session, absence): (QuantileTable, QuantileTable)
    /// What is left of the one that lasts at the start.
    private let (restOfSession, restOfAbsence): (QuantileTable, QuantileTable)
    /// The share of time that a node is there.
    let presence: Double

    init(_ model: SessionModel) {
        session = QuantileTable(model.session)
        absence = QuantileTable(model.absence)
        let (stay, away) = (session.mean, absence.mean)
        restOfSession = session.rest
        restOfAbsence = absence.rest
        presence = stay / (stay + away)
    }

    /// Whether a node is there.
    ///
    /// - Parameter stream: a number that is the node's own.
    /// - Complexity: O(sessions before the moment).
    func isPresent(_ stream: UInt64, at moment: Instant) -> Bool {
        var isPresent = false
        walk(stream) { present, end in
            isPresent = present
            return end <= moment
        }
        return isPresent
    }

    /// The moments at which a node comes or goes, after the first one and up to the second.
    func changes(_ stream: UInt64, after first: Instant, upTo last: Instant) -> [(time: Instant, isPresent: Bool)] {
        var changes: [(time: Instant, isPresent: Bool)] = []
        walk(stream) { present, end in
            if end > first, end <= last { changes.append((end, !present)) }
            return end <= last
        }
        return changes
    }

    /// Goes from session to absence to session until somebody has enough.
    private func walk(_ stream: UInt64, _ goesOn: (_ isPresent: Bool, _ end: Instant) -> Bool) {
        var isPresent = SplitMix64.hash(stream, 0).asShare < presence
        var end = Instant.start.advanced(by: (isPresent ? restOfSession : restOfAbsence).draw(SplitMix64.hash(stream, 1)))
        var number: UInt64 = 2
        while goesOn(isPresent, end), end < .distantFuture {
            isPresent.toggle()
            end = end.advanced(by: max(Nanoseconds(1), (isPresent ? session : absence).draw(SplitMix64.hash(stream, number))))
            number += 1
        }
    }
}

extension QuantileTable {
    /// The table of a distribution.
    fileprivate init(_ duration: SessionModel.Duration) {
        switch duration {
        case .constant(let time): self.init(constant: time)
        case .exponential(let mean): self.init(weibullShape: 1, scale: mean)
        case .weibull(let shape, let scale): self.init(weibullShape: shape, scale: scale)
        case .lognormal(let median, let p95): self.init(median: median, p95: p95)
        }
    }

    /// A Weibull distribution: the quantile of q is scale · (−ln(1 − q))^(1/shape). The last one stands for 1023/1024.
    private init(weibullShape shape: Double, scale: Nanoseconds) {
        self.init(
            quantiles: (0...256).map { step in
                guard step > 0 else { return 0 }
                let survival = step == 256 ? 1.0 / 1024 : 1 - Double(step) / 256
                let power = Self.exponential(Self.logarithm(-Self.logarithm(survival)) / shape)
                return Int64(min(Double(scale.count) * power, 4e18))
            })
    }

    /// The mean, in nanoseconds.
    fileprivate var mean: Double {
        zip(quantiles, quantiles.dropFirst()).reduce(0) { $0 + (Double($1.0) + Double($1.1)) / 512 }
    }

    /// What is left of a time of this distribution at a moment that somebody picks: its density is the share of times that are longer.
    fileprivate var rest: QuantileTable {
        var sums = [0.0]
        for (step, (low, high)) in zip(quantiles, quantiles.dropFirst()).enumerated() {
            sums.append(sums[step] + Double(high - low) * (1 - (Double(step) + 0.5) / 256))
        }
        // A constant time has all its length before its first quantile.
        let first = Double(quantiles[0])
        let total = first + sums[256]
        var step = 0
        return QuantileTable(
            quantiles: (0...256).map { wanted in
                let goal = total * Double(wanted) / 256
                if goal <= first { return Int64(goal) }
                while step < 255, first + sums[step + 1] < goal { step += 1 }
                let width = sums[step + 1] - sums[step]
                let share = width > 0 ? (goal - first - sums[step]) / width : 0
                return quantiles[step] + Int64(Double(quantiles[step + 1] - quantiles[step]) * min(1, max(0, share)))
            })
    }
}
