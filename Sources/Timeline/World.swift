public import Broadcasts
public import Coordination
public import Kademlia

/// What makes the steps of a run: a simulated network, a recorded run, later a live source.
///
/// A world is a value, so a copy is a snapshot: from equal worlds and equal choices come equal steps.
public protocol World: Sendable {
    /// The time of the last step.
    var now: Instant { get }

    /// What an observer sees of the pool.
    var view: NetworkPoolView { get }

    /// What an observer sees of the pool after a step, given what was seen before it: the same as ``view``, for less work.
    func view(after old: NetworkPoolView, _ step: Step) -> NetworkPoolView

    /// The first moment at which a poll could change anything, or `nil`.
    var nextDeadline: Instant? { get }

    /// Whether the pool is not at rest, so that the next step is one more poll: nobody decides anything before that.
    var isPolledOn: Bool { get }

    /// The requests that are not answered: those on their way in the order in which they arrive, then those that cannot come.
    ///
    /// - Parameter view: what an observer sees of the pool now.
    func pending(in view: NetworkPoolView) -> [PendingMessage]

    /// The nodes that something is wrong with by somebody's choice, by index in ascending order.
    var faults: [(node: Int32, fault: NodeFault)] { get }

    /// How well the record of a broadcast is placed now; `nil` if the world does not know who holds what.
    ///
    /// - Parameters:
    ///   - target: the record's key.
    ///   - count: the number of nodes that should hold it (Kademlia's k).
    func putQuality(of id: OperationID, target: Key256, count: Int) -> PutQuality?

    /// Takes the next step, as the world would by itself.
    ///
    /// - Returns: the step, or `nil` when nothing will happen any more.
    mutating func step() -> Step?

    /// Does what somebody chose.
    ///
    /// - Returns: the step that it was, or `nil` for a choice that is none.
    /// - Throws: why it cannot be done; nothing has changed then.
    mutating func take(_ choice: Choice) throws(ChoiceError) -> Step?

    /// Why a choice cannot be taken now, or `nil` if it can.
    func obstacle(to choice: Choice) -> ChoiceError?
}

extension World {
    /// The requests that are not answered: those on their way in the order in which they arrive, then those that cannot come.
    public var pending: [PendingMessage] { pending(in: view) }
}

/// A world without choices: a recorded run.
extension World {
    public func view(after old: NetworkPoolView, _ step: Step) -> NetworkPoolView { view }
    public var nextDeadline: Instant? { nil }
    public var isPolledOn: Bool { false }
    public func pending(in view: NetworkPoolView) -> [PendingMessage] { [] }
    public var faults: [(node: Int32, fault: NodeFault)] { [] }
    public func putQuality(of id: OperationID, target: Key256, count: Int) -> PutQuality? { nil }

    public mutating func take(_ choice: Choice) throws(ChoiceError) -> Step? {
        throw ChoiceError("this run is a recording, in which nothing can be chosen; open it with --verify to run it again and branch")
    }

    public func obstacle(to choice: Choice) -> ChoiceError? {
        var copy = self
        do {
            _ = try copy.take(choice)
            return nil
        } catch {
            return error
        }
    }
}
