import Broadcasts
import Canvas
import Coordination
import Kademlia
import Scenarios
import Testing
import Timeline

@testable import Dashboard

@Suite("Deciding what happens")
struct DecidingTests {
    /// A dashboard in which replies are on their way.
    private func waiting(_ scenario: String = "swarm") throws -> Dashboard {
        var dashboard = try Screens.dashboard(scenario)
        while dashboard.pending.count < 4 { dashboard.type("s") }
        return dashboard
    }

    private func command(_ line: String, in dashboard: inout Dashboard) -> Dashboard.Effect {
        dashboard.type(":\(line)")
        return dashboard.press(.enter)
    }

    @Test("The queue lists what is on its way; Enter or a opens the actions of the selected message")
    func queue() throws {
        var dashboard = try waiting()
        dashboard.type("5jj")
        let name = dashboard.pending[2].name
        #expect(dashboard.selectedMessage == name)
        dashboard.type("a")
        let menu = try #require(dashboard.menu)
        guard case .choose(.deliver(name)) = menu.entries[0].action else { return #expect(Bool(false)) }
        let place = dashboard.history.position
        _ = dashboard.press(.enter)
        #expect(dashboard.menu == nil && dashboard.history.position == place + 1 && dashboard.history.branch.id == 1)
        #expect(dashboard.message?.hasSuffix("branch 1 begins here; :pane branches shows all") == true)
        #expect(dashboard.history.current?.event.id == name.id)
    }

    @Test("An action that cannot be taken stands there with its reason, and does nothing")
    func obstacle() throws {
        var dashboard = try waiting()
        dashboard.type("5a")
        let place = try #require(dashboard.menu?.entries.firstIndex { $0.label.hasPrefix("restart") })
        for _ in 0..<place { dashboard.type("j") }
        #expect(dashboard.menu?.entries[place].obstacle != nil)
        _ = dashboard.press(.enter)
        #expect(dashboard.message?.hasPrefix("not now: ") == true)
        #expect(dashboard.menu != nil && dashboard.history.branches.count == 1)
        dashboard.type("q")
        #expect(dashboard.menu == nil)
    }

    @Test("An action that needs more opens the line with its beginning")
    func typed() throws {
        var dashboard = try waiting()
        dashboard.type("5ajjj")
        _ = dashboard.press(.enter)
        let line = try #require(dashboard.prompt?.text)
        #expect(line.hasPrefix("delay find ") && line.hasSuffix(" "))
        dashboard.type("3s")
        _ = dashboard.press(.enter)
        #expect(dashboard.prompt == nil && dashboard.history.branch.deviations.count == 1)
    }

    @Test("Every choice in words reads as the same choice")
    func roundTrip() throws {
        let dashboard = try waiting()
        let words = dashboard.choiceWords
        let name = dashboard.pending[1].name
        let new = NewBroadcast(
            id: "x", target: Key256(sha256Of: "photo", bits: dashboard.scenario.keyBits), record: Record(name: "photo"), seed: [3, 5],
            configuration: .static(StaticConfiguration()))
        let choices: [Choice] = [
            .deliver(name), .drop(name), .duplicate(name), .delay(name, .milliseconds(1500)), .edit(name, .closer([2, 9])),
            .edit(name, .closer([])), .edit(name, .from(4)), .edit(name, .failure("no room")), .edit(name, .success), .fireDeadline,
            .advanceClock(.seconds(90)), .poll, .actNow, .fail(7, .crashed), .fail(8, .muted), .fail(9, .partitioned), .restart(7),
            .stop("b1"), .start(new),
        ]
        for choice in choices { #expect(try words.choice(words.text(choice)) == choice, "\(words.text(choice))") }
    }

    @Test(
        "A wrong line stays open and says what would be right",
        arguments: [
            ("delver 2b", "did you mean deliver?"), ("deliver zz", "no node's key begins so"), ("deliver", "which reply?"),
            ("clock", "a time is missing"), ("clock soon", "\"soon\" is no time"), ("poll now", "\"now\" is too much"),
            ("crash", "crash needs a node"), ("start x", "start needs an id"), ("start x quick y", "\"quick\" is no strategy"),
            ("stop", "stop needs a broadcast"), ("t", "t needs a time"), ("step", "step needs a number"),
            ("branch 9", "there is no other branch yet"),
            ("compare 0", "compare needs two branches"), ("break ev:clser", "did you mean closer?"), ("watch bst", "best"),
            ("delete 4", "delete needs the number"), ("save", "save needs a file"),
        ])
    func wrong(line: String, sentence: String) throws {
        var dashboard = try waiting()
        _ = command(line, in: &dashboard)
        #expect(dashboard.prompt?.text == line)
        #expect(dashboard.prompt?.problem?.text.contains(sentence) == true, "\(dashboard.prompt?.problem?.text ?? "")")
        #expect(dashboard.history.branches.count == 1)
        _ = dashboard.press(.escape)
        #expect(dashboard.prompt == nil)
    }

    @Test("The place of an error is marked")
    func place() throws {
        var dashboard = try waiting()
        _ = command("break bc:b1 ev:clser", in: &dashboard)
        #expect(dashboard.prompt?.problem?.range == 15..<20)
    }

    @Test("Steps, times, ends: the command line goes there")
    func going() throws {
        var dashboard = try Screens.dashboard()
        _ = command("40", in: &dashboard)
        #expect(dashboard.history.position == 40)
        _ = command("step -5", in: &dashboard)
        #expect(dashboard.history.position == 35)
        _ = command("t 200ms", in: &dashboard)
        let moment = Instant.start.advanced(by: .milliseconds(200))
        #expect(try #require(dashboard.history.current).time >= moment)
        #expect(dashboard.history.step(dashboard.history.position - 1).time < moment)
        _ = command("finish b1", in: &dashboard)
        guard case .broadcastFinished("b1", _) = dashboard.history.current?.state else { return #expect(Bool(false)) }
        _ = command("999999", in: &dashboard)
        #expect(dashboard.history.isAtEnd)
        #expect(command("quit", in: &dashboard) == .quit)
    }

    @Test("The line is completed, and earlier lines come back")
    func editing() throws {
        var dashboard = try waiting()
        dashboard.type(":dea")
        _ = dashboard.press(.tab)
        #expect(dashboard.prompt?.text == "deadline ")
        _ = dashboard.press(.enter)
        dashboard.type(":")
        _ = dashboard.press(.up)
        #expect(dashboard.prompt?.text == "deadline")
        _ = dashboard.press(.control("u"))
        dashboard.type("d")
        _ = dashboard.press(.tab)
        #expect(
            dashboard.message == "delete  deliver  delay  drop  duplicate  deadline".split(separator: "  ").sorted().joined(separator: "  ")
        )
        _ = dashboard.press(.control("w"))
        dashboard.type("break ph")
        _ = dashboard.press(.tab)
        #expect(dashboard.prompt?.text == "break phase:")
        _ = dashboard.press(.escape)
    }

    @Test("Branches are shown, walked, named, compared and deleted")
    func branches() throws {
        var dashboard = try waiting()
        let place = dashboard.history.position
        _ = command("deadline", in: &dashboard)
        _ = command("name too late", in: &dashboard)
        dashboard.focus = .branches
        #expect(dashboard.text().contains("too late"))
        #expect(dashboard.text().contains("\(place): deadline"))
        dashboard.type("g")
        _ = dashboard.press(.enter)
        #expect(dashboard.history.branch.id == 0)
        _ = command("compare 1", in: &dashboard)
        #expect(dashboard.dialog?.lines.first?.text == "The first \(place) steps are the same.")
        #expect(dashboard.text().contains("branch 1 and branch 0"))
        dashboard.type("q")
        _ = command("branch too", in: &dashboard)
        _ = dashboard.press(.escape)
        _ = command("prune 1", in: &dashboard)
        #expect(dashboard.message == "1 branch is deleted" && dashboard.history.branches.count == 1)
        _ = command("prune 0", in: &dashboard)
        #expect(dashboard.message == "branch 0 is the run as it goes by itself: it stays")
    }
}
