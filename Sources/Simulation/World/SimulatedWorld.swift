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
    var puts = PutBook()
    /// The number of steps so far.
    public private(set) var stepCount = 0
    private var isPoolAtRest = true
    /// The requests of running broadcasts whose replies cannot come, and why.
    var losses: [OperationID: [Request: PendingMessage.Obstacle]] = [:]
    /// Used only where connecting takes time.
    private var connections = Connections()
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
        guard let occurrence = nextOccurrence() else { return nil }
        switch occurrence {
        case .continuation: return advance(.poll, trigger: .continuation)
        case .deadline: return advance(.poll, trigger: .deadline)
        case .reply(let reply): return advance(event(of: reply), trigger: .reply(sent: reply.sent))
        case .act: return advance(takeNextAct(), trigger: .act)
        }
    }

    /// What happens next.
    enum Occurrence {
        case continuation
        case reply(Delivery)
        case act
        case deadline
    }

    /// What happens next, with the clock moved there; `nil` when nothing will.
    @inline(__always)
    mutating func nextOccurrence() -> Occurrence? {
        if isPolledOn { return .continuation }
        guard let next = nextMoment else { return nil }
        now = max(now, next)
        if let time = traffic.nextTime, time <= next, let reply = traffic.popNext() {
            deliveredReplies += 1
            return .reply(reply)
        }
        if let time = nextActTime, time <= next { return .act }
        return .deadline
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
    private mutating func perform(_ event: consuming NetworkEvent) -> NetworkState {
        let state = feed(event)
        var meter = NoMeter()
        carryOut(state, &meter)
        return state
    }

    /// Feeds an event to the pool.
    @inline(__always)
    mutating func feed(_ event: consuming NetworkEvent) -> NetworkState {
        stepCount += 1
        return pool.advance(event, at: now)
    }

    /// Sends what the pool asks for, and notes whether there may be more.
    @inline(__always)
    mutating func carryOut<Meter: RunMeter>(_ state: consuming NetworkState, _ meter: inout Meter) {
        isPoolAtRest = false
        switch consume state {
        case .idle, .waiting: isPoolAtRest = true
        case .broadcastRejected(_, .idInUse): break  // the one that runs under this id goes on
        case .broadcastRejected(let id, _):
            workload?.end(id)
            meter.refuse(id)
        case .broadcastFinished(let id, let outcome):
            clear(id)
            meter.finish(id, outcome, at: now)
        case .findCloser(let id, let target, let node):
            let put = puts.place(of: id)
            puts.look(put, for: target)
            let time = send(.findCloser, of: id, at: put, to: node.index)
            meter.send(id, to: node, isStore: false, at: now, answeredAfter: time)
        case .storeRecord(let id, let node, let record):
            let put = puts.place(of: id)
            puts.store(put, record)
            let time = send(.store, of: id, at: put, to: node.index)
            meter.send(id, to: node, isStore: true, at: now, answeredAfter: time)
        }
    }

    /// Forgets what only a running broadcast needs.
    private mutating func clear(_ id: OperationID) {
        workload?.end(id)
        puts.end(id)
        if !losses.isEmpty { losses[id] = nil }
        connections.close(id)
    }

    /// Sends a request of the put at a place.
    ///
    /// - Returns: when the reply arrives, if it does.
    private mutating func send(
        _ kind: VirtualNetwork.RequestKind, of id: OperationID, at put: Int, to node: Int32
    ) -> Nanoseconds? {
        func isLost(_ obstacle: PendingMessage.Obstacle) -> Nanoseconds? {
            lose(Request(node: node, isStore: kind == .store), of: id, obstacle)
            return nil
        }
        // Whatever somebody chose that keeps the node from answering.
        if !nodeFaults.isEmpty, let fault = nodeFaults[node] { return isLost(PendingMessage.Obstacle(fault)) }
        let hasDials = network.book.hasDials
        let exchange = network.exchange(
            with: node, kind, of: id, at: now, isConnected: hasDials && connections.isOpen(id, to: node),
            failureAfter: hasDials ? connections.failure(of: node, at: now) : nil)
        if let kept = exchange.keptAfter { keep(put, at: node, after: kept) }
        let (after, reaching, content): (Nanoseconds, Nanoseconds, Delivery.Content)
        switch exchange.reply {
        case .success(let time, let reach): (after, reaching, content) = (time, reach, .success)
        case .refusal(let time, let reach): (after, reaching, content) = (time, reach, .refusal)
        case .unreachable(let time): (after, reaching, content) = (time, time, .unreachable)
        case .never(let obstacle): return isLost(obstacle)
        }
        if hasDials {
            if let backoff = exchange.backoff {
                connections.fail(node, after: after, backoff: backoff, at: now)
            } else if case .success = content {
                connections.connect(id, to: node)
            }
        }
        let reply = Delivery(
            put: Int32(put), node: node, isStore: kind == .store, sent: now, reaches: now.advanced(by: reaching), content: content)
        traffic.send(reply, arriving: now.advanced(by: after))
        if let copy = exchange.copyAfter { traffic.send(reply, arriving: now.advanced(by: copy)) }
        return after
    }

    private mutating func keep(_ put: Int, at node: Int32, after time: Nanoseconds) {
        let from = now.advanced(by: time)
        let lifetime = network.book.recordLifetime(network.book.mask(of: Int(node), at: from))
        puts.keep(put, at: node, from: from, until: lifetime.map { from.advanced(by: $0) } ?? .distantFuture)
    }

    /// Remembers that a reply cannot come.
    mutating func lose(_ request: Request, of id: OperationID, _ obstacle: PendingMessage.Obstacle) {
        losses[id, default: [:]][request] = obstacle
    }

    /// What a reply tells the pool. A node names the nodes that it knows when the request reaches it.
    @inline(__always)
    func event(of reply: Delivery) -> NetworkEvent {
        if case .edited(let number) = reply.content { return traffic.edits[Int(number)] }
        let (put, node) = (Int(reply.put), network.nodes[Int(reply.node)])
        let id = puts.id(put)
        if reply.isStore {
            let record = puts.record(put)
            if let reason = reply.content.reason {
                return .storeRecordFailure(id: id, node: node, request: record, error: .failed(reason))
            }
            return .storeRecordSuccess(id: id, node: node, request: record, response: nil)
        }
        let target = puts.target(put)
        if let reason = reply.content.reason {
            return .getCloserNodesFailure(id: id, node: node, target: target, error: .failed(reason))
        }
        return .getCloserNodesSuccess(
            id: id, node: node, target: target, closer: network.closest(to: target, knownBy: node, at: reply.reaches))
    }

    /// What a reply is called, if it is the first of its kind.
    func name(of reply: Delivery) -> MessageName {
        MessageName(id: puts.id(Int(reply.put)), node: reply.node, isStore: reply.isStore)
    }
}
