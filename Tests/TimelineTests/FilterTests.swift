import Broadcasts
import Coordination
import Kademlia
import Testing
import Timeline

@Suite("Filter")
struct FilterTests {
    private let run: HandMadeRun

    init() throws {
        run = try HandMadeRun()
    }

    @Test("The run is what its table says")
    func runIsAsWritten() {
        let states = run.steps.map { step in
            switch step.state {
            case .idle: "idle"
            case .waiting: "waiting"
            case .findCloser(let id, _, let node): "find \(id) \(node.key.hex.prefix(2))"
            case .storeRecord(let id, let node, _): "store \(id) \(node.key.hex.prefix(2))"
            case .broadcastFinished(let id, let outcome): "finished \(id) \(outcome.reason) \(outcome.errors.map(\.error.description))"
            case .broadcastRejected(let id, _): "rejected \(id)"
            }
        }
        #expect(
            states == [
                "find b1 40", "find b1 08", "store b2 9f", "find b1 80", "finished b2 completed []", "store b1 40", "store b1 80",
                "waiting",
                "waiting", "waiting", "finished b1 completed [\"timed out\"]", "finished b1 noNodesFound []", "find my*put 9f",
                "finished my*put stopped []", "rejected ", "idle",
            ])
        #expect(run.steps.filter(\.isIgnored).map(\.number) == [9])
    }

    @Test(
        "Each term, by the steps that it matches",
        arguments: [
            ("bc:b2", [3, 5]), ("bc:b*", [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12]), ("bc:B2", []), ("bc:*put", [13, 14]),
            ("bc:\"my*put\"", [13, 14]),
            ("bc:\"m*t\"", []), ("bc:\"\"", [15]), ("bc:b", []),
            ("ev:start", [1, 3, 12, 13, 15]), ("ev:stop", [14]), ("ev:closer", [2, 6, 9]), ("ev:closer-fail", [4]),
            ("ev:store-ok", [5, 10]), ("ev:store-fail", []), ("ev:poll", [7, 8, 11, 16]), ("ev:deadline", [11]),
            ("EV:Act", [1, 3, 12, 13, 14, 15]),
            ("ev:reply", [2, 4, 5, 6, 9, 10]), ("ev:ok", [2, 5, 6, 9, 10]), ("ev:fail", [4]), ("ev:lookup", [2, 4, 6, 9]),
            ("ev:store", [5, 10]),
            ("st:find", [1, 2, 4, 13]), ("st:store", [3, 6, 7]), ("st:finished", [5, 11, 12, 14]), ("st:rejected", [15]),
            ("st:waiting", [8, 9, 10]), ("st:idle", [16]), ("st:sent", [1, 2, 3, 4, 6, 7, 13]), ("st:rest", [8, 9, 10, 16]),
            ("end:completed", [5, 11]), ("end:stopped", [14]), ("end:timed-out", []), ("end:no-nodes", [12]),
            ("node:9f", [3, 5, 13]), ("node:9", [3, 5, 13]), ("node:9F", [3, 5, 13]), ("node:9f0", []), ("node:0", [2, 4, 9]),
            ("node:1", []),
            ("told:9f", [2, 3, 13]), ("told:01", [9]), ("told:4", [1]), ("told:7", []),
            ("kind:followup", [1, 2, 4, 6, 7, 9, 10, 11]), ("kind:static", [3, 5, 15]), ("strategy:FollowUp", [1, 2, 4, 6, 7, 9, 10, 11]),
            ("kind:optimistic", [12, 13, 14]),
            ("phase:finding", [1, 2, 4, 13]), ("phase:queued", []), ("phase:storing", [6]), ("phase:awaiting", [3, 7, 9, 10]),
            ("phase:done", [5, 11, 12, 14, 15]),
            ("err:refused", [4]), ("err:REFUSED", [4]), ("err:\"timed out\"", [11]), ("err:*", [4, 11, 15]), ("err:\"*\"", []),
            ("err:empty", [15]),
            ("time<0.04s", [1, 2]), ("time>=40ms time<=60000us", [3, 4]), ("time=2s", [12]), ("time!=0ns step<3", [2]),
            ("time>0.03m", [12, 13, 14, 15, 16]),
            ("time>1h", []),
            ("step=7", [7]), ("step:7", [7]), ("step==7", [7]), ("step>14", [15, 16]), ("step<=2", [1, 2]), ("step!=1 step<4", [2, 3]),
            ("rtt>60ms", [9]), ("rtt=30ms", [2, 4]), ("rtt<=40ms", [2, 4, 10]),
        ] as [(String, [Int])])
    func cheapTerms(text: String, steps: [Int]) throws {
        let matches = run.matches(try Filter.parse(text))
        #expect(matches == steps)
    }

    @Test(
        "Terms of distances, numbers and changes",
        arguments: [
            // b1 is to 00, so distances are keys; b2 is to ff, so 9f is at 60; my*put is to 10, so 9f is at 8f.
            ("dist=60", [3, 5]), ("dist<60", [1, 2, 4, 6, 9, 10]), ("dist<=60", [1, 2, 3, 4, 5, 6, 9, 10]), ("dist>8", []),
            ("dist>=8", [4, 6, 7, 13]),
            ("dist>80", [13]), ("dist<1", [2, 4, 9]), ("dist!=40 st:find", [2, 4, 13]),
            ("cpl=4", [2, 4, 9]), ("cpl=0", [4, 6, 7, 13]), ("cpl>=1", [1, 2, 3, 4, 5, 6, 9, 10]),
            ("best=40", [1, 6, 7, 9, 10]), ("best<1", [2, 4]), ("best=60", [3]),
            ("known=2", [1]), ("known>2", [2, 4]), ("known=1", [13]),
            ("todo>0", [6]), ("todo=0", [1, 2, 3, 4, 5, 7, 9, 10, 11, 12, 13, 14]),
            ("inflight=1", [1, 2, 3, 4, 6, 10, 13]), ("inflight>1", [7, 9]),
            ("stored=1", [5, 10, 11]), ("failed=1", [11]), ("failed>1", []),
            ("changes:phase", [1, 3, 5, 6, 7, 11, 13, 14]), ("changes:best", [1, 2, 3, 5, 6, 11, 13, 14]),
            ("changes:stored", [1, 3, 5, 10, 11, 13, 14]),
            ("changes:todo bc:b1", [1, 6, 7, 11]), ("changes:known", [1, 2, 6, 13, 14]), ("changes:inflight bc:b1", [1, 7, 10, 11]),
            ("changes:failed bc:b1", [1, 11]),
            ("ignored", [9]), ("violation", [8]), ("line", Array(1...16)), ("LINE", Array(1...16)), ("\"e 16\"", [16]), ("e1", []),
            ("\"ignored\"", []),
            // The line of a step is "line" and its number.
            ("~1[45]", [14, 15]), ("~^LINE.1$", [1]), ("~e\\s\\d$", Array(1...9)), ("~\"1(2|4)$\"", [12, 14]), ("~[^\\d\\s]$", []),
            ("~l.*e.1?3", [3, 13]), ("!~\\D", []), ("~x*y?", Array(1...16)),
            ("\"~1\"", []), ("~1 ~5", [15]), ("~\"(1+)+$\"", [1, 11]),
        ] as [(String, [Int])])
    func costlyTerms(text: String, steps: [Int]) throws {
        let matches = run.matches(try Filter.parse(text))
        #expect(matches == steps)
    }

    @Test(
        "How terms are joined",
        arguments: [
            ("ev:stop | ev:fail", [4, 14]), ("ev:stop or ev:fail", [4, 14]), ("ev:stop || ev:fail", [4, 14]), ("ev:stop|ev:fail", [4, 14]),
            ("ev:stop bc:b1 | ev:fail", [4]), ("ev:stop (bc:b1 | ev:fail)", []), ("ev:fail | ev:stop bc:b1", [4]),
            ("ev:poll & st:idle", [16]), ("ev:poll and st:idle", [16]), ("ev:poll && st:idle", [16]),
            ("!ev:poll st:rest", [9, 10]), ("not ev:poll st:rest", [9, 10]), ("!!ignored", [9]), ("!(ev:poll | ev:reply) !ev:start", [14]),
            ("ev:poll !st:store !st:waiting", [11, 16]), ("! ( ev:poll )step<8 !ev:act ev:lookup", [2, 4, 6]),
        ] as [(String, [Int])])
    func joining(text: String, steps: [Int]) throws {
        let matches = run.matches(try Filter.parse(text))
        #expect(matches == steps)
    }

    @Test(
        "Terms side by side are about the same side of a step",
        arguments: [
            // In step 2, 40 answers and 08 is asked; in step 4, 08 fails and 80 is asked.
            ("node:08", [2, 4, 9]), ("st:find node:08", [2]), ("ev:lookup node:08", [4, 9]), ("(ev:fail | ev:stop) node:80", []),
            ("ev:closer st:find", [2]), ("(ev:closer node:40) (st:find node:08)", [2]), ("ev:closer node:40 st:find node:08", []),
            ("node:40 dist<4", []), ("node:40 dist=40", [1, 2, 6, 10]), ("node:08 node:40", []), ("(node:08) node:40", []),
            ("(node:08 step>0) (node:40 step>0)", [2]), ("ignored node:08", [9]), ("told:9f node:08", []), ("told:9f node:40", [2]),
            ("rtt>1ns node:80", [6]),
            ("end:completed node:9f", []), ("!ev:fail node:80", [4, 6, 7]),
            // A poll and a rest go with the other side.
            ("bc:b1 ev:poll", [7, 11]), ("bc:b1 !ev:poll", [1, 2, 4, 6, 9, 10, 12]), ("bc:b1 st:waiting", [9, 10]),
            ("node:80 ev:poll", [7]),
            ("node:80 !ev:poll", [4, 6]), ("node:40 st:rest", [10]), ("bc:b1 !st:rest ev:reply", [2, 4, 6]),
        ] as [(String, [Int])])
    func sides(text: String, steps: [Int]) throws {
        let matches = run.matches(try Filter.parse(text))
        #expect(matches == steps)
    }

    @Test("A step of two broadcasts: values are those of the one that is named")
    func twoBroadcasts() throws {
        // Not what the pool does here, but it may: an answer to b1, then a store of b2.
        let step = Step(
            number: 6, time: run.steps[5].time, event: run.steps[5].event, trigger: run.steps[5].trigger,
            state: .storeRecord(id: "b2", node: HandMadeRun.node(0x9f), message: Record(name: "r")), isIgnored: false)
        let context = FilterContext(
            step: step, keyBits: 8, journal: run.journal, text: "", viewBefore: run.views[3], viewAfter: run.views[3])
        func holds(_ text: String) throws -> Bool { try Filter.parse(text).matches(context) }
        #expect(try holds("bc:b1 phase:finding") && holds("bc:b2 phase:awaiting"))
        #expect(try !holds("bc:b1 phase:awaiting") && !holds("bc:b2 phase:finding"))
        #expect(try holds("bc:b1 (phase:finding | best=60)") && !holds("bc:b1 (phase:awaiting | best=60)"))
        #expect(try holds("bc:b2 st:store") && !holds("bc:b1 st:store") && !holds("bc:b2 ev:closer"))
        #expect(try holds("bc:b2 !ev:closer") && !holds("!bc:b2") && holds("!bc:b2 ev:closer") && !holds("!bc:b1 ev:closer"))
        #expect(try holds("bc:b1 kind:followup") && !holds("bc:b1 kind:static"))
        #expect(try holds("ev:closer phase:finding") && !holds("ev:closer phase:awaiting"))
        #expect(try !holds("bc:b1 bc:b2") && holds("(bc:b1 step>0) (bc:b2 step>0)"))
    }

    @Test("An id that is used again: distances are those of the broadcast of that time")
    func reusedID() throws {
        // The journal is of the whole run; step 12 starts another b1, to f0.
        #expect(run.matches(try Filter.parse("bc:b1 dist=40")) == [1, 2, 6, 10])
        #expect(run.matches(try Filter.parse("bc:b1 kind:optimistic")) == [12])
        #expect(run.matches(try Filter.parse("bc:b1 kind:followup")) == [1, 2, 4, 6, 7, 9, 10, 11])
    }

    @Test("An id that is used again in the same instant")
    func reusedAtOnce() throws {
        var journal = Journal()
        var steps: [Step] = []
        func start(_ target: UInt8) -> NetworkEvent {
            .startBroadcast(
                id: "a", target: HandMadeRun.node(target).key, message: Record(name: "r"), seed: [],
                configuration: .static(StaticConfiguration()))
        }
        let store = NetworkState.storeRecord(id: "a", node: HandMadeRun.node(0x40), message: Record(name: "r"))
        let reply = NetworkEvent.storeRecordSuccess(id: "a", node: HandMadeRun.node(0x40), request: Record(name: "r"), response: nil)
        let over = NetworkState.broadcastFinished(id: "a", outcome: BroadcastOutcome(reason: .stopped))
        for (event, state) in [
            (reply, .idle), (start(0x00), store), (.stopBroadcast(id: "a"), over), (start(0xff), store), (reply, over),
        ] as [(NetworkEvent, NetworkState)] {
            let number = steps.count + 1
            let time = number == 1 ? Instant.start : Instant(nanoseconds: 5)
            steps.append(Step(number: number, time: time, event: event, trigger: .act, state: state, isIgnored: false))
            journal.record(steps[number - 1])
        }
        func matches(_ text: String) throws -> [Int] {
            let filter = try Filter.parse(text)
            let view = run.views[0]
            return steps.filter {
                filter.matches(FilterContext(step: $0, keyBits: 8, journal: journal, text: "", viewBefore: view, viewAfter: view))
            }.map(\.number)
        }
        #expect(try matches("dist=40") == [2])
        #expect(try matches("dist=bf") == [4, 5])
        #expect(try matches("kind:static") == [2, 3, 4, 5])
    }

    @Test("Groups go by the laws of logic")
    func laws() throws {
        let all = Set(run.steps.map(\.number))
        let examples = Filter.reference.map(\.example) + ["ev:reply", "st:rest", "node:0", "bc:b1", "todo>0", "changes:best", "e 1"]
        func set(_ text: String) throws -> Set<Int> { Set(run.matches(try Filter.parse(text))) }
        for (place, one) in examples.enumerated() {
            let other = examples[(place * 7 + 3) % examples.count]
            let (first, second) = (try set("(\(one))"), try set("(\(other))"))
            #expect(try set("!(\(one))") == all.subtracting(first), "\(one)")
            #expect(try set("\(one) | \(other)") == first.union(second), "\(one) | \(other)")
            #expect(try set("((\(one)) step>0) ((\(other)) step>0)") == first.intersection(second), "\(one) \(other)")
            #expect(try set("!(!(\(one)) | !(\(other)))") == first.intersection(second), "\(one) \(other)")
            #expect(try set("(\(one)) (\(other))").isSubset(of: first.intersection(second)) || one.contains("!") || other.contains("!"))
        }
    }

    @Test("A view is taken only when a filter needs it, and once; a text too")
    func laziness() throws {
        final class Counter {
            var before = 0
            var after = 0
            var texts = 0
        }
        let counter = Counter()
        func count(_ path: ReferenceWritableKeyPath<Counter, Int>) -> NetworkPoolView {
            counter[keyPath: path] += 1
            return run.views[1]
        }
        func text() -> String {
            counter.texts += 1
            return "text"
        }
        func look(_ texts: [String], at step: Step) throws -> [Int] {
            (counter.before, counter.after, counter.texts) = (0, 0, 0)
            let context = FilterContext(
                step: step, keyBits: 8, journal: run.journal, text: text(), viewBefore: count(\.before), viewAfter: count(\.after))
            for text in texts { _ = try Filter.parse(text).matches(context) }
            return [counter.before, counter.after, counter.texts]
        }
        let first = run.steps[0]
        #expect(try look(["bc:b1 ev:start dist<60 kind:followup !violation"], at: first) == [0, 0, 0])
        #expect(try look(["changes:best best<08 text ev:stop"], at: first) == [0, 0, 0], "what is cheap decides")
        #expect(try look(["changes:best | best<08 | ev:start"], at: first) == [0, 0, 0])
        #expect(try look(["best<08 nowhere"], at: first) == [0, 0, 1])
        #expect(try look(["todo>1 | known>7 | text2 | text3", "inflight>5"], at: first) == [0, 1, 1])
        #expect(try look(["changes:best", "changes:todo | phase:done"], at: first) == [1, 1, 0])
        #expect(try look(["failed>=0"], at: run.steps[10]) == [0, 0, 0], "the outcome says it")
        for (text, needs) in [
            ("bc:b1", [false, false]), ("text | !dist<3", [false, false]), ("ev:stop | !(best<1 bc:a)", [true, false]),
            ("!changes:todo bc:b1", [true, true]),
        ] {
            let filter = try Filter.parse(text)
            #expect([filter.needsView, filter.needsViewBefore] == needs, "\(text)")
        }
    }

    @Test("Filters of what is selected")
    func selected() throws {
        #expect(Filter.naming("b2") == (try Filter.parse("bc:b2")))
        #expect(run.matches(.naming("my*put")) == [13, 14])
        #expect(Filter.naming("my*put").description == "bc:\"my*put\"")
        #expect(Filter.naming(HandMadeRun.node(0x9f).key, keyBits: 8) == (try Filter.parse("node:9f")))
        #expect(Filter.naming(Key256(.max, 0, 0, 1), keyBits: 256).description.count == 5 + 64)
        #expect(run.matches(.anyViolation) == [8])
        #expect(Filter.anyViolation.description == "violation")
    }
}
