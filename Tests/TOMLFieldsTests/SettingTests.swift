import TOMLFields
import Testing

@Suite("Settings over a text")
struct SettingTests {
    private static let text = """
        title = "old"
        [network]
        size = 8
        latency = { distribution = "uniform", minimum = "1ms", maximum = "2ms" }
        [[broadcast]]
        id = "a"
        [[broadcast]]
        id = "b"
        """

    private func root(_ settings: String...) throws(TOMLFieldError) -> TOMLFields {
        var list: [TOMLSetting] = []
        for text in settings { list.append(try TOMLSetting(text)) }
        return try TOMLDocument(text: Self.text, source: "t.toml", settings: list).root
    }

    private func sentence(_ settings: String..., read: (TOMLFields) throws -> Void = { _ in }) -> String? {
        do {
            var list: [TOMLSetting] = []
            for text in settings { list.append(try TOMLSetting(text)) }
            try read(try TOMLDocument(text: Self.text, source: "t.toml", settings: list).root)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "Values are those of TOML, and bare words are texts",
        arguments: [
            ("title=new", "new"), ("title=\"new\"", "new"), ("title='n,w'", "n,w"), ("title = 2s ", "2s"), ("title=\"\"", ""),
            ("title=a=b", "a=b"),
            ("title=1979-05-27", "1979-05-27"),
        ])
    func texts(setting: String, value: String) throws {
        #expect(try root(setting).string("title") == value)
    }

    @Test("Numbers, booleans, arrays and tables")
    func kinds() throws {
        #expect(try root("network.size=10").table("network")?.integer("size", in: 1...100) == 10)
        #expect(try root("network.loss=0.5").table("network")?.number("loss", in: 0...1) == 0.5)
        #expect(try root("network.on=true").table("network")?.boolean("on") == true)
        #expect(try root("network.keys=[\"a\", \"b\"]").table("network")?.strings("keys") == ["a", "b"])
        let latency = try root("network.latency={ median = \"3ms\" }").table("network")?.table("latency")
        #expect(latency?.keys == ["median"])
    }

    @Test("Tables that are not there come to be; of two settings the later counts; one inside an inline table")
    func places() throws {
        #expect(try root("pool.a.b=1").table("pool")?.table("a")?.integer("b", in: 0...9) == 1)
        #expect(try root("network.size=1", "network.size=2").table("network")?.integer("size", in: 0...9) == 2)
        let latency = try root("network.latency.maximum=9ms").table("network")?.table("latency")
        #expect(try latency?.string("maximum") == "9ms" && latency?.string("minimum") == "1ms")
    }

    @Test("One element of an array of tables, or all of them")
    func elements() throws {
        let all = try root("broadcast.strategy=static").tables("broadcast")
        #expect(try all.map { try $0.string("strategy") } == ["static", "static"])
        let one = try root("broadcast[1].strategy=static").tables("broadcast")
        #expect(try one.map { try $0.string("strategy") } == [nil, "static"])
        #expect(try one.map { try $0.string("id") } == ["a", "b"])
    }

    @Test("A complaint about what was set names the setting, and the field if it is another")
    func complaints() {
        #expect(
            sentence("network.size=0") { _ = try $0.table("network")?.integer("size", in: 1...9) }
                == "--set network.size=0: 0 is too small; use 1 to 9")
        #expect(
            sentence("network.size = x") { _ = try $0.table("network")?.integer("size", in: 1...9) }
                == "--set network.size=x: \"x\" is a string, not a whole number; use 1 to 9")
        #expect(
            sentence("netwrk.size=1") { try $0.refuseOthers(than: ["title", "network", "broadcast"]) }
                == "--set netwrk.size=1: unknown field; did you mean \"network\"?")
        #expect(
            sentence("network.latency={ p = 1 }") { _ = try $0.table("network")?.table("latency")?.refuseOthers(than: ["p95"]) }
                == "--set network.latency={ p = 1 }: network.latency.p: unknown field; use one of p95")
        #expect(
            sentence("broadcast.id=7") { root in for table in try root.tables("broadcast") { _ = try table.string("id") } }
                == "--set broadcast.id=7: 7 is an integer, not a string; write it in quotation marks")
        // What was not set is complained about as ever.
        #expect(
            sentence("network.loss=1") { _ = try $0.table("network")?.integer("size", in: 1...2) }
                == "t.toml:3: network.size: 8 is too large; use 1 to 2")
    }

    @Test(
        "Settings that make no sense",
        arguments: [
            ("network.size", "--set network.size: there is no value; write PATH=VALUE, such as pool.queryConcurrency=10"),
            ("network.size=", "--set network.size=: there is no value; write one after the =, or \"\" for an empty text"),
            ("=3", "--set =3: \"\" is no path; write keys with points between them, such as network.size or broadcast[0].strategy"),
            (
                "a..b=3",
                "--set a..b=3: \"a..b\" is no path; write keys with points between them, such as network.size or broadcast[0].strategy"
            ),
            (
                "a[x]=3",
                "--set a[x]=3: \"a[x]\" is no path; write keys with points between them, such as network.size or broadcast[0].strategy"
            ),
            ("title=[1,", "--set title=[1,: \"[1,\" is no TOML value: a value is missing; put it in order"),
            ("title=[1]\nx = 2", "--set title=[1]\nx = 2: \"[1]\\u{a}x = 2\" is more than one TOML value; give one"),
            ("broadcast[2].id=x", "--set broadcast[2].id=x: there is no broadcast[2]; use broadcast[0] to broadcast[1]"),
            ("network[0].size=1", "--set network[0].size=1: network is no array in the file; leave out the index"),
            ("title.a=1", "--set title.a=1: title is a string, which has no fields; set title as a whole"),
        ])
    func wrong(setting: String, expected: String) {
        #expect(sentence(setting) == expected)
    }
}
