import Broadcasts
import Coordination
import Kademlia
import Timeline

/// A machine of the pool's shape without any sense: it answers what it was told to, and then waits.
struct ScriptedPool: BroadcastPoolMachine {
    typealias Node = NetworkNode
    typealias Message = Record
    typealias Event = NetworkEvent
    typealias State = NetworkState

    /// An event that it was fed, and when.
    struct Heard: Equatable {
        let event: NetworkEvent
        let time: Instant
    }

    /// The answers to come.
    var answers: [NetworkState]
    /// The moments at which it wants to be polled; only a poll crosses one out.
    var deadlines: [Instant] = []
    /// Ids of which every event is ignored.
    var strangers: Set<OperationID> = []

    private(set) var heard: [Heard] = []
    private(set) var ignoredEvents = 0

    init(_ answers: [NetworkState] = [], deadlines: [Instant] = [], strangers: Set<OperationID> = []) {
        self.answers = answers
        self.deadlines = deadlines
        self.strangers = strangers
    }

    var nextDeadline: Instant? { deadlines.first }

    var view: NetworkPoolView { NetworkPoolView(broadcasts: [], heldSlots: 0, slots: 1, ignoredEvents: ignoredEvents) }

    mutating func advance(_ event: NetworkEvent, at now: Instant) -> NetworkState {
        heard.append(Heard(event: event, time: now))
        if let id = event.id, strangers.contains(id) { ignoredEvents += 1 }
        if event == .poll, let deadline = deadlines.first, deadline <= now { deadlines.removeFirst() }
        return answers.isEmpty ? .waiting : answers.removeFirst()
    }
}
