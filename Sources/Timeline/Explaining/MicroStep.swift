public import Broadcasts
internal import Coordination
public import Queries

/// One message between the machines within a step: what a machine was told, or what it said.
///
/// The step's own event and state frame them: the pool is told the event before the first, and says the state in the last.
public struct MicroStep: Equatable, Sendable {
    /// What went into a machine or came out of it, under the reference's names.
    public enum Message: Equatable, Sendable {
        /// The pool told a broadcast this.
        case broadcastTold(BroadcastEvent<NetworkNode, Record>)
        /// The broadcast told its lookup this.
        case lookupTold(QueryEvent<NetworkNode>)
        /// The lookup said this to its broadcast.
        case lookupSaid(LookupAnswer)
        /// The broadcast said this to the pool.
        case broadcastSaid(BroadcastState<NetworkNode, Record>)
        /// The pool said this to its driver.
        case poolSaid(NetworkState)
    }

    /// Which way a message goes.
    public enum Direction: Hashable, Sendable {
        /// Into the machine.
        case told
        /// Out of the machine.
        case said
    }

    /// The number of the step.
    public let step: Int
    /// The place of the message in the step, from 1 on.
    public let place: Int
    /// The machine that was told it, or said it.
    public let machine: MachineName
    /// What it was.
    public let message: Message

    /// What people call it, as in `412.1`.
    public var number: String { "\(step).\(place)" }

    /// Whether the machine was told it or said it.
    public var direction: Direction {
        switch message {
        case .broadcastTold, .lookupTold: .told
        case .lookupSaid, .broadcastSaid, .poolSaid: .said
        }
    }
}

/// What a lookup says to its broadcast. What an observer cannot see of it, such as its last statistics, is left out.
public enum LookupAnswer: Equatable, Sendable {
    /// Ask this node.
    case findCloser(node: NetworkNode)
    /// Nothing to do: as many requests are in flight as may be.
    case waitingAtCapacity
    /// Nothing to do: there is no node left to ask, but some are awaited.
    case waitingWithCapacity
    /// All query slots are held, or others come first: it has to wait for one.
    case queued
    /// It has ended, by itself or because it was told to, with these nodes, closest first.
    case finished(closest: [NetworkNode])
    /// It ran out of time; these nodes had answered by then, closest first.
    case timedOut(closest: [NetworkNode])
    /// It has ended with these nodes, and the rules of a lookup do not tell why.
    case ended(closest: [NetworkNode])
}
