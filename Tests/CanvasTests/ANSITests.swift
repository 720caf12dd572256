import Canvas
import Testing

@Suite("Drawings as text with control sequences")
struct ANSITests {
    private func row(_ text: String, _ style: Style) -> String {
        var canvas = Canvas(size: Size(columns: 4, rows: 1))
        canvas.write(text, at: .zero, style: style)
        return canvas.ansi()
    }

    @Test("Text in the terminal's own colours is text, without the blanks at its end")
    func plain() {
        #expect(row("ab", .plain) == "ab")
        #expect(Canvas(size: Size(columns: 3, rows: 2)).ansi() == "\n")
        #expect(Canvas(size: .zero).ansi() == "")
    }

    @Test("Colours of every kind, and attributes")
    func styles() {
        #expect(row("a", Style(foreground: .indexed(2))) == "\u{1B}[0;32ma\u{1B}[0m")
        #expect(row("a", Style(foreground: .indexed(9), background: .indexed(12))) == "\u{1B}[0;91;104ma\u{1B}[0m")
        #expect(row("a", Style(foreground: .indexed(73), background: .indexed(235))) == "\u{1B}[0;38;5;73;48;5;235ma\u{1B}[0m")
        #expect(row("a", Style(foreground: .rgb(1, 2, 3), background: .rgb(4, 5, 6))) == "\u{1B}[0;38;2;1;2;3;48;2;4;5;6ma\u{1B}[0m")
        #expect(
            row("a", Style(attributes: [.bold, .dim, .italic, .underline, .reverse])) == "\u{1B}[0;1;2;3;4;7ma\u{1B}[0m")
    }

    @Test("A sequence stands where the style changes, and blanks that can be seen stay")
    func changes() {
        var canvas = Canvas(size: Size(columns: 4, rows: 1))
        canvas.write("ab", at: .zero, style: Style(foreground: .indexed(1)))
        canvas.write("c", at: Point(column: 2, row: 0))
        #expect(canvas.ansi() == "\u{1B}[0;31mab\u{1B}[0mc")
        canvas.fill(canvas.bounds, style: Style(background: .indexed(4)))
        #expect(canvas.ansi() == "\u{1B}[0;44m    \u{1B}[0m")
    }
}
