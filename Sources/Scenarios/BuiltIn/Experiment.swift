extension BuiltInScenario {
    static let experiment = BuiltInScenario(
        name: "experiment",
        text: """
            # Many puts alike, to measure rather than to look at: kadscope run experiment.
            # Their ids are p1, p2, …, and each puts a record with a random key.
            title = "Three hundred puts in a network of ten thousand nodes"

            [network]
            profile = "ideal"        # 10,000 nodes, each 50 ms away, none ever gone
            seed = 1

            [pool]
            concurrency = 10         # as many lookups as puts run at once

            [workload]
            puts = 300
            strategy = "followUp"    # or strategies = ["followUp", "optimistic"]: each put takes the next
            atOnce = 10              # so many run, and another starts when one ends; or every = "1s"
            """)
}
