import Canvas
import Foundation
import Terminal
import Testing

extension HeadlessTests {
    /// What is read from a terminal that sends these bytes and is then gone.
    func read(_ text: String, type: String = "xterm-256color", size: Size = Size(columns: 10, rows: 4), limit: Int = 50) throws -> [Input] {
        let path = FileManager.default.temporaryDirectory.appending(path: "kadscope-keys-\(UUID().uuidString)").path()
        try #require(mkfifo(path, 0o600) == 0)
        defer { unlink(path) }
        // Whoever opens a pipe for both directions never has to wait for another end.
        let writer = open(path, O_RDWR)
        try #require(writer >= 0)
        defer { close(writer) }
        let terminal = try Terminal(headless: type, size: size, input: path)
        defer { terminal.close() }
        // A test's size is set by a resize, which is reported first.
        while terminal.nextInput(timeout: .zero) != .timedOut {}
        try #require(text.utf8.withContiguousStorageIfAvailable { Foundation.write(writer, $0.baseAddress, $0.count) } == text.utf8.count)
        var inputs: [Input] = []
        while inputs.count < limit {
            let input = terminal.nextInput(timeout: .zero)
            if input == .timedOut { break }
            inputs.append(input)
        }
        return inputs
    }

    private func keys(_ text: String, type: String = "xterm-256color") throws -> [KeyPress] {
        try read(text, type: type).compactMap { if case .key(let key) = $0 { key } else { nil } }
    }

    @Test func charactersAreKeys() throws {
        #expect(try keys("aZ é→/") == ["a", "Z", " ", "é", "→", "/"].map { .character($0) })
    }

    @Test func controlKeys() throws {
        #expect(
            try keys("\u{1}\u{C}\u{15}\u{8}\u{7F}\t\r\n\u{0}\u{1C}\u{1D}\u{1F}") == [
                .control("a"), .control("l"), .control("u"), .backspace, .backspace, .tab, .enter, .enter, .control("@"), .control("\\"),
                .control("]"), .control("_"),
            ])
    }

    @Test(arguments: ["xterm", "xterm-256color", "tmux-256color", "screen-256color", "linux", "vt100"])
    func sequencesOfAnyTerminal(type: String) throws {
        let sequences = "\u{1B}[A\u{1B}OB\u{1B}[C\u{1B}OD\u{1B}[1~\u{1B}[4~\u{1B}[H\u{1B}OF\u{1B}[5~\u{1B}[6~\u{1B}[2~\u{1B}[3~\u{1B}[Z"
        #expect(
            try keys(sequences, type: type) == [
                .up, .down, .right, .left, .home, .end, .home, .end, .pageUp, .pageDown, .insert, .delete, .backTab,
            ])
    }

    @Test func functionKeys() throws {
        #expect(try keys("\u{1B}OP\u{1B}[15~\u{1B}[24~\u{1B}[15;2~") == [.function(1), .function(5), .function(12), .function(17)])
    }

    @Test func escapeAloneIsAKey() throws {
        #expect(try keys("\u{1B}") == [.escape])
        #expect(try keys("\u{1B}x") == [.escape, .character("x")])
    }

    @Test func pastedTextIsNoKeys() throws {
        #expect(
            try read("a\u{1B}[200~quit\rq\u{1B}[A\u{1B}[<0;1;1M\té\u{1B}[201~b") == [
                .key(.character("a")), .pasted("quit\rq\té"), .key(.character("b")),
            ])
        #expect(try read("\u{1B}[200~\u{1B}[201~") == [.pasted("")])
        #expect(try read("\u{1B}[200~one\u{1B}[200~two\u{1B}[201~\r") == [.pasted("one"), .pasted("two"), .key(.enter)])
    }

    /// A text that looks like the beginning of a report of the mouse cannot swallow the end of the paste.
    @Test func pastedTextEndsWhereItEnds() throws {
        #expect(try read("\u{1B}[200~x\u{1B}[<0;1\u{1B}[201~k") == [.pasted("x"), .key(.character("k"))])
    }

    @Test func longPastesAreNoHangUp() throws {
        let long = String(repeating: "x", count: 20_000)
        #expect(try read("\u{1B}[200~" + long + "\u{1B}[201~k") == [.pasted(long), .key(.character("k"))])
    }

    @Test func aTerminalThatIsGoneIsHungUp() throws {
        let terminal = try Terminal(headless: "xterm", size: Size(columns: 10, rows: 4))
        defer { terminal.close() }
        var inputs: [Input] = []
        while inputs.last != .hungUp, inputs.count < 5 { inputs.append(terminal.nextInput(timeout: nil)) }
        #expect(inputs.last == .hungUp)
    }

    @Test func waitingEndsInTime() throws {
        #expect(try read("") == [])
    }
}
