import Broadcasts
import Canvas
import Coordination
import Scenarios
import Testing
import Theming
import Timeline

@testable import Dashboard

@Suite("What the screen says about nodes and broadcasts")
struct StateTests {
    @Test("Every state of a node has a glyph, a word and a colour of its own kind")
    func glyphWordColour() {
        let look = Screens.look()
        var words = Set<String>()
        for status in NodeStatus.examples {
            #expect(words.insert(status.word).inserted, "\(status)")
            #expect(status.word.count <= 10)
            #expect(!status.meaning.isEmpty)
            #expect(look.theme.style(status.role) != .plain || status.role == .stateAnswered)
        }
        #expect(Set(NodeStatus.examples.map { $0.glyph(look.glyphs) }).count == 6)
    }

    @Test("The words stand in the colours of their roles")
    func colours() throws {
        var dashboard = try Screens.dashboard()
        let look = Screens.look()
        var seen = Set<String>()
        let expected: [(String, Role)] = [
            ("● stored", .stateStored), ("◔ waiting", .stateWaiting), ("✗ refused", .stateFailed), ("· todo", .stateTodo),
        ]
        while !dashboard.history.isAtEnd {
            dashboard.type("s")
            let canvas = dashboard.canvas(look)
            for row in 3..<13 {
                let text = Array(canvas.text(row: row).unicodeScalars)
                for (word, role) in expected {
                    let scalars = Array(word.unicodeScalars)
                    guard
                        let start = (36..<max(36, text.count - scalars.count)).first(where: {
                            Array(text[$0..<$0 + scalars.count]) == scalars
                        })
                    else { continue }
                    #expect(canvas[column: start, row: row].style.foreground == look.theme.style(role).foreground)
                    seen.insert(word)
                }
            }
        }
        #expect(seen.isSuperset(of: ["● stored", "◔ waiting", "· todo"]))
    }

    @Test("In-flight lists exactly the requests that are awaited, by deadline")
    func inFlight() throws {
        var dashboard = try Screens.dashboard()
        var awaited = Set<Observation.Request.Name>()
        while !dashboard.history.isAtEnd {
            dashboard.type("s")
            let step = try #require(dashboard.history.current)
            switch step.event {
            case .getCloserNodesSuccess(let id, let node, _, _), .getCloserNodesFailure(let id, let node, _, _):
                awaited.remove(.init(id: id, node: node.index, isStore: false))
            case .storeRecordSuccess(let id, let node, _, _), .storeRecordFailure(let id, let node, _, _):
                awaited.remove(.init(id: id, node: node.index, isStore: true))
            case .startBroadcast, .stopBroadcast, .poll: break
            }
            switch step.state {
            case .findCloser(let id, _, let node): awaited.insert(.init(id: id, node: node.index, isStore: false))
            case .storeRecord(let id, let node, _): awaited.insert(.init(id: id, node: node.index, isStore: true))
            case .broadcastFinished, .broadcastRejected, .idle, .waiting: break
            }
            let shown = dashboard.observation.requests
            #expect(Set(shown.map(\.name)).isSubset(of: awaited))
            let deadlines = shown.compactMap(\.deadline)
            #expect(deadlines == deadlines.sorted())
        }
        #expect(dashboard.observation.requests.isEmpty)
    }

    @Test("At the end every planned broadcast stands there with how it ended")
    func outcomes() throws {
        var dashboard = try Screens.dashboard("stopped", size: Screens.sizes[1])
        for _ in 0..<500 { dashboard.type("s") }
        #expect(dashboard.text().contains("stopped: nothing stored"))
        dashboard.type("j")
        #expect(dashboard.text().contains("not sent to"))
        #expect(dashboard.text().contains("✗ cancelled"))
        #expect(dashboard.text().contains("· not sent"))
        dashboard.type("j")
        #expect(dashboard.text().contains("completed: "))
    }

    @Test("A broadcast in line says what it waits for")
    func line() throws {
        var dashboard = try Screens.dashboard("slots")
        for _ in 0..<20 { dashboard.type("s") }
        dashboard.type("jjjj")
        #expect(dashboard.text().contains("LINE"))
        #expect(dashboard.text().contains("in line for one of 2 lookups"))
    }
}
