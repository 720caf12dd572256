extension BuiltInScenario {
    static let churn = BuiltInScenario(
        name: "churn",
        text: """
            # A network that does not hold still: nodes come and go, a fifth of them crashes at once, some are cut off, some lie, and
            # nobody keeps a record for ever. Each [[network.nodes]] is a group that differs; where several change the same thing
            # the last one counts.
            title = "Nodes come and go, a fifth crashes, some are cut off, some lie"

            [network]
            size = 200
            bucketSize = 8
            seed = 12
            latency = { distribution = "lognormal", median = "30ms", p95 = "90ms" }
            loss = 0.01
            churn = { session = { distribution = "exponential", mean = "40s" }, absence = { distribution = "exponential", mean = "8s" } }
            refresh = "10s"          # until then a node does not notice who has come or gone
            recordLifetime = "30s"

            [[network.nodes]]        # a crash
            share = 0.2              # of all nodes, drawn by the seed
            from = "2s"
            until = "6s"             # then they restart
            state = "dead"

            [[network.nodes]]        # a partition
            keys = ["4", "5"]        # all whose keys begin so: an eighth
            from = "3s"
            until = "9s"
            cut = true

            [[network.nodes]]        # liars
            share = 0.05
            lies = "strangers"       # they name any nodes instead of closer ones

            [[network.nodes]]        # nodes far away
            share = 0.1
            slow = 4                 # times as long

            [pool]
            concurrency = 2
            replication = 8
            requestTimeout = "1s"

            [[broadcast]]
            id = "before"
            strategy = "followUp"
            record = "written in quiet times"
            storeTimeout = "1s"

            [[broadcast]]
            id = "crash"
            strategy = "followUp"
            record = "last words"
            start = "1.6s"
            storeTimeout = "1s"

            [[broadcast]]
            id = "partition"
            strategy = "followUp"
            record = "beyond the wall"
            start = "4s"
            storeTimeout = "1s"

            [[broadcast]]
            id = "after"
            strategy = "followUp"
            record = "written when they are back"
            start = "10s"
            storeTimeout = "1s"
            """)
}
