public import Broadcasts
public import Coordination

/// A run that was recorded: its steps are those of the recording, whatever the machines would do now.
///
/// The pool that one looks into is a real one that is fed the recorded events. The first step at which it answers otherwise than was
/// recorded, or stands in another state, is remembered.
public struct RecordedWorld<Machine: BroadcastPoolMachine>: World where Machine.Node == NetworkNode, Machine.Message == Record {
    /// The recording: all copies of the world share it.
    @usableFromInline
    let recording: Recording
    @usableFromInline
    var pool: Machine
    @usableFromInline
    var position = 0
    @usableFromInline
    var line = 0
    /// The choices that were taken so far.
    @usableFromInline
    var taken: [Deviation] = []

    public private(set) var now = Instant.start
    /// The first step at which the pool did otherwise than was recorded.
    public private(set) var divergence: RecordedDivergence?

    /// A recorded run at its start.
    ///
    /// - Parameter pool: an empty pool of the run's local node and configuration.
    public init(_ recording: Recording, pool: Machine) {
        self.recording = recording
        self.pool = pool
    }

    // Inlinable, so that a caller who knows the machine looks at it without the detour of generic code.
    @inlinable
    public var view: NetworkPoolView { pool.view }

    @inlinable
    public func view(after old: NetworkPoolView, _ step: Step) -> NetworkPoolView {
        pool.view(after: old, naming: [step.event.id, step.state.id].compactMap(\.self))
    }

    public var nextDeadline: Instant? { pool.nextDeadline }

    public var faults: [(node: Int32, fault: NodeFault)] {
        var faults: [Int32: NodeFault] = [:]
        for deviation in taken {
            if case .fail(let node, let fault) = deviation.choice { faults[node] = fault }
            if case .restart(let node) = deviation.choice { faults[node] = nil }
        }
        return faults.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    @inlinable
    public mutating func step() -> Step? {
        if !isOnWay(line) {
            // Nothing more was chosen here: go on where that is recorded.
            guard let other = recording.lines.indices.first(where: isOnWay) else { return nil }
            line = other
        }
        guard let recorded = recording.step(position + 1, onLine: line) else { return nil }
        feed(recorded)
        return recorded.step
    }

    /// Does what was chosen here in the recording.
    ///
    /// - Throws: for every other choice.
    public mutating func take(_ choice: Choice) throws(ChoiceError) -> Step? {
        let way = taken + [Deviation(position: position, choice: choice)]
        let found = recording.lines.indices.first { place in
            recording.lines[place].path.starts(with: way) && (!choice.isStep || recording.step(position + 1, onLine: place) != nil)
        }
        guard let found else {
            throw ChoiceError("this run is a recording, in which nothing else can be chosen; open it with --verify to run it again")
        }
        line = found
        taken = way
        guard choice.isStep, let recorded = recording.step(position + 1, onLine: line) else { return nil }
        feed(recorded)
        return recorded.step
    }

    /// Whether the way of a recorded branch is the one taken so far, and goes on.
    @inlinable
    func isOnWay(_ place: Int) -> Bool {
        let path = recording.lines[place].path
        guard path.count >= taken.count, path.count == taken.count || path[taken.count].position > position else { return false }
        return (place == line || path.starts(with: taken)) && recording.step(position + 1, onLine: place) != nil
    }

    @inlinable
    mutating func feed(_ recorded: RecordedStep) {
        moveTime(to: recorded.step.time)
        let state = pool.advance(recorded.step.event, at: now)
        position += 1
        guard divergence == nil else { return }
        let hash = StateHash(of: pool.view, at: now)
        if state != recorded.step.state || (recorded.hash ?? hash) != hash { note(recorded, state, hash) }
    }

    @usableFromInline
    mutating func moveTime(to time: Instant) {
        // A pool's time never goes back, whatever a file says.
        now = max(now, time)
    }

    @usableFromInline
    mutating func note(_ recorded: RecordedStep, _ state: NetworkState, _ hash: StateHash) {
        divergence = RecordedDivergence(recorded: recorded, state: state, hash: hash)
    }
}

/// A step at which a pool does otherwise than was recorded.
public struct RecordedDivergence: Sendable, Equatable {
    /// What was recorded.
    public let recorded: RecordedStep
    /// What the pool answered.
    public let state: NetworkState
    /// The hash of the state that it stands in.
    public let hash: StateHash
}
