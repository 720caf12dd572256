internal import Coordination

// MARK: - The smallest run that breaks a law

extension Explorer {
    /// A run that was made again.
    private struct Replay {
        let violation: Violation
        /// What was chosen in it and was not usual, with the exact positions.
        let deviations: [Deviation]

        /// What makes a run small: few choices, of which few are faults; then an early breach, short delays and early choices.
        var size: [Int] {
            let delays = deviations.reduce(0) { sum, deviation in
                if case .delay(_, let time) = deviation.choice { sum + Int(time.count) } else { sum }
            }
            return [
                deviations.count, deviations.count { $0.choice.isFault }, violation.step, delays,
                deviations.reduce(0) { $0 + $1.position },
            ]
        }
    }

    /// Makes each finding as small as can be.
    func shrinkFindings(_ ledger: inout SearchLedger) {
        for finding in ledger.findings {
            ledger.report(isShrinking: true)
            if ledger.ending == .interrupted { return }
            var starts = [finding.deviations]
            // What breaks another law may break this one, too, and is small already.
            starts += ledger.findings.filter(\.isShrunk).map(\.deviations)
            let replays = starts.compactMap { replay($0, breaking: finding.id) }
            guard let smallest = replays.min(by: { $0.size.lexicographicallyPrecedes($1.size) }) else { continue }
            let result = shrink(smallest, &ledger)
            if ledger.ending == .interrupted { return }
            ledger.offer(.init(violation: result.violation, deviations: result.deviations, isShrunk: true))
        }
    }

    /// Leaves out and simplifies, as long as the law is still broken.
    private func shrink(_ found: Replay, _ ledger: inout SearchLedger) -> Replay {
        var smallest = found
        while ledger.ending != .interrupted {
            let before = smallest.size
            leaveOut(&smallest, &ledger)
            simplify(&smallest, &ledger)
            if smallest.size == before { break }
        }
        return smallest
    }

    /// Leaves out choices, many at once first: at the end none can be left out alone.
    ///
    /// Source: Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002.
    private func leaveOut(_ smallest: inout Replay, _ ledger: inout SearchLedger) {
        var length = smallest.deviations.count
        while length > 0 {
            var start = 0
            while start < smallest.deviations.count, ledger.ending != .interrupted {
                var candidate = smallest.deviations
                candidate.removeSubrange(start..<min(start + length, candidate.count))
                if !accept(candidate, &smallest, &ledger) { start += length }
            }
            length = min(length / 2, smallest.deviations.count)
        }
    }

    /// Takes choices earlier, and makes delays shorter.
    private func simplify(_ smallest: inout Replay, _ ledger: inout SearchLedger) {
        var index = 0
        while index < smallest.deviations.count, ledger.ending != .interrupted {
            let deviation = smallest.deviations[index]
            let earliest = index > 0 ? smallest.deviations[index - 1].position : 0
            for position in [0, earliest, (earliest + deviation.position) / 2] where position < deviation.position {
                var candidate = smallest.deviations
                candidate[index] = Deviation(position: position, choice: deviation.choice)
                if accept(candidate, &smallest, &ledger) { break }
            }
            if index < smallest.deviations.count, case .delay(let name, let time) = smallest.deviations[index].choice, time.count > 1 {
                var candidate = smallest.deviations
                let half = Choice.delay(name, Nanoseconds(time.count / 2))
                candidate[index] = Deviation(position: candidate[index].position, choice: half)
                if accept(candidate, &smallest, &ledger) { continue }
            }
            index += 1
        }
    }

    /// Tries a run; if it breaks the law and is smaller, it is the smallest from now on.
    private func accept(_ candidate: [Deviation], _ smallest: inout Replay, _ ledger: inout SearchLedger) -> Bool {
        ledger.report(isShrinking: true)
        guard let replay = replay(candidate, breaking: smallest.violation.law),
            replay.size.lexicographicallyPrecedes(smallest.size)
        else { return false }
        smallest = replay
        return true
    }

    /// Makes a run with these choices, each as soon as it can be taken from its position on; one that never can is left out.
    ///
    /// - Returns: the run up to its first breach of this law, or `nil` if it keeps the law.
    private func replay(_ deviations: [Deviation], breaking law: InvariantID) -> Replay? {
        var walk = start
        var left = deviations
        func breach() -> Violation? { walk.violations.first { $0.law == law } }
        while breach() == nil {
            guard walk.steps.count < options.runLimit else {
                walk.judgeWhole(isOver: false)
                break
            }
            let usual = walk.usualStep
            let position = walk.steps.count
            var isTaken = false
            if usual != nil {
                for index in left.indices where left[index].position <= position {
                    do { try walk.take(left[index].choice, usual: usual, limit: options.runLimit) } catch { continue }
                    left.remove(at: index)
                    isTaken = true
                    break
                }
            }
            if isTaken { continue }
            guard walk.goOn(limit: options.runLimit) else {
                walk.judgeWhole(isOver: true)
                break
            }
        }
        guard let violation = breach() else { return nil }
        return Replay(violation: violation, deviations: violation.causes(among: walk.deviations))
    }
}
