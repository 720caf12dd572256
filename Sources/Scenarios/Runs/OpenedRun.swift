internal import Coordination
internal import Simulation
internal import TOMLFields
public import Timeline

/// Why a run cannot be opened: one sentence without an end, with the remedy where there is one.
public struct RunError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The sentence.
    public let description: String

    /// An error with this sentence.
    public init(_ sentence: String) {
        description = sentence
    }
}

/// A run as it was opened: from a scenario, a share line, or a trace, which is run again or only looked at.
public struct OpenedRun: Sendable {
    /// What it is a run of.
    public let scenario: Scenario
    /// Its branches, each after its parent.
    public let branches: [SavedBranch]
    /// The number of steps before the place where it is opened.
    public let position: Int
    /// What is recorded, for a run that is only looked at.
    private let recording: Recording?
    /// What a person should know about it, such as that the file was cut off.
    public var notice: String?

    /// A run of a scenario, at its start.
    public init(_ scenario: Scenario) {
        self.init(scenario: scenario, branches: [SavedBranch(id: 0, parent: nil, fork: 0)], position: 0, recording: nil)
    }

    /// The run that a share line stands for, at the place where it was shared.
    public init(_ line: ShareLine) {
        // As far as the last choice somebody must have been.
        let visited = max(line.position, line.deviations.last.map { $0.position + ($0.choice.isStep ? 1 : 0) } ?? 0)
        self.init(
            scenario: line.scenario,
            branches: [SavedBranch(id: 0, parent: nil, fork: 0, deviations: line.deviations, visited: visited)], position: line.position,
            recording: nil)
    }

    /// The run that a trace tells of, at the step that breaks a law if the trace names one, else at its start.
    ///
    /// - Parameter isExecuted: whether it is run again, so that one can go another way; else one looks at what was recorded.
    /// - Throws: why its scenario cannot be run.
    public init(_ recording: Recording, isExecuted: Bool) throws(RunError) {
        let scenario = try Scenario(header: recording.header, isExecuted: isExecuted)
        self.init(
            scenario: scenario, branches: recording.branches, position: recording.violatedStep ?? 0, recording: isExecuted ? nil : recording
        )
        if recording.isLimited { notice = "only the first \(recording.limit) steps of the trace are opened; kadscope trace show reads all" }
    }

    private init(scenario: Scenario, branches: [SavedBranch], position: Int, recording: Recording?) {
        self.scenario = scenario
        self.branches = branches
        self.position = position
        self.recording = recording
    }

    /// The steps of the run, with all its branches, at the place where it is opened.
    ///
    /// - Parameter isChecked: whether the laws of the machines are checked at each step.
    /// - Throws: which field of the pool's configuration is out of its range, or which choice does not fit the run.
    public func history(isChecked: Bool = false) throws(RunError) -> History<Scenario.World> {
        var history = try start(isChecked: isChecked)
        history.go(to: position)
        return history
    }

    /// The run with all its branches, at its start: the way to ``position`` may be long.
    ///
    /// - Parameter isChecked: whether the laws of the machines are checked at each step.
    /// - Throws: which field of the pool's configuration is out of its range, or which choice does not fit the run.
    public func start(isChecked: Bool = false) throws(RunError) -> History<Scenario.World> {
        let history = History(try world(), branches: branches, checker: isChecked ? scenario.checker : nil)
        if let (deviation, error) = history.failedDeviation {
            throw RunError("a choice after step \(deviation.position) does not fit the run: \(error)")
        }
        return history
    }

    /// The steps of the first branch, to be taken once.
    ///
    /// - Throws: which field of the pool's configuration is out of its range.
    public func walk() throws(RunError) -> Walk<Scenario.World> {
        Walk(try world(), deviations: branches[0].deviations)
    }

    private func world() throws(RunError) -> Scenario.World {
        do throws(ConfigurationError) {
            guard let recording else { return try scenario.world() }
            switch scenario.rules {
            case .strict: return .recorded(RunWorld.Recorded(recording, pool: try scenario.machine()))
            case .reference: return .recordedReference(RunWorld.RecordedReference(recording, pool: try scenario.referenceMachine()))
            }
        } catch {
            throw RunError(error.description)
        }
    }
}
