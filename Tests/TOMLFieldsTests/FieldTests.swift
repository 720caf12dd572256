import TOMLFields
import Testing

private enum Strategy: String, CaseIterable {
    case followUp = "follow-up"
    case optimistic
    case fixed = "static"
}

/// The complaint of reading a text, as a sentence; nil if there is none.
private func complaint(_ text: String, _ read: (TOMLFields) throws(TOMLFieldError) -> Void) -> String? {
    do throws(TOMLFieldError) {
        try read(try TOMLDocument(text: text, source: "my.toml").root)
        return nil
    } catch {
        return error.description
    }
}

@Suite struct FieldTests {
    private let sample = """
        # A scenario.
        name = "swarm"
        seed = 42
        quick = true

        [network]
        size = 64
        loss = 0.25
        latency.median = "80ms"
        tags = ["a", "b"]

        [[broadcast]]
        id = 1
        strategy = "optimistic"
        [[broadcast]]
        id = 2
        """

    @Test func readsWhatIsThere() throws {
        let root = try TOMLDocument(text: sample, source: "my.toml").root
        #expect(try root.string("name") == "swarm")
        #expect(try root.integer("seed", in: 0...99) == 42)
        #expect(try root.number("seed", in: 0...99) == 42)
        #expect(try root.boolean("quick") == true)
        let network = try #require(try root.table("network"))
        #expect(try network.number("loss", in: 0...1) == 0.25)
        #expect(try network.strings("tags") == ["a", "b"])
        #expect(try network.table("latency")?.duration("median", in: .zero ... .seconds(1)) == .milliseconds(80))
        let broadcasts = try root.tables("broadcast")
        #expect(try broadcasts.map { table in try table.integer("id", in: 1...9) } == [1, 2])
        #expect(try broadcasts[0].choice("strategy", of: Strategy.self) == .optimistic)
        #expect(root.keys == ["name", "seed", "quick", "network", "broadcast"])
        #expect(network.keys == ["size", "loss", "latency", "tags"])
    }

    @Test func whatIsAbsentIsNil() throws {
        let root = try TOMLDocument(text: "", source: "my.toml").root
        #expect(try root.string("a") == nil)
        #expect(try root.integer("a", in: 0...1) == nil)
        #expect(try root.number("a", in: 0...1) == nil)
        #expect(try root.boolean("a") == nil)
        #expect(try root.duration("a", in: .zero ... .zero) == nil)
        #expect(try root.choice("a", of: Strategy.self) == nil)
        #expect(try root.strings("a") == nil)
        #expect(try root.table("a") == nil)
        #expect(try root.tables("a").isEmpty)
        #expect(root.kind(of: "a") == nil)
        #expect(root.keys.isEmpty)
    }

    @Test func arraysOfEveryKind() throws {
        let text = "i = [1, 2]\nn = [1, 0.5]\nd = [\"1s\", \"2min\"]\nt = [{ a = 1 }, { a = 2 }]\ne = []"
        let root = try TOMLDocument(text: text, source: "my.toml").root
        #expect(try root.integers("i", in: 0...9) == [1, 2])
        #expect(try root.numbers("n", in: 0...9) == [1, 0.5])
        #expect(try root.durations("d", in: .zero ... .seconds(600)) == [.seconds(1), .seconds(120)])
        #expect(try root.tables("t").map { table in try table.integer("a", in: 0...9) } == [1, 2])
        #expect(try root.tables("e").isEmpty)
        #expect(try root.strings("e") == [])
    }

    @Test(arguments: [
        ("\n\n[network]\n# none\nsize = 0", "my.toml:5: network.size: 0 is too small; use 1 to 4096"),
        ("network = { size = 5000 }", "my.toml:1: network.size: 5000 is too large; use 1 to 4096"),
        ("[network]\nsize = \"ten\"", "my.toml:2: network.size: \"ten\" is a string, not a whole number; use 1 to 4096"),
        ("[network]\nsize = 6.5", "my.toml:2: network.size: 6.5 is a decimal number, not a whole number; use 1 to 4096"),
        ("[network]\nsize = [1]", "my.toml:2: network.size: it is an array, not a whole number; use 1 to 4096"),
        ("[network]\nsize = 1979-05-27", "my.toml:2: dates and times have no use here; write a string or a number"),
        ("[network]\n\n", "my.toml:1: network.size: it is missing; write a number of nodes"),
        ("network = 3", "my.toml:1: network: 3 is an integer, not a table; write [network] with its fields below it"),
        ("[[network]]\nsize = 3", "my.toml:1: network: it is an array, not a table; write [network] with its fields below it"),
    ])
    func integers(text: String, sentence: String) {
        #expect(
            complaint(text) { root throws(TOMLFieldError) in
                guard let network = try root.table("network") else { return }
                _ = try network.require(try network.integer("size", in: 1...4096), "size", remedy: "write a number of nodes")
            } == sentence)
    }

    @Test(arguments: [
        ("x = -0.5", "my.toml:1: x: -0.5 is too small; use 0 to 1"),
        ("x = 2", "my.toml:1: x: 2 is too large; use 0 to 1"),
        ("x = nan", "my.toml:1: x: nan is not a finite number; use 0 to 1"),
        ("x = -inf", "my.toml:1: x: -inf is not a finite number; use 0 to 1"),
        ("x = true", "my.toml:1: x: true is a boolean, not a number; use 0 to 1"),
    ])
    func numbers(text: String, sentence: String) {
        #expect(complaint(text) { root throws(TOMLFieldError) in _ = try root.number("x", in: 0...1) } == sentence)
    }

    @Test(arguments: [
        ("x = 80", "my.toml:1: x: 80 has no unit; write it with one of ns, us, ms, s, min, h, such as \"80ms\""),
        ("x = 1.5", "my.toml:1: x: 1.5 has no unit; write it with one of ns, us, ms, s, min, h, such as \"1.5ms\""),
        ("x = \"80\"", "my.toml:1: x: \"80\" is not a duration; write a number and one of ns, us, ms, s, min, h, such as \"80ms\""),
        ("x = \"-1s\"", "my.toml:1: x: \"-1s\" is too small; use 0s to 1h"),
        ("x = \"61min\"", "my.toml:1: x: \"61min\" is too large; use 0s to 1h"),
        ("x = \"9223372036854775807ns\"", "my.toml:1: x: \"9223372036854775807ns\" is too large; use 0s to 1h"),
        ("x = \"-9999999999999999999h\"", "my.toml:1: x: \"-9999999999999999999h\" is too small; use 0s to 1h"),
        ("x = \"1.5ns\"", "my.toml:1: x: \"1.5ns\" has too many digits; use 0s to 1h"),
        ("x = \"1.2.3s\"", "my.toml:1: x: \"1.2.3s\" is not a duration; write a number and one of ns, us, ms, s, min, h, such as \"80ms\""),
        (
            "x = false",
            "my.toml:1: x: false is a boolean, not a duration; write a number and one of ns, us, ms, s, min, h, such as \"80ms\""
        ),
    ])
    func durations(text: String, sentence: String) {
        #expect(complaint(text) { root throws(TOMLFieldError) in _ = try root.duration("x", in: .zero ... .seconds(3600)) } == sentence)
    }

    @Test func otherKinds() {
        #expect(
            complaint("x = 1") { root throws(TOMLFieldError) in _ = try root.string("x") }
                == "my.toml:1: x: 1 is an integer, not a string; write it in quotation marks")
        #expect(
            complaint("x = \"yes\"") { root throws(TOMLFieldError) in _ = try root.boolean("x") }
                == "my.toml:1: x: \"yes\" is a string, not a boolean; write true or false")
        #expect(
            complaint("x = \"optimisitc\"") { root throws(TOMLFieldError) in _ = try root.choice("x", of: Strategy.self) }
                == "my.toml:1: x: \"optimisitc\" is unknown; did you mean \"optimistic\"?")
        #expect(
            complaint("x = \"flooding\"") { root throws(TOMLFieldError) in _ = try root.choice("x", of: Strategy.self) }
                == "my.toml:1: x: \"flooding\" is unknown; use one of follow-up, optimistic, static")
        #expect(
            complaint("x = 7") { root throws(TOMLFieldError) in _ = try root.choice("x", of: Strategy.self) }
                == "my.toml:1: x: 7 is an integer, not a string; use one of follow-up, optimistic, static")
        #expect(
            complaint("x = [\n  \"a\",\n  3,\n]") { root throws(TOMLFieldError) in _ = try root.strings("x") }
                == "my.toml:3: x[1]: 3 is an integer, not a string; write it in quotation marks")
        #expect(
            complaint("x = \"a\"") { root throws(TOMLFieldError) in _ = try root.strings("x") }
                == "my.toml:1: x: \"a\" is a string, not an array of strings; write [\"…\", \"…\"]")
        #expect(
            complaint("[a.b]") { root throws(TOMLFieldError) in _ = try root.table("a")?.tables("b") }
                == "my.toml:1: a.b: it is a table, not an array of tables; write [[a.b]] once for each")
    }

    @Test func unknownFields() {
        func refuse(_ text: String) -> String? {
            complaint(text) { root throws(TOMLFieldError) in try root.refuseOthers(than: ["latency", "loss", "size"]) }
        }
        #expect(refuse("loss = 1\nlatancy = 2") == "my.toml:2: latancy: unknown field; did you mean \"latency\"?")
        #expect(refuse("zebra = 1") == "my.toml:1: zebra: unknown field; use one of latency, loss, size")
        #expect(refuse("\"a b\" = 1") == "my.toml:1: \"a b\": unknown field; use one of latency, loss, size")
        #expect(refuse("loss = 1") == nil)
        #expect(
            complaint("x = 1") { root throws(TOMLFieldError) in try root.refuseOthers(than: []) }
                == "my.toml:1: x: unknown field; leave it out"
        )
    }

    @Test func messagesShowTextOfOthersHarmlessly() {
        let text = "x = \"\\u001b[31m" + String(repeating: "long", count: 40) + "\""
        #expect(
            complaint(text) { root throws(TOMLFieldError) in _ = try root.boolean("x") }
                == "my.toml:1: x: \"\\u{1b}[31mlonglonglonglonglonglonglonglonglon…\" is a string, not a boolean; write true or false")
    }

    @Test func aFieldOfOnesOwnComplaint() throws {
        let root = try TOMLDocument(text: sample, source: "my.toml").root
        let second = try root.tables("broadcast")[1]
        #expect(
            second.error("id", "2 is taken", remedy: "use another").description == "my.toml:16: broadcast[1].id: 2 is taken; use another")
        #expect(second.line(of: "strategy") == 15)
        #expect(second.path(of: "strategy") == "broadcast[1].strategy")
    }
}

@Suite struct ArrayFieldTests {
    @Test func readsRowsOfDurationsAndWords() throws {
        let root = try TOMLDocument(text: "times = [[\"1ms\"], [\"2s\", \"3s\"]]\nwords = [\"static\", \"optimistic\"]", source: "my.toml")
            .root
        #expect(
            try root.durationRows("times", in: .zero ... .seconds(9)) == [[.milliseconds(1)], [.seconds(2), .seconds(3)]])
        #expect(try root.choices("words", of: Strategy.self) == [.fixed, .optimistic])
        #expect(try root.durationRows("none", in: .zero ... .seconds(9)) == nil)
        #expect(try root.choices("none", of: Strategy.self) == nil)
    }

    @Test func complainsAboutTheEntry() {
        #expect(
            complaint("a = [[\"1ms\", \"10s\"]]") { root throws(TOMLFieldError) in _ = try root.durationRows("a", in: .zero ... .seconds(9))
            }
                == "my.toml:1: a[0][1]: \"10s\" is too large; use 0s to 9s")
        #expect(
            complaint("a = [\"static\", \"dynamic\"]") { root throws(TOMLFieldError) in _ = try root.choices("a", of: Strategy.self) }
                == "my.toml:1: a[1]: \"dynamic\" is unknown; use one of follow-up, optimistic, static")
        #expect(
            complaint("a = 3") { root throws(TOMLFieldError) in _ = try root.durationRows("a", in: .zero ... .seconds(9)) }
                == "my.toml:1: a: 3 is an integer, not an array of rows of durations; write [[\"1ms\", \"80ms\"], [\"80ms\", \"1ms\"]]")
    }
}
