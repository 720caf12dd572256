extension BuiltInScenario {
    static let byHand = BuiltInScenario(
        name: "by-hand",
        text: """
            # One put in a network of ten nodes with keys of 8 bits: every distance can be checked on paper.
            #
            # The distance of two keys is their XOR. The target is 2a = 0010 1010.
            #   28 = 0010 1000   28 XOR 2a = 02   common prefix length 6
            #   2e = 0010 1110   2e XOR 2a = 04                        5
            #   22 = 0010 0010   22 XOR 2a = 08                        4
            #   3b = 0011 1011   3b XOR 2a = 11                        3
            title = "One put, ten nodes, keys of 8 bits: check it on paper"

            [network]
            keyBits = 8
            keys = ["04", "22", "28", "2e", "3b", "55", "61", "8c", "b0", "e7"]
            self = "c3"
            bucketSize = 2           # so that the answers lead step by step closer to the target
            latency = "10ms"         # one way, always: a request takes 20 ms
            silentNodes = ["22"]     # never answers
            seed = 1

            [pool]
            concurrency = 1
            queryConcurrency = 2     # α
            replication = 3          # k: the record is stored with the three closest nodes
            requestTimeout = "100ms"
            timeout = "10s"

            [[broadcast]]
            id = "put"
            strategy = "followUp"
            target = "2a"
            seeds = ["8c", "e7"]     # the local node knows two nodes, both far away
            storeTimeout = "100ms"
            """)
}
