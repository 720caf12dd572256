import Testing

@Suite("Wrong networks in scenario files")
struct WrongNetworkTests {
    @Test("One sentence: line, field, problem and remedy", arguments: complaints)
    func wrong(file: String, expected: String) {
        #expect(sentence(about: file) == "test.toml:\(expected)")
    }

    private static let complaints: [WrongFile] = [
        (
            "\n[[broadcast]]\nid = \"a\"\nstrategy = \"followUp\"\nrecord = \"r\"\n",
            "1: network: it is missing; write [network] with size = 64, or see kadscope scenario show by-hand"
        ),
        (
            "network = 3\n\n[[broadcast]]\nid = \"a\"\nstrategy = \"followUp\"\nrecord = \"r\"\n",
            "1: network: 3 is an integer, not a table; write [network] with its fields below it"
        ),
        (
            "[[network]]\nsize = 8\n[[broadcast]]\nid = \"a\"\nstrategy = \"followUp\"\nrecord = \"r\"\n",
            "1: network: it is an array, not a table; write [network] with its fields below it"
        ),
        (network("sise = 8"), "2: network.sise: unknown field; did you mean \"size\"?"),
        (
            "[network]\n\n[[broadcast]]\nid = \"a\"\nstrategy = \"followUp\"\nrecord = \"r\"\n",
            "1: network.size: it is missing; write size = 64, or keys = [\"…\"] to name every node"
        ),
        (network("size = 0"), "2: network.size: 0 is too small; use 1 to 100000000"),
        (
            network("size = 100000001"),
            "2: network.size: 100000001 nodes would take 4 GB of memory, 40 bytes each; use 1 to 100000000"
        ),
        (
            network("size = 1_000_000_000"),
            "2: network.size: 1000000000 nodes would take 40 GB of memory, 40 bytes each; use 1 to 100000000"
        ),
        (network("size = \"8\""), "2: network.size: \"8\" is a string, not a whole number; use 1 to 100000000"),
        (network("size = 8.5"), "2: network.size: 8.5 is a decimal number, not a whole number; use 1 to 100000000"),
        (
            network("keyBits = 8\nsize = 256"),
            "3: network.size: 256 is too large for keys of 8 bits; use 255 at most; one key is the local node's"
        ),
        (network("keyBits = 16\nsize = 4"), "2: network.keyBits: it is no width of keys; use 8, 160 or 256"),
        (network("keyBits = \"8\"\nsize = 4"), "2: network.keyBits: it is no width of keys; use 8, 160 or 256"),
        (network("size = 4\nkeyBits = 7"), "3: network.keyBits: it is no width of keys; use 8, 160 or 256"),
        (network("size = 8\nbucketSize = 0"), "3: network.bucketSize: 0 is too small; use 1 to 1000"),
        (network("size = 8\nbucketSize = 1001"), "3: network.bucketSize: 1001 is too large; use 1 to 1000"),
        (network("size = 8\nseed = -1"), "3: network.seed: -1 is too small; use 0 to 9223372036854775807"),
        (network("size = 8\nloss = 1.5"), "3: network.loss: 1.5 is too large; use 0 to 1"),
        (network("size = 8\nloss = nan"), "3: network.loss: nan is not a finite number; use 0 to 1"),
        (network("size = 8\nloss = \"1%\""), "3: network.loss: \"1%\" is a string, not a number; use 0 to 1"),
        (network("size = 8\nsilent = -0.1"), "3: network.silent: -0.1 is too small; use 0 to 1"),
        (network("size = 8\nfailing = 2"), "3: network.failing: 2 is too large; use 0 to 1"),
        (
            network("size = 8\nsilent = 0.7\nfailing = 0.4"),
            "4: network.failing: silent, failing and dead are more than all nodes together; let them add up to 1 at most"
        ),
        (
            network("size = 3\nkeyBits = 8\nkeys = [\"01\", \"02\", \"83\"]\n"),
            "2: network.size: keys names every node already; leave out size, or keys"
        ),
        (network("keyBits = 8\nkeys = []"), "3: network.keys: it names 0 nodes; name 1 to 255"),
        (network("keyBits = 8\nkeys = [\"01\", \"011\"]"), "3: network.keys: \"011\" is not a key of 8 bits; write 2 hexadecimal digits"),
        (network("keyBits = 8\nkeys = [\"01\", \"zz\"]"), "3: network.keys: \"zz\" is not a key of 8 bits; write 2 hexadecimal digits"),
        (network("keys = [\"01\"]"), "2: network.keys: \"01\" is not a key of 256 bits; write 64 hexadecimal digits"),
        (network("keyBits = 8\nkeys = [\"0a\", \"0A\"]"), "3: network.keys: 0a stands there twice, again at place 1; name each node once"),
        (network("keyBits = 8\nkeys = \"01\""), "3: network.keys: \"01\" is a string, not an array of strings; write [\"…\", \"…\"]"),
        (network("keyBits = 8\nkeys = [\"01\", 2]"), "3: network.keys[1]: 2 is an integer, not a string; write it in quotation marks"),
        (
            network("keyBits = 160\nkeys = [\"\\u001b[2J\\n\"]"),
            "3: network.keys: \"\\u{1b}[2J\\u{a}\" is not a key of 160 bits; write 40 hexadecimal digits"
        ),
        (
            network("keyBits = 8\nkeys = [\"01\", \"02\", \"83\"]\nsilentNodes = [\"03\"]"),
            "4: network.silentNodes: 03 is not in keys; use one of network.keys"
        ),
        (
            network("size = 8\nsilentNodes = [\"0000000000000000000000000000000000000000000000000000000000000000\"]"),
            "3: network.silentNodes: the nodes have random keys; name all of them with keys, or use a share"
        ),
        (
            network("keyBits = 8\nkeys = [\"01\", \"02\", \"83\"]\nsilentNodes = [\"01\", \"02\"]\nfailingNodes = [\"02\", \"01\"]"),
            "5: network.failingNodes: 02 is among silentNodes too; name it in one of the two"
        ),
        (
            network("keyBits = 8\nkeys = [\"01\", \"02\", \"83\"]\nself = \"02\""),
            "4: network.self: 02 is the key of another node; use a key that is not in network.keys"
        ),
        (
            network("keyBits = 8\nkeys = [\"01\", \"02\", \"83\"]\nself = \"2\""),
            "4: network.self: \"2\" is not a key of 8 bits; write 2 hexadecimal digits"
        ),
        (
            network("keyBits = 8\nkeys = [\"01\", \"02\", \"83\"]\nself = 2"),
            "4: network.self: 2 is an integer, not a string; write it in quotation marks"
        ),
        (
            network("size = 8\nlatency = 10"),
            "3: network.latency: 10 has no unit; write it with one of ns, us, ms, s, min, h, such as \"10ms\""
        ),
        (
            network("size = 8\nlatency = \"10\""),
            "3: network.latency: \"10\" is not a duration; write a number and one of ns, us, ms, s, min, h, such as \"80ms\""
        ),
        (network("size = 8\nlatency = \"0ms\""), "3: network.latency: \"0ms\" is too small; use 1ns to 1h"),
        (network("size = 8\nlatency = \"2h\""), "3: network.latency: \"2h\" is too large; use 1ns to 1h"),
        (
            network("size = 8\nlatency = true"),
            "3: network.latency: true is a boolean, not a duration; write a number and one of ns, us, ms, s, min, h, such as \"80ms\""
        ),
        (
            network("size = 8\nlatency = {}"),
            "3: network.latency.distribution: it is missing; write distribution = \"constant\", \"uniform\", \"lognormal\" or \"regional\""
        ),
        (
            network("size = 8\nlatency = { distribution = \"normal\" }"),
            "3: network.latency.distribution: \"normal\" is unknown; use one of constant, uniform, lognormal, regional"
        ),
        (network("size = 8\nlatency = { distribution = \"constant\" }"), "3: network.latency.time: it is missing; write time = \"80ms\""),
        (
            network("size = 8\nlatency = { distribution = \"constant\", time = \"1ms\", median = \"1ms\" }"),
            "3: network.latency.median: unknown field; use one of distribution, time"
        ),
        (
            network("size = 8\nlatency = { distribution = \"uniform\", minimum = \"2ms\" }"),
            "3: network.latency.maximum: it is missing; write maximum = \"80ms\""
        ),
        (
            network("size = 8\nlatency = { distribution = \"uniform\", minimum = \"2ms\", maximum = \"1ms\" }"),
            "3: network.latency.maximum: it is less than minimum; swap the two"
        ),
        (
            network("size = 8\nlatency = { distribution = \"lognormal\", median = \"2ms\", p95 = \"1ms\" }"),
            "3: network.latency.p95: it is less than the median; use the median or more"
        ),
        (
            network("size = 8\nlatency = { distribution = \"lognormal\", median = \"1ms\", p95 = \"1001ms\" }"),
            "3: network.latency.p95: it is more than 1000 times the median; use a smaller one"
        ),
        (
            network("size = 8\n[network.latency]\ndistribuiton = \"constant\"\ntime = \"1ms\""),
            "4: network.latency.distribuiton: unknown field; did you mean \"distribution\"?"
        ),
        ("", "1: network: it is missing; write [network] with size = 64, or see kadscope scenario show by-hand"),
        ("# nothing\n", "1: network: it is missing; write [network] with size = 64, or see kadscope scenario show by-hand"),
        (
            network("size = 0x7fffffffffffffff"),
            "2: network.size: 9223372036854775807 nodes would take 368934881474 GB of memory, 40 bytes each; use 1 to 100000000"
        ),
    ]
}
