extension BuiltInScenario {
    static let oncePerReply = BuiltInScenario(
        name: "once-per-reply",
        text: """
            # How the Go coordinator drives its pool: it asks once for each reply. So one request at a time is in flight for each put,
            # whatever α says, and nobody notices that a request has expired: a put that waits for a silent node waits for ever.
            # Set poll = "untilWaiting" and compare.
            title = "A driver that polls once per reply: one request at a time, and a put that hangs"

            [network]
            size = 64
            bucketSize = 8
            seed = 14
            latency = "25ms"
            silent = 0.08

            [driver]
            poll = "oncePerReply"    # or "untilWaiting", the default

            [pool]
            concurrency = 2
            replication = 8
            requestTimeout = "500ms"

            [[broadcast]]
            id = "slow"
            strategy = "followUp"
            record = "one request at a time"

            [[broadcast]]
            id = "hangs"
            strategy = "followUp"
            record = "waiting for a node that is silent"
            start = "10ms"
            """)
}
