extension BuiltInScenario {
    static let stopped = BuiltInScenario(
        name: "stopped",
        text: """
            # Three puts, stopped at three moments: while looking, while storing, and after the end.
            title = "Stopping a put: while looking, while storing, too late"

            [network]
            size = 64
            bucketSize = 8
            seed = 11
            latency = "25ms"
            silent = 0.1

            [pool]
            replication = 8
            requestTimeout = "1s"

            [[broadcast]]
            id = "looking"
            strategy = "followUp"
            record = "stopped while looking"
            stop = "120ms"           # nothing has been stored yet

            [[broadcast]]
            id = "storing"
            strategy = "static"
            record = "stopped while storing"
            storeConcurrency = 2     # the others are still to do when the stop comes
            stop = "70ms"

            [[broadcast]]
            id = "late"
            strategy = "static"
            record = "stopped too late"
            stop = "5s"              # the broadcast has ended: nothing happens
            storeTimeout = "1s"
            """)
}
