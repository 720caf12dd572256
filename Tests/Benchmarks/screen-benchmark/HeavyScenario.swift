import Scenarios

/// Hundreds of puts that overlap, in a network of thousands of nodes of which some do not answer.
enum HeavyScenario {
    /// The scenario: most puts are follow-ups, every fifth is an optimistic one.
    static func scenario(broadcasts: Int, nodes: Int) throws -> Scenario {
        var text = """
            title = "Heavy"

            [network]
            size = \(nodes)
            seed = 3
            latency = { distribution = "lognormal", median = "50ms", p95 = "200ms" }
            loss = 0.01
            silent = 0.05
            failing = 0.05

            [pool]
            concurrency = 1000
            queryConcurrency = 10
            replication = 20
            requestTimeout = "2s"

            """
        for number in 1...broadcasts {
            let isOptimistic = number % 5 == 0
            text += """

                [[broadcast]]
                id = "b\(number)"
                strategy = "\(isOptimistic ? "optimistic" : "followUp")"
                record = "record \(number)"
                start = "\(number * 2)ms"
                storeTimeout = "2s"
                \(isOptimistic ? "networkSize = \(nodes)" : "")
                """
        }
        return try Scenario(text: text, name: "heavy", source: "heavy")
    }
}
