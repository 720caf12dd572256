internal import Broadcasts
public import Canvas
internal import Coordination
internal import Queries
public import Scenarios
internal import Simulation
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
        /// Write the run to the file at this path, and tell what came of it by ``Dashboard/say(_:)``.
        case save(String)
        /// Draw with these glyphs from now on.
        case settings(Settings)
        /// Write these settings to the config file, and tell what came of it by ``Dashboard/say(_:)``.
        case writeSettings(Settings)
        /// Read the config file again and hand over what it says by ``Dashboard/apply(_:written:path:)``, read the themes again and offer
        /// them by ``Dashboard/offer(_:chosen:)``, and tell what came of it by ``Dashboard/say(_:)``.
        case reload
        /// Put a text on the clipboard, and tell what came of it by ``Dashboard/say(_:)``.
        case copy(Clipping)
        /// Write what ``Dashboard/text(of:_:)`` returns to a file, and tell what came of it by ``Dashboard/say(_:)`` or
        /// ``Dashboard/refuse(_:because:canOverwrite:)``.
        case export(Export)
        /// Leave the program, and leave what the screen shows on the terminal.
        case quitLeavingScreen
    }

    /// The steps that are known beforehand, so that the timeline has an end: a run of more is a run without a known end.
    static let lookAheadLimit = 20_000

    /// The steps per second that a run can have.
    static let speeds = Settings.speeds
    /// The place of the usual speed in `speeds`.
    static let normalSpeed = Settings.normalSpeed

    /// The run's scenario.
    public let scenario: Scenario
    /// The size of the screen.
    public private(set) var size: Size {
        didSet { updateLayout() }
    }
    /// What is to stand on the terminal once the program has ended.
    public internal(set) var farewell: [String] = []
    /// Whether the program wants the mouse; if not, it is the terminal's, to select text. The default is yes.
    public var usesMouse = true
    /// Whether steps are taken without a key.
    public internal(set) var isRunning = false

    var history: History<Scenario.World>
    var observation: Observation
    var focus = Pane.pool {
        didSet {
            if Layout.tabs(of: preset, size).contains(focus) { tab = focus }
            updateLayout()
        }
    }
    /// The pane that is shown of those that share a place.
    var tab = Pane.log {
        didSet { updateLayout() }
    }
    /// How the screen is divided.
    var preset = Preset.debug {
        didSet { updateLayout() }
    }
    /// Whether the pane that has the keys fills the screen.
    var isZoomed = false {
        didSet { updateLayout() }
    }
    /// Where everything stands: what the size, the pane that has the keys and what a person chose come to.
    private(set) var layout: Layout
    /// How far the panes are scrolled to the right, in columns.
    var shift: [Pane: Int] = [:]
    /// By what the panes are sorted, where it is not their usual order.
    var orders: [Pane: SortOrder] = [:]
    /// The places that a person has given a letter.
    var marks: [Character: Mark] = [:]
    /// What the next key names, while it is awaited.
    var awaited: AwaitedLetter?
    /// Where the last jump to a mark began.
    var placeBeforeJump: Mark?
    var speed = Dashboard.normalSpeed
    /// The time that has passed since the last step of a run.
    var sinceLastStep = Duration.zero
    /// What there is to say about the last key; it stands where the hints are until the next one.
    var message: String?
    /// Which key does what.
    var keys = KeyMap.standard
    /// The help, while it is open.
    var help: Help?
    /// The settings that are not held elsewhere: ``currentSettings`` has all.
    var settings = Settings()
    /// What the config file says.
    var writtenSettings = Settings()
    /// The config file, if there may be one.
    var configPath: String?
    /// The selected line of the list of settings, while that is open.
    var settingsPlace: Int?
    /// The line that is being typed.
    var prompt: Prompt?
    /// The lines that were typed before, by purpose; the last one is the latest.
    var typed: [Prompt.Purpose: [String]] = [:]
    /// The lines that were typed and are not kept yet, with their signs.
    var unkeptLines: [String] = []
    /// What was wrong with the last command line, and with which characters of it.
    var commandProblem: (text: String, range: Range<Int>)?
    /// How far back the line shown comes from in `typed`.
    var recalled = 0
    /// The actions to choose from.
    var menu: Menu?
    /// The text that is being read.
    var dialog: Dialog?
    /// The themes that there are, and the one to draw with.
    var themes = ThemeList()
    /// Where a run stops.
    var breakpoints = Breakpoints()
    /// The values at whose change a run stops.
    var watches: [NumberedWatch] = []
    /// The number of watches that there have ever been.
    var watchCount = 0
    /// The watched values after the last step, by the number of the watch.
    var readings: [Int: [Watch.Reading]] = [:]
    /// The steps that a run has stopped at.
    var stoppedAt: Set<Int> = []
    /// The walk over the run that goes on between two keys.
    var work: Work?
    /// How well a run keeps up.
    var pace = Pace()
    /// The nodes of the broadcast that is shown, as they were when they were last asked for.
    var nodesSeen: SeenNodes?
    /// How well the record is placed, as it was when it was last asked for.
    var qualitySeen: SeenQuality?
    /// What happened by itself between the steps that the log shows.
    var happeningsSeen: SeenHappenings?
    /// The messages that are on their way, as they were when they were last asked for.
    var pendingSeen: (observation: Int, messages: [PendingMessage])?
    /// How often the run was looked at.
    var observations = 0
    /// What the log shows only, if it does not show all.
    var filtered: FilteredLog?
    /// What `n` looks for.
    var searched: Filter?
    /// What the line that is being typed would find.
    var preview: SearchPreview?
    /// The last command that moved in time, for `.`.
    var lastMove: Command?

    // What is selected, by name rather than by row: `nil` is the first row, and in the log the current step.
    var selectedBroadcast: OperationID?
    var selectedRequest: Observation.Request.Name?
    var selectedNode: Int32?
    var selectedStep: Int?
    var selectedMessage: MessageName?
    var selectedBranch: Int?
    var selectedStop = 0
    var selectedChange = 0
    /// What the last step did, while the pane State shows it.
    var changes: StepChanges?
    /// The machine that the pane State shows.
    var chartedMachine = ChartedMachine.broadcast
    /// Whether the pane State lists what has changed since the last stop, rather than in the last step.
    var showsStretch = false
    /// Where the last key that moved in time, or began to, found the run.
    var stretchBegan: Mark?
    /// The messages that the pane Ladder shows, while it can be seen.
    var ladder: LadderRows?
    /// Whether the pane Ladder shows all broadcasts, not only the one that is shown.
    var ladderShowsAll = false
    var selectedBeside = 0
    /// The same run by the rules of the other pool, once somebody wanted to see it.
    var beside: Beside?
    /// What the pane Metrics shows.
    var figures: MetricsFigures
    /// What the pane Watches shows.
    var followed = FollowedWatches()
    /// How the pane Map shows the nodes.
    var mapView = MapView.buckets
    /// How the pane Closest shows the nodes.
    var closestView = ClosestView.dealtWith
    /// Where the nodes are around the target, while the pane Map shows it.
    var map: ShownMap?
    /// How the pane Convergence shows the ranks.
    var convergenceView = ConvergenceView.ranks
    /// How the closest nodes came to be the closest, while the pane Convergence shows it.
    var convergence: ShownConvergence?
    /// Whether the other pool cannot be configured as this one is.
    var hasNoBeside = false
    /// The first visible row of each pane.
    var scroll: [Pane: Int] = [:]
    var sharing = Sharing()

    /// A run of a scenario at its start.
    ///
    /// - Throws: an error that names the field of the pool's configuration that is out of its range.
    public init(_ scenario: Scenario, size: Size, isOver: () -> Bool = { false }) throws(RunError) {
        try self.init(OpenedRun(scenario), size: size, isOver: isOver)
    }

    /// A run that was opened, at the place where it was left.
    ///
    /// - Parameters:
    ///   - isChecked: whether the laws of the machines are checked at each step.
    ///   - isOver: as for ``press(_:isOver:)``: of the steps to come only so many are learnt at once.
    /// - Throws: why it cannot be run.
    public init(_ run: OpenedRun, size: Size, isChecked: Bool = true, isOver: () -> Bool = { false }) throws(RunError) {
        scenario = run.scenario
        self.size = size
        if run.scenario.exhibit != nil { (focus, tab) = (.beside, .beside) }
        layout = Layout(size: size, preset: preset, focus: focus, tab: tab, isZoomed: isZoomed)
        figures = MetricsFigures(requestTimeout: run.scenario.pool.queries.requestTimeout)
        history = try run.start(isChecked: isChecked)
        message = run.notice
        observation = Observation(&history, of: scenario)
        if run.position > 0 { begin(.position(run.position), forward: true) }
        if goOn(isOver) { observe() }
        settle()
    }

    /// Takes a new size of the screen.
    public mutating func resize(to size: Size) {
        self.size = size
        keepFocusVisible()
        settle()
    }

    /// Does what a key stands for.
    ///
    /// What takes long is done in slices: the first one now, each further one by ``tick(_:isOver:)``. Meanwhile any key stops it, and does nothing
    /// else.
    ///
    /// - Parameter isOver: asked before each of many steps; once it says yes, the slice is over. The default never does, so that everything is
    ///   done when this comes back.
    public mutating func press(_ key: KeyPress, isOver: () -> Bool = { false }) -> Effect {
        message = nil
        guard work == nil else {
            stopWork()
            settle()
            return .draw
        }
        let (place, wasMoving) = (here, isMoving)
        let effect = effect(of: key)
        if goOn(isOver) { observe() }
        noteMove(from: place, wasMoving: wasMoving)
        settle()
        return effect
    }

    /// Does what a key stands for, but for what takes long: that is only begun.
    mutating func effect(of key: KeyPress) -> Effect {
        if prompt != nil { return pressInPrompt(key) }
        if let awaited {
            self.awaited = nil
            return take(key, for: awaited)
        }
        if themes.isOpen { return pressInThemes(key) }
        if help?.isTyping == true { return typeInHelp(key) }
        guard let command = keys.command(for: key) else {
            message = "\(key.name) does nothing; \(keys.name(of: .help)) shows all keys"
            return .draw
        }
        if settingsPlace != nil { return performInSettings(command, key) }
        if menu != nil { return performInMenu(command, key) }
        if dialog != nil { return performInDialog(command) }
        return help == nil ? perform(command) : performInHelp(command, key)
    }

    /// The interrupt key: pauses a run, else says how to leave.
    ///
    /// - Parameter isSecond: whether another one came just before.
    public mutating func interrupt(isSecond: Bool) -> Effect {
        if isSecond { return .quit }
        if work != nil || isBehind {
            stopWork()
            stopCatchingUp()
        } else {
            message = isRunning ? "paused; ^C again quits" : "^C again quits"
        }
        pause()
        observe()
        settle()
        return .draw
    }

    /// Brings everything that is shown up to date with what has happened.
    mutating func settle() {
        keepQuality()
        keepShownNodes()
        keepPending()
        updateChanges()
        updateBeside()
        updateFigures()
        updateNodeViews()
        settleScroll()
        keepHappenings()
    }

    /// What the end of the run means: all is done, or something waits for ever.
    var endMessage: String {
        let waiting = history.journal.entries.filter { $0.end == nil }.map(\.id)
        if waiting.isEmpty {
            return "the end: every broadcast is over; \(keys.name(of: .stepBack)) back, \(keys.name(of: .restart)) restart"
        }
        let stuck = history.violations.first { $0.law == .l1 }?.why
        return
            "the end: \(stuck ?? "\(waiting.map(\.name).joined(separator: ", ")) never ends"); \(keys.name(of: .why)) says more, \(keys.name(of: .stepBack)) back"
    }

    /// The broadcast whose nodes are shown: the selected one if it has been started, else the first.
    var shownBroadcast: JournalEntry? {
        selectedBroadcast.flatMap { history.journal.entry($0) } ?? history.journal.entries.first
    }

    /// Looks again at the run, after it has moved.
    mutating func observe() {
        observations += 1
        startFilteringAnew()
        observation = Observation(&history, of: scenario)
        sortRows()
    }

    private mutating func updateLayout() {
        layout = Layout(size: size, preset: preset, focus: focus, tab: tab, isZoomed: isZoomed)
    }

    /// Whether a pane can be seen.
    func isVisible(_ pane: Pane) -> Bool { layout.panes[pane] != nil }
}
