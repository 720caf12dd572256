import Testing

@Suite("Wrong scenario files, apart from the network")
struct WrongFileTests {
    @Test("One sentence: line, field, problem and remedy", arguments: complaints)
    func wrong(file: String, expected: String) {
        #expect(sentence(about: file) == "test.toml:\(expected)")
    }

    private static let complaints: [WrongFile] = [
        ("titel = \"x\"\n" + network("size = 8"), "1: titel: unknown field; did you mean \"title\"?"),
        ("title = 5\n" + network("size = 8"), "1: title: 5 is an integer, not a string; write it in quotation marks"),
        (network("size = 8\nsize = 9"), "3:8: cannot redefine existing integer 'size'; correct the TOML"),
        (network("size = 8\nseed = 9223372036854775808"), "3:27: '9223372036854775808' is not representable in 64 bits; correct the TOML"),
        (rest("[pool]\nconcurency = 2"), "8: pool.concurency: unknown field; did you mean \"concurrency\"?"),
        (rest("[pool]\nconcurrency = 0"), "8: pool.concurrency: 0 is too small; use 1 to 1000000"),
        (rest("[pool]\ntimeout = \"0s\""), "8: pool.timeout: \"0s\" is too small; use 1ns to 24000h"),
        (rest("[pool]\nreplication = 0"), "8: pool.replication: 0 is too small; use 1 to 10000"),
        (rest("[pool]\nqueryConcurrency = -3"), "8: pool.queryConcurrency: -3 is too small; use 1 to 10000"),
        (
            rest("[pool]\nrequestTimeout = 2"),
            "8: pool.requestTimeout: 2 has no unit; write it with one of ns, us, ms, s, min, h, such as \"2ms\""
        ),
        (rest("[pool]\nrequestTimeout = \"-1s\""), "8: pool.requestTimeout: \"-1s\" is too small; use 1ns to 24000h"),
        (rest("[pool]\nresiliency = 0"), "8: pool.resiliency: 0 is too small; use 1 to 20"),
        (rest("[pool]\nresiliency = 4\nreplication = 3"), "8: pool.resiliency: 4 is too large; use 1 to 3"),
        (rest("[pool]\nmaxBroadcasts = 0"), "8: pool.maxBroadcasts: 0 is too small; use 1 to 1000000"),
        (rest("[driver]\npol = \"untilWaiting\""), "8: driver.pol: unknown field; did you mean \"poll\"?"),
        (rest("[driver]\npoll = \"always\""), "8: driver.poll: \"always\" is unknown; use one of untilWaiting, oncePerReply"),
        (rest("[driver]\npoll = \"onceperreply\""), "8: driver.poll: \"onceperreply\" is unknown; did you mean \"oncePerReply\"?"),
        (
            "[network]\nsize = 8\n",
            "1: broadcast: there is none; write [[broadcast]] with an id and a strategy for each put, or [workload] for many puts alike"
        ),
        (
            "broadcast = []\n[network]\nsize = 8\n",
            "1: broadcast: there is none; write [[broadcast]] with an id and a strategy for each put, or [workload] for many puts alike"
        ),
        (
            "[network]\nsize = 8\n[broadcast]\nid = \"a\"\n",
            "3: broadcast: it is a table, not an array of tables; write [[broadcast]] once for each"
        ),
        (
            "broadcast = [1]\n[network]\nsize = 8\n",
            "1: broadcast[0]: 1 is an integer, not a table; write [[broadcast]] with its fields below it"
        ),
        (broadcast("strategy = \"static\"\nrecord = \"r\""), "3: broadcast[0].id: it is missing; write id = \"b1\""),
        (broadcast("id = \"\"\nstrategy = \"static\""), "4: broadcast[0].id: it is empty; write any other text, such as \"b1\""),
        (broadcast("id = 1"), "4: broadcast[0].id: 1 is an integer, not a string; write it in quotation marks"),
        (broadcast("ID = \"a\""), "4: broadcast[0].ID: unknown field; did you mean \"id\"?"),
        (broadcast("id = \"a\""), "3: broadcast[0].strategy: it is missing; write strategy = \"followUp\" or \"static\""),
        (broadcast("id = \"a\"\nstrategy = \"follow\""), "5: broadcast[0].strategy: \"follow\" is unknown; did you mean \"followUp\"?"),
        (broadcast("id = \"a\"\nstrateg = \"static\""), "5: broadcast[0].strateg: unknown field; did you mean \"strategy\"?"),
        (
            broadcast("id = \"a\"\nstrategy = \"static\""),
            "3: broadcast[0].record: it is missing; write record = \"some text\", or target = \"…\" for a key of your choice"
        ),
        (
            broadcast("id = \"a\"\nstrategy = \"static\"\nrecord = \"r\"\nreturnRatio = 0.5"),
            "7: broadcast[0].returnRatio: unknown field; use one of id, strategy, record, target, seeds, start, stop, storeTimeout, storeConcurrency"
        ),
        (
            broadcast("id = \"a\"\nstrategy = \"static\"\nrecord = 7"),
            "6: broadcast[0].record: 7 is an integer, not a string; write it in quotation marks"
        ),
        (
            broadcast("id = \"a\"\nstrategy = \"static\"\ntarget = \"2a\""),
            "6: broadcast[0].target: \"2a\" is not a key of 256 bits; write 64 hexadecimal digits"
        ),
        (
            broadcast("id = \"a\"\nstrategy = \"static\"\nrecord = \"r\"\nseeds = \"all\""),
            "7: broadcast[0].seeds: it is another text than \"routingTable\"; write \"routingTable\", or a list of keys"
        ),
        (
            broadcast("id = \"a\"\nstrategy = \"static\"\nrecord = \"r\"\nseeds = 3"),
            "7: broadcast[0].seeds: 3 is an integer, not an array of strings; write [\"…\", \"…\"]"
        ),
        (
            seeds("[\"ff\"]"),
            "9: broadcast[0].seeds: no node's key begins with \"ff\"; use the first digits of a node's key, such as \"01\""
        ),
        (seeds("[\"0\"]"), "9: broadcast[0].seeds: the keys of 2 nodes begin with \"0\"; write more digits of the one you mean"),
        (seeds("[\"\"]"), "9: broadcast[0].seeds: no node's key begins with \"\"; use the first digits of a node's key, such as \"01\""),
        (
            seeds("[\"01\", \"\\u0007\\n\"]"),
            "9: broadcast[0].seeds: no node's key begins with \"\\u{7}\\u{a}\"; use the first digits of a node's key, such as \"01\""
        ),
        (
            broadcast("id = \"a\"\nstrategy = \"static\"\nrecord = \"r\"\nstart = \"2s\"\nstop = \"1s\""),
            "8: broadcast[0].stop: it comes before start; use a later time, or leave it out"
        ),
        (
            broadcast("id = \"a\"\nstrategy = \"static\"\nrecord = \"r\"\nstart = \"-1s\""),
            "7: broadcast[0].start: \"-1s\" is too small; use 0s to 24000h"
        ),
        (
            broadcast("id = \"a\"\nstrategy = \"static\"\nrecord = \"r\"\nstart = \"25000h\""),
            "7: broadcast[0].start: \"25000h\" is too large; use 0s to 24000h"
        ),
        (
            broadcast("id = \"a\"\nstrategy = \"static\"\nrecord = \"r\"\nstart = \"soon\""),
            "7: broadcast[0].start: \"soon\" is not a duration; write a number and one of ns, us, ms, s, min, h, such as \"80ms\""
        ),
        (
            broadcast("id = \"a\"\nstrategy = \"static\"\nrecord = \"r\"\nstoreTimeout = \"0s\""),
            "7: broadcast[0].storeTimeout: \"0s\" is too small; use 1ns to 24000h"
        ),
        (
            broadcast("id = \"a\"\nstrategy = \"static\"\nrecord = \"r\"\nstoreTimeout = \"never\""),
            "7: broadcast[0].storeTimeout: \"never\" is not a duration; write a number and one of ns, us, ms, s, min, h, such as \"80ms\""
        ),
        (
            broadcast("id = \"a\"\nstrategy = \"static\"\nrecord = \"r\"\nstoreConcurrency = 0"),
            "7: broadcast[0].storeConcurrency: 0 is too small; use 1 to 1000000"
        ),
        (
            broadcast("id = \"a\"\nstrategy = \"optimistic\"\nrecord = \"r\"\nreturnRatio = 0"),
            "7: broadcast[0].returnRatio: 0.0 is out of range; use more than 0 and at most 1"
        ),
        (
            broadcast("id = \"a\"\nstrategy = \"optimistic\"\nrecord = \"r\"\nindividualCertainty = 1"),
            "7: broadcast[0].individualCertainty: 1.0 is out of range; use more than 0 and less than 1"
        ),
        (
            broadcast("id = \"a\"\nstrategy = \"optimistic\"\nrecord = \"r\"\nsetStrictness = 1.1"),
            "7: broadcast[0].setStrictness: 1.1 is too large; use 0 to 1"
        ),
        (
            broadcast("id = \"a\"\nstrategy = \"optimistic\"\nrecord = \"r\"\nnetworkSize = 0"),
            "7: broadcast[0].networkSize: 0 is too small; use 1 to 1000000000"
        ),
        ("[network\nsize = 8", "1:9: expected ']', saw '\\n'; correct the TOML"),
        ("[network]\nsize = \n", "2: a value is missing; write a number, true, false, a \"string\", an [array] or a { table }"),
        ("[network]\nsize = 8\n[network]\nloss = 0", "3:1: cannot redefine existing table 'network'; correct the TOML"),
        ("x", "1:2: encountered end-of-file; correct the TOML"),
        ("= 3", "1:1: expected keys, tables, whitespace or comments, saw '='; correct the TOML"),
        ("\"\n", "1:3: encountered end-of-file; correct the TOML"),
        ("\\", "1:1: expected keys, tables, whitespace or comments, saw '\\'; correct the TOML"),
        ("[]", "1: a table's header without a name; write [name]"),
        ("a = [1,", "1: a value is missing; write a number, true, false, a \"string\", an [array] or a { table }"),
        ("a = '''", "1:8: encountered end-of-file; correct the TOML"),
        ("a = \"\\u0000\"", "1: a string holds the character NUL; leave it out"),
        ("title = \"a\\u0000b\"\n" + network("size = 8"), "1: a string holds the character NUL; leave it out"),
        ("a = " + String(repeating: "[", count: 70), "1: tables and arrays are nested too deep; use at most 64 levels"),
        (String(repeating: "a.", count: 70) + "a = 1", "1: tables and arrays are nested too deep; use at most 64 levels"),
        (network("size = 99999999999999999999999"), "2:31: '99999999999999999999999' is not representable in 64 bits; correct the TOML"),
        (network("size = 1e400"), "2:13: '1e400' could not be interpreted as a value; correct the TOML"),
        (network("size = 8\nseed = 1979-05-27"), "3: dates and times have no use here; write a string or a number"),
        (
            broadcast("id = \"a\"\nstrategy = \"static\"\nrecord = \"r\"\nstart = \"99999999999999999999s\""),
            "7: broadcast[0].start: \"99999999999999999999s\" is too large; use 0s to 24000h"
        ),
        (
            broadcast("id = \"a\"\nstrategy = \"static\"\nrecord = \"r\"\nstart = \"inf\""),
            "7: broadcast[0].start: \"inf\" is not a duration; write a number and one of ns, us, ms, s, min, h, such as \"80ms\""
        ),
    ]
}
