import CNcurses
import Canvas
import Dashboard
import Foundation
import Scenarios
import Terminal
import Testing
import Theming

/// What stands on the screen of every kind of terminal: a whole frame of the dashboard, cell by cell.
extension HeadlessTests {
    static let types = ["xterm-256color", "tmux-256color", "screen-256color", "linux", "vt100"]
    private static let frameSize = Size(columns: 120, rows: 40)

    /// Some frames of a run, one step after the other, as a terminal of these abilities shows them.
    private func frames(_ depth: ColorDepth, _ glyphs: GlyphSet, steps: Int = 1) throws -> [Canvas] {
        let look = Look(theme: BuiltInThemes.standard.resolved(for: depth), glyphSet: glyphs)
        var dashboard = try Dashboard(try #require(BuiltInScenario.named("swarm")).scenario(), size: Self.frameSize)
        for _ in 0..<60 { _ = dashboard.press(.character("s")) }
        return (0..<steps).map { _ in
            defer { _ = dashboard.press(.character("s")) }
            return dashboard.frame(look)
        }
    }

    @Test("A frame arrives cell by cell: glyphs, attributes and colours", arguments: types, [true, false])
    func frameArrives(type: String, isUnicode: Bool) throws {
        let terminal = try Terminal(headless: type, size: Self.frameSize, isUnicode: isUnicode)
        defer { terminal.close() }
        let depth = terminal.colorDepth
        let frame = try frames(depth, isUnicode ? .unicode : .ascii)[0]
        #expect(frame.text().allSatisfy(\.isASCII) == !isUnicode)
        terminal.draw(frame)
        var wrong: [String] = []
        var (bold, colored) = (0, 0)
        for row in 0..<Self.frameSize.rows {
            for column in 0..<Self.frameSize.columns {
                let (cell, stored) = (frame[column: column, row: row], try #require(terminal.stored(column: column, row: row)))
                let style = cell.style
                var problem: String?
                if stored.character != cell.character { problem = "\(stored.character) instead of \(cell.character)" }
                if style.attributes.contains(.bold), stored.attributes & nc_bold() == 0 { problem = "not bold" }
                if style.attributes.contains(.reverse), stored.attributes & nc_reverse() == 0 { problem = "not reversed" }
                switch depth {
                case .none: if stored.pair != 0 { problem = "a pair of colours" }
                case .ansi16: if stored.foreground >= 8 || stored.background >= 8 { problem = "a colour that it has not" }
                case .palette256, .trueColor:
                    if case .indexed(let index) = style.foreground, stored.foreground != Int32(index) {
                        problem = "foreground \(stored.foreground)"
                    }
                    if case .indexed(let index) = style.background, stored.background != Int32(index) {
                        problem = "background \(stored.background)"
                    }
                    if style.foreground == .terminalDefault, style.background == .terminalDefault, stored.pair != 0 { problem = "a pair" }
                }
                if let problem { wrong.append("column \(column), row \(row): \(problem)") }
                if stored.attributes & nc_bold() != 0 { bold += 1 }
                if stored.pair != 0 { colored += 1 }
            }
        }
        #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(3))")
        #expect(bold > 0, "titles stand out without colours, too")
        #expect((colored > 0) == (depth != .none))
    }

    @Test("Bytes: a first frame is not much more than its cells, a step a small part of it, and what is unchanged none", arguments: types)
    func bytesOfFrames(type: String) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "kadscope-bytes-\(UUID().uuidString)").path()
        defer { try? FileManager.default.removeItem(atPath: file) }
        let terminal = try Terminal(headless: type, size: Self.frameSize, output: file)
        defer { terminal.close() }
        func written(_ canvas: Canvas) throws -> Int {
            func length() throws -> Int { try #require(FileManager.default.attributesOfItem(atPath: file)[.size] as? Int) }
            let before = try length()
            terminal.draw(canvas)
            return try length() - before
        }
        let frames = try frames(terminal.colorDepth, .unicode, steps: 20)
        let first = try written(frames[0])
        #expect((2000...30_000).contains(first), "\(first)")
        #expect(try written(frames[0]) == 0)
        for frame in frames.dropFirst() {
            let step = try written(frame)
            #expect(step > 0 && step < 8000, "\(step) of \(first)")
            #expect(try written(frame) == 0)
        }
        var digit = frames[19]
        let (column, row) = (60, 0)
        digit[column: column, row: row] = Cell("7", style: digit[column: column, row: row].style)
        // Where to, the digit, and the colours of the line before and after it.
        let single = try written(digit)
        #expect((1...80).contains(single), "\(single)")
    }

    @Test("The C locale has the ASCII glyphs, whatever the terminal", arguments: types)
    func localeC(type: String) throws {
        setenv("LC_ALL", "C", 1)
        defer { setenv("LC_ALL", "C.UTF-8", 1) }
        let terminal = try Terminal(headless: type, size: Self.frameSize)
        defer { terminal.close() }
        #expect(!terminal.isUnicode)
        terminal.draw(try frames(terminal.colorDepth, .ascii)[0])
        #expect(terminal.stored(column: 0, row: 1)?.character == "#")
    }

    @Test("A terminal that cannot show a screen is told about --plain", arguments: ["dumb", "no-such-terminal", ""])
    func noScreen(type: String) throws {
        let error = #expect(throws: TerminalError.self) { try Terminal(headless: type, size: Self.frameSize) }
        #expect(error?.description.contains("kadscope --plain") == true)
    }
}
