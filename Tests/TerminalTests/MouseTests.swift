import Canvas
import Terminal
import Testing

extension HeadlessTests {
    private static let wide = Size(columns: 240, rows: 60)

    private func events(_ text: String, type: String = "xterm-256color") throws -> [MouseEvent] {
        try read(text, type: type, size: Self.wide).map { input in
            guard case .mouse(let event) = input else {
                Issue.record("\(input) is no event of the mouse")
                return MouseEvent(.release, at: .zero)
            }
            return event
        }
    }

    @Test(arguments: ["xterm", "xterm-256color", "tmux-256color", "screen-256color", "linux", "vt100"])
    func theFormSGROfAnyTerminal(type: String) throws {
        let point = Point(column: 229, row: 4)
        #expect(
            try events("\u{1B}[<0;230;5M\u{1B}[<32;230;5M\u{1B}[<0;230;5m\u{1B}[<64;230;5M\u{1B}[<65;230;5M", type: type) == [
                MouseEvent(.press, at: point), MouseEvent(.drag, at: point), MouseEvent(.release, at: point),
                MouseEvent(.wheelUp, at: point), MouseEvent(.wheelDown, at: point),
            ])
    }

    @Test(arguments: ["xterm", "tmux-256color", "screen-256color"])
    func theFormX10(type: String) throws {
        let point = Point(column: 0, row: 4)
        #expect(
            try events("\u{1B}[M !%\u{1B}[M@!%\u{1B}[M#!%\u{1B}[M`!%\u{1B}[Ma!%", type: type) == [
                MouseEvent(.press, at: point), MouseEvent(.drag, at: point), MouseEvent(.release, at: point),
                MouseEvent(.wheelUp, at: point), MouseEvent(.wheelDown, at: point),
            ])
    }

    /// In the form X10 a place may be the byte of a key: backspace is column 95.
    @Test func bytesOfAReportAreNoKeys() throws {
        #expect(try events("\u{1B}[M \u{7F}!") == [MouseEvent(.press, at: Point(column: 94, row: 0))])
    }

    @Test func keysHeldDownMeanwhileDoNotMatter() throws {
        for held in [4, 8, 16, 28] {
            #expect(try events("\u{1B}[<\(held);1;1M") == [MouseEvent(.press, at: .zero)])
            #expect(try events("\u{1B}[<\(held + 65);1;1M") == [MouseEvent(.wheelDown, at: .zero)])
        }
    }

    @Test func otherButtonsAndMovesWithoutAButtonAreNothing() throws {
        for button in [1, 2, 33, 34, 35, 66, 67, 128] {
            #expect(try read("\u{1B}[<\(button);1;1Mk") == [.key(.character("k"))])
        }
        #expect(try read("\u{1B}[<1;1;1mk") == [.key(.character("k"))])
    }

    @Test func placesAreOnTheScreen() throws {
        let last = Point(column: 239, row: 59)
        #expect(try events("\u{1B}[<0;999;999M") == [MouseEvent(.press, at: last)])
        #expect(try events("\u{1B}[<0;0;0M\u{1B}[M   ") == [MouseEvent(.press, at: .zero), MouseEvent(.press, at: .zero)])
    }

    @Test func whatIsNoReportIsLeftOut() throws {
        #expect(try read("\u{1B}[<0;1Mk") == [.key(.character("k"))])
        #expect(try read("\u{1B}[<;;Mk") == [.key(.character("k"))])
        #expect(try read("\u{1B}[<0;1;1\u{1B}[A") == [.key(.up)])
        #expect(try read("\u{1B}[<0;1\u{1B}[<0;1;1M") == [.mouse(MouseEvent(.press, at: .zero))])
        #expect(try read("\u{1B}[<0;1é") == [.key(.character("é"))])
        #expect(try read("\u{1B}[<9;" + String(repeating: "9", count: 40) + "q").last == .key(.character("q")))
    }

    @Test func manyReportsOfNoInterestAreNoHangUp() throws {
        #expect(try read(String(repeating: "\u{1B}[<35;3;3M", count: 200) + "k") == [.key(.character("k"))])
    }

    // MARK: Clipboard

    @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("é→/?>", "w6nihpIvPz4=")])
    func base64(text: String, encoded: String) {
        #expect(Terminal.base64(Array(text.utf8)) == encoded)
    }

    @Test func theSequenceForTheClipboard() {
        let bytes = Array("9f3c".utf8)
        let plain = "\u{1B}]52;c;OWYzYw==\u{7}"
        #expect(Terminal.clipboardSequences(bytes, through: nil) == plain)
        #expect(Terminal.clipboardSequences(bytes, through: .tmux) == plain + "\u{1B}Ptmux;\u{1B}\(plain)\u{1B}\\")
        #expect(Terminal.clipboardSequences(bytes, through: .screen) == "\u{1B}P\(plain)\u{1B}\\")
        let long = Terminal.clipboardSequences(Array(repeating: 65, count: 3000), through: .screen)
        let pieces = long.split(separator: "\u{1B}\\")
        #expect(pieces.count > 5 && pieces.allSatisfy { $0.hasPrefix("\u{1B}P") && $0.count <= 502 })
        #expect(pieces.map { $0.dropFirst(2) }.joined() == Terminal.clipboardSequences(Array(repeating: 65, count: 3000), through: nil))
    }

    @Test func consolesHaveNoClipboard() throws {
        for type in ["linux", "vt100", "vt220", "dumb"] { #expect(!Terminal.hasClipboard(type: type)) }
        for type in ["xterm", "xterm-256color", "tmux-256color", "screen", "foot", "alacritty"] {
            #expect(Terminal.hasClipboard(type: type))
        }
        let headless = try Terminal(headless: "xterm", size: Size(columns: 10, rows: 4))
        defer { headless.close() }
        #expect(!headless.copy("x"))
    }
}
