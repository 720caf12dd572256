import Canvas
import Coordination
import Kademlia
import Scenarios
import Simulation
import Testing
import Timeline

@testable import Dashboard

@Suite("A network of hundreds of thousands of nodes")
struct LargeNetworkTests {
    private static let scenario = Result {
        try Scenario(
            text: """
                title = "Large"
                [network]
                size = 200_000
                seed = 5
                latency = "40ms"
                [[broadcast]]
                id = "b1"
                strategy = "followUp"
                record = "one of many"
                """, name: "large", source: "large")
    }

    private func dashboard(steps: Int) throws -> Dashboard {
        var dashboard = try Dashboard(try Self.scenario.get(), size: Size(columns: 120, rows: 40))
        for _ in 0..<steps { dashboard.type("s") }
        return dashboard
    }

    @Test("Every pane shows it")
    func panes() throws {
        var dashboard = try dashboard(steps: 60)
        for pane in Pane.allCases {
            dashboard.focus = pane
            dashboard.settle()
            #expect(dashboard.text().contains(pane.title))
        }
        dashboard.focus = .map
        dashboard.settle()
        let map = try #require(dashboard.map?.map)
        #expect(map.totals.reduce(0, +) == 200_000)
        let target = map.target
        let nodes = dashboard.scenario.network.nodes
        for prefix in [0, 1, 12, 17, 40] {
            #expect(map.totals[prefix] == nodes.count { $0.key.commonPrefixLength(with: target) == prefix })
        }
        dashboard.focus = .convergence
        dashboard.settle()
        let nearest = try #require(nodes.map { $0.key.distance(to: target) }.min())
        #expect(dashboard.convergence?.deepest == Convergence.halvings(nearest, keyBits: 256))
    }

    @Test("Tab offers nodes of the run, a few dozen at most; without one, digits that all nodes share")
    func completing() throws {
        var dashboard = try dashboard(steps: 60)
        let heardOf = try #require(dashboard.shownBroadcast).heardOf
        dashboard.type(":crash ")
        _ = dashboard.press(.tab)
        let offers = try #require(dashboard.message).split(separator: " ").map(String.init)
        #expect(offers.count > 10 && offers.count <= OfferedNodes.limit)
        for offer in offers { #expect(heardOf.contains(try dashboard.choiceWords.node(named: offer))) }
        // A beginning that few nodes have: all of them.
        let name = dashboard.choiceWords.node(123_456)
        let beginning = String(name.prefix(4))
        let found = dashboard.offeredNodes.nodes(beginning: beginning, keyBits: 256)
        #expect(found.count == dashboard.scenario.network.countOfNodes(beginning: beginning, keyBits: 256))
        #expect(found.contains { $0.index == 123_456 })
        // Before the run, what is offered goes from the first node to the last.
        let start = try self.dashboard(steps: 0)
        let spread = start.offeredNodes.nodes(beginning: "", keyBits: 256)
        #expect(spread.count == OfferedNodes.limit && spread.first?.index == 0 && spread.last?.index == 199_999)
    }

    @Test("A node is named by as many digits as tell it from all others, and crashes")
    func deciding() throws {
        var dashboard = try dashboard(steps: 60)
        let name = dashboard.choiceWords.node(77_777)
        #expect(try dashboard.choiceWords.node(named: name) == 77_777)
        #expect(throws: ChoiceError.self) { try dashboard.choiceWords.node(named: String(name.dropLast())) }
        dashboard.type(":crash \(name)\r")
        #expect(dashboard.history.world.faults.map(\.node) == [77_777])
        dashboard.type(":crash 1\r")
        #expect(dashboard.prompt?.problem?.text.hasSuffix("nodes begin with \"1\": write more digits") == true)
    }
}

@Suite("Many puts alike")
struct ManyPutsTests {
    private func dashboard(_ text: String) throws -> Dashboard {
        try Dashboard(try Scenario(text: text, name: "many", source: "many"), size: Size(columns: 80, rows: 24))
    }

    @Test("The id of each put is readable in the log, and the columns are as wide from the first step on")
    func ids() throws {
        var dashboard = try dashboard(
            """
            title = "Many"
            [network]
            size = 100
            latency = "30ms"
            [pool]
            concurrency = 4
            [workload]
            puts = 2_000
            strategy = "followUp"
            atOnce = 4
            """)
        #expect(dashboard.idWidth() == "p2000".count)
        dashboard.type("s")
        #expect(dashboard.text().contains("1 of 1, 1999 to come"))
        dashboard.type("4z")
        #expect(dashboard.text().contains(" p1    → StartBroadcast"))
        #expect(dashboard.idWidth(with: ["a longer id than all"]) == 12)
        dashboard.type("8z")
        #expect(!dashboard.text().contains("p…"))
    }

    @Test("The columns of the pool stand still when a broadcast with a longer id starts")
    func pool() throws {
        var dashboard = try Screens.dashboard("churn", size: Screens.sizes[0])
        dashboard.type("s")
        let early = try #require(dashboard.text().split(separator: "\n").first { $0.contains("strategy") })
        dashboard.type(":100%\r")
        let late = try #require(dashboard.text().split(separator: "\n").first { $0.contains("strategy") })
        #expect(early.prefix(34) == late.prefix(34))
    }

    @Test("What a view of the closest nodes shows is said in 80 columns")
    func viewHelp() throws {
        for view in ClosestView.allCases { #expect("Closest: \(view.help)".count <= 78) }
    }
}
