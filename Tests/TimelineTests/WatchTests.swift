import Broadcasts
import Coordination
import Kademlia
import Testing
import Timeline

@Suite("Watch")
struct WatchTests {
    private let run: HandMadeRun

    init() throws {
        run = try HandMadeRun()
    }

    /// The values of b1 after each of the first 11 steps.
    private func values(_ measure: Measure) throws -> [String] {
        let watch = try Watch.parse("\(measure.rawValue) b1")
        return run.views[1...11].map { view in
            watch.readings(in: view).map { $0.value?.text(keyBits: 8) ?? "none" }.first ?? "-"
        }
    }

    @Test("Each measure over the life of b1")
    func measures() throws {
        #expect(try values(.best) == ["40", "08", "08", "08", "08", "40", "40", "40", "40", "40", "-"])
        #expect(try values(.known) == ["2", "4", "4", "4", "4", "none", "none", "none", "none", "none", "-"])
        #expect(try values(.todo) == ["0", "0", "0", "0", "0", "1", "0", "0", "0", "0", "-"])
        #expect(try values(.inflight) == ["1", "1", "1", "1", "1", "1", "2", "2", "2", "1", "-"])
        #expect(try values(.stored) == ["0", "0", "0", "0", "0", "0", "0", "0", "0", "1", "-"])
        #expect(try values(.failed) == Array(repeating: "0", count: 10) + ["-"])
        #expect(
            try values(.phase) == Array(repeating: "finding", count: 5) + ["storing"] + Array(repeating: "awaiting", count: 4) + ["-"])
    }

    /// What a watch tells at each step, as text.
    private func changes(_ text: String) throws -> [String] {
        let watch = try Watch.parse(text)
        return run.steps.flatMap { step in
            watch.changes(before: run.views[step.number - 1], after: run.views[step.number]).map { "\(step.number) \($0.text(keyBits: 8))" }
        }
    }

    @Test("What changes, and when")
    func change() throws {
        #expect(try changes("best b1") == ["1 b1: none -> 40", "2 b1: 40 -> 08", "6 b1: 08 -> 40", "11 b1: 40 -> none"])
        #expect(try changes("todo b1") == ["1 b1: none -> 0", "6 b1: 0 -> 1", "7 b1: 1 -> 0", "11 b1: 0 -> none"])
        #expect(try changes("known b1") == ["1 b1: none -> 2", "2 b1: 2 -> 4", "6 b1: 4 -> none"], "at the end there is none any more")
        #expect(try changes("stored b2") == ["3 b2: none -> 0", "5 b2: 0 -> none"])
        #expect(try changes("phase nobody") == [])
    }

    @Test("Of all broadcasts, and of those that a pattern names")
    func several() throws {
        #expect(
            try changes("phase") == [
                "1 b1: none -> finding", "3 b2: none -> awaiting", "5 b2: awaiting -> none", "6 b1: finding -> storing",
                "7 b1: storing -> awaiting", "11 b1: awaiting -> none", "13 my*put: none -> finding", "14 my*put: finding -> none",
            ])
        #expect(try changes("phase *2") == ["3 b2: none -> awaiting", "5 b2: awaiting -> none"])
        #expect(try changes("phase \"my*put\"").count == 2)
        let readings = try Watch.parse("inflight").readings(in: run.views[3])
        #expect(readings.map(\.id) == ["b1", "b2"] && readings.map(\.value) == [.count(1), .count(1)])
        let watch = Watch(.best, of: "b1")
        #expect(watch.watches("b1") && !watch.watches("b2") && Watch(.best).watches("b2"))
    }

    @Test("Readings that are kept say the same as two views")
    func kept() throws {
        for measure in Measure.allCases {
            let watch = Watch(measure)
            var last = watch.readings(in: run.views[0])
            for (before, after) in zip(run.views, run.views.dropFirst()) {
                let next = watch.readings(in: after)
                #expect(watch.changes(from: last, to: next) == watch.changes(before: before, after: after))
                last = next
            }
        }
    }

    @Test("A change goes to whoever has the value: what ran before comes after what runs now")
    func order() throws {
        let changes = Watch(.phase).changes(before: run.views[3], after: run.views[13])
        #expect(changes.map(\.id) == ["my*put", "b1", "b2"])
    }

    @Test("Values are in order")
    func values() {
        #expect(WatchValue.count(2) < .count(10) && !(WatchValue.count(2) < .count(2)))
        #expect(WatchValue.distance(Key256(0, 0, 0, 1)) < .distance(Key256(1, 0, 0, 0)))
        let phases: [WatchValue] = [.phase(.queued), .phase(.finding), .phase(.storing), .phase(.awaitingStores)]
        #expect(
            [phases[2], .distance(.zero), phases[3], .count(9), phases[0], phases[1]].sorted() == [.count(9), .distance(.zero)] + phases)
        #expect(phases.map { $0.text(keyBits: 8) } == ["queued", "finding", "storing", "awaiting"])
        #expect(WatchValue.distance(Key256(0x0abc << 48, 0, 0, 0)).text(keyBits: 160) == "0abc" + String(repeating: "0", count: 36))
    }

    @Test(
        "One way to write each watch",
        arguments: [
            ("best b1", "best b1"), (" BEST  b1 ", "best b1"), ("todo", "todo"), ("phase bc:b1", "phase b1"), ("known b*", "known b*"),
            ("stored \"my put\"", "stored \"my put\""), ("failed \"b*\"", "failed \"b*\""), ("inflight \"bc:x\"", "inflight bc:bc:x"),
            ("best \"or\"", "best bc:or"), ("best \"!x\"", "best bc:!x"), ("best bc:\"or\"", "best bc:or"), ("best bc:\"\"", "best \"\""),
        ])
    func canonical(text: String, canonical: String) throws {
        let watch = try Watch.parse(text)
        #expect(watch.description == canonical)
        #expect(try Watch.parse(canonical) == watch)
    }

    @Test(
        "Any name makes a watch that prints as itself",
        arguments: ["bc:x", "BC:y", "or", "!", "a b", "*", "", "\"", "\\", "(", "b1", "a:b", "!\u{301}x", "bc:\u{301}"])
    func names(name: String) throws {
        let watch = Watch(.todo, of: OperationID(name))
        #expect(try Watch.parse(watch.description) == watch)
        #expect(watch.watches(OperationID(name)) && !watch.watches("other"))
        let filter = Filter.naming(OperationID(name))
        #expect(try Filter.parse(filter.description) == filter)
    }

    @Test(
        "Every mistake has its place and its remedy",
        arguments: [
            ("", 0..<0, "there is nothing to watch; write one of best, known, todo, inflight, stored, failed, phase"),
            ("| b1", 0..<1, "a watch begins with one of best, known, todo, inflight, stored, failed, phase, as in best b1"),
            (" bets b1", 1..<5, "\"bets\" can't be watched; did you mean best?"),
            ("b1", 0..<2, "\"b1\" can't be watched; use one of best, known, todo, inflight, stored, failed, phase"),
            ("best (b1)", 5..<6, "a broadcast's name belongs here, as in best b1; put it in quotes if it has signs"),
            ("todo bc:", 5..<8, "the broadcast's name is missing, as in todo b1"),
            ("best b1 b2 | b3", 8..<15, "a watch is of one broadcast; remove this, or put a name with blanks in quotes"),
            ("best \"b1", 5..<6, "this quote is never closed; add \" at its end"),
        ] as [(String, Range<Int>, String)])
    func errors(text: String, range: Range<Int>, message: String) {
        #expect(throws: FilterError(message, at: range)) { try Watch.parse(text) }
    }
}
