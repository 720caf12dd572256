import Broadcasts
import Canvas
import Coordination
import Scenarios
import Testing
import Timeline

@testable import Dashboard

@Suite("Stepping")
struct SteppingTests {
    @Test("Forward and back by one, the same screens on the way back")
    func toAndFro() throws {
        var dashboard = try Screens.dashboard()
        var screens: [String] = []
        for _ in 0..<100 {
            screens.append(dashboard.text())
            dashboard.type("s")
        }
        for screen in screens.reversed() {
            dashboard.type("S")
            #expect(dashboard.text() == screen)
        }
        #expect(dashboard.history.position == 0)
    }

    @Test("Back at the start and forward at the end say so and change nothing")
    func ends() throws {
        var dashboard = try Screens.dashboard("by-hand")
        dashboard.type("S")
        #expect(dashboard.message == "this is the start; s steps forward")
        for _ in 0..<30 { dashboard.type("s") }
        #expect(dashboard.history.position == 24)
        #expect(dashboard.message == "the end: every broadcast is over; S back, r restart")
        dashboard.type(" ")
        #expect(!dashboard.isRunning)
        dashboard.type("r")
        #expect(dashboard.history.position == 0)
    }

    @Test("A run that hangs says who waits")
    func stalled() throws {
        var dashboard = try Screens.dashboard("once-per-reply")
        for _ in 0..<500 { dashboard.type("s") }
        let waiting = dashboard.history.journal.entries.filter { $0.end == nil }.map(\.id.name)
        #expect(!waiting.isEmpty)
        for id in waiting { #expect(dashboard.message?.contains(id) == true) }
        #expect(dashboard.message?.hasPrefix("the end: ") == true)
    }

    @Test("o and O go to the steps that name the selected broadcast, and only to those")
    func over() throws {
        var dashboard = try Screens.dashboard()
        for _ in 0..<40 { dashboard.type("s") }
        dashboard.type("j")
        let id = try #require(dashboard.shownBroadcast?.id)
        #expect(id == "b2")
        let naming = (1...dashboard.history.stepCount).map { dashboard.history.step($0) }.filter { $0.names(id) }.map(\.number)
        for number in naming where number > 40 {
            dashboard.type("o")
            #expect(dashboard.history.position == number)
        }
        dashboard.type("o")
        #expect(dashboard.message == "no later step that names b2")
        #expect(dashboard.history.position == naming.last)
        for number in naming.dropLast().reversed() {
            dashboard.type("O")
            #expect(dashboard.history.position == number)
        }
        dashboard.type("O")
        #expect(dashboard.message == "no earlier step that names b2")
        #expect(dashboard.history.position == naming.first)
    }

    @Test("A run takes as many steps as the time that has passed allows, and stops at the end")
    func run() throws {
        var dashboard = try Screens.dashboard()
        #expect(dashboard.nextTick == nil)
        dashboard.type(" ")
        #expect(dashboard.isRunning)
        dashboard.tick(.milliseconds(99))
        #expect(dashboard.history.position == 0)
        dashboard.tick(.milliseconds(1))
        #expect(dashboard.history.position == 1)
        dashboard.tick(.milliseconds(1000))
        #expect(dashboard.history.position == 11)
        dashboard.type("+")
        dashboard.tick(.milliseconds(500))
        #expect(dashboard.history.position == 21)
        dashboard.type(" ")
        #expect(!dashboard.isRunning)
        dashboard.tick(.seconds(10))
        #expect(dashboard.history.position == 21)
        dashboard.type(" ")
        for _ in 0..<20 { dashboard.tick(.seconds(60)) }
        #expect(!dashboard.isRunning)
        #expect(dashboard.history.isAtEnd)
    }

    @Test("A run keeps its speed when frames come at odd times")
    func fractions() throws {
        var dashboard = try Screens.dashboard()
        dashboard.type(" ")
        for _ in 0..<100 { dashboard.tick(.milliseconds(37)) }
        #expect(dashboard.history.position == 37)
    }

    @Test("The interrupt key pauses, and twice quits")
    func interrupt() throws {
        var dashboard = try Screens.dashboard()
        dashboard.type(" ")
        #expect(dashboard.interrupt(isSecond: false) == .draw)
        #expect(!dashboard.isRunning)
        #expect(dashboard.interrupt(isSecond: true) == .quit)
    }

    @Test("The speed has a least and a greatest value")
    func speed() throws {
        var dashboard = try Screens.dashboard()
        dashboard.type(String(repeating: "+", count: 30))
        #expect(dashboard.message == "100000 events a second; space runs")
        dashboard.type(String(repeating: "-", count: 30))
        #expect(dashboard.message == "1 events a second; space runs")
        dashboard.type("=")
        #expect(dashboard.message == "10 events a second; space runs")
    }
}
