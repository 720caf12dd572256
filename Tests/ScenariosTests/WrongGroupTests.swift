import Testing

@Suite("Wrong groups and workloads in scenario files")
struct WrongGroupTests {
    @Test("Groups: line, field, problem and remedy", arguments: groups)
    func wrong(group: String, expected: String) {
        #expect(sentence(about: network("size = 8\n[[network.nodes]]\n\(group)")) == "test.toml:\(expected)")
    }

    @Test("Groups among keys of 8 bits", arguments: narrow)
    func wrongNarrow(lines: String, expected: String) {
        #expect(sentence(about: network("keyBits = 8\n\(lines)")) == "test.toml:\(expected)")
    }

    @Test("Workloads, clients and seeds", arguments: others)
    func wrongRest(file: String, expected: String) {
        #expect(sentence(about: file) == "test.toml:\(expected)")
    }

    @Test("64 groups are the most")
    func count() {
        let group = "[[network.nodes]]\nshare = 0.1\nslow = 2\n"
        #expect(sentence(about: network("size = 8\n" + String(repeating: group, count: 64))) == nil)
        #expect(
            sentence(about: network("size = 8\n" + String(repeating: group, count: 65)))
                == "test.toml:3: network.nodes: there are 65 groups; use 64 at most")
    }

    private static let groups: [WrongFile] = [
        (
            "slow = 2",
            "3: network.nodes[0].share: it is missing; write share = 0.1, keys = [\"9f3c\"] or join = 20 to say which nodes these are"
        ),
        (
            "share = 0.1\nkeys = [\"1\"]\nslow = 2",
            "5: network.nodes[0].keys: share says which nodes these are already; leave out one of the two"
        ), ("share = 0\nslow = 2", "4: network.nodes[0].share: it selects no node; use more than 0 and at most 1"),
        (
            "share = 0.1\nbits = 3\nslow = 2",
            "5: network.nodes[0].bits: it is for nodes that join; write join = 20 instead of share, or leave it out"
        ),
        (
            "share = 0.1",
            "4: network.nodes[0].share: nothing is different for these nodes; write cut = true, state = \"dead\", or a condition such as slow = 3"
        ),
        (
            "share = 0.1\ncut = false",
            "4: network.nodes[0].share: nothing is different for these nodes; write cut = true, state = \"dead\", or a condition such as slow = 3"
        ),
        (
            "join = 2\nnear = \"r\"\nbits = 9\nfrom = \"1s\"",
            "4: network.nodes[0].join: nothing is different for these nodes; write cut = true, state = \"dead\", or a condition such as slow = 3"
        ), ("keys = []\nslow = 2", "4: network.nodes[0].keys: it has 0 beginnings of keys; write 1 to 1000"),
        (
            "keys = [\"xy\"]\nslow = 2",
            "4: network.nodes[0].keys: \"xy\" is no beginning of a key; write 1 to 64 hexadecimal digits"
        ),
        ("keys = [\"\"]\nslow = 2", "4: network.nodes[0].keys: \"\" is no beginning of a key; write 1 to 64 hexadecimal digits"),
        ("join = 0", "4: network.nodes[0].join: 0 is too small; use 1 to 1000000"),
        (
            "join = 2\nbits = 3", "3: network.nodes[0].near: it is missing; write near = \"a record's text\", or nearKey = \"…\" for a key"
        ),
        (
            "join = 2\nnear = \"r\"",
            "3: network.nodes[0].bits: it is missing; write the number of leading bits that they share with near"
        ), ("join = 2\nnear = \"r\"\nbits = 257", "6: network.nodes[0].bits: 257 is too large; use 0 to 256"),
        (
            "join = 2\nnear = \"r\"\nbits = 256",
            "4: network.nodes[0].join: 2 nodes are more than the 1 free keys that share 256 bits with near; use fewer nodes, or fewer bits"
        ),
        (
            "share = 0.1\ncut = true\nfrom = \"2s\"\nuntil = \"2s\"",
            "7: network.nodes[0].until: it does not come after from; use a later time, or leave it out"
        ),
        (
            "share = 0.1\ncut = true\nuntil = \"0s\"",
            "6: network.nodes[0].until: it does not come after from; use a later time, or leave it out"
        ), ("share = 0.1\ncut = 1", "5: network.nodes[0].cut: 1 is an integer, not a boolean; write true or false"),
        (
            "share = 0.1\nstate = \"gone\"",
            "5: network.nodes[0].state: \"gone\" is unknown; use one of honest, silent, failing, dead"
        ), ("share = 0.1\nstate = \"ded\"", "5: network.nodes[0].state: \"ded\" is unknown; did you mean \"dead\"?"),
        ("share = 0.1\nslwo = 3", "5: network.nodes[0].slwo: unknown field; did you mean \"slow\"?"),
    ]

    private static let narrow: [WrongFile] = [
        (
            "keys = [\"10\", \"20\"]\n[[network.nodes]]\nkeys = [\"10\", \"3\"]\nslow = 2",
            "5: network.nodes[0].keys: no node's key begins with \"3\"; use the first digits of a node's key, such as \"10\""
        ),
        (
            "size = 250\n[[network.nodes]]\njoin = 6\nnear = \"r\"\nbits = 1",
            "5: network.nodes[0].join: with these 6 there would be 256 nodes; use 255 at most in all; one key is the local node's"
        ),
        (
            "keys = [\"10\", \"20\"]\nself = \"1f\"\n[[network.nodes]]\njoin = 15\nnearKey = \"11\"\nbits = 4",
            "6: network.nodes[0].join: 15 nodes are more than the 14 free keys that share 4 bits with near; use fewer nodes, or fewer bits"
        ),
        (
            "size = 8\n[[network.nodes]]\nkeys = [\"123\"]\nslow = 2",
            "5: network.nodes[0].keys: \"123\" is no beginning of a key; write 1 to 2 hexadecimal digits"
        ),
        (
            "profile = \"ideal\"", "1: network.size: 10000 is too large for keys of 8 bits; use 255 at most; one key is the local node's"
        ),
    ]

    private static let others: [WrongFile] = [
        (workload("strategy = \"followUp\""), "3: workload.puts: it is missing; write puts = 100"),
        (workload("puts = 0\nstrategy = \"followUp\""), "4: workload.puts: 0 is too small; use 1 to 10000000"),
        (
            workload("puts = 1"),
            "3: workload.strategy: it is missing; write strategy = \"followUp\", or strategies = [\"followUp\", \"optimistic\"]"
        ), (workload("puts = 1\nstrategies = []"), "5: workload.strategies: it names 0; name 1 to 64; each put takes the next"),
        (
            workload("puts = 1\nstrategy = \"static\"\nstrategies = [\"static\"]"),
            "6: workload.strategies: strategy names one already; leave out one of the two"
        ),
        (
            workload("puts = 1\nstrategies = [\"static\", \"statc\"]"),
            "5: workload.strategies[1]: \"statc\" is unknown; did you mean \"static\"?"
        ), (workload("puts = 1\nstrategy = \"static\"\natOnce = 0"), "6: workload.atOnce: 0 is too small; use 1 to 1000000"),
        (workload("puts = 1\nstrategy = \"static\"\nevery = \"0s\""), "6: workload.every: \"0s\" is too small; use 1ns to 24000h"),
        (
            workload("puts = 1\nstrategy = \"static\"\natOnce = 1\nevery = \"1s\""),
            "7: workload.every: atOnce says when the puts start already; leave out one of the two"
        ),
        (
            workload("puts = 1\nstrategy = \"static\"\nreturnRatio = 1"),
            "6: workload.returnRatio: unknown field; use one of puts, strategy, strategies, atOnce, every, storeTimeout, storeConcurrency"
        ),
        (
            workload("puts = 1\nstrategy = \"optimistic\"\nnetworkSize = \"unknown\""),
            "6: workload.networkSize: it is another text than \"known\"; write \"known\", or a number of nodes"
        ),
        (
            workload("puts = 1\nstrategy = \"static\"\natOnce = 9\n[pool]\nmaxBroadcasts = 8"),
            "6: workload.atOnce: 9 puts are more than pool.maxBroadcasts lets run; use 8 at most"
        ),
        (
            workload("puts = 12\nstrategy = \"static\"\n[[broadcast]]\nid = \"p12\"\nstrategy = \"static\"\nrecord = \"r\""),
            "7: broadcast[0].id: a put of the workload is called p12; use another text, such as \"b1\""
        ),
        (
            rest("[pool]\nclient = \"kubo\""), "8: pool.client: \"kubo\" is unknown; use one of zikade, go-libp2p-classic"
        ),
        (
            seeds("[\"01\", \"02\", \"83\", \"01\"]"),
            "9: broadcast[0].seeds: it has 4 entries, and the network 3 nodes; write 3 at most"
        ),
        (
            network("keyBits = 8\nsize = 20\nbucketSize = 1")
                + "seeds = [\(Array(repeating: "\"00\"", count: 9).joined(separator: ", "))]\n",
            "9: broadcast[0].seeds: it has 9 entries, and a routing table no more than 8 places; write 8 at most"
        ),
    ]
}
