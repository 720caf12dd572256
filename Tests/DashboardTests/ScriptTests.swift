import Canvas
import Dashboard
import Testing
import Theming

@Suite("Scripts")
struct ScriptTests {
    /// Keeps what a script writes.
    private struct Stage: ScriptStage {
        var files: [String: String] = [:]
        var effects: [Dashboard.Effect] = []

        mutating func write(_ text: String, to path: String) throws(ScriptProblem) {
            if path.contains("/") { throw ScriptProblem("\(path): No such file or directory") }
            files[path] = text
        }

        func theme(named name: String) throws(ScriptProblem) -> ThemeFile {
            guard let theme = BuiltInThemes.named(name) else { throw ScriptProblem("there is no theme \"\(name)\"") }
            return theme
        }

        mutating func carryOut(_ effect: Dashboard.Effect, for dashboard: inout Dashboard, _ look: Look) {
            effects.append(effect)
            dashboard.say("done")
        }
    }

    /// Plays a script to its end.
    private func play(_ text: String, _ scenario: String = "swarm") throws -> Stage {
        var player = ScriptPlayer(try Screens.dashboard(scenario), theme: BuiltInThemes.standard)
        var stage = Stage()
        for line in try Script(text).lines { try player.play(line, on: &stage) }
        return stage
    }

    private func failure(_ text: String) -> ScriptError? {
        do { _ = try play(text) } catch let error as ScriptError { return error } catch {}
        return nil
    }

    @Test("Every kind of line")
    func reading() throws {
        let script = try Script(
            """
            # what a comment says
            size 120x40
            s
            #
            <Tab>
            keys s <PgDn> space ^L # F5
              :break phase:store

            type 9f 3c
            run
            snapshot a b.txt
            snapshot --colors end.txt
            snapshot end.ansi
            expect  THE END
            theme nord
            glyphs ascii
            """)
        #expect(
            script.lines.map(\.action) == [
                .size(Size(columns: 120, rows: 40)), .keys([.character("s")]), .keys([.tab]),
                .keys([.character("s"), .pageDown, .character(" "), .control("l"), .character("#"), .function(5)]),
                .line("break phase:store"),
                .type("9f 3c"), .run, .snapshot(path: "a b.txt", isColored: false), .snapshot(path: "end.txt", isColored: true),
                .snapshot(path: "end.ansi", isColored: true), .expect("THE END"), .theme("nord"), .glyphs(.ascii),
            ])
        #expect(script.lines.map(\.number) == [2, 3, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16])
    }

    @Test("An empty script, and one of blank lines, does nothing", arguments: ["", "\n\n", "# nothing\r\n"])
    func empty(text: String) throws {
        #expect(try Script(text).lines.isEmpty)
    }

    @Test(
        "A line that is wrong: its number, and what would be right",
        arguments: [
            ("s\nsnapshott x", 2, "\"snapshott\" is no word of a script; did you mean snapshot?"),
            ("size 120", 1, "\"120\" is no size; write columns and rows from 1 to 1000, such as 120x40"),
            ("size 0x40", 1, "\"0x40\" is no size; write columns and rows from 1 to 1000, such as 120x40"),
            ("keys", 1, "keys needs more: such as keys s s <Tab>"),
            ("run 5", 1, "run stands alone; to go to a step, write a line such as :412"),
            ("snapshot --colors", 1, "snapshot needs a file: such as snapshot end.txt, or snapshot --colors end.txt"),
            ("glyphs runes", 1, "there are no glyphs \"runes\"; there are \(GlyphSet.allCases.map(\.rawValue).joined(separator: ", "))"),
        ])
    func wrong(text: String, line: Int, sentence: String) throws {
        let error = #expect(throws: ScriptError.self) { try Script(text) }
        #expect(error?.line == line)
        #expect(error?.sentence == sentence)
    }

    @Test("A key that there is not", arguments: ["<PageUp>", "keys s PageUp", "<C-d>", "keys ^C"])
    func wrongKey(text: String) throws {
        let error = #expect(throws: ScriptError.self) { try Script(text) }
        #expect(error?.sentence.contains("is no key") ?? false || error?.sentence.contains("keeps its meaning") ?? false)
    }

    @Test("Snapshots are the screens that the same keys bring about")
    func snapshots() throws {
        let stage = try play("keys s s s\nsnapshot a.txt\nsize 120x40\nglyphs ascii\n4\nsnapshot b.txt\nsnapshot --colors c.txt")
        var dashboard = try Screens.dashboard()
        dashboard.type("sss")
        #expect(stage.files["a.txt"] == dashboard.text() + "\n")
        dashboard.resize(to: Size(columns: 120, rows: 40))
        dashboard.type("4")
        #expect(stage.files["b.txt"] == dashboard.text(Screens.look(.ascii)) + "\n")
        #expect(stage.files["c.txt"]?.contains("\u{1B}[") ?? false)
    }

    @Test("run goes on to the end, to a breakpoint, and from there")
    func running() throws {
        _ = try play(":break phase:storing\nrun\nexpect breakpoint 1\nexpect PAUSED\n:delete 1\nrun\nexpect THE END\nexpect step 167/167")
    }

    @Test("A search is over when the next line begins; the space bar lets no time pass")
    func searching() throws {
        _ = try play(":break phase:storing\nc\nexpect breakpoint 1\nC\nexpect this is the start")
        _ = try play("<space>\nexpect RUNNING\nexpect step 0/\n<space>\nexpect PAUSED")
    }

    @Test("The same script shows the same screens")
    func repeatable() throws {
        let text = "run\nS\n3\n:pane branches\nw\nsnapshot a.txt"
        #expect(try play(text).files == play(text).files)
    }

    @Test("What is expected and not there ends the script, with the screen")
    func expecting() throws {
        let error = try #require(failure("s\nexpect step 1/\nexpect step 2/"))
        #expect(error.line == 3)
        #expect(error.sentence == "\"step 2/\" is not on the screen")
        #expect(error.screen?.contains("step 1/167") ?? false)
    }

    @Test("A command line that is refused ends the script, with the reason; whatever is open is closed before")
    func lines() throws {
        let error = try #require(failure("x\n:412x"))
        #expect(error.line == 2)
        #expect(error.sentence.contains("412x"))
        #expect(error.screen == nil)
        _ = try play("x\n:20\nexpect step 20/\n?\n:30\nexpect step 30/\n/\ntype b2\n:5\nexpect step 5/\nm\n:6\nexpect step 6/")
    }

    @Test("Saves, copies and exports are carried out; what cannot be written or found ends the script")
    func effects() throws {
        let stage = try play("s\ny\nexpect done\n:save a.kbt.jsonl\n:export a.txt")
        #expect(stage.effects.count == 3)
        #expect(failure("s\nsnapshot none/a.txt")?.sentence == "none/a.txt: No such file or directory")
        #expect(failure("theme none")?.sentence == "there is no theme \"none\"")
    }

    @Test("Nothing can be played after quitting")
    func quitting() throws {
        _ = try play("s\nq")
        let error = try #require(failure("s\nkeys q s\nexpect step 1/"))
        #expect(error.line == 3)
        #expect(error.sentence.hasPrefix("the program has quit before this line"))
    }

    @Test("A theme changes the colours, not the letters")
    func themes() throws {
        let stage = try play("snapshot a.txt\nsnapshot a.ansi\ntheme mono\nsnapshot b.ansi")
        #expect(stage.files["a.ansi"] != stage.files["b.ansi"])
    }
}
