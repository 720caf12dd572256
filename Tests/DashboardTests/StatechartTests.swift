import Broadcasts
import Canvas
import Coordination
import Museum
import Scenarios
import Testing
import Timeline

@testable import Dashboard

@Suite("Statecharts")
struct StatechartTests {
    // All but the workload, whose 30,000 steps take too long here.
    @Test(
        "Every step of every built-in run is an edge of the chart, from the state before to the state after",
        arguments: BuiltInScenario.all.map { $0.name }.filter { $0 != "experiment" }
    )
    func edges(scenario: String) throws {
        var history = try Screens.dashboard(scenario).history
        history.go(to: .max)
        let end = history
        let track = MachineTrack { end.step($0) }
        history.go(to: 0)
        var before = history.world.view
        var states: [String: MachineState] = [:]
        var taken: [ChartedMachine: Int] = [:]
        while history.stepForward() != nil {
            let after = history.world.view
            for (index, entry) in history.journal.entries.enumerated() {
                for machine in ChartedMachine.allCases {
                    if machine == .lookup ? entry.strategy == .static : machine == .pool && index > 0 { continue }
                    let place = track.place(of: machine, entry, at: history.position, before: before, after: after)
                    let name = machine == .pool ? "pool" : "\(machine) \(entry.id) \(entry.started)"
                    let last = states[name] ?? .idle
                    let chart: Statechart =
                        switch machine {
                        case .broadcast: Statechart(of: entry.strategy)
                        case .lookup: .lookup
                        case .pool: .pool
                        }
                    if let edge = place.taken {
                        #expect(edge.from == last && edge.to == place.state, "\(name) at \(history.position)")
                        #expect(chart.edges.contains(edge), "\(name) at \(history.position): \(edge)")
                        taken[machine, default: 0] += 1
                    } else {
                        #expect(place.state == last || machine == .pool, "\(name) at \(history.position)")
                    }
                    #expect(place.state == .idle || chart.phase(of: place.state) != nil)
                    states[name] = place.state
                }
            }
            before = after
        }
        #expect(taken[.broadcast, default: 0] > 10 && taken[.pool, default: 0] > 10)
    }

    @Test("The FollowUp that one can check by hand goes from looking to storing to its end")
    func byHand() throws {
        var history = try Screens.dashboard("by-hand").history
        history.go(to: .max)
        let end = history
        let entry = try #require(history.journal.entries.first)
        var seen: [MachineState] = []
        for position in 0...end.position {
            history.go(to: position)
            let state = MachineTrack { end.step($0) }.state(of: entry, at: position, history.world.view)
            if seen.last != state { seen.append(state) }
        }
        #expect(seen.first == .idle && seen[1] == .findCloser && seen.last == .finished)
        #expect(seen.contains(.awaitAnswers) && seen.contains(.storeRecord) && seen.contains(.awaitStores))
        let firstStore = try #require(seen.firstIndex(of: .storeRecord))
        #expect(!seen[firstStore...].contains(.findCloser))
    }

    @Test("A stopped broadcast ends as stopped, one in line stands there, an Optimistic stores early")
    func kinds() throws {
        func states(_ scenario: String) throws -> Set<MachineState> {
            var history = try Screens.dashboard(scenario).history
            var seen: Set<MachineState> = []
            while history.stepForward() != nil {
                let now = history
                for entry in history.journal.entries {
                    seen.insert(MachineTrack { now.step($0) }.state(of: entry, at: now.position, now.world.view))
                }
            }
            return seen
        }
        #expect(try states("stopped").contains(.stopped))
        #expect(try states("slots").contains(.inLine))
        #expect(try states("strategies").isSuperset(of: [.storeEarly, .storeRecord, .awaitAnswers, .finished]))
    }

    @Test("A chart is well formed: its edges lead between its states, and each state can be reached")
    func form() {
        let charts = BroadcastStrategy.allCases.map { Statechart(of: $0) } + [.lookup, .pool]
        for chart in charts {
            #expect(chart.links.count == chart.phases.count - 1)
            for edge in chart.edges {
                #expect(chart.phase(of: edge.to) != nil)
                #expect(chart.phase(of: edge.from) != nil || edge.from == .idle && chart.hasBeginning)
            }
            for state in chart.phases.flatMap(\.states) { #expect(chart.edges.contains { $0.to == state }) }
        }
    }

    @Test("A chart finds room in every size, and shows the current state by its shades")
    func sizes() throws {
        let look = Screens.look()
        let charts = BroadcastStrategy.allCases.map { Statechart(of: $0) } + [.lookup, .pool]
        for chart in charts {
            for state in chart.phases.flatMap(\.states) {
                for columns in [20, 43, 74, 88, 198] {
                    for rows in [1, 3, 5, 7] {
                        let size = Size(columns: columns, rows: rows)
                        let form = StatechartForm(of: chart, in: size)
                        #expect(form.rows <= rows)
                        var canvas = Canvas(size: Size(columns: columns + 10, rows: rows + 2))
                        let place = MachinePlace(
                            state: state, taken: chart.edges.first { $0.to == state }, event: EventWords(name: "NodeResponse", short: ["a"])
                        )
                        StatechartDrawing(chart: chart, place: place, look: look).draw(on: &canvas, in: size.bounds)
                        let text = canvas.text()
                        if case .line(_, true) = form { continue }
                        let title = state.title(isShort: form.isShort)
                        #expect(text.contains("▓\(title)▓"), "\(state) in \(columns)x\(rows): \(text)")
                        // Nothing stands outside.
                        for row in 0..<rows + 2 { #expect(canvas.text(row: row).columns <= (row < rows ? columns : 0)) }
                    }
                }
            }
        }
    }

    @Test("Flawed pools have charts too: no run of the museum breaks one", arguments: Exhibit.all.map(\.id))
    func museum(id: String) throws {
        var dashboard = try Dashboard(Scenario(try #require(Exhibit.named(id))), size: Screens.sizes[0])
        dashboard.type("7")
        while !dashboard.history.isAtEnd {
            dashboard.type("}")
            #expect(dashboard.changes?.subject.position == dashboard.history.position)
        }
        dashboard.type("v")
        #expect(dashboard.changes != nil)
    }
}
