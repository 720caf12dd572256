import Broadcasts
import Coordination
import Kademlia
import Queries
import Simulation
import Testing

@testable import Timeline

@Suite("Explaining runs that nobody thought of")
struct ExplainingRandomTests {
    /// A run of random events at rising times: replies that fit, replies that do not, starts, stops and polls.
    private func randomRun(_ seed: UInt64, steps: Int, followsUp: Bool = false) throws -> SmallRun {
        var generator = SplitMix64(seed: seed)
        func roll(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
        func any() -> UInt8 { UInt8(roll(1...40) * 6) }
        var queries = QueryPoolConfiguration(
            concurrency: roll(1...3), timeout: .milliseconds(Int64(roll(300...900))), replication: roll(1...4),
            queryConcurrency: roll(1...3), requestTimeout: .milliseconds(Int64(roll(50...300))))
        let maxBroadcasts = roll(2...5)
        if followsUp { queries.resiliency = roll(1...max(1, queries.replication / 2)) }
        var run = try SmallRun(queries, maxBroadcasts: maxBroadcasts)
        var sent: [(id: OperationID, node: UInt8, isStore: Bool)] = []
        var time: Int64 = 0
        while run.steps.count < steps {
            time += Int64(roll(0...3) == 0 ? roll(1...60) : 0)
            let id = OperationID("b\(roll(1...4))")
            switch roll(0...19) {
            case 0...2:
                let stores = StoreOptions(
                    storeTimeout: roll(0...3) == 0 ? nil : .milliseconds(Int64(roll(20...200))),
                    storeConcurrency: roll(0...1) == 0 ? nil : roll(1...2))
                let configuration: BroadcastConfiguration =
                    switch roll(0...3) {
                    case 0: .static(.init(stores: stores))
                    case 1: .optimistic(.init(returnRatio: 0.6, networkSize: roll(0...2) == 0 ? nil : roll(4...90), stores: stores))
                    default: .followUp(.init(stores: stores))
                    }
                run.start(id, (0..<roll(0...4)).map { _ in any() }, configuration, at: time)
            case 3 where roll(0...2) == 0: run.stop(id, at: time)
            case 3...9: run.poll(at: time)
            case 10...17 where !sent.isEmpty:
                let request = sent[roll(0...sent.count - 1)]
                switch (request.isStore, roll(0...3) == 0) {
                case (true, true): run.storeFailed(request.id, request.node, at: time)
                case (true, false): run.stored(request.id, request.node, at: time)
                case (false, true): run.findFailed(request.id, request.node, at: time)
                case (false, false): run.found(request.id, request.node, (0..<roll(0...4)).map { _ in any() } + [0xff], at: time)
                }
            default:
                if roll(0...1) == 0 { run.stored(id, any(), at: time) } else { run.found(id, any(), [any()], at: time) }
            }
            switch run.steps.last?.state {
            case .findCloser(let id, _, let node): sent.append((id, UInt8(node.index), false))
            case .storeRecord(let id, let node, _): sent.append((id, UInt8(node.index), true))
            case .idle, .waiting, .broadcastFinished, .broadcastRejected, nil: break
            }
        }
        return run
    }

    private func check(_ answer: Explanation, upTo position: Int, _ question: Question, _ seed: UInt64) {
        let numbers = answer.causes.map(\.step)
        #expect(numbers == numbers.sorted() && Set(numbers).count == numbers.count, "\(question), seed \(seed)")
        #expect(numbers.allSatisfy { (1...position).contains($0) }, "\(question), seed \(seed)")
        #expect(!answer.title.isEmpty && answer.paragraphs.allSatisfy { !$0.isEmpty }, "\(question), seed \(seed)")
        #expect(answer.causes.allSatisfy { !$0.what.isEmpty }, "\(question), seed \(seed)")
    }

    @Test(
        "Every node of every broadcast, every phase and every step has an explanation with causes in order",
        arguments: 1...6 as ClosedRange<UInt64>, [false, true])
    func questions(seed: UInt64, followsUp: Bool) throws {
        let run = try randomRun(seed, steps: 150, followsUp: followsUp)
        for (position, knowsPast) in [(17, true), (60, false), (149, true), (150, false)] {
            let explainer = run.explainer(at: position, knowsPast: knowsPast)
            for (place, entry) in explainer.journal.entries.enumerated() {
                let running = entry.end == nil ? run.views[position].broadcast(entry.id) : nil
                var nodes = entry.seed + (running?.query?.candidates.map(\.node) ?? []) + (running?.stores.map(\.node) ?? [])
                nodes += entry.trails.keys.sorted().map { node(UInt8($0)) } + [node(3)]
                for node in nodes {
                    for question in [Question.node(node, broadcast: place), .notClosest(node, broadcast: place)] {
                        let answer = explainer.explain(question)
                        check(answer, upTo: position, question, seed)
                        #expect(answer.rule != nil && !answer.paragraphs.isEmpty, "\(question), seed \(seed)")
                    }
                }
                for question in [Question.phase(broadcast: place), .notFinished(broadcast: place)] {
                    check(explainer.explain(question), upTo: position, question, seed)
                }
            }
        }
        let explainer = run.explainer
        for number in 1...run.steps.count {
            for question in [Question.event(step: number), .state(step: number)] {
                let answer = explainer.explain(question)
                check(answer, upTo: number, question, seed)
                #expect(answer.rule != nil, "\(question), seed \(seed)")
            }
            if run.steps[number - 1].isIgnored, run.steps[number - 1].event != .poll {
                let words = explainer.explain(.event(step: number)).paragraphs.last ?? ""
                #expect(words.hasPrefix("It was ignored"), "step \(number), seed \(seed)")
                #expect(!words.contains("no longer awaited") && !words.contains("makes no sense"), "step \(number): \(words), seed \(seed)")
            }
        }
    }

    @Test("The messages of a step fit together", arguments: 1...12 as ClosedRange<UInt64>, [false, true])
    func messages(seed: UInt64, followsUp: Bool) throws {
        let run = try randomRun(seed, steps: 200, followsUp: followsUp)
        for step in run.steps {
            let all = try #require(run.explainer.microSteps(of: step.number)).all
            let shown = all.map { $0.text(SmallRun.names) }.joined(separator: "\n") + "\nstep \(step.number), seed \(seed)"
            #expect(all.last?.message == .poolSaid(step.state))
            #expect(all.map(\.place) == Array(1...all.count))
            // What is told is answered, the inner machine first.
            var open: [MachineName] = []
            for message in all.dropLast() {
                switch message.direction {
                case .told: if open.last != message.machine { open.append(message.machine) }
                case .said:
                    if open.last != message.machine { open.removeLast() }  // a lookup that was not asked for a request
                    #expect(open.last == message.machine, "\(shown)")
                    _ = open.popLast()
                }
            }
            #expect(open.isEmpty, "\(shown)")
            let isServed = if case .broadcastRejected = step.state { false } else { step.state.id != nil }
            guard isServed, all.count > 1 else { continue }
            guard case .broadcastSaid(let said) = all[all.count - 2].message else {
                Issue.record("\(shown)")
                continue
            }
            switch (said, step.state) {
            case (.findCloser(let id, let node, _), .findCloser(let other, _, let asked)): #expect(id == other && node == asked, "\(shown)")
            case (.storeRecord(let id, let node, _), .storeRecord(let other, let sent, _)): #expect(id == other && node == sent, "\(shown)")
            case (.finished(let id, let outcome), .broadcastFinished(let other, let told)):
                #expect(id == other && outcome == told, "\(shown)")
            default: Issue.record("\(shown)")
            }
            // A lookup of this machine always ends in a way that the rules know.
            #expect(!shown.contains("said: ended"), "\(shown)")
        }
    }

    @Test("The machines themselves, told what the messages tell, say what the messages say", arguments: 1...12 as ClosedRange<UInt64>)
    func replay(seed: UInt64) throws {
        let run = try randomRun(seed, steps: 200)
        var queries = try QueryPool<NetworkNode, Record>(localNode: node(0xff), configuration: run.pool.configuration.queries)
        var machines: [OperationID: Broadcast<NetworkNode, Record>] = [:]
        for step in run.steps {
            if case .startBroadcast(let id, _, let record, _, let configuration) = step.event, !step.state.isRejection {
                machines[id] = try Broadcast(id: id, message: record, configuration: configuration)
            }
            var told: BroadcastEvent<NetworkNode, Record>?
            for message in try #require(run.explainer.microSteps(of: step.number)).all {
                switch message.message {
                case .broadcastTold(let event): told = event
                case .broadcastSaid(let state):
                    guard case .broadcast(let id, _) = message.machine else { continue }
                    let event = try #require(told)
                    #expect(machines[id]?.advance(event, at: step.time, queries: &queries) == state, "\(message.number), seed \(seed)")
                case .lookupTold, .lookupSaid, .poolSaid: break
                }
            }
        }
    }

    @Test("Changes that are seen: applied to what was there, they give what is there", arguments: 1...12 as ClosedRange<UInt64>)
    func differences(seed: UInt64) throws {
        let run = try randomRun(seed, steps: 200)
        for (index, step) in run.steps.enumerated() {
            let (before, after) = (run.views[index], run.views[index + 1])
            let difference = Difference(of: step, before: before, after: after)
            if before == after, step.state.isAtRest { #expect(difference.isEmpty) }
            for new in after.broadcasts {
                let old = before.broadcast(new.id)
                var candidates = Dictionary((old?.query?.candidates ?? []).map { ($0.node, $0.status) }) { first, _ in first }
                for change in difference.changes(of: .lookup(new.id)) {
                    switch change {
                    case .learned(let nodes): for node in nodes { candidates[node] = .notContacted }
                    case .candidate(let node, let status): candidates[node] = status
                    case .lookupEnded: candidates = [:]
                    default: break
                    }
                }
                #expect(candidates == Dictionary((new.query?.candidates ?? []).map { ($0.node, $0.status) }) { first, _ in first })
                var stores = Dictionary((old?.stores ?? []).map { ($0.node, $0.status) }) { first, _ in first }
                for change in difference.changes(of: .broadcast(new.id, new.strategy)) {
                    switch change {
                    case .chosen(let nodes): for node in nodes { stores[node] = .todo }
                    case .store(let node, let status): stores[node] = status
                    default: break
                    }
                }
                #expect(stores == Dictionary(new.stores.map { ($0.node, $0.status) }) { first, _ in first })
            }
        }
    }

    @Test("Steps, views and a journal that do not fit together: nothing traps", arguments: 1...6 as ClosedRange<UInt64>)
    func mismatched(seed: UInt64) throws {
        let (run, other) = (try randomRun(seed, steps: 120), try randomRun(seed + 100, steps: 120))
        var generator = SplitMix64(seed: seed)
        for _ in 0..<60 {
            let position = Int.random(in: 0...120, using: &generator)
            let explainer = Explainer(
                position: position, step: { run.steps[$0 - 1] }, journal: other.explainer.journal,
                view: other.views.randomElement(using: &generator) ?? other.views[0],
                viewBefore: { other.views[($0 * 7) % other.views.count] }, names: SmallRun.names)
            let number = Int.random(in: -1...130, using: &generator)
            _ = explainer.difference(of: number)
            _ = explainer.microSteps(of: number)
            let node = node(UInt8(Int.random(in: 1...40, using: &generator) * 6))
            let place = Int.random(in: -1...40, using: &generator)
            for question in [
                Question.event(step: number), .state(step: number), .node(node, broadcast: place), .phase(broadcast: place),
                .notClosest(node, broadcast: place), .notFinished(broadcast: place),
            ] { check(explainer.explain(question), upTo: max(1, position), question, seed) }
        }
    }

    @Test("A history is explained as its steps are, at every position and on every branch")
    func history() throws {
        var history = History(try busyWorld())
        let names = Names(keyBits: 256)
        history.go(to: 150)
        let explainer = Explainer(history, names: names)
        #expect(explainer.position == 150)
        for number in [1, 2, 63, 64, 65, 149, 150] {
            let steps = try #require(explainer.microSteps(of: number))
            #expect(steps.all.last?.message == .poolSaid(history.step(number).state))
            #expect(explainer.difference(of: number) != nil)
        }
        #expect(explainer.microSteps(of: 151) == nil)
        #expect(explainer.difference(of: 0) == nil)
        for (place, entry) in history.journal.entries.enumerated() {
            for node in entry.seed {
                let answer = explainer.explain(.notClosest(node, broadcast: place))
                #expect(answer.rule != nil)
                check(answer, upTo: 150, .notClosest(node, broadcast: place), 0)
            }
            let answer = explainer.explain(.notFinished(broadcast: place))
            check(answer, upTo: 150, .notFinished(broadcast: place), 0)
        }
        #expect(history.position == 150, "explaining moves nothing")
        history.go(to: 90)
        try history.choose(.advanceClock(.milliseconds(1)))
        history.go(to: 130)
        history.go(to: 110)
        try history.choose(.advanceClock(.milliseconds(1)))
        let branched = Explainer(history, names: names)
        #expect(history.branches.count == 3)
        for number in 1...history.position {
            #expect(branched.step(number) == history.step(number))
        }
    }
}

extension PoolState {
    fileprivate var isRejection: Bool {
        if case .broadcastRejected = self { true } else { false }
    }
}
