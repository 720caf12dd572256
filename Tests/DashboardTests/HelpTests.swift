import Canvas
import Testing
import Timeline

@testable import Dashboard

@Suite("The help")
struct HelpTests {
    @Test("It opens with what the keys do in the pane that has them, closes with q, and a stepping key closes it and steps")
    func opening() throws {
        var dashboard = try Screens.dashboard()
        dashboard.type("3?")
        let rows = dashboard.text().split(separator: "\n")
        #expect(rows[2].contains("In this pane: Closest, the nodes closest"))
        #expect(rows[3...4].joined().contains("Enter        lists what can be done with the selected thing"))
        #expect(dashboard.press(.character("q")) == .draw)
        #expect(dashboard.help == nil)
        dashboard.type("?s")
        #expect(dashboard.help == nil)
        #expect(dashboard.history.position == 1)
    }

    @Test("j and k select an entry, which is always visible; g and G go to the ends, and say so there")
    func selecting() throws {
        for size in [Screens.sizes[0], Size(columns: 40, rows: 12)] {
            var dashboard = try Screens.dashboard(size: size)
            dashboard.type("?")
            let count = dashboard.helpItems.count(where: \.isEntry)
            for place in 0..<count {
                #expect(dashboard.help?.selected == place)
                if place % 8 == 0 { #expect(dashboard.text().contains("▌"), "\(place) at \(size)") }
                dashboard.type("j")
            }
            #expect(dashboard.message == "this is the last entry")
            dashboard.type("gk")
            #expect(dashboard.help?.scroll == 0)
            #expect(dashboard.message == "this is the first entry")
            dashboard.type("G")
            #expect(dashboard.help?.selected == count - 1)
            while dashboard.help?.selected != 0 {
                let before = dashboard.help?.selected
                _ = dashboard.press(.pageUp)
                #expect(dashboard.help?.selected ?? .max < before ?? 0)
                #expect(dashboard.text().contains("▌"))
            }
            while dashboard.help?.selected != count - 1 {
                let before = dashboard.help?.selected
                dashboard.type(" ")
                #expect(dashboard.help?.selected ?? 0 > before ?? .max)
            }
        }
    }

    @Test("After / it narrows with every letter to what holds them, in upper or lower case; Esc shows all again")
    func searching() throws {
        var dashboard = try Screens.dashboard()
        dashboard.type("?")
        let all = dashboard.helpItems.count
        dashboard.type("/ZooM")
        #expect(dashboard.helpItems.map(\.text) == ["Panes", "this pane alone, or all again"])
        #expect(dashboard.text().contains("/ZooM"))
        #expect(dashboard.text().contains("1 entry"))
        _ = dashboard.press(.backspace)
        #expect(dashboard.help?.search == "Zoo")
        dashboard.type("xyz")
        #expect(dashboard.text().contains("Nothing in the help holds these letters; Esc shows all again."))
        _ = dashboard.press(.enter)
        _ = dashboard.press(.enter)
        #expect(dashboard.message == "nothing is selected; Esc shows all again")
        _ = dashboard.press(.escape)
        #expect(dashboard.helpItems.count == all)
        #expect(dashboard.help != nil)
        _ = dashboard.press(.escape)
        #expect(dashboard.help == nil)
    }

    @Test("Commands are found by the names that files use, filters by the words after their colon")
    func otherWords() throws {
        var dashboard = try Screens.dashboard()
        dashboard.type("?/step-over-back")
        #expect(dashboard.helpItems.map(\.name) == ["", "O F22"])
        _ = dashboard.press(.escape)
        dashboard.type("/closer-fail")
        #expect(dashboard.helpItems.contains { $0.name.hasPrefix("ev:") })
    }

    @Test("Enter does what the entry is about")
    func doing() throws {
        var dashboard = try Screens.dashboard()
        func take(_ letters: String) throws -> Dashboard {
            var dashboard = dashboard
            dashboard.type("?/\(letters)")
            _ = dashboard.press(.enter)
            _ = dashboard.press(.enter)
            return dashboard
        }
        #expect(try take("one event forward").history.position == 1)
        #expect(try take("pane-ladder").focus == .ladder)
        let line = try take("gives this branch a name")
        #expect(line.prompt?.text == "name ")
        #expect(line.prompt?.purpose == .command)
        #expect(line.help == nil)
        #expect(try take("quits").prompt?.text == "quit")
        let filter = try take("one of them, or both")
        #expect(filter.prompt?.text == "ev:fail | ev:stop")
        #expect(filter.prompt?.purpose == .filter)
        let sign = try take("pause; twice")
        #expect(sign.help != nil)
        #expect(sign.message == "^C is nothing that can be done; q closes the help")
        dashboard.type("ssss")
        #expect(try take("back to the very start").history.position == 0)
    }

    @Test("Keys that mean nothing while letters are typed say so")
    func otherKeys() throws {
        var dashboard = try Screens.dashboard()
        dashboard.type("?/q")
        #expect(dashboard.help?.search == "q")
        _ = dashboard.press(.function(5))
        #expect(dashboard.message == "F5 does nothing here: Enter ends the search, Esc shows all again")
        _ = dashboard.press(.down)
        #expect(dashboard.help?.selected == 1)
        _ = dashboard.press(.control("u"))
        #expect(dashboard.help?.search == "")
        _ = dashboard.press(.backspace)
        #expect(dashboard.help?.isTyping == false)
    }

    @Test("Where there is room, longer names and their meanings stand side by side")
    func wide() throws {
        var dashboard = try Screens.dashboard(size: Screens.sizes[2])
        dashboard.type("?/so many steps")
        #expect(dashboard.text().contains("step NUMBER                           so many steps forward"))
        var narrow = try Screens.dashboard()
        narrow.type("?/so many steps")
        #expect(narrow.text().contains("▌ step NUMBER  "))
    }

    @Test("Every key that a pane's help names is about something there")
    func panes() throws {
        for pane in Pane.allCases {
            #expect(pane.ownKeys.first?.command == .open)
            #expect(pane.ownKeys.contains { $0.command == .sortNext } == !Dashboard.sortColumns(of: pane).isEmpty)
        }
    }
}
