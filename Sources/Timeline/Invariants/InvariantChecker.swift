public import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

/// Judges a run while it goes on: which laws does each step break?
///
/// A fold over steps, like ``Journal``. It judges any machine with the events, states and views of a pool of broadcasts, by what an
/// observer sees: it reckons from events and states who was asked and who answered, and compares that with what the machine does.
/// It is a value; a copy costs little, so that a history can keep one at every checkpoint.
///
/// S17 needs a second run and is judged apart: ``isolationViolations(of:in:configuration:keyBits:)``. L1 is judged at the end:
/// ``check(_:)``. All others are judged at every step.
///
/// - Complexity: a step costs O(log n) for the n nodes that a lookup knows, beside a comparison for each running broadcast. The k
///   closest nodes are gone through where a lookup ends and where an Optimistic rests.
public struct InvariantChecker: Sendable {
    /// The node that broadcasts.
    public let localNode: NetworkNode
    /// How the pool runs its broadcasts.
    public let configuration: PoolConfiguration

    /// The width of the keys in bits.
    public let keyBits: Int
    /// Whether the network may have a reply arrive twice, which breaks no law then (N1); it may not unless told otherwise.
    public var allowsCopies: Bool {
        get { network.allowsCopies }
        set { network.allowsCopies = newValue }
    }

    /// How sentences name nodes.
    let name: NodeNames
    /// The running broadcasts in the order of their start.
    var running: [WatchedBroadcast] = []
    /// The ids of broadcasts that have ended and were not started again.
    var ended: Set<OperationID> = []
    private var network = WatchedNetwork()
    private var wasIdle = false
    /// By how many the view had more broadcasts than there are.
    private var viewSurplus = 0

    /// A checker for a run from its start.
    ///
    /// - Parameters:
    ///   - localNode: the node that broadcasts.
    ///   - configuration: how the pool runs its broadcasts.
    ///   - keyBits: the width of the keys in bits: so many are shown where a node is named, 32 at most.
    public init(localNode: NetworkNode, configuration: PoolConfiguration, keyBits: Int = 256) {
        self.localNode = localNode
        self.configuration = configuration
        self.keyBits = keyBits
        name = NodeNames(keyBits: keyBits)
    }

    /// The limits of the lookups.
    var limits: QueryPoolConfiguration { configuration.queries }

    /// Judges the next step.
    ///
    /// A condition that goes on, such as a broadcast that is left without its turn, is reported once.
    ///
    /// - Parameters:
    ///   - step: the step.
    ///   - before: the pool before it.
    ///   - after: the pool after it.
    /// - Returns: the laws that the step breaks; nearly always none.
    public mutating func check(_ step: Step, before: NetworkPoolView, after: NetworkPoolView) -> [Violation] {
        var examination = Examination(step, before: before, after: after, name: name)
        network.judge(&examination)
        judgeIdleness(&examination)
        let wasRunning = step.event.id.map { index(of: $0) != nil } ?? false
        take(&examination)
        observeFollowUps(&examination)
        observeWalks(&examination)
        judgeState(&examination)
        if case .stopBroadcast(let id) = step.event, wasRunning { judgeStop(of: id, &examination) }
        judgeViews(&examination)
        if step.state.isAtRest { judgeRest(&examination) }
        return examination.violations
    }

    /// Takes into account what somebody has chosen: a reply that was made to arrive twice, or from another node, breaks no law (N1).
    public mutating func expect(_ choice: Choice) {
        network.expect(choice)
    }

    /// Judges the end of a run, when nothing will happen any more: L1.
    ///
    /// - Parameter report: what the broadcasts wait for.
    public func check(_ report: StuckReport) -> [Violation] {
        running.compactMap { broadcast in
            let wait = report.broadcasts.first { $0.id == broadcast.id }
            guard wait?.canGoOn != true else { return nil }
            let why = wait.map { report.sentence(about: $0, name) } ?? "\(broadcast.id) has not ended, and the pool has lost it."
            return Violation(law: .l1, step: report.step, broadcast: broadcast.id, node: nil, why: why)
        }
    }

    /// The place of a running broadcast.
    func index(of id: OperationID) -> Int? {
        running.firstIndex { $0.id == id }
    }

    /// P4 in part, and S21.
    private mutating func judgeIdleness(_ examination: inout Examination) {
        let step = examination.step
        var isIdle = false
        if case .idle = step.state { isIdle = true }
        if wasIdle, !isIdle {
            switch step.event {
            case .startBroadcast: break
            case .stopBroadcast, .getCloserNodesSuccess, .getCloserNodesFailure, .storeRecordSuccess, .storeRecordFailure, .poll:
                examination.report(.s21, step.state.id, nil, "The pool was idle and nothing was started, but it did not stay idle.")
            }
        }
        wasIdle = isIdle
    }

    /// P5, S19 and Q1: does the view agree with what was seen?
    private mutating func judgeViews(_ examination: inout Examination) {
        let (step, after) = (examination.step, examination.after)
        let surplus = after.broadcasts.count - running.count
        if surplus != viewSurplus {
            viewSurplus = surplus
            if let stray = after.broadcasts.first(where: { index(of: $0.id) == nil }) {
                examination.report(.p5, stray.id, nil, "\(stray.id) is still there, though it does not run.")
            }
            if let lost = running.first(where: { after.broadcast($0.id) == nil }) {
                examination.report(.p5, lost.id, nil, "\(lost.id) is gone, though it has not finished.")
            }
        }
        if let id = step.event.id { judgeLookup(of: id, &examination) }
        if let id = step.state.id, id != step.event.id { judgeLookup(of: id, &examination) }
    }

    private mutating func judgeLookup(of id: OperationID, _ examination: inout Examination) {
        guard let index = index(of: id), let lookup = running[index].lookup, let query = examination.after.broadcast(id)?.query else {
            return
        }
        running[index].quietUntil = nil
        let statistics = query.statistics
        if statistics.requests != lookup.requests || statistics.successes != lookup.successes || statistics.end != nil
            || statistics.successes + statistics.failures > statistics.requests
        {
            if running[index].reported.insert(.s19).inserted {
                examination.report(
                    .s19, id, nil,
                    "\(id) counts \(statistics.requests) requests, \(statistics.successes) successes and \(statistics.failures) failures; "
                        + "\(lookup.requests) requests and \(lookup.successes) successes were seen.")
            }
        }
        guard let old = examination.before.broadcast(id)?.query?.candidates.first?.node, let new = query.candidates.first?.node else {
            return
        }
        if old.key.isCloser(to: running[index].target, than: new.key) {
            examination.report(.q1, id, old, "\(id) knew \(name(old)), and now the closest that it knows is \(name(new)).")
        }
    }
}
