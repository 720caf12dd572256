extension BuiltInScenario {
    static let outOfTime = BuiltInScenario(
        name: "out-of-time",
        text: """
            # A third of the nodes never answers, and the lookup has one second. When that is over, the nodes that have answered
            # by then are stored with: the work is not thrown away.
            title = "A lookup runs out of time, and stores with what it has"

            [network]
            size = 200
            bucketSize = 8
            seed = 3
            latency = { distribution = "lognormal", median = "80ms", p95 = "400ms" }
            silent = 0.35

            [pool]
            replication = 20
            requestTimeout = "700ms"
            timeout = "1s"

            [[broadcast]]
            id = "hasty"
            strategy = "followUp"
            record = "a record in a hurry"
            storeTimeout = "1s"
            """)
}
