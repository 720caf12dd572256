import Broadcasts
import Canvas
import Coordination
import Kademlia
import Queries
import Scenarios
import Simulation
import Testing
import Theming
import Timeline

@testable import Dashboard

@Suite("Convergence: how the closest nodes came to be the closest")
struct ConvergencePaneTests {
    private func node(_ key: UInt8) -> NetworkNode { NetworkNode(index: Int32(key), key: Key256(UInt64(key) << 56, 0, 0, 0)) }

    /// Steps of a put to 2a, a line for each column: who held the ranks, and how things stood.
    private struct Put {
        var convergence: Convergence
        var number = 0

        mutating func add(_ milliseconds: Int64, _ event: NetworkEvent, _ state: NetworkState, ignored: Bool = false) {
            number += 1
            convergence.record(
                Step(
                    number: number, time: Instant.start.advanced(by: .milliseconds(milliseconds)), event: event, trigger: .act,
                    state: state, isIgnored: ignored))
        }

        var columns: [String] {
            convergence.columns.map { column in
                "\(column.step): " + column.cells.map { "\($0.node.key.shown(8)) \($0.status.word)" }.joined(separator: ", ")
            }
        }
    }

    private func put(_ configuration: BroadcastConfiguration = .followUp(.init()), seeds: [UInt8] = [0x8c, 0xe7]) -> Put {
        var put = Put(
            convergence: Convergence(of: "put", ranks: 3, requestTimeout: .milliseconds(100), local: node(0xc3)))
        put.add(
            0,
            .startBroadcast(
                id: "put", target: node(0x2a).key, message: Record(name: "r"), seed: (seeds + [0xc3]).map(node),
                configuration: configuration),
            configuration.strategy == .static ? store(seeds[0]) : find(seeds[0]))
        return put
    }

    private func find(_ key: UInt8) -> NetworkState { .findCloser(id: "put", target: node(0x2a).key, node: node(key)) }

    private func store(_ key: UInt8) -> NetworkState { .storeRecord(id: "put", node: node(key), message: Record(name: "r")) }

    private func found(_ key: UInt8, _ closer: [UInt8] = []) -> NetworkEvent {
        .getCloserNodesSuccess(id: "put", node: node(key), target: node(0x2a).key, closer: closer.map(node))
    }

    private func stored(_ key: UInt8) -> NetworkEvent {
        .storeRecordSuccess(id: "put", node: node(key), request: Record(name: "r"), response: nil)
    }

    @Test("Ranks fill with closer nodes, then turn from known to asked to answered to stored: distances 28 02, 61 4b, 8c a6, e7 cd")
    func ranks() {
        var put = put()
        put.add(0, .poll, find(0xe7))
        put.add(20, found(0x8c, [0x61, 0x28, 0xc3]), find(0x28))
        // e7 has rank 4 by now: what becomes of it changes none of the three ranks.
        put.add(
            30, .getCloserNodesFailure(id: "put", node: node(0xe7), target: node(0x2a).key, error: .failed("refused")), find(0x61))
        put.add(40, found(0x28), .waiting)
        put.add(
            50, .startBroadcast(id: "other", target: .zero, message: Record(name: "r"), seed: [], configuration: .static(.init())), .waiting
        )
        // 61 had 100 ms from 30 ms on. The lookup ends: those who have answered are chosen.
        put.add(131, .poll, store(0x28))
        put.add(131, .poll, store(0x8c))
        put.add(140, found(0x61, [0x2e]), .waiting, ignored: true)
        put.add(150, stored(0x28), .waiting)
        put.add(
            160, .storeRecordFailure(id: "put", node: node(0x8c), request: Record(name: "r"), error: .failed("refused")),
            .broadcastFinished(
                id: "put",
                outcome: BroadcastOutcome(
                    reason: .completed, contacted: [node(0x28), node(0x8c)],
                    errors: [.init(node: node(0x8c), error: .failed("refused"))])))
        #expect(
            put.columns == [
                "1: 8c asked, e7 known", "2: 8c asked, e7 asked", "3: 28 asked, 61 known, 8c answered",
                "4: 28 asked, 61 asked, 8c answered",
                "5: 28 answered, 61 asked, 8c answered", "7: 28 waiting, 8c todo", "8: 28 waiting, 8c waiting", "10: 28 stored, 8c waiting",
                "11: 28 stored, 8c refused",
            ])
        #expect(put.convergence.isOver)
        #expect(put.convergence.columns.map(\.isStoring) == [false, false, false, false, false, true, true, true, true])
        #expect([0, 1, 6, 7, 99].map { put.convergence.columnCount(through: $0) } == [0, 1, 5, 6, 9])
    }

    @Test("A static put has its ranks from the start; a store without an answer times out by itself")
    func storesOnly() {
        var put = put(.static(.init(stores: StoreOptions(storeTimeout: .milliseconds(50)))), seeds: [0x8c, 0x28])
        put.add(0, .poll, store(0x28))
        put.add(51, .poll, .waiting)
        #expect(
            put.columns == [
                "1: 28 todo, 8c waiting, c3 todo", "2: 28 waiting, 8c waiting, c3 todo", "3: 28 timed out, 8c timed out, c3 todo",
            ])
    }

    @Test("A put that is stopped while it looks keeps the nodes of its lookup; one that begins again under its id begins anew")
    func stoppedAndStartedAgain() {
        var put = put()
        put.add(5, .stopBroadcast(id: "put"), .broadcastFinished(id: "put", outcome: BroadcastOutcome(reason: .stopped)))
        #expect(put.columns == ["1: 8c asked, e7 known", "2: 8c unneeded, e7 known"])
        put.add(
            9,
            .startBroadcast(
                id: "put", target: node(0x2a).key, message: Record(name: "r"), seed: [node(0x55)], configuration: .followUp(.init())),
            find(0x55))
        #expect(put.columns == ["3: 55 asked"])
    }

    @Test("An Optimistic goes on hearing of nodes after its first store")
    func optimistic() {
        var put = put(.optimistic(.init()))
        put.add(10, found(0x8c, [0x28]), store(0x28))
        put.add(10, .poll, find(0xe7))
        put.add(20, found(0xe7, [0x2e]), find(0x2e))
        put.add(30, stored(0x28), .waiting)
        put.add(40, found(0x28), .waiting)
        #expect(
            Array(put.columns.dropFirst()) == [
                "2: 28 waiting, 8c answered, e7 known", "3: 28 waiting, 8c answered, e7 asked", "4: 28 waiting, 2e asked, 8c answered",
                "5: 28 stored, 2e asked, 8c answered",
            ])
    }

    @Test("Halvings of the key space: exact at powers of two, and never more than the width of the keys")
    func halvings() {
        func halvings(_ distance: UInt8) -> Double { Convergence.halvings(node(distance).key, keyBits: 8) }
        #expect(halvings(0x80) == 1)
        #expect(halvings(0x40) == 2)
        #expect(halvings(0x01) == 8)
        #expect(halvings(0x00) == 8)
        #expect(halvings(0xc0) == 0.5, "linear between 1 and 1/2")
        #expect(Convergence.halvings(Key256(0, 0, 0, 1), keyBits: 256) == 256)
    }

    @Test(
        "The last column is what the pane Closest shows, whenever the pool waits",
        arguments: ["by-hand", "swarm", "out-of-time", "stopped"])
    func agreesWithClosest(_ name: String) throws {
        let scenario = try #require(BuiltInScenario.named(name)).scenario()
        var dashboard = try Dashboard(scenario, size: Screens.sizes[0])
        let (ranks, timeout) = (scenario.pool.queries.replication, scenario.pool.queries.requestTimeout)
        let glyphs = Screens.look().glyphs
        var folds: [OperationID: Convergence] = [:]
        while let step = dashboard.history.stepForward() {
            if case .startBroadcast(let id, _, _, _, _) = step.event, folds[id] == nil {
                folds[id] = Convergence(of: id, ranks: ranks, requestTimeout: timeout, local: scenario.network.local)
            }
            for id in folds.keys { folds[id]?.record(step) }
            // Machines look at their deadlines when it is their turn; when the pool waits, all have had theirs.
            guard case .waiting = step.state else { continue }
            dashboard.observe()
            for entry in dashboard.history.journal.entries where entry.strategy != .optimistic || entry.end != nil {
                let rows = dashboard.observation.nodes(of: entry).filter { $0.rank != nil }
                let cells = folds[entry.id]?.columns.last?.cells ?? []
                guard !rows.isEmpty else { continue }
                #expect(cells.count >= min(rows.count, ranks), "\(entry.id) at step \(step.number)")
                #expect(cells.map(\.node) == rows.prefix(cells.count).map(\.node), "\(entry.id) at step \(step.number)")
                #expect(
                    cells.map { $0.status.glyph(glyphs) }
                        == rows.prefix(cells.count).map { $0.status.glyph(glyphs) },
                    "\(entry.id) at step \(step.number)")
            }
        }
    }

    // MARK: The pane

    private func zoomed(_ scenario: String, steps: Int, size: Size = Screens.sizes[1]) throws -> Dashboard {
        var dashboard = try Screens.dashboard(scenario, size: size)
        dashboard.focus = .convergence
        dashboard.type("z")
        for _ in 0..<steps { dashboard.type("s") }
        return dashboard
    }

    @Test("Going back takes the columns away again, and neither looks at a step twice")
    func back() throws {
        var dashboard = try zoomed("by-hand", steps: 0)
        var texts = [dashboard.text()]
        while !dashboard.history.isAtEnd {
            dashboard.type("s")
            texts.append(dashboard.text())
        }
        let seen = try #require(dashboard.convergence?.seen)
        dashboard.type("s")
        while dashboard.history.position > 0 {
            dashboard.type("S")
            let lines = { (text: String) in text.split(separator: "\n").dropFirst().dropLast(2).joined(separator: "\n") }
            #expect(lines(dashboard.text()) == lines(texts[dashboard.history.position]))
        }
        #expect(dashboard.convergence == nil)
        #expect(seen <= dashboard.history.stepCount)
    }

    @Test("A rank has a line, with who holds it now; the axis names the steps, and where the stores begin")
    func drawing() throws {
        var dashboard = try zoomed("by-hand", steps: 100)
        let text = dashboard.text()
        #expect(text.contains("best"))
        #expect(text.contains("28      ● stored"))
        #expect(text.contains("stores"))
        #expect(text.contains("✗ failed"))
        let count = try #require(dashboard.convergence).count
        #expect(text.contains("ranks   \(count) changes"))
        dashboard.type("v")
        #expect(dashboard.text().contains("best 1/128"), "02 of 100 is 1/128")
        #expect(dashboard.text().contains("closest"))
        dashboard.type("v")
        #expect(dashboard.text().contains("ranks   "))
    }

    @Test("j and k go through the ranks, and the node stays selected in the other panes")
    func selecting() throws {
        var dashboard = try zoomed("by-hand", steps: 100)
        dashboard.type("j")
        let row = try #require(dashboard.selectionInConvergence)
        guard case .node(let node, _) = row else { return #expect(Bool(false), "a node is selected") }
        #expect(node.rank == 2)
        #expect(dashboard.selectedNode == node.node.index)
        dashboard.type("z3")
        #expect(dashboard.selectedRow(.closest) == 1)
    }

    @Test("It scrolls to earlier columns and back, and shows the newest by default")
    func scrolling() throws {
        var dashboard = try Screens.dashboard("race", size: Size(columns: 60, rows: 16))
        dashboard.focus = .convergence
        for _ in 0..<160 { dashboard.type("s") }
        let count = try #require(dashboard.convergence).count
        #expect(count > 40)
        let newest = dashboard.text()
        _ = dashboard.press(.character("h"))
        #expect(dashboard.shift[.convergence] == 8)
        _ = dashboard.press(.character("l"))
        #expect(dashboard.text() == newest)
        _ = dashboard.press(.character("l"))
        #expect(dashboard.shift[.convergence] == 0)
    }

    @Test("Nothing moves while stepping, at any size: the frame and the axis stay where they are", arguments: Screens.sizes)
    func steady(_ size: Size) throws {
        let dashboard = try zoomed("swarm", steps: 1, size: size)
        var later = dashboard
        for _ in 0..<60 { later.type("s") }
        func rows(_ dashboard: Dashboard, _ word: String) -> [Int] {
            dashboard.text().split(separator: "\n", omittingEmptySubsequences: false).enumerated().filter { $0.element.contains(word) }.map(
                \.offset)
        }
        for word in [" best ", " step ", "known  ◔"] { #expect(rows(dashboard, word).first == rows(later, word).first, "\(word)") }
    }
}
