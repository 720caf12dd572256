extension BuiltInScenario {
    static let million = BuiltInScenario(
        name: "million",
        text: """
            # A million nodes. Nothing is kept of a node but its key: its routing table is reckoned when it is asked.
            # How many hops does it take? One or two more than among ten thousand nodes: each answer halves the distance many times.
            title = "A million nodes: one classic put, one optimistic"

            [network]
            size = 1_000_000
            seed = 6
            latency = { distribution = "lognormal", median = "40ms", p95 = "120ms" }
            dead = 0.1               # share of nodes that are gone
            stale = [0.02, 0.05, 0.1]   # share of those among the nodes of bucket 0, of bucket 1, and of all deeper ones

            [[broadcast]]
            id = "classic"
            strategy = "followUp"
            record = "one in a million"

            [[broadcast]]
            id = "fast"
            strategy = "optimistic"
            record = "one in a million"
            networkSize = "known"    # as many as are there
            """)
}
