public import Broadcasts
public import Coordination
internal import HeapModule
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

    /// The network.
    public let network: VirtualNetwork
    /// How the driver polls.
    public let polling: Polling
    /// The time of the last step.
    public private(set) var now = Instant.start
    /// The machine that is driven.
    public private(set) var pool: Machine

    let plan: [Act]
    var nextAct = 0
    var deliveries = Heap<Delivery>()
    private var sentCount = 0
    private var stepCount = 0
    private var isPoolAtRest = true
    /// The requests of running broadcasts that somebody's choices have lost, and why.
    var losses: [MessageName: PendingMessage.Obstacle] = [:]
    /// What is wrong with nodes by somebody's choice, by index.
    var nodeFaults: [Int32: NodeFault] = [:]

    /// A world at its start.
    ///
    /// - Parameter plan: what is done from outside, in any order; acts of the same time are done in the order given.
    public init(network: VirtualNetwork, pool: Machine, plan: [Act], polling: Polling = .untilWaiting) {
        self.network = network
        self.pool = pool
        self.polling = polling
        self.plan = plan.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
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
    public var travelling: Int { deliveries.count }

    public mutating func step() -> Step? {
        if isPolledOn { return advance(.poll, trigger: .continuation) }
        guard let next = nextMoment else { return nil }
        now = max(now, next)
        if let reply = deliveries.min, reply.time <= next, let delivery = deliveries.popMin() {
            return advance(delivery.event, trigger: .reply(sent: delivery.sent))
        }
        if nextAct < plan.count, plan[nextAct].time <= next { return takeNextAct() }
        return advance(.poll, trigger: .deadline)
    }

    public var isPolledOn: Bool { polling == .untilWaiting && !isPoolAtRest }

    /// When the next thing happens: now, while the driver polls on; `nil` when nothing will.
    var nextMoment: Instant? {
        if isPolledOn { return now }
        let act = nextAct < plan.count ? plan[nextAct].time : .distantFuture
        let reply = deliveries.min?.time ?? .distantFuture
        let deadline = polling == .untilWaiting ? pool.nextDeadline ?? .distantFuture : .distantFuture
        let next = min(act, reply, deadline)
        return next < .distantFuture ? next : nil
    }

    /// Does the next act of the plan, which exists.
    mutating func takeNextAct() -> Step {
        nextAct += 1
        return advance(plan[nextAct - 1].event, trigger: .act)
    }

    /// Moves the clock, unless the time has passed already.
    mutating func moveClock(to time: Instant) {
        now = max(now, time)
    }

    mutating func advance(_ event: NetworkEvent, trigger: Step.Trigger) -> Step {
        let ignoredBefore = pool.ignoredEvents
        let state = pool.advance(event, at: now)
        isPoolAtRest = state.isAtRest
        carryOut(state)
        stepCount += 1
        return Step(
            number: stepCount, time: now, event: event, trigger: trigger, state: state, isIgnored: pool.ignoredEvents > ignoredBefore)
    }

    /// Sends what the pool asks for.
    private mutating func carryOut(_ state: NetworkState) {
        switch state {
        case .idle, .waiting, .broadcastRejected:
            break
        case .broadcastFinished(let id, _):
            if !losses.isEmpty { losses = losses.filter { $0.key.id != id } }
        case .findCloser(let id, let target, let node):
            let name = MessageName(id: id, node: node.index, isStore: false)
            guard canReach(name) else { return }
            switch network.reply(from: node, to: .findCloser, of: id) {
            case .success(let time, let reaching):
                let closer = network.closest(to: target, knownBy: node)
                deliver(.getCloserNodesSuccess(id: id, node: node, target: target, closer: closer), name, after: time, reaching)
            case .failure(let time, let reaching, let reason):
                deliver(.getCloserNodesFailure(id: id, node: node, target: target, error: .failed(reason)), name, after: time, reaching)
            case .never: break
            }
        case .storeRecord(let id, let node, let record):
            let name = MessageName(id: id, node: node.index, isStore: true)
            guard canReach(name) else { return }
            switch network.reply(from: node, to: .store, of: id) {
            case .success(let time, let reaching):
                deliver(.storeRecordSuccess(id: id, node: node, request: record, response: nil), name, after: time, reaching)
            case .failure(let time, let reaching, let reason):
                deliver(.storeRecordFailure(id: id, node: node, request: record, error: .failed(reason)), name, after: time, reaching)
            case .never: break
            }
        }
    }

    /// Whether nothing that somebody chose keeps the node of a message from answering; if something does, the message is lost.
    private mutating func canReach(_ name: MessageName) -> Bool {
        guard let fault = nodeFaults[name.node] else { return true }
        losses[name] = PendingMessage.Obstacle(fault)
        return false
    }

    private mutating func deliver(_ event: NetworkEvent, _ name: MessageName, after time: Nanoseconds, _ reaching: Nanoseconds) {
        send(
            Delivery(
                time: now.advanced(by: time), sequence: sentCount, name: name, sent: now, reaches: now.advanced(by: reaching), event: event)
        )
    }

    /// Puts a reply on its way, after those that are to arrive at the same time.
    mutating func send(_ delivery: Delivery) {
        var delivery = delivery
        delivery.sequence = sentCount
        sentCount += 1
        deliveries.insert(delivery)
    }
}
