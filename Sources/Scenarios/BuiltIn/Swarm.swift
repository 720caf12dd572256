extension BuiltInScenario {
    static let swarm = BuiltInScenario(
        name: "swarm",
        text: """
            # Five puts at once in a network of 64 nodes, some of which never answer, and some only with an error.
            # Everything random comes from the seed: the same file is the same run, everywhere.
            title = "Five puts at once, in a network where not every node answers"

            [network]
            size = 64                # nodes beside the local one, with random keys; or keys = ["…", …] to name each
            keyBits = 256            # 8, 160 or 256
            bucketSize = 8           # nodes in a bucket of a routing table, and in an answer
            seed = 110
            latency = { distribution = "lognormal", median = "30ms", p95 = "90ms" }   # one way; or "30ms" for always the same
            loss = 0.03              # share of messages that get lost
            silent = 0.08            # share of nodes that never answer
            failing = 0.05           # share of nodes that answer with an error

            [pool]                   # how the local node works
            concurrency = 2          # lookups at once
            queryConcurrency = 3     # requests at once in a lookup (α)
            replication = 8          # closest nodes to look for, and to store with (k)
            requestTimeout = "2s"    # for a find-closer request
            timeout = "1min"         # for a lookup

            [[broadcast]]
            id = "b1"
            strategy = "followUp"    # first find the closest nodes, then store with them
            record = "a photo of a cat"   # the record's key is the SHA-256 of this text; or target = "…" for a key
            start = "0s"
            storeTimeout = "2s"

            [[broadcast]]
            id = "b2"
            strategy = "followUp"
            record = "the works of Shakespeare"
            start = "20ms"
            storeTimeout = "2s"

            [[broadcast]]
            id = "b3"
            strategy = "static"      # store with the seeds, without a lookup
            record = "yesterday's backup"
            seeds = "routingTable"   # the closest nodes that the local node knows; or a list of first digits of keys
            start = "100ms"
            storeTimeout = "2s"
            storeConcurrency = 3     # stores at once

            [[broadcast]]
            id = "b4"
            strategy = "followUp"    # has to wait in line: two lookups are running
            record = "an address book"
            start = "150ms"
            storeTimeout = "2s"

            [[broadcast]]
            id = "b5"
            strategy = "followUp"
            record = "a letter, regretted"
            start = "250ms"
            stop = "900ms"           # stopped on its way
            storeTimeout = "2s"
            storeConcurrency = 2
            """)
}
