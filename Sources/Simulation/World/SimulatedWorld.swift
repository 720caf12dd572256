public import Broadcasts
public import Coordination
internal import Kademlia
public import Timeline

/// A pool of broadcasts in a simulated network, with a virtual clock and a driver.
///
/// The driver feeds an event, acts on the state, and polls until the pool is at rest; then the clock moves to the next reply, the
/// next act of the plan, or the pool's next deadline, whichever comes first (in this order where they come together).
public struct SimulatedWorld<Machine: BroadcastPoolMachine>: World where Machine.Node == NetworkNode, Machine.Message == Record {
    /// Something that is done from outside at a given time.
    public struct Act: Sendable {
        /// When it is done.
        public let time: Instant
        /// The event: a start or a stop; in the museum also a reply that nobody asked for.
        public let event: NetworkEvent

        /// An act.
        public init(time: Instant, event: NetworkEvent) {
            self.time = time
            self.event = event
        }
    }

    /// How the driver polls.
    public enum Polling: String, Hashable, Sendable, CaseIterable {
        /// Until the pool is at rest, and whenever a deadline has passed.
        case untilWaiting
        /// Not at all: each reply is one advance. As the Go coordinator does it: one request is in flight at a time for each
        /// broadcast, and deadlines pass unnoticed.
        case oncePerReply
    }

    /// A request that a broadcast sends to a node.
    struct Request: Hashable, Sendable {
        let node: Int32
        let isStore: Bool
    }

    /// The network.
    public let network: VirtualNetwork
    /// How the driver polls.
    public let polling: Polling
    /// The time of the last step.
    public private(set) var now = Instant.start
    /// The machine that is driven.
    public private(set) var pool: Machine
    /// The number of replies that have been delivered to the pool.
    public private(set) var deliveredReplies = 0

    let plan: [Act]
    var nextAct = 0
    var workload: WorkloadProgress?
    var traffic = Traffic()
    var records = KeptRecords()
    private var stepCount = 0
    private var isPoolAtRest = true
    /// The requests of running broadcasts whose replies cannot come, and why.
    var losses: [OperationID: [Request: PendingMessage.Obstacle]] = [:]
    /// The nodes that each running broadcast is connected with, where connecting takes time.
    private var connections: [OperationID: Set<Int32>] = [:]
    /// What is wrong with nodes by somebody's choice, by index.
    var nodeFaults: [Int32: NodeFault] = [:]

    /// A world at its start.
    ///
    /// - Parameters:
    ///   - plan: what is done from outside, in any order; acts of the same time are done in the order given.
    ///   - workload: puts that are started beside the plan, after its acts of the same time.
    public init(network: VirtualNetwork, pool: Machine, plan: [Act], workload: Workload? = nil, polling: Polling = .untilWaiting) {
        self.network = network
        self.pool = pool
        self.polling = polling
        self.plan = plan.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
        self.workload = workload.map(WorkloadProgress.init)
    }

    // Inlinable, so that a caller who knows the machine looks at it without the detour of generic code: a tenth of the time.
    @inlinable
    public var view: NetworkPoolView { pool.view }

    @inlinable
    public func view(after old: NetworkPoolView, _ step: Step) -> NetworkPoolView {
        pool.view(after: old, naming: [step.event.id, step.state.id].compactMap(\.self))
    }

    public var nextDeadline: Instant? { pool.nextDeadline }

    /// The number of replies that are on their way.
    public var travelling: Int { traffic.count }

    public mutating func step() -> Step? {
        guard let (event, trigger) = nextEvent() else { return nil }
        return advance(event, trigger: trigger)
    }

    /// What happens next, with the clock moved there; `nil` when nothing will.
    @inline(__always)
    mutating func nextEvent() -> (event: NetworkEvent, trigger: Step.Trigger)? {
        if isPolledOn { return (.poll, .continuation) }
        guard let next = nextMoment else { return nil }
        now = max(now, next)
        if let time = traffic.nextTime, time <= next, let reply = traffic.popNext() {
            deliveredReplies += 1
            return (event(of: reply), .reply(sent: reply.sent))
        }
        if let time = nextActTime, time <= next { return (takeNextAct(), .act) }
        return (.poll, .deadline)
    }

    public var isPolledOn: Bool { polling == .untilWaiting && !isPoolAtRest }

    /// When the next thing happens: now, while the driver polls on; `nil` when nothing will.
    var nextMoment: Instant? {
        if isPolledOn { return now }
        let act = nextActTime ?? .distantFuture
        let reply = traffic.nextTime ?? .distantFuture
        let deadline = polling == .untilWaiting ? pool.nextDeadline ?? .distantFuture : .distantFuture
        let next = min(act, reply, deadline)
        return next < .distantFuture ? next : nil
    }

    /// When the next act of the plan or the next put of the workload is due.
    private var nextActTime: Instant? {
        let planned = nextAct < plan.count ? plan[nextAct].time : nil
        guard let put = workload?.nextTime else { return planned }
        return min(planned ?? put, put)
    }

    /// Whether an act of the plan or a put of the workload is to come.
    var hasNextAct: Bool { nextActTime != nil }

    /// The next act of the plan or put of the workload, of which there is one.
    mutating func takeNextAct() -> NetworkEvent {
        if nextAct < plan.count, plan[nextAct].time <= workload?.nextTime ?? .distantFuture {
            nextAct += 1
            return plan[nextAct - 1].event
        }
        let network = network
        return workload?.takeStart(in: network, at: now) ?? .poll
    }

    /// Moves the clock, unless the time has passed already.
    mutating func moveClock(to time: Instant) {
        now = max(now, time)
    }

    mutating func advance(_ event: NetworkEvent, trigger: Step.Trigger) -> Step {
        let ignoredBefore = pool.ignoredEvents
        let state = perform(event)
        return Step(
            number: stepCount, time: now, event: event, trigger: trigger, state: state, isIgnored: pool.ignoredEvents > ignoredBefore)
    }

    /// Feeds an event to the pool and does what the pool says.
    @inline(__always)
    mutating func perform(_ event: consuming NetworkEvent) -> NetworkState {
        if case .startBroadcast(let id, _, _, _, _) = event { records.forget(id) }
        let state = pool.advance(event, at: now)
        isPoolAtRest = state.isAtRest
        stepCount += 1
        carryOut(state)
        return state
    }

    /// Sends what the pool asks for.
    private mutating func carryOut(_ state: borrowing NetworkState) {
        switch copy state {
        case .idle, .waiting: break
        case .broadcastRejected(let id, _): workload?.end(id)
        case .broadcastFinished(let id, _):
            workload?.end(id)
            if !losses.isEmpty { losses[id] = nil }
            if !connections.isEmpty { connections[id] = nil }
        case .findCloser(let id, let target, let node):
            send(.findCloser, of: id, to: node, target: target, record: Record(name: ""))
        case .storeRecord(let id, let node, let record):
            send(.store, of: id, to: node, target: .zero, record: record)
        }
    }

    private mutating func send(
        _ kind: VirtualNetwork.RequestKind, of id: OperationID, to node: NetworkNode, target: Key256, record: Record
    ) {
        let request = Request(node: node.index, isStore: kind == .store)
        // Whatever somebody chose that keeps the node from answering.
        if !nodeFaults.isEmpty, let fault = nodeFaults[node.index] { return lose(request, of: id, PendingMessage.Obstacle(fault)) }
        let hasDials = network.book.hasDials
        let exchange = network.exchange(
            with: node, kind, of: id, at: now, isConnected: hasDials && connections[id]?.contains(node.index) == true)
        if let kept = exchange.keptAfter { keep(id, at: node, after: kept) }
        let (after, reaching, content): (Nanoseconds, Nanoseconds, Delivery.Content)
        switch exchange.reply {
        case .success(let time, let reach): (after, reaching, content) = (time, reach, .success)
        case .failure(let time, let reach, let reason): (after, reaching, content) = (time, reach, .failure(reason))
        case .never(let obstacle): return lose(request, of: id, obstacle)
        }
        if hasDials, case .success = content { connections[id, default: []].insert(node.index) }
        let reply = Delivery(
            id: id, node: node, isStore: kind == .store, target: target, record: record, sent: now,
            reaches: now.advanced(by: reaching), content: content)
        traffic.send(reply, arriving: now.advanced(by: after))
        if let copy = exchange.copyAfter { traffic.send(reply, arriving: now.advanced(by: copy)) }
    }

    private mutating func keep(_ id: OperationID, at node: NetworkNode, after time: Nanoseconds) {
        let from = now.advanced(by: time)
        let lifetime = network.book.recordLifetime(network.book.mask(of: Int(node.index), at: from))
        records.keep(id, at: node.index, from: from, until: lifetime.map { from.advanced(by: $0) } ?? .distantFuture)
    }

    /// Remembers that a reply cannot come.
    mutating func lose(_ request: Request, of id: OperationID, _ obstacle: PendingMessage.Obstacle) {
        losses[id, default: [:]][request] = obstacle
    }

    /// What a reply tells the pool. A node names the nodes that it knows when the request reaches it.
    func event(of reply: Delivery) -> NetworkEvent {
        let (id, node) = (reply.id, reply.node)
        switch reply.content {
        case .edited(let event): return event
        case .success where reply.isStore: return .storeRecordSuccess(id: id, node: node, request: reply.record, response: nil)
        case .failure(let reason) where reply.isStore:
            return .storeRecordFailure(id: id, node: node, request: reply.record, error: .failed(reason))
        case .success:
            return .getCloserNodesSuccess(
                id: id, node: node, target: reply.target,
                closer: network.closest(to: reply.target, knownBy: node, at: reply.reaches))
        case .failure(let reason):
            return .getCloserNodesFailure(id: id, node: node, target: reply.target, error: .failed(reason))
        }
    }
}
