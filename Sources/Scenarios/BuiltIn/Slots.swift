extension BuiltInScenario {
    static let slots = BuiltInScenario(
        name: "slots",
        text: """
            # Six lookups, and room for two at once: the others wait in line for a slot, in the order in which they came.
            title = "Six lookups share two slots: who waits for whom"

            [network]
            size = 100
            bucketSize = 8
            seed = 7
            latency = { distribution = "uniform", minimum = "10ms", maximum = "60ms" }

            [pool]
            concurrency = 2
            replication = 8

            [[broadcast]]
            id = "b1"
            strategy = "followUp"
            record = "one"

            [[broadcast]]
            id = "b2"
            strategy = "followUp"
            record = "two"

            [[broadcast]]
            id = "b3"
            strategy = "followUp"
            record = "three"

            [[broadcast]]
            id = "b4"
            strategy = "followUp"
            record = "four"

            [[broadcast]]
            id = "b5"
            strategy = "followUp"
            record = "five"

            [[broadcast]]
            id = "b6"
            strategy = "followUp"
            record = "six"
            """)
}
