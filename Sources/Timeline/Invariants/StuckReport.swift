public import Broadcasts
public import Coordination
internal import Kademlia
internal import Queries

/// What the running broadcasts wait for, and which of them wait in vain.
///
/// It speaks of a pool at rest, or at the end of a run: nothing goes on by itself, only replies and deadlines bring anything about.
public struct StuckReport: Hashable, Sendable {
    /// A reply on its way.
    public struct Message: Hashable, Sendable {
        /// The broadcast that it is for.
        public let id: OperationID
        /// The node that sends it.
        public let node: NetworkNode
        /// Whether it answers to a store; else to a question for closer nodes.
        public let isStore: Bool

        /// A reply.
        public init(id: OperationID, node: NetworkNode, isStore: Bool) {
            self.id = id
            self.node = node
            self.isStore = isStore
        }
    }

    /// A reply that a broadcast waits for.
    public struct Awaited: Hashable, Sendable {
        /// Who is to reply.
        public let node: NetworkNode
        /// Whether to a store; else to a question for closer nodes.
        public let isStore: Bool
        /// Until when it is awaited; `nil` for ever.
        public let deadline: Instant?
        /// Whether the reply is on its way.
        public let isTravelling: Bool
    }

    /// What one broadcast waits for.
    public struct Wait: Hashable, Sendable, Identifiable {
        /// The broadcast.
        public let id: OperationID
        /// How far it is.
        public let phase: BroadcastView<NetworkNode>.Phase
        /// The replies that it awaits, questions first, each closest first.
        public let awaited: [Awaited]
        /// The nodes that it has yet to send to, closest first.
        public let todo: [NetworkNode]
        /// The lookups that hold all slots, if it waits in line for one.
        public let slotHolders: [OperationID]
        /// The earliest deadline of what it awaits; of its lookup, if that is earlier.
        public let deadline: Instant?
        /// Whether anything can still come that lets it go on. If not, it is stuck.
        public fileprivate(set) var canGoOn: Bool
    }

    /// The number of the last step.
    public let step: Int
    /// The time of the last step.
    public let now: Instant
    /// The running broadcasts in the order of their start.
    public let broadcasts: [Wait]
    /// How sentences name nodes.
    let name: NodeNames

    /// A report on a pool.
    ///
    /// - Parameters:
    ///   - view: the pool.
    ///   - configuration: how it runs its broadcasts.
    ///   - travelling: the replies that are on their way.
    ///   - nextDeadline: when the pool will be polled next, if nothing else happens; `nil` if it will not.
    ///   - now: the time of the last step.
    ///   - step: the number of the last step.
    ///   - keyBits: the width of the keys in bits: so many are shown where a node is named, 32 at most.
    public init(
        view: NetworkPoolView, configuration: PoolConfiguration, travelling: [Message], nextDeadline: Instant?, at now: Instant, step: Int,
        keyBits: Int = 256
    ) {
        self.step = step
        self.now = now
        name = NodeNames(keyBits: keyBits)
        let messages = Set(travelling)
        let holders = view.broadcasts.filter { $0.phase == .finding }.map(\.id)
        var broadcasts = view.broadcasts.map { broadcast in
            let isInLine = broadcast.phase == .queued && view.heldSlots >= view.slots
            return Wait(broadcast, timeout: configuration.queries.timeout, slotHolders: isInLine ? holders : [], messages: messages)
        }
        let anythingComes = !messages.isEmpty || nextDeadline != nil
        for index in broadcasts.indices where broadcasts[index].slotHolders.isEmpty {
            let wait = broadcasts[index]
            let isTimed = wait.deadline.flatMap { deadline in nextDeadline.map { $0 <= max(deadline.firstMomentPast, now) } } ?? false
            let isNext = anythingComes && (!wait.todo.isEmpty || wait.phase == .queued)
            broadcasts[index].canGoOn = isTimed || isNext || wait.awaited.contains(where: \.isTravelling)
        }
        let moving = Set(broadcasts.filter(\.canGoOn).map(\.id))
        for index in broadcasts.indices where !broadcasts[index].slotHolders.isEmpty {
            broadcasts[index].canGoOn = broadcasts[index].slotHolders.contains(where: moving.contains)
        }
        self.broadcasts = broadcasts
    }

    /// The broadcasts that wait in vain.
    public var stuck: [Wait] { broadcasts.filter { !$0.canGoOn } }
}

extension StuckReport.Wait {
    fileprivate init(
        _ broadcast: BroadcastView<NetworkNode>, timeout: Nanoseconds, slotHolders: [OperationID], messages: Set<StuckReport.Message>
    ) {
        id = broadcast.id
        phase = broadcast.phase
        var awaited: [StuckReport.Awaited] = []
        func add(_ node: NetworkNode, isStore: Bool, until deadline: Instant?) {
            let isTravelling = messages.contains(StuckReport.Message(id: broadcast.id, node: node, isStore: isStore))
            awaited.append(StuckReport.Awaited(node: node, isStore: isStore, deadline: deadline, isTravelling: isTravelling))
        }
        for candidate in broadcast.query?.candidates ?? [] {
            if case .waiting(let deadline) = candidate.status { add(candidate.node, isStore: false, until: deadline) }
        }
        for store in broadcast.stores {
            if case .waiting(_, let deadline) = store.status { add(store.node, isStore: true, until: deadline) }
        }
        self.awaited = awaited
        todo = broadcast.stores.filter { $0.status == .todo }.map(\.node)
        self.slotHolders = slotHolders
        let end = broadcast.query?.statistics.start?.advanced(by: timeout)
        deadline = (awaited.compactMap(\.deadline) + [end].compactMap(\.self)).min()
        canGoOn = false
    }
}
