import Canvas
import Dashboard
import Testing
import Theming

@Suite("The mouse")
struct MouseTests {
    /// The screen at step 58, in which broadcasts look for nodes and store.
    private func dashboard(_ size: Size = Screens.sizes[0], step: Int = 58) throws -> Dashboard {
        var dashboard = try Screens.dashboard(size: size)
        dashboard.enter(":\(step)")
        return dashboard
    }

    @Test("A click gives a pane the keys and selects the thing; a second one is Enter")
    func selecting() throws {
        var dashboard = try dashboard()
        let place = try dashboard.place(of: "b3 Static")
        _ = dashboard.click(place)
        #expect(dashboard.text().contains("▌b3 Static"))
        #expect(dashboard.text().contains("╔═ 1 Pool"))
        #expect(!dashboard.text().contains("broadcast b3"))
        _ = dashboard.click(place)
        #expect(dashboard.text().contains("╔═ broadcast b3"))
    }

    @Test("The first click on another pane only gives it the keys, even on what is selected there")
    func focusing() throws {
        var dashboard = try dashboard()
        let log = try dashboard.place(of: "▶   58")
        _ = dashboard.click(log)
        #expect(dashboard.text().contains("╔═ 4 Log"))
        #expect(dashboard.text().contains("step 58/"))
        let border = try dashboard.place(of: "┌─ 2 In-flight")
        _ = dashboard.click(border)
        #expect(dashboard.text().contains("╔═ 2 In-flight"))
    }

    @Test("A click on a step of the log selects it, a second one goes there")
    func log() throws {
        var dashboard = try dashboard()
        let step = try dashboard.place(of: " 59 0.")
        _ = dashboard.click(step)
        #expect(dashboard.text().contains("step 59 of 58"))
        #expect(dashboard.step == 58)
        _ = dashboard.click(step)
        #expect(dashboard.step == 59)
    }

    @Test("A click on the name of a pane that shares its place shows it", arguments: Screens.sizes.prefix(2))
    func tabs(size: Size) throws {
        for name in ["Queue", "Convergence"] {
            var dashboard = try dashboard(size)
            guard let place = dashboard.found(" \(name) ").first else { continue }
            _ = dashboard.click(place.moved(columns: 2))
            var other = try self.dashboard(size)
            other.enter(":pane \(name.lowercased())")
            #expect(dashboard.text() == other.text())
        }
    }

    @Test("A click on the timeline goes there; dragging goes on, wherever the pointer is; releasing ends it")
    func timeline() throws {
        var dashboard = try dashboard()
        let start = try dashboard.place(of: "|◂")
        let end = try dashboard.place(of: "▸|")
        _ = dashboard.click(end)
        #expect(dashboard.text().contains("step 167/167"))
        _ = dashboard.click(start)
        #expect(dashboard.text().contains("step 0/167"))
        _ = dashboard.point(MouseEvent(.press, at: start.moved(columns: 20)))
        let clicked = try #require(dashboard.step)
        _ = dashboard.point(MouseEvent(.drag, at: Point(column: 40, row: 3)))
        let dragged = try #require(dashboard.step)
        #expect(0 < clicked && clicked < dragged && dragged < 167)
        _ = dashboard.point(MouseEvent(.drag, at: Point(column: 0, row: 0)))
        #expect(dashboard.step == 0)
        _ = dashboard.point(MouseEvent(.release, at: Point(column: 0, row: 0)))
        _ = dashboard.point(MouseEvent(.drag, at: Point(column: 40, row: 22)))
        #expect(dashboard.step == 0)
    }

    @Test("Every cell of the timeline leads to the step that is drawn there")
    func everyCell() throws {
        for size in [Screens.sizes[0], Screens.sizes[2]] {
            var dashboard = try dashboard(size)
            let row = try dashboard.place(of: "|◂").row
            var last = -1
            for column in stride(from: 4, to: size.columns - 8, by: 9) + [size.columns - 9] {
                _ = dashboard.click(Point(column: column, row: row))
                let line = dashboard.text().split(separator: "\n")[row]
                let step = try #require(dashboard.step)
                #expect(step > last)
                last = step
                // With more steps than cells the step is in the very cell; with fewer it is the nearest.
                let now = try #require(line.firstIndex(of: "●"))
                #expect(abs(line.distance(from: line.startIndex, to: now) - column) <= 1)
            }
            #expect(last == 167)
        }
    }

    @Test("A click on a mark goes to its very step")
    func marks() throws {
        var dashboard = try dashboard(step: 61)
        dashboard.type("ma")
        dashboard.enter(":0")
        let flag = try dashboard.place(of: "⚑")
        _ = dashboard.click(flag)
        #expect(dashboard.step == 61)
    }

    @Test("The wheel scrolls what is below the pointer, and leaves the keys where they are")
    func wheel() throws {
        var dashboard = try dashboard()
        let place = try dashboard.place(of: "┌─ 4 Log").moved(columns: 10, rows: 2)
        #expect(dashboard.text().contains("▼ follow"))
        _ = dashboard.point(MouseEvent(.wheelUp, at: place))
        #expect(dashboard.text().contains("G follows"))
        #expect(dashboard.text().contains("╔═ 1 Pool"))
        let before = dashboard.text()
        _ = dashboard.point(MouseEvent(.wheelUp, at: place))
        #expect(dashboard.text() != before)
        _ = dashboard.point(MouseEvent(.wheelDown, at: place))
        #expect(dashboard.text() == before)
        for _ in 0..<45 { _ = dashboard.point(MouseEvent(.wheelUp, at: place)) }
        #expect(dashboard.text().contains("  1 0.000"))
        for _ in 0..<120 { _ = dashboard.point(MouseEvent(.wheelDown, at: place)) }
        #expect(dashboard.text().contains("167 "))
        #expect(dashboard.step == 58)
    }

    @Test("Where all can be seen, the wheel changes nothing")
    func wheelWithoutNeed() throws {
        var dashboard = try dashboard()
        let place = try dashboard.place(of: "b3 Static")
        let before = dashboard.text()
        for _ in 0..<5 { _ = dashboard.point(MouseEvent(.wheelDown, at: place)) }
        for _ in 0..<2 { _ = dashboard.point(MouseEvent(.wheelUp, at: place)) }
        #expect(dashboard.text() == before)
    }

    @Test("A click on a key at the bottom presses it")
    func hints() throws {
        var dashboard = try dashboard()
        _ = dashboard.click(try dashboard.place(of: "s step").moved(columns: 3))
        #expect(dashboard.step == 59)
        _ = dashboard.click(try dashboard.place(of: "S back"))
        #expect(dashboard.step == 58)
        _ = dashboard.click(try dashboard.place(of: "? help"))
        #expect(dashboard.text().contains("╔═ Help"))
        _ = dashboard.click(try dashboard.place(of: "q close", last: true))
        #expect(!dashboard.text().contains("╔═ Help"))
        #expect(dashboard.click(try dashboard.place(of: "q quit")) == .quit)
    }

    @Test("A click on the words that stand where the keys do lets them come back")
    func message() throws {
        var dashboard = try dashboard()
        _ = dashboard.press(.function(11))
        dashboard.type("%")
        #expect(!dashboard.text().contains("s step"))
        #expect(dashboard.click(Point(column: 3, row: 23)) == .draw)
        #expect(dashboard.text().contains("s step"))
    }

    @Test("A click in a list takes the entry, one beside it closes the list")
    func menu() throws {
        var dashboard = try dashboard()
        dashboard.type("0")
        _ = dashboard.click(try dashboard.place(of: "Ladder  "))
        #expect(dashboard.text().contains("Ladder"))
        #expect(!dashboard.text().contains("╔═ panes"))
        dashboard.type("0")
        #expect(dashboard.text().contains("╔═ panes"))
        _ = dashboard.click(Point(column: 1, row: 2))
        #expect(!dashboard.text().contains("╔═ panes"))
        dashboard.type("0")
        _ = dashboard.click(try dashboard.place(of: "╔═ panes"))
        #expect(dashboard.text().contains("╔═ panes"), "its border does nothing")
        _ = dashboard.point(MouseEvent(.wheelDown, at: .zero))
        #expect(dashboard.text().contains("╔═ panes"))
    }

    @Test("While a line is typed, clicks do nothing")
    func prompt() throws {
        var dashboard = try dashboard()
        dashboard.type(":12")
        let before = dashboard.text()
        for row in 0..<24 {
            for column in stride(from: 0, to: 80, by: 7) { _ = dashboard.click(Point(column: column, row: row)) }
        }
        #expect(dashboard.text() == before)
    }

    @Test("Wherever one clicks, drags and turns, the program stands", arguments: [Screens.sizes[1], Size(columns: 30, rows: 8)])
    func anywhere(size: Size) throws {
        var dashboard = try dashboard(size)
        var dice: UInt64 = 7
        func roll(_ sides: Int) -> Int {
            dice = dice &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(dice >> 33) % sides
        }
        let actions: [MouseEvent.Action] = [.press, .press, .press, .drag, .release, .wheelUp, .wheelDown]
        for turn in 0..<100 {
            let point = Point(column: roll(size.columns), row: roll(size.rows))
            _ = dashboard.point(MouseEvent(actions[roll(actions.count)], at: point))
            if turn % 20 == 0 { _ = dashboard.press(.escape) }
            if turn % 25 == 0 { #expect(dashboard.canvas(Screens.look()).size == size) }
        }
    }

    @Test("% leaves the mouse to the terminal and takes it back")
    func switching() throws {
        var dashboard = try dashboard()
        #expect(dashboard.usesMouse)
        dashboard.type("%")
        #expect(!dashboard.usesMouse)
        #expect(dashboard.text().contains("Shift"))
        dashboard.type("%")
        #expect(dashboard.usesMouse)
    }
}

extension Dashboard {
    /// Presses and releases the button.
    mutating func click(_ point: Point) -> Effect {
        defer { _ = self.point(MouseEvent(.release, at: point)) }
        return self.point(MouseEvent(.press, at: point))
    }

    /// Types a line and enters it.
    mutating func enter(_ line: String) {
        type(line)
        _ = press(.enter)
    }

    /// The step that is shown.
    var step: Int? {
        text().firstMatch(of: /step ([0-9]+)/).flatMap { Int($0.1) }
    }

    /// The place on the screen of the first letter of a text.
    ///
    /// - Parameter last: whether the last such text is meant, rather than the first.
    func place(of text: String, last: Bool = false) throws -> Point {
        let places = found(text)
        return try #require(last ? places.last : places.first, "\(text) is not on the screen:\n\(self.text())")
    }

    /// The places on the screen of the first letter of a text, one in a row at most.
    func found(_ text: String) -> [Point] {
        self.text().split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { row, line in
            line.firstRange(of: text).map { Point(column: line.distance(from: line.startIndex, to: $0.lowerBound), row: row) }
        }
    }
}
