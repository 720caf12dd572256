extension BuiltInScenario {
    static let strategies = BuiltInScenario(
        name: "strategies",
        text: """
            # The three ways to put the same record into the same network, one after the other.
            #
            # FollowUp asks for closer nodes until the k closest have answered, and only then stores with them.
            # Static asks nobody: it stores with the nodes that it is given, all at once.
            # Optimistic reckons with the number of nodes: it stores with a node that is near enough while it still looks.
            #
            # The target is 2a = 0010 1010; the three nodes closest to it are 28, 2e and 3b (by-hand explains the distances).
            title = "FollowUp, Static and Optimistic: the same put, one after the other"

            [network]
            keyBits = 8
            keys = ["04", "28", "2e", "3b", "55", "61", "8c", "b0", "d9", "e7"]
            self = "c3"
            bucketSize = 2
            latency = "10ms"         # one way, always: a request takes 20 ms
            seed = 1

            [pool]
            concurrency = 1
            queryConcurrency = 2     # α
            replication = 3          # k: the record is stored with the three closest nodes
            requestTimeout = "100ms"
            timeout = "10s"

            [[broadcast]]
            id = "look"
            strategy = "followUp"
            target = "2a"
            seeds = ["8c", "e7"]     # the local node knows two nodes, both far away
            storeTimeout = "100ms"

            [[broadcast]]
            id = "told"
            strategy = "static"
            target = "2a"
            seeds = ["28", "2e", "3b"]   # somebody has looked before: these are to store it
            start = "300ms"
            storeTimeout = "100ms"

            [[broadcast]]
            id = "bold"
            strategy = "optimistic"
            target = "2a"
            seeds = ["8c", "e7"]
            networkSize = 10
            setStrictness = 0.9      # with the usual 0.1 it ends sooner and stores with farther nodes, so few there are: try it
            start = "400ms"
            storeTimeout = "100ms"
            """)
}
