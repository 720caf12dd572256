extension BuiltInScenario {
    static let amino = BuiltInScenario(
        name: "amino",
        text: """
            # The public network of IPFS as it was measured in 2022: 20,811 nodes, a quarter of which are gone though others still
            # name them. Dialing those takes seconds, and that is where the time of a classic put goes.
            # README.md says where the numbers of the profile come from; a field beside it overrides its own.
            title = "The network of IPFS in 2022: a classic put against an optimistic one"

            [network]
            profile = "amino-2022"   # or "amino-2021", or "ideal"
            seed = 4

            [pool]
            client = "go-libp2p-classic"   # or "zikade"

            [[broadcast]]
            id = "classic"
            strategy = "followUp"
            record = "a web page"

            [[broadcast]]
            id = "fast"
            strategy = "optimistic"
            record = "a web page"
            networkSize = "known"    # as many as are there; or a number; or leave it out to have it estimated
            """)
}
