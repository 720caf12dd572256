import Broadcasts
import Canvas
import Coordination
import Kademlia
import Scenarios
import Simulation
import Testing
import Theming
import Timeline

@testable import Dashboard

@Suite("Map: where the nodes are around the target")
struct MapPaneTests {
    private func dashboard(_ scenario: String = "by-hand", steps: Int, size: Size = Screens.sizes[1], keys: String = "6z") throws
        -> Dashboard
    {
        var dashboard = try Screens.dashboard(scenario, size: size)
        for _ in 0..<steps { dashboard.type("s") }
        dashboard.type(keys)
        return dashboard
    }

    private func line(_ start: String, _ dashboard: Dashboard, _ look: Look = Screens.look()) -> String? {
        dashboard.text(look).split(separator: "\n").map { String($0.dropFirst()) }.first { $0.contains(start) }
    }

    @Test("By hand: the target is 2a; 28 shares 6 bits with it, 2e 5, 22 4, 3b 3, 04 2, 55 and 61 1, the others none")
    func totals() throws {
        let dashboard = try dashboard(steps: 1)
        let map = try #require(dashboard.map).map
        #expect(map.totals == [3, 2, 1, 1, 1, 1, 1, 0, 0])
        #expect(map.buckets.map(\.prefixLength) == [6, 5, 4, 3, 2, 1, 0])
        #expect(map.localPrefix == 0)
        // The put knows 8c and e7 alone.
        #expect(map.nodes.map { $0.node.key.shown(8) } == ["8c", "e7"])
        #expect(map.buckets.map(\.known) == [0..<0, 0..<0, 0..<0, 0..<0, 0..<0, 0..<0, 0..<2])
        #expect(map.buckets.map(\.others) == [1, 1, 1, 1, 1, 2, 1])
        #expect(map.bucket(of: 1) == 6)
        #expect(map.isAwaited(map.buckets[6]))
        #expect(!map.isAwaited(map.buckets[5]))
    }

    @Test("Every bucket has a line: its nodes, how many of them the put knows, and an edge from us to where a request is on its way")
    func buckets() throws {
        let dashboard = try dashboard(steps: 2)
        #expect(dashboard.text().contains("bits  ★ 2a the target"))
        #expect(line("6 ┤", dashboard)?.contains("○") == true)
        #expect(line("6 ┤", dashboard)?.contains("0/1") == true)
        #expect(line("us▸  0 ┤", dashboard)?.contains("◔") == true)
        #expect(line("us▸  0 ┤", dashboard)?.contains("2/3") == true)
    }

    @Test("The edge goes up from us to the buckets with requests on their way, and past the others")
    func edges() throws {
        var dashboard = try dashboard("swarm", steps: 1, size: Size(columns: 120, rows: 30))
        var seen = false
        while !dashboard.history.isAtEnd {
            dashboard.type("s")
            let map = try #require(dashboard.map).map
            let awaited = map.buckets.indices.filter { map.isAwaited(map.buckets[$0]) }
            let lines = dashboard.text().split(separator: "\n").map(String.init)
            for place in map.buckets.indices {
                let label = "\("\(map.buckets[place].prefixLength)".padded(to: 3, alignment: .right)) ┤"
                let line = try #require(lines.first { $0.contains(label) })
                #expect(line.prefix(5).contains("▸") == awaited.contains(place), "\(line)")
                seen = seen || line.contains("├─▸")
            }
        }
        #expect(seen)
    }

    @Test("The trie has the target's bits on its path, and beside each the subtree with the other bit: 2a is 0010 1010")
    func trie() throws {
        var dashboard = try dashboard(steps: 2, size: Size(columns: 120, rows: 20))
        dashboard.type("v")
        let lines = dashboard.text().split(separator: "\n").map(String.init)
        let first = try #require(lines.firstIndex { $0.contains("all keys") }) + 1
        let path = lines[first..<first + 8].map { $0.dropFirst().prefix(60) }
        #expect(path[0].contains("┬──"))
        #expect(path[0].contains("1─▸"), "requests to 8c and e7, which begin with 1")
        #expect(path.dropFirst().map { $0.drop { $0 == " " || $0 == "▌" }.first } == ["0", "0", "1", "0", "1", "0", "1"])
        #expect(path[7].contains("1─★ 2a the target"))
        #expect(dashboard.text().contains("trie   1 of 2"))
    }

    @Test("The path of a node names who told of whom, and what came of it")
    func path() throws {
        var dashboard = try dashboard(steps: 200)
        let entry = try #require(dashboard.shownBroadcast)
        let glyphs = Screens.look().glyphs
        for row in try #require(dashboard.map).map.nodes {
            let path = dashboard.path(to: row.node, of: entry)
            #expect(path.count == row.hops)
            #expect(path.last == row.via)
            let text = (["seed"] + path.map { $0.key.shown(8) } + ["\(row.status.glyph(glyphs)) \(row.status.word)"])
                .joined(separator: " ▸ ")
            #expect(dashboard.text().contains("path of \(row.node.key.shown(8)): \(text)"))
            dashboard.type("j")
        }
    }

    @Test("A path that is too long for its line leaves out its beginning")
    func longPath() throws {
        var dashboard = try dashboard("out-of-time", steps: 60, size: Size(columns: 60, rows: 16), keys: "6")
        let glyphs = Screens.look().glyphs
        for _ in 0..<30 {
            let line = try #require(dashboard.text().split(separator: "\n").first { $0.contains("path of ") })
            #expect(line.contains(" ▸ "))
            let row = try #require(dashboard.map?.map.nodes[dashboard.selectedMapRow])
            #expect(line.contains("▸ \(row.status.glyph(glyphs)) \(row.status.word)"), "\(line)")
            dashboard.type("j")
        }
    }

    @Test("j and k go through the nodes by closeness; the node is selected in Closest too, and w and Enter are about it")
    func selecting() throws {
        var dashboard = try dashboard(steps: 200, keys: "6")
        let map = try #require(dashboard.map).map
        #expect(dashboard.selectedRow(.map) == 0)
        dashboard.type("jj")
        #expect(dashboard.selectedNode == map.nodes[2].node.index)
        #expect(dashboard.rowCount(.map) == map.nodes.count)
        guard case .node(let row, let entry) = dashboard.selection else { return #expect(Bool(false), "a node is selected") }
        #expect(row.node == map.nodes[2].node)
        #expect(entry.id == "put")
        dashboard.type("w")
        #expect(dashboard.dialog?.lines.isEmpty == false)
        _ = dashboard.press(.escape)
        dashboard.type("3")
        #expect(dashboard.selectedNode == map.nodes[2].node.index)
    }

    @Test("Whoever the lookup has heard of stays on the map when it is over", arguments: ["swarm", "by-hand"])
    func afterLookup(_ scenario: String) throws {
        var dashboard = try dashboard(scenario, steps: 1)
        var before = 0
        let id = try #require(dashboard.shownBroadcast).id
        while !dashboard.history.isAtEnd {
            dashboard.type("s")
            let map = try #require(dashboard.map).map
            #expect(map.nodes.count >= before, "step \(dashboard.history.position)")
            before = map.nodes.count
            #expect(map.buckets.reduce(0) { $0 + $1.total } == dashboard.scenario.network.nodes.count)
            #expect(dashboard.map?.entry.id == id)
        }
        #expect(before > 2)
    }

    @Test("In four lines: the closest three buckets, the path, the legend in the border; the selected one is always among them")
    func small() throws {
        var dashboard = try dashboard("swarm", steps: 40, size: Screens.sizes[0], keys: "6")
        for _ in 0..<20 {
            let text = dashboard.text()
            #expect(text.contains("▌"))
            #expect(text.contains("path of "))
            #expect(text.contains("✗ failed"))
            let map = try #require(dashboard.map).map
            let bucket = map.buckets[map.bucket(of: dashboard.selectedMapRow)]
            let lines = text.split(separator: "\n").filter { $0.contains("┤") }
            #expect(lines.count == 3)
            #expect(lines.contains { $0.contains("▌") && $0.contains("\(bucket.prefixLength) ┤") && $0.contains("[") })
            dashboard.type("j")
        }
    }

    @Test("It can be drawn at every size, and with ASCII alone every glyph has its stand-in")
    func everySize() throws {
        let start = try dashboard("swarm", steps: 60, keys: "6")
        for (columns, rows) in [(20, 5), (30, 7), (45, 12), (60, 16), (80, 24), (84, 46), (119, 41), (260, 90)] {
            var dashboard = start
            dashboard.resize(to: Size(columns: columns, rows: rows))
            for key in ["v", "z", "v", "z"] {
                dashboard.type(key)
                #expect(dashboard.text(Screens.look(.ascii)).unicodeScalars.allSatisfy { $0.isASCII })
                #expect(dashboard.text().contains("path of ") || rows < 7)
            }
        }
    }

    @Test("Before the first step it says what will stand there")
    func empty() throws {
        #expect(try dashboard(steps: 0).text().contains("how many leading bits they share with the target"))
    }
}
