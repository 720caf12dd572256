internal import Broadcasts
public import Canvas
internal import Coordination
internal import Queries
public import Scenarios
internal import Timeline

/// What a person sees of a run, and what a key does to it: the whole program but for the terminal.
///
/// It is a value without I/O. The owner feeds keys, sizes and the time that has passed, and draws what ``canvas(_:)`` returns.
public struct Dashboard: Sendable {
    /// What the owner is to do after a key.
    public enum Effect: Equatable, Sendable {
        /// Draw what has changed.
        case draw
        /// Draw the whole screen again.
        case repaint
        /// Leave the program.
        case quit
    }

    /// The steps that are known beforehand, so that the timeline has an end: a run of more is a run without a known end.
    static let lookAheadLimit = 20_000

    /// The steps per second that a run can have.
    static let speeds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000]
    /// The place of the usual speed in `speeds`.
    static let normalSpeed = 3

    /// The run's scenario.
    public let scenario: Scenario
    /// The size of the screen.
    public private(set) var size: Size
    /// Whether steps are taken without a key.
    public private(set) var isRunning = false

    var history: History<Scenario.World>
    var observation: Observation
    var focus = Pane.pool
    var speed = Dashboard.normalSpeed
    /// The time that has passed since the last step of a run.
    private var sinceLastStep = Duration.zero
    /// What there is to say about the last key; it stands where the hints are until the next one.
    var message: String?
    /// The first line of the help that is visible, or `nil` when the help is closed.
    var helpScroll: Int?

    // What is selected, by name rather than by row: `nil` is the first row, and in the log the current step.
    var selectedBroadcast: OperationID?
    var selectedRequest: Observation.Request.Name?
    var selectedNode: Int32?
    var selectedStep: Int?
    /// The first visible row of each pane.
    var scroll: [Pane: Int] = [:]

    /// A run of a scenario at its start.
    ///
    /// - Throws: an error that names the field of the pool's configuration that is out of its range.
    public init(_ scenario: Scenario, size: Size) throws(RunError) {
        try self.init(OpenedRun(scenario), size: size)
    }

    /// A run that was opened, at the place where it was left.
    ///
    /// - Throws: why it cannot be run.
    public init(_ run: OpenedRun, size: Size) throws(RunError) {
        scenario = run.scenario
        self.size = size
        history = try run.history()
        message = run.notice
        history.lookAhead(upTo: Self.lookAheadLimit)
        observation = Observation(history, of: scenario)
        settleScroll()
    }

    /// Takes a new size of the screen.
    public mutating func resize(to size: Size) {
        self.size = size
        settleScroll()
    }

    /// Does what a key stands for.
    public mutating func press(_ key: KeyPress) -> Effect {
        message = nil
        guard let command = CommandTable.command(for: key) else {
            message = "\(key.name) does nothing; ? shows all keys"
            return .draw
        }
        let effect = helpScroll == nil ? perform(command) : performInHelp(command)
        settleScroll()
        return effect
    }

    /// The interrupt key: pauses a run, else says how to leave.
    ///
    /// - Parameter isSecond: whether another one came just before.
    public mutating func interrupt(isSecond: Bool) -> Effect {
        if isSecond { return .quit }
        message = isRunning ? "paused; ^C again quits" : "^C again quits"
        isRunning = false
        return .draw
    }

    /// Lets time pass while the run goes on: takes the steps that are due.
    public mutating func tick(_ elapsed: Duration) {
        guard isRunning else { return }
        let interval = Duration.seconds(1) / Self.speeds[speed]
        // However long the program itself stood still (it was suspended), a run does not catch up with more than a second.
        sinceLastStep = min(sinceLastStep + elapsed, .seconds(1))
        var due = Int(sinceLastStep / interval)
        sinceLastStep -= interval * due
        while due > 0, history.stepForward() != nil { due -= 1 }
        if history.isAtEnd {
            isRunning = false
            message = endMessage
        }
        observe()
        settleScroll()
    }

    /// The time until the next step is due; `nil` when nothing happens without a key.
    public var nextTick: Duration? {
        guard isRunning else { return nil }
        let interval = Duration.seconds(1) / Self.speeds[speed]
        return max(.milliseconds(33), interval - sinceLastStep)
    }

    mutating func startOrPause() {
        isRunning.toggle()
        sinceLastStep = .zero
    }

    mutating func pause() {
        isRunning = false
    }

    /// What the end of the run means: all is done, or something waits for ever.
    var endMessage: String {
        let waiting = history.journal.entries.filter { $0.end == nil }.map(\.id)
        if waiting.isEmpty { return "the end: every broadcast is over; S back, r restart" }
        return "the end: \(waiting.map(\.name).joined(separator: ", ")) waits for a reply that never comes; S back, r restart"
    }

    /// The broadcast whose nodes are shown: the selected one if it has been started, else the first.
    var shownBroadcast: JournalEntry? {
        selectedBroadcast.flatMap { history.journal.entry($0) } ?? history.journal.entries.first
    }

    /// Looks again at the run, after it has moved.
    mutating func observe() {
        observation = Observation(history, of: scenario)
    }

    var layout: Layout { Layout(size: size, focus: focus) }
}
