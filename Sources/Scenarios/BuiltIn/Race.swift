extension BuiltInScenario {
    static let race = BuiltInScenario(
        name: "race",
        text: """
            # The same record, put in two ways at once. The classic put looks until the k closest nodes have answered, and stores
            # then. The optimistic one reckons with the number of nodes: a node that is near enough by itself is stored with at
            # once, the lookup ends as soon as the k closest are near enough together, and three quarters of the answers will do.
            title = "The same record twice: a classic put against an optimistic one"

            [network]
            size = 1000
            bucketSize = 20
            seed = 7
            latency = { distribution = "lognormal", median = "60ms", p95 = "250ms" }
            silent = 0.05

            [pool]
            concurrency = 2
            replication = 20
            requestTimeout = "2s"

            [[broadcast]]
            id = "classic"
            strategy = "followUp"
            record = "a record in a hurry"
            storeTimeout = "2s"

            [[broadcast]]
            id = "fast"
            strategy = "optimistic"
            record = "a record in a hurry"
            networkSize = 1000       # or leave it out: then the pool estimates it from earlier lookups
            individualCertainty = 0.9   # how sure to be that a node is among the k closest before it is stored with early
            setStrictness = 0.1      # how unlikely closer nodes must be before the lookup ends early
            returnRatio = 0.75       # share of the k stores that must be answered
            storeTimeout = "2s"
            """)
}
