internal import Coordination

/// Makes a trace of a history while it grows: each time it is shown the history, it writes what is new.
///
/// What it writes is what somebody has seen: the steps of each branch up to the last position visited, and the choices before them.
/// A branch that is deleted stays in the trace: it was taken.
public struct TraceRecorder: Sendable {
    /// What is written of a branch.
    private struct Written {
        var steps: Int
        var deviations: Int
        var name: String
    }

    private var writer: TraceWriter
    private var written: [Int: Written] = [:]
    private var lastTime = Instant.start

    /// A recorder of a run with this header.
    public init(_ header: TraceHeader) {
        writer = TraceWriter(header)
    }

    /// The first line, with its end.
    public var headerLine: [UInt8] { writer.headerLine }

    /// The lines of everything that is new since the last time; empty if nothing is.
    ///
    /// - Complexity: O(n) for n new steps, beside the way to the first of them from a checkpoint.
    public mutating func lines<Source: World>(for history: History<Source>) -> [UInt8] {
        var lines: [UInt8] = []
        for branch in history.branches {
            if written[branch.id] == nil {
                written[branch.id] = Written(steps: branch.fork, deviations: 0, name: "")
                if let parent = branch.parent {
                    lines += begin(TraceBranch(id: branch.id, parent: parent, fork: branch.fork, name: branch.name))
                }
            }
            if let name = written[branch.id]?.name, name != branch.name {
                lines += begin(TraceBranch(id: branch.id, parent: branch.parent ?? 0, fork: branch.fork, name: branch.name))
            }
            lines += news(of: branch, history)
        }
        return lines
    }

    /// The lines of a step of a run that has one branch, with the choices before it.
    ///
    /// - Parameter world: the world after the step.
    public mutating func lines(of step: Step, _ choices: ArraySlice<Deviation>, _ world: some World) -> [UInt8] {
        lastTime = step.time
        let hash = StateHash(of: world.view, at: world.now)
        return choices.flatMap { writer.lines(.choice($0, branch: 0)) }
            + writer.lines(.step(RecordedStep(step: step, hash: hash), branch: 0))
    }

    /// The line that tells of a broken law.
    public mutating func line(of violation: Violation, branch: Int = 0) -> [UInt8] {
        let severity = violation.law == .l1 || violation.law == .l2 ? "liveness" : "safety"
        return writer.lines(
            .violation(
                TraceViolation(
                    branch: branch, position: violation.step, invariant: violation.law.rawValue, severity: severity,
                    explanation: violation.why)))
    }

    /// The last line: nothing comes any more.
    public mutating func endLine(_ reason: TraceEnd.Reason) -> [UInt8] {
        writer.lines(.end(TraceEnd(time: lastTime, reason: reason)))
    }

    private mutating func begin(_ branch: TraceBranch) -> [UInt8] {
        written[branch.id]?.name = branch.name
        return writer.lines(.branch(branch))
    }

    /// The choices and steps of a branch that are not written yet.
    private mutating func news<Source: World>(of branch: Branch, _ history: History<Source>) -> [UInt8] {
        guard var state = written[branch.id] else { return [] }
        defer { written[branch.id] = state }
        var lines: [UInt8] = []
        let deviations = branch.ownDeviations.dropFirst(state.deviations)
        guard state.steps < branch.visited || deviations.first.map({ $0.position <= branch.visited }) ?? false else { return [] }
        var rest = deviations[...]
        // The hash of a step needs the world after it. Mostly the history stands there; else a copy of it walks there.
        let isThere = history.branch.id == branch.id && history.position == branch.visited && state.steps == branch.visited - 1
        var walker = history
        if state.steps < branch.visited, !isThere {
            walker.switchBranch(to: branch.id)
            walker.go(to: state.steps)
        }
        while true {
            while let deviation = rest.first, deviation.position <= state.steps {
                lines += writer.lines(.choice(deviation, branch: branch.id))
                rest = rest.dropFirst()
                state.deviations += 1
            }
            guard state.steps < branch.visited, let step = isThere ? history.current : walker.stepForward() else { return lines }
            let hash = StateHash(of: walker.world.view, at: walker.world.now)
            lines += writer.lines(.step(RecordedStep(step: step, hash: hash), branch: branch.id))
            state.steps += 1
            lastTime = max(lastTime, step.time)
        }
    }
}
