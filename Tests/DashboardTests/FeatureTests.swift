import Canvas
import Testing

@testable import Dashboard

@Suite("Keys that other programs have taught")
struct FeatureTests {
    private func dashboard(_ keys: String = "", size: Size = Screens.sizes[1]) throws -> Dashboard {
        var dashboard = try Screens.dashboard(size: size)
        dashboard.type(keys)
        return dashboard
    }

    @Test(
        "Arrows and letters, Home and End, pages and half pages go to the same lines",
        arguments: [
            ([.down], "j"), ([.down, .down, .up], "jjk"), ([.end], "G"), ([.end, .home], "Gg"), ([.right], "l"), ([.right, .left], "lh"),
        ] as [([KeyPress], String)])
    func arrows(keys: [KeyPress], letters: String) throws {
        var (one, other) = (try dashboard(":60\r3"), try dashboard(":60\r3"))
        for key in keys { _ = one.press(key) }
        other.type(letters)
        #expect(one.text() == other.text())
    }

    @Test("A page has as many lines as are visible, half a page half of them; both stop at the ends")
    func pages() throws {
        var dashboard = try dashboard(":150\r8zvvv", size: Screens.sizes[0])
        let page = dashboard.visibleRows(.metrics)
        #expect(page >= 4 && dashboard.rowCount(.metrics) > 2 * page)
        for (key, row) in [
            (KeyPress.pageDown, page), (.control("d"), page + page / 2), (.control("u"), page), (.pageUp, 0), (.pageUp, 0),
        ] {
            _ = dashboard.press(key)
            #expect(dashboard.selectedRow(.metrics) == row, "\(key.name)")
        }
        #expect(dashboard.message == "this is the first line of Metrics")
    }

    @Test(
        "The function keys that debuggers have do the same as the letters",
        arguments: [(5, "c"), (17, "C"), (10, "o"), (22, "O"), (11, "s"), (23, "S"), (1, "?"), (2, "")])
    func functionKeys(number: Int, letter: String) throws {
        var (one, other) = (try dashboard(":break st:store\r:60\r"), try dashboard(":break st:store\r:60\r"))
        _ = one.press(.function(number))
        other.type(letter)
        if letter.isEmpty { #expect(one.settingsPlace != nil) } else { #expect(one.text() == other.text()) }
        #expect(one.text() != (try dashboard(":break st:store\r:60\r")).text())
    }

    @Test("The log is followed again with F, from any pane")
    func follow() throws {
        var dashboard = try dashboard(":30\r4kk1")
        #expect(dashboard.selectedStep == 28 && dashboard.text().contains("G follows"))
        dashboard.type("F")
        #expect(dashboard.selectedStep == nil && dashboard.text().contains("▼ follow"))
    }

    @Test("^L paints anew, = runs at the usual speed, q and Q leave")
    func program() throws {
        var dashboard = try dashboard("++=")
        #expect(dashboard.speed == Dashboard.normalSpeed)
        #expect(dashboard.press(.control("l")) == .repaint)
        #expect(dashboard.press(.character("q")) == .quit)
        #expect(dashboard.press(.character("Q")) == .quitLeavingScreen)
    }

    @Test("The keys at the bottom are those that do something now")
    func hints() throws {
        func words(_ keys: String) throws -> [String] { try dashboard("sss" + keys).hints(width: 118).map(\.word) }
        #expect(try words("").contains("run") && words(" ").contains("pause"))
        #expect(try words("a") == ["up", "down", "take it", "close"])
        #expect(try words("4w") == ["up", "down", "go there", "close"])
        #expect(try words("?").contains("look for") && words("?/").contains("keep"))
        #expect(try words("?/") != words("?"))
    }

    @Test(
        "The log is filtered by a part of the line, by what is not in it, by a pattern",
        arguments: [
            ("storerecordfailure", "ev:store-fail"), ("!storerecordfailure", "!ev:store-fail"), ("~refused", "refused"),
            ("!~StoreRecordFailure", "!ev:store-fail"), ("~store.*d(success|failure)", "ev:store-ok | ev:store-fail"),
            ("~^storerecordsucc?ess\\sb2\\s", "bc:b2 ev:store-ok"),
        ])
    func filters(text: String, other: String) throws {
        // What is no single word stands in quotes.
        let pattern = text.contains("(") ? "~\"\(text.dropFirst())\"" : text
        let shown = try [pattern, other].map { filter in
            var dashboard = try dashboard(":150\r\\\(filter)\r")
            var ticks = 0
            while dashboard.nextTick == .zero, ticks < 10_000 {
                dashboard.tick(.zero)
                ticks += 1
            }
            return Array(try #require(dashboard.logSteps, "\(filter)"))
        }
        #expect(shown[0] == shown[1])
        #expect(!shown[0].isEmpty && shown[0].count < 150)
    }
}
