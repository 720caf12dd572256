public import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

/// A random run of a pool: it carries out what the pool asks for, and much that the pool never asked for.
///
/// Up to four broadcasts at once of all strategies, in a small network whose nodes know some of the others. Requests are answered,
/// refused, lost, answered late, twice, or by strangers; the clock stands, creeps, or jumps to the next deadline; broadcasts are
/// stopped, started again under an old id, and started when they may not be. At the end everything outstanding is answered or expires.
public struct RandomSchedule<K: TestKey> {
    /// A request that has not been answered.
    private struct Request {
        let id: OperationID
        let node: K
        let isStore: Bool
    }

    private var random: SplitMix64
    private var recorder: Recorder<K>
    private let nodes: [K]
    private let neighbours: [[K]]
    private var startsLeft: Int
    private var travelling: [Request] = []
    private var lost: [Request] = []
    private var answered: [Request] = []
    private let names: [OperationID]
    private let isCrowd: Bool
    private let strategies: [BroadcastStrategy]

    /// A schedule from this seed.
    ///
    /// - Parameters:
    ///   - isCrowd: whether to have many broadcasts come and go, instead of one to four.
    ///   - strategies: those to use; others become a FollowUp.
    public init(seed: UInt64, isCrowd: Bool = false, strategies: [BroadcastStrategy] = BroadcastStrategy.allCases) throws {
        var random = SplitMix64(seed: seed)
        self.isCrowd = isCrowd
        self.strategies = strategies
        nodes = K.distinct(random.number(3...14), using: &random)
        let known = nodes
        neighbours = nodes.map { _ in Array(random.shuffled(known).prefix(random.number(0...8))) }
        names = (0..<(isCrowd ? 30 : random.number(1...4))).map { OperationID("put \($0)") }
        startsLeft = isCrowd ? 300 : names.count + random.number(0...6)
        let configuration = PoolConfiguration(
            queries: QueryPoolConfiguration(
                concurrency: random.number(1...4), timeout: .seconds(Int64(random.number(10...60))), replication: random.number(1...4),
                queryConcurrency: random.number(1...3), requestTimeout: .seconds(Int64(random.number(3...20)))),
            maxBroadcasts: random.chance(percent: 10) && !isCrowd ? random.number(1...3) : nil)
        recorder = try Recorder(seed: seed, localNode: nodes[0], configuration: configuration)
        self.random = random
    }

    /// Runs the schedule.
    ///
    /// - Parameter steps: the number of random steps before the end, where everything outstanding is settled.
    public mutating func run(steps: Int) -> History<K> {
        let copyAt = random.below(steps)
        startSomething()
        for step in 0..<steps {
            if step == copyAt { recorder.keepCopy() }
            takeStep()
        }
        drain()
        return recorder.history
    }
}

// MARK: - Choices

extension RandomSchedule {
    private mutating func takeStep() {
        if recorder.history.steps.last?.state == .idle, startsLeft > 0, random.chance(percent: 60) { return startSomething() }
        if isCrowd, startsLeft > 0, random.chance(percent: 30) { return startSomething() }
        switch random.below(100) {
        case 0..<30: feed(.poll)
        case 30..<62: answerSomething()
        case 62..<66: loseSomething()
        case 66..<75: moveClock()
        case 75..<82 where startsLeft > 0: startSomething()
        case 82..<84: feed(.stopBroadcast(id: random.pick(names + ["ghost"])))
        case 84..<88: repeatSomething()
        case 88..<94: intrude()
        case 94..<98: answerLost()
        default: feed(.poll)
        }
    }

    private mutating func feed(_ event: PoolEvent<K, String>, origin: Step<K>.Origin = .driver) {
        switch recorder.feed(event, origin: origin) {
        case .findCloser(let id, _, let node): travelling.append(Request(id: id, node: node, isStore: false))
        case .storeRecord(let id, let node, _): travelling.append(Request(id: id, node: node, isStore: true))
        case .idle, .waiting, .broadcastFinished, .broadcastRejected: break
        }
    }

    private mutating func answerSomething() {
        guard !travelling.isEmpty else { return feed(.poll) }
        answer(travelling.remove(at: random.below(travelling.count)))
    }

    private mutating func answer(_ request: Request) {
        answered.append(request)
        feed(reply(to: request), origin: .reply)
    }

    private mutating func reply(to request: Request) -> PoolEvent<K, String> {
        let (id, node) = (request.id, request.node)
        let fails = random.chance(percent: 25)
        if request.isStore {
            if fails { return .storeRecordFailure(id: id, node: node, request: "request", error: .failed("store")) }
            return .storeRecordSuccess(id: id, node: node, request: "request", response: random.chance(percent: 50) ? "response" : nil)
        }
        if fails { return .getCloserNodesFailure(id: id, node: node, target: .zero, error: .failed("find")) }
        let index = nodes.firstIndex(of: node) ?? 0
        let closer = random.chance(percent: 10) ? neighbours[index] + neighbours[index].prefix(1) + [node, nodes[0]] : neighbours[index]
        return .getCloserNodesSuccess(id: id, node: node, target: .zero, closer: closer)
    }

    private mutating func loseSomething() {
        guard !travelling.isEmpty else { return feed(.poll) }
        lost.append(travelling.remove(at: random.below(travelling.count)))
    }

    private mutating func answerLost() {
        guard !lost.isEmpty else { return feed(.poll) }
        answer(lost.remove(at: random.below(lost.count)))
    }

    private mutating func repeatSomething() {
        guard !answered.isEmpty else { return feed(.poll) }
        let request = random.pick(answered)
        feed(reply(to: request), origin: .duplicate)
    }

    private mutating func intrude() {
        let request = Request(
            id: random.pick(names + ["ghost"]), node: random.pick(nodes + [.random(using: &random)]), isStore: random.chance(percent: 50))
        feed(reply(to: request), origin: .rogue)
    }

    private mutating func moveClock() {
        let deadline = recorder.history.steps.last?.nextDeadline
        switch random.below(4) {
        case 0: recorder.now = max(recorder.now, deadline ?? recorder.now)
        case 1: recorder.now = max(recorder.now, deadline?.advanced(by: Nanoseconds(-1)) ?? recorder.now)
        case 2: recorder.now = recorder.now.advanced(by: .milliseconds(Int64(500 * random.number(1...8))))
        default: recorder.now = recorder.now.advanced(by: .seconds(Int64(random.number(1...40))))
        }
    }
}

// MARK: - Starts and the end

extension RandomSchedule {
    private mutating func startSomething() {
        startsLeft -= 1
        let view = recorder.pool.view
        let free = names.filter { view.broadcast($0) == nil }
        var id = free.isEmpty || random.chance(percent: 15) ? random.pick(names) : random.pick(free)
        var configuration = randomStrategy()
        if !strategies.contains(configuration.strategy) { configuration = .followUp(.init(stores: randomStores())) }
        switch random.below(40) {
        case 0: id = ""
        case 1: configuration = .optimistic(OptimisticConfiguration(returnRatio: 0))
        case 2: configuration = .followUp(.init(stores: StoreOptions(storeTimeout: .zero)))
        case 3: configuration = .static(.init(stores: StoreOptions(storeConcurrency: 0)))
        default: break
        }
        let target = K.random(near: random.pick(nodes), using: &random)
        feed(.startBroadcast(id: id, target: target, message: "record", seed: randomSeed(), configuration: configuration))
    }

    /// Often a few nodes, sometimes none; now and then with the local node or with repetitions.
    private mutating func randomSeed() -> [K] {
        var seed = Array(random.shuffled(nodes).prefix(random.pick([0, 1, 1, 2, 2, 3, 3, 4, 6])))
        if random.chance(percent: 15) { seed.append(nodes[0]) }
        if random.chance(percent: 15), let first = seed.first { seed.append(first) }
        return seed
    }

    private mutating func randomStrategy() -> BroadcastConfiguration {
        let stores = randomStores()
        switch random.below(10) {
        case 0..<4: return .followUp(.init(stores: stores))
        case 4..<6: return .static(.init(stores: stores))
        default: return .optimistic(randomOptimistic(stores))
        }
    }

    private mutating func randomStores() -> StoreOptions {
        StoreOptions(
            storeTimeout: random.chance(percent: 25) ? nil : .seconds(Int64(random.number(2...30))),
            storeConcurrency: random.chance(percent: 40) ? nil : random.number(1...3))
    }

    /// Of sizes that suit the network, or none at all.
    private mutating func randomOptimistic(_ stores: StoreOptions) -> OptimisticConfiguration {
        OptimisticConfiguration(
            individualCertainty: random.pick([0.5, 0.9, 0.99]), setStrictness: random.pick([0.1, 0.1, 0.5, 0.999]),
            returnRatio: random.pick([0.25, 0.75, 0.75, 1]),
            networkSize: random.chance(percent: 20) ? nil : random.pick([1, 4, 10, 20, 50, 1_000]), stores: stores)
    }

    /// Polls to the end, answers what is outstanding, and lets the rest expire.
    private mutating func drain() {
        for _ in 0..<5_000 {
            feed(.poll)
            guard let last = recorder.history.steps.last, last.state.isAtRest else { continue }
            if last.state == .idle {
                recorder.markDrained()
                return
            }
            if !travelling.isEmpty, random.chance(percent: 80) {
                answerSomething()
            } else if let deadline = last.nextDeadline, random.chance(percent: 50) {
                recorder.now = max(recorder.now, deadline)
            } else {
                lost.isEmpty ? answerSomething() : answerLost()
            }
        }
        recorder.markDrained()
    }
}
