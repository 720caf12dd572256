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
        /// The event: a start or a stop.
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

    /// A reply on its way.
    private struct Delivery: Comparable, Sendable {
        let time: Instant
        let sequence: Int
        let sent: Instant
        let event: NetworkEvent

        static func < (a: Delivery, b: Delivery) -> Bool {
            (a.time, a.sequence) < (b.time, b.sequence)
        }

        static func == (a: Delivery, b: Delivery) -> Bool {
            a.sequence == b.sequence
        }
    }

    /// The network.
    public let network: VirtualNetwork
    /// How the driver polls.
    public let polling: Polling
    /// The time of the last step.
    public private(set) var now = Instant.start
    /// The machine that is driven.
    public private(set) var pool: Machine

    private let plan: [Act]
    private var nextAct = 0
    private var deliveries = Heap<Delivery>()
    private var sentCount = 0
    private var stepCount = 0
    private var isPoolAtRest = true

    /// A world at its start.
    ///
    /// - Parameter plan: what is done from outside, in any order; acts of the same time are done in the order given.
    public init(network: VirtualNetwork, pool: Machine, plan: [Act], polling: Polling = .untilWaiting) {
        self.network = network
        self.pool = pool
        self.polling = polling
        self.plan = plan.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
    }

    public var view: NetworkPoolView { pool.view }

    /// The number of replies that are on their way.
    public var travelling: Int { deliveries.count }

    public mutating func step() -> Step? {
        if polling == .untilWaiting, !isPoolAtRest { return advance(.poll, trigger: .continuation) }
        let actTime = nextAct < plan.count ? plan[nextAct].time : .distantFuture
        let replyTime = deliveries.min?.time ?? .distantFuture
        let deadline = polling == .untilWaiting ? pool.nextDeadline ?? .distantFuture : .distantFuture
        let next = min(actTime, replyTime, deadline)
        guard next < .distantFuture else { return nil }
        now = max(now, next)
        if replyTime == next, let delivery = deliveries.popMin() {
            return advance(delivery.event, trigger: .reply(sent: delivery.sent))
        }
        if actTime == next {
            nextAct += 1
            return advance(plan[nextAct - 1].event, trigger: .act)
        }
        return advance(.poll, trigger: .deadline)
    }

    private mutating func advance(_ event: NetworkEvent, trigger: Step.Trigger) -> Step {
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
        case .idle, .waiting, .broadcastFinished, .broadcastRejected:
            break
        case .findCloser(let id, let target, let node):
            switch network.reply(from: node, to: .findCloser, of: id) {
            case .success(let time):
                let closer = network.closest(to: target, knownBy: node)
                deliver(.getCloserNodesSuccess(id: id, node: node, target: target, closer: closer), after: time)
            case .failure(let time, let reason):
                deliver(.getCloserNodesFailure(id: id, node: node, target: target, error: .failed(reason)), after: time)
            case .never: break
            }
        case .storeRecord(let id, let node, let record):
            switch network.reply(from: node, to: .store, of: id) {
            case .success(let time): deliver(.storeRecordSuccess(id: id, node: node, request: record, response: nil), after: time)
            case .failure(let time, let reason):
                deliver(.storeRecordFailure(id: id, node: node, request: record, error: .failed(reason)), after: time)
            case .never: break
            }
        }
    }

    private mutating func deliver(_ event: NetworkEvent, after time: Nanoseconds) {
        deliveries.insert(Delivery(time: now.advanced(by: time), sequence: sentCount, sent: now, event: event))
        sentCount += 1
    }
}
