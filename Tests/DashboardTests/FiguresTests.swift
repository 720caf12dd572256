import Broadcasts
import Canvas
import Coordination
import Scenarios
import Simulation
import Testing
import Theming
import Timeline

@testable import Dashboard

@Suite("The panes Metrics and Watches")
struct FiguresTests {
    private func command(_ line: String, in dashboard: inout Dashboard) {
        dashboard.type(":\(line)")
        _ = dashboard.press(.enter)
    }

    /// Lets what takes more than one frame go on until it is done.
    private func settle(_ dashboard: inout Dashboard) {
        var ticks = 0
        while dashboard.nextTick == .zero, ticks < 10_000 {
            dashboard.tick(.zero)
            ticks += 1
        }
    }

    /// The lines of a pane without its border.
    private func lines(of pane: Pane, _ dashboard: Dashboard, _ look: Look = Screens.look(.ascii)) throws -> [String] {
        let inner = try #require(dashboard.layout.panes[pane]).inset()
        return dashboard.canvas(look).cropped(to: inner).text().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test("Before the first step the pane says what will stand there")
    func empty() throws {
        var dashboard = try Screens.dashboard()
        dashboard.type("8")
        #expect(try lines(of: .metrics, dashboard)[0].contains("How many events happen"))
        _ = dashboard.press(.enter)
        #expect(dashboard.message?.contains("s takes a step") == true)
    }

    @Test("The figures are those of the position, wherever one comes from")
    func position() throws {
        var dashboard = try Screens.dashboard()
        dashboard.type("8")
        for line in ["120", "40", "41", "90%", "40"] { command(line, in: &dashboard) }
        var other = try Screens.dashboard()
        command("40", in: &other)
        other.type("8")
        #expect(dashboard.figures.metrics?.position == 40)
        #expect(try lines(of: .metrics, dashboard) == lines(of: .metrics, other))
        #expect(dashboard.figures.metrics?.all.waiting == dashboard.observation.requests.count)
    }

    @Test("On another branch the figures are its own")
    func branches() throws {
        var dashboard = try Screens.dashboard()
        dashboard.type("8")
        command("100", in: &dashboard)
        let before = try #require(dashboard.figures.metrics)
        command("30", in: &dashboard)
        command("poll", in: &dashboard)
        command("100", in: &dashboard)
        #expect(dashboard.history.branch.id == 1)
        var fresh = CallLedger(requestTimeout: dashboard.figures.ledger.requestTimeout)
        for number in 1...100 { fresh.record(dashboard.history.step(number)) }
        #expect(dashboard.figures.ledger.calls == fresh.calls)
        command("branch 0", in: &dashboard)
        command("100", in: &dashboard)
        #expect(dashboard.figures.metrics?.all == before.all)
    }

    @Test("v shows four views in turn; each fits in four lines")
    func views() throws {
        var dashboard = try Screens.dashboard()
        command("100", in: &dashboard)
        dashboard.type("8")
        let shown = try MetricsFigures.View.allCases.map { view in
            #expect(dashboard.figures.view == view)
            let lines = try lines(of: .metrics, dashboard)
            #expect(lines.count == 4)
            dashboard.type("v")
            return lines
        }
        #expect(dashboard.figures.view == .overview)
        #expect(shown[0].map { String($0.prefix(10)) } == [" events   ", " in flight", " success  ", " latency  "])
        #expect(shown[0][3].contains("p50 ") && shown[0][3].contains("max "))
        #expect(shown[1][0].contains("p50    p75    p90    p95    p99"))
        #expect(shown[1][1].hasPrefix(" FIND") && shown[1][2].hasPrefix(" STORE"))
        #expect(shown[2][1].contains("FollowUp") && shown[2][2].contains("Static"))
        #expect(shown[3][0].contains("slowest") && shown[3].dropFirst().allSatisfy { $0.contains("STORE") || $0.contains("FIND") })
    }

    @Test("The slowest request is marked with glyph and word; Enter goes to where it ended, w explains it")
    func slowest() throws {
        var dashboard = try Screens.dashboard(size: Screens.sizes[1])
        command("150", in: &dashboard)
        dashboard.type("8zvvv")
        let first = try #require(dashboard.figures.metrics?.slowest.first)
        #expect(first.fate == .timedOut)
        let row = try lines(of: .metrics, dashboard)[1]
        #expect(row.contains("x timed out") && row.contains(Words.length(first.duration)) && row.contains(first.call.id.name))
        dashboard.type("w")
        #expect(dashboard.dialog != nil)
        dashboard.type("q")
        _ = dashboard.press(.enter)
        #expect(dashboard.history.position == first.end)
        #expect(dashboard.message?.contains("sent at step \(first.call.sent.step)") == true)
        #expect(dashboard.selectedMetricsRow == 0)
    }

    @Test("The selection stays with its request while others overtake it")
    func selection() throws {
        var dashboard = try Screens.dashboard(size: Screens.sizes[2])
        command("100", in: &dashboard)
        dashboard.type("8zjjj")
        let selected = try #require(dashboard.figures.metrics?.slowest[3].call)
        command("150", in: &dashboard)
        let row = dashboard.selectedMetricsRow
        #expect(dashboard.figures.metrics?.slowest[row].call == selected)
        #expect(dashboard.selection != nil)
        // An open request has no end to go to.
        let waiting = try #require(dashboard.figures.metrics?.slowest.firstIndex { $0.fate == .waiting })
        dashboard.selectMetrics(row: waiting)
        _ = dashboard.press(.enter)
        #expect(dashboard.message?.contains("has no answer so far") == true)
    }

    @Test("The parts of the pane stand in it without touching each other, at any size")
    func sections() {
        for columns in stride(from: 18, through: 200, by: 13) {
            for rows in 1...58 {
                let inner = Rect(column: 1, row: 1, columns: columns, rows: rows)
                for view in MetricsFigures.View.allCases {
                    let places = MetricsFigures.sections(view, in: inner)
                    #expect(!places.isEmpty)
                    for (place, one) in places.enumerated() {
                        #expect(one.rect.intersection(inner) == one.rect)
                        for other in places.dropFirst(place + 1) { #expect(one.rect.intersection(other.rect).isEmpty) }
                    }
                }
            }
        }
    }

    @Test("Every size can be drawn, in ASCII with nothing but ASCII")
    func sizes() throws {
        for size in Screens.sizes + [Size(columns: 60, rows: 16), Size(columns: 30, rows: 8), Size(columns: 20, rows: 5)] {
            var dashboard = try Screens.dashboard(size: size)
            command("watch best", in: &dashboard)
            for position in ["0", "3", "150"] {
                command(position, in: &dashboard)
                for keys in ["8", "v", "v", "v", "v", "z", ":pane watches\n"] {
                    for key in keys { _ = key == "\n" ? dashboard.press(.enter) : dashboard.press(.character(key)) }
                    let others = dashboard.text(Screens.look(.ascii)).unicodeScalars.filter { !$0.isASCII }
                    #expect(others.isEmpty)
                }
                dashboard.isZoomed = false
            }
        }
    }

    @Test("The pane Pool has figures of all broadcasts at wide sizes")
    func pool() throws {
        var dashboard = try Screens.dashboard(size: Screens.sizes[2])
        command("150", in: &dashboard)
        let lines = try lines(of: .pool, dashboard)
        #expect(lines[lines.count - 2].hasPrefix(" done 3  p50 2.0s  p95 2.2s  stores ok 89.3%"))
        #expect(lines[lines.count - 1].hasPrefix(" events/s "))
    }

    // MARK: Watches

    @Test("The empty pane says how a value is watched")
    func noWatches() throws {
        var dashboard = try Screens.dashboard(size: Screens.sizes[1])
        command("pane watches", in: &dashboard)
        #expect(try lines(of: .watches, dashboard).joined(separator: " ").contains(":watch best b1"))
        _ = dashboard.press(.enter)
        #expect(dashboard.message?.contains(":watch VALUE") == true)
    }

    @Test("A row for each watch and broadcast: the value, the one before, the step of the change")
    func watches() throws {
        var dashboard = try Screens.dashboard("by-hand", size: Screens.sizes[1])
        command("watch stored", in: &dashboard)
        command("watch known nobody", in: &dashboard)
        command("pane watches", in: &dashboard)
        command("100%", in: &dashboard)
        settle(&dashboard)
        let rows = dashboard.watchRows
        #expect(rows.map(\.watch.id) == [1, 2])
        #expect(rows[1].line == nil)
        let line = try #require(rows[0].line)
        let shown = try lines(of: .watches, dashboard)
        #expect(shown[1].contains("over"))
        #expect(shown[2].contains("not yet"))
        // Each value is what the pool shows there.
        for (place, point) in line.points.enumerated() {
            var other = try Screens.dashboard("by-hand")
            command("\(point.step)", in: &other)
            let view = other.history.world.view.broadcast(line.id)
            #expect(view.flatMap { Measure.stored.value(of: $0) } == point.value, "point \(place)")
        }
    }

    @Test("Enter goes to the last change, and from there to the one before, down to the first")
    func changes() throws {
        var dashboard = try Screens.dashboard("by-hand", size: Screens.sizes[1])
        command("watch best", in: &dashboard)
        command("pane watches", in: &dashboard)
        command("100%", in: &dashboard)
        settle(&dashboard)
        let steps = try #require(dashboard.watchRows[0].line).points.map(\.step)
        for step in steps.reversed() {
            _ = dashboard.press(.enter)
            #expect(dashboard.history.position == step)
        }
        _ = dashboard.press(.enter)
        #expect(dashboard.history.position == steps[0])
        #expect(dashboard.message?.contains("not changed before") == true)
    }

    @Test("a toggles and deletes the selected watch")
    func actions() throws {
        var dashboard = try Screens.dashboard(size: Screens.sizes[1])
        command("watch best b1", in: &dashboard)
        command("watch stored b1", in: &dashboard)
        command("20", in: &dashboard)
        command("pane watches", in: &dashboard)
        dashboard.type("ja")
        #expect(dashboard.menu?.title == "watch w2")
        _ = dashboard.press(.enter)
        #expect(dashboard.watches.map(\.isEnabled) == [true, false])
        #expect(try lines(of: .watches, dashboard)[2].contains("off"))
        dashboard.type("aj")
        _ = dashboard.press(.enter)
        #expect(dashboard.watches.map(\.id) == [1])
        #expect(dashboard.watchRows.count == 1)
    }

    @Test("Watches are followed some steps at a frame, and anew on another branch")
    func following() throws {
        var dashboard = try Screens.dashboard(size: Screens.sizes[1])
        command("watch inflight", in: &dashboard)
        command("pane watches", in: &dashboard)
        command("100%", in: &dashboard)
        settle(&dashboard)
        #expect(!dashboard.isFollowing)
        let first = dashboard.followed.courses
        command("50", in: &dashboard)
        command("poll", in: &dashboard)
        command("100%", in: &dashboard)
        settle(&dashboard)
        #expect(dashboard.history.branch.id == 1)
        var fresh = [WatchCourse(of: Watch(.inflight))]
        dashboard.history.follow(&fresh, effort: .max)
        #expect(dashboard.followed.courses == fresh)
        command("branch 0", in: &dashboard)
        command("100%", in: &dashboard)
        settle(&dashboard)
        #expect(dashboard.followed.courses == first)
    }

    @Test("A share of all is 100%, and of nearly all it is not; large numbers are short")
    func words() {
        #expect([0, 0.0004, 0.5, 0.974, 0.9999, 1].map { Words.percent($0) } == ["0.0%", "0.0%", "50.0%", "97.4%", "99.9%", "100%"])
        #expect(Words.percent(nil) == "none")
        #expect(
            [0, 3.44, 9.96, 331.2, 999.6, 1234, 34_000].map { Words.number($0) } == ["0.0", "3.4", "10", "331", "1.0k", "1.2k", "34k"])
    }
}
