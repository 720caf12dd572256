import CNcurses
import Canvas
import Foundation
import Terminal
import Testing

/// ncurses keeps its current screen in a global variable: one test at a time.
@Suite(.serialized) struct HeadlessTests {
    private let size = Size(columns: 30, rows: 8)

    /// Whatever the environment of the tests, the terminal takes UTF-8.
    private static let usesUTF8 = setenv("LC_ALL", "C.UTF-8", 1) == 0

    init() throws { try #require(HeadlessTests.usesUTF8) }

    private func write(_ text: String, _ style: Style = .plain, at point: Point = .zero) -> Canvas {
        var canvas = Canvas(size: size)
        canvas.write(text, at: point, style: style)
        return canvas
    }

    @Test func ncursesIsTheWideOne() throws {
        let version = String(cString: curses_version())
        let numbers = version.split(separator: " ").last?.split(separator: ".").prefix(2).compactMap { Int($0) } ?? []
        #expect(numbers.count == 2 && (numbers[0], numbers[1]) >= (6, 1), "\(version)")
    }

    @Test(arguments: ["xterm", "xterm-256color", "tmux-256color", "screen-256color", "linux", "vt100"])
    func glyphsAttributesAndColoursArrive(type: String) throws {
        let terminal = try Terminal(headless: type, size: size)
        defer { terminal.close() }
        #expect(terminal.size == size)
        #expect(terminal.isUnicode)
        terminal.draw(write("▌é…", Style(foreground: .indexed(2), background: .indexed(4), attributes: [.bold, .underline])))
        let cell = try #require(terminal.stored(column: 0, row: 0))
        #expect(cell.character == "▌")
        #expect(cell.attributes & nc_bold() != 0)
        #expect(cell.attributes & nc_underline() != 0)
        #expect(cell.attributes & nc_reverse() == 0)
        #expect(terminal.stored(column: 2, row: 0)?.character == "…")
        #expect(terminal.stored(column: 3, row: 0)?.character == " ")
        if terminal.colorDepth == .none {
            #expect(cell.pair == 0)
        } else {
            #expect(cell.foreground == 2 && cell.background == 4)
        }
    }

    @Test(arguments: [
        ("xterm", ColorDepth.ansi16), ("xterm-256color", .palette256), ("tmux-256color", .palette256), ("screen-256color", .palette256),
        ("linux", .ansi16), ("vt100", .none),
    ])
    func depthIsWhatTheTerminalHas(type: String, depth: ColorDepth) throws {
        for wanted in [nil] + ColorDepth.allCases.map(Optional.init) {
            let terminal = try Terminal(headless: type, size: size, colorDepth: wanted)
            // The only one of them that has 256 colours and lets them be changed.
            let changes = type == "xterm-256color" && wanted == .trueColor
            #expect(terminal.colorDepth == (changes ? .trueColor : min(wanted ?? depth, depth)))
            terminal.close()
        }
    }

    /// The colours that ncurses has given the numbers of a cell's pair, 0 to 1000 each.
    private func content(_ number: Int32) -> [Int32] {
        var (red, green, blue) = (Int32(0), Int32(0), Int32(0))
        extended_color_content(number, &red, &green, &blue)
        return [red, green, blue]
    }

    @Test func aPaletteOfOurOwnHasTheVeryColours() throws {
        let terminal = try Terminal(headless: "xterm-256color", size: size, colorDepth: .trueColor)
        defer { terminal.close() }
        terminal.draw(write("x", Style(foreground: .rgb(255, 0, 51), background: .indexed(232))))
        var cell = try #require(terminal.stored(column: 0, row: 0))
        #expect([cell.foreground, cell.background] == [16, 17])
        #expect(content(16) == [1000, 0, 200])
        #expect(content(17) == [32, 32, 32])
        terminal.draw(write("x", Style(foreground: .indexed(9))))
        #expect(terminal.stored(column: 0, row: 0)?.foreground == 9)
        // Another theme: the numbers begin anew.
        terminal.forgetColors()
        terminal.draw(write("x", Style(foreground: .rgb(0, 255, 0))))
        cell = try #require(terminal.stored(column: 0, row: 0))
        #expect(cell.foreground == 16)
        #expect(content(16) == [0, 1000, 0])
    }

    @Test func whenOurPaletteIsFullTheNearestColourIsTaken() throws {
        let terminal = try Terminal(headless: "xterm-256color", size: Size(columns: 250, rows: 1), colorDepth: .trueColor)
        defer { terminal.close() }
        var canvas = Canvas(size: terminal.size)
        for column in 0..<250 { canvas[column: column, row: 0] = Cell("x", style: Style(foreground: .rgb(UInt8(column), 0, 0))) }
        terminal.draw(canvas)
        #expect(terminal.stored(column: 239, row: 0)?.foreground == 255)
        #expect(terminal.stored(column: 249, row: 0)?.foreground == 255)
        #expect(terminal.stored(column: 3, row: 0)?.foreground == 19)
    }

    @Test func aDescriptorWakes() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "kadscope-wake-\(UUID().uuidString)").path()
        try #require(mkfifo(path, 0o600) == 0)
        defer { unlink(path) }
        let terminal = try Terminal(headless: "xterm", size: size, input: path)
        defer { terminal.close() }
        // A test's size is set by a resize, which is reported first.
        while case .resized = terminal.nextInput(timeout: .zero) {}
        let pipe = Pipe()
        let descriptor = pipe.fileHandleForReading.fileDescriptor
        #expect(terminal.nextInput(timeout: .zero, wakeUp: descriptor) == .timedOut)
        try pipe.fileHandleForWriting.write(contentsOf: Data([1]))
        #expect(terminal.nextInput(timeout: nil, wakeUp: descriptor) == .woken)
        #expect(terminal.nextInput(timeout: .zero) == .timedOut)
        _ = try pipe.fileHandleForReading.read(upToCount: 1)
        #expect(terminal.nextInput(timeout: .zero, wakeUp: descriptor) == .timedOut)
    }

    @Test func coloursOfATerminalWith256() throws {
        let terminal = try Terminal(headless: "xterm-256color", size: size)
        defer { terminal.close() }
        func colours(_ foreground: Color, _ background: Color = .terminalDefault) -> [Int32]? {
            terminal.draw(write("x", Style(foreground: foreground, background: background)))
            return terminal.stored(column: 0, row: 0).map { [$0.foreground, $0.background] }
        }
        #expect(colours(.indexed(73)) == [73, -1])
        #expect(colours(.indexed(73), .indexed(237)) == [73, 237])
        #expect(colours(.terminalDefault, .indexed(8)) == [-1, 8])
        #expect(colours(.rgb(95, 175, 175), .rgb(0, 0, 0)) == [73, 16])
        #expect(colours(.rgb(255, 255, 255)) == [231, -1])
        #expect(colours(.terminalDefault) == [-1, -1])
    }

    @Test func coloursOfATerminalWithEight() throws {
        let terminal = try Terminal(headless: "linux", size: size)
        defer { terminal.close() }
        func cell(_ foreground: Color, _ background: Color = .terminalDefault) throws -> StoredCell {
            terminal.draw(write("x", Style(foreground: foreground, background: background)))
            return try #require(terminal.stored(column: 0, row: 0))
        }
        let bright = try cell(.indexed(9))
        #expect(bright.foreground == 1 && bright.attributes & nc_bold() != 0)
        let grey = try cell(.indexed(8))
        #expect(grey.foreground == -1 && grey.attributes & nc_dim() != 0)
        let onWhite = try cell(.indexed(8), .indexed(15))
        #expect(onWhite.foreground == 0 && onWhite.background == 7 && onWhite.attributes & nc_dim() != 0)
        #expect(try cell(.indexed(8), .indexed(0)).foreground == 7)
        let selected = try cell(.indexed(2), .indexed(8))
        #expect(selected.foreground == 2 && selected.attributes & nc_reverse() != 0)
        let lost = try cell(.indexed(200), .rgb(1, 2, 3))
        #expect(lost.foreground == -1 && lost.background == -1)
    }

    /// A terminal of 8 colours has 64 pairs; more are asked for.
    @Test func whenPairsRunOutTheGlyphKeepsItsColour() throws {
        let terminal = try Terminal(headless: "xterm", size: size)
        defer { terminal.close() }
        var canvas = Canvas(size: size)
        for background in 0..<8 {
            canvas[column: background, row: 0] = Cell("x", style: Style(foreground: .indexed(UInt8(background))))
            for foreground in 0..<8 {
                let style = Style(foreground: .indexed(UInt8(foreground)), background: .indexed(UInt8(background)))
                canvas[column: foreground, row: background] = Cell("y", style: style)
            }
        }
        for column in 0..<8 { canvas[column: column + 10, row: 0] = Cell("z", style: Style(foreground: .indexed(UInt8(column)))) }
        terminal.draw(canvas)
        for column in 0..<8 { #expect(terminal.stored(column: column, row: 7)?.foreground ?? -1 >= -1) }
        #expect(terminal.stored(column: 7, row: 7)?.character == "y")
    }

    @Test func withoutUnicodeOnlyASCIIIsWritten() throws {
        let terminal = try Terminal(headless: "xterm-256color", size: size, isUnicode: false)
        defer { terminal.close() }
        #expect(!terminal.isUnicode)
        terminal.draw(write("a·é"))
        #expect((0..<3).map { terminal.stored(column: $0, row: 0)?.character } == ["a", ".", "?"])
    }

    @Test func thousandsOfPairs() throws {
        let terminal = try Terminal(headless: "xterm-256color", size: Size(columns: 256, rows: 160))
        defer { terminal.close() }
        var canvas = Canvas(size: terminal.size)
        for row in 0..<160 {
            for column in 0..<256 {
                canvas[column: column, row: row] = Cell(
                    "x", style: Style(foreground: .indexed(UInt8(column)), background: .indexed(UInt8(row))))
            }
        }
        terminal.draw(canvas)
        let cell = try #require(terminal.stored(column: 255, row: 159))
        #expect(cell.pair > 32767)
        #expect(cell.foreground == 255 && cell.background == 159)
    }

    @Test func theLastCellIsOneLikeAnyOther() throws {
        let terminal = try Terminal(headless: "xterm-256color", size: size)
        defer { terminal.close() }
        terminal.draw(write("XY", at: Point(column: 29, row: 7)))
        #expect(terminal.stored(column: 29, row: 7)?.character == "X")
        #expect(terminal.stored(column: 0, row: 0)?.character == " ")
    }

    @Test func drawingsOfOtherSizesAreClippedOrPadded() throws {
        let terminal = try Terminal(headless: "xterm-256color", size: size)
        defer { terminal.close() }
        var large = Canvas(size: Size(columns: 50, rows: 50))
        large.fill(large.bounds, with: "#")
        terminal.draw(large)
        #expect(terminal.stored(column: 29, row: 7)?.character == "#")
        terminal.draw(Canvas(size: Size(columns: 2, rows: 2)))
        #expect(terminal.stored(column: 29, row: 7)?.character == " ")
        #expect(terminal.stored(column: 30, row: 7) == nil)
    }

    @Test func terminalsWithoutAScreenAreRefused() {
        for (type, message) in [
            ("dumb", "a terminal of type \"dumb\" cannot move its cursor; use kadscope --plain for text without a screen"),
            (
                "nosuch",
                "the terminal type \"nosuch\" of the environment variable TERM is unknown here; try TERM=xterm, or use kadscope --plain"
            ),
        ] {
            let error = #expect(throws: TerminalError.self) { try Terminal(headless: type, size: size) }
            #expect(error?.description == message)
        }
    }

    @Test func everyErrorPointsToPlain() {
        let errors: [TerminalError] = [
            .inputIsNoTerminal, .outputIsNoTerminal, .typeMissing, .typeUnknown("x"), .cursorFixed("x"), .unusable("x"),
        ]
        for error in errors { #expect(error.description.contains("kadscope --plain")) }
    }

    @Test func afterClosingNothingHappens() throws {
        let terminal = try Terminal(headless: "xterm", size: size)
        terminal.close()
        terminal.close()
        terminal.draw(write("x"))
        terminal.repaint()
        #expect(terminal.nextInput(timeout: nil) == .hungUp)
        #expect(terminal.stored(column: 0, row: 0) == nil)
    }

    /// Whatever a canvas lets through fills one column for the C library too, or is replaced when it is drawn.
    @Test func canvasAndCLibraryAgreeOnWidths() throws {
        let terminal = try Terminal(headless: "xterm-256color", size: size)
        defer { terminal.close() }
        var wrong: [Unicode.Scalar] = []
        for value in UInt32(0)...0x2FFFF {
            guard let scalar = Unicode.Scalar(value), scalar.shown == scalar else { continue }
            if wcwidth(wchar_t(bitPattern: value)) == 2 { wrong.append(scalar) }
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(20).map { String($0.value, radix: 16) })")
    }

    // MARK: Bytes

    /// How many bytes each drawing writes.
    private func bytes(_ drawings: [Canvas]) throws -> [Int] {
        let file = FileManager.default.temporaryDirectory.appending(path: "kadscope-bytes-\(UUID().uuidString)").path()
        defer { try? FileManager.default.removeItem(atPath: file) }
        let terminal = try Terminal(headless: "xterm-256color", size: size, output: file)
        defer { terminal.close() }
        func length() throws -> Int { try #require(FileManager.default.attributesOfItem(atPath: file)[.size] as? Int) }
        return try drawings.map { drawing in
            let before = try length()
            terminal.draw(drawing)
            return try length() - before
        }
    }

    @Test func onlyWhatDiffersIsWritten() throws {
        var first = write("step 412   waiting", at: Point(column: 3, row: 3))
        first.box(first.bounds, glyphs: .double, style: Style(foreground: .indexed(73)))
        var second = first
        second.write("3", at: Point(column: 10, row: 3))
        var third = second
        third.write("4", at: Point(column: 10, row: 3), style: Style(foreground: .indexed(179), attributes: .bold))
        let counts = try bytes([first, first, second, second, third, third])
        #expect(counts[0] > 300)
        #expect(counts[1] == 0)
        #expect((1...12).contains(counts[2]), "\(counts)")
        #expect(counts[3] == 0)
        #expect((1...40).contains(counts[4]), "\(counts)")
        #expect(counts[5] == 0)
    }

    @Test func aFirstDrawingIsWrittenEvenIfItIsBlank() throws {
        let counts = try bytes([Canvas(size: size), Canvas(size: size)])
        #expect(counts[0] > 0)
        #expect(counts[1] == 0)
    }
}
