import Canvas
import Testing

@Suite struct CanvasTests {
    private func canvas(_ columns: Int, _ rows: Int) -> Canvas { Canvas(size: Size(columns: columns, rows: rows)) }
    private let red = Style(foreground: .indexed(1))

    @Test func aNewCanvasIsBlank() {
        #expect(canvas(3, 2).text() == "\n")
        #expect(canvas(3, 2)[column: 1, row: 1] == .blank)
        #expect(Canvas(size: Size(columns: 1, rows: 1), fill: red)[column: 0, row: 0] == Cell(" ", style: red))
        #expect(canvas(0, 0).text() == "")
    }

    @Test func writesClipAtEveryEdge() {
        var drawing = canvas(5, 1)
        #expect(drawing.write("hello world", at: .zero) == 11)
        #expect(drawing.text() == "hello")
        #expect(drawing.write("xyz", at: Point(column: -2, row: 0)) == 3)
        #expect(drawing.text() == "zello")
        drawing.write("lost", at: Point(column: 0, row: 1))
        drawing.write("lost", at: Point(column: 0, row: -1))
        drawing.write("lost", at: Point(column: .max, row: 0))
        #expect(drawing.text() == "zello")
    }

    @Test func writesKeepToTheirWidth() {
        var drawing = canvas(8, 1)
        #expect(drawing.write("abcdef", at: Point(column: 1, row: 0), style: red, width: 3) == 3)
        #expect(drawing.text() == " abc")
        #expect(drawing[column: 3, row: 0] == Cell("c", style: red))
        #expect(drawing[column: 4, row: 0] == .blank)
        #expect(drawing.write("abc", at: .zero, width: 0) == 0)
        #expect(drawing.write("abc", at: .zero, width: -1) == 0)
        #expect(drawing.write("漢\u{1B}e\u{301}", at: .zero) == 3)
        #expect(drawing.text() == "?·ec")
    }

    @Test func cellsOutsideAreBlankAndDropped() {
        var drawing = canvas(2, 2)
        let before = drawing
        for (column, row) in [(-1, 0), (0, -1), (2, 0), (0, 2), (Int.max, Int.min)] {
            drawing[column: column, row: row] = Cell("x")
            #expect(drawing[column: column, row: row] == .blank)
        }
        #expect(drawing == before)
        #expect(drawing.row(2).isEmpty)
        #expect(drawing.row(-1).isEmpty)
    }

    @Test func aCellHoldsOneColumn() {
        #expect(Cell("漢").character == "?")
        #expect(Cell("\n").character == "·")
        #expect(Cell("\u{301}").character == " ")
    }

    @Test func boxesOfAnySize() {
        var drawing = canvas(6, 3)
        drawing.fill(drawing.bounds, with: ".")
        drawing.box(drawing.bounds, glyphs: .double, style: red)
        #expect(drawing.text() == "╔════╗\n║....║\n╚════╝")
        #expect(drawing[column: 5, row: 2] == Cell("╝", style: red))

        drawing = canvas(4, 3)
        drawing.box(Rect(column: 0, row: 0, columns: 4, rows: 1), glyphs: .ascii)
        drawing.box(Rect(column: 1, row: 1, columns: 1, rows: 2), glyphs: .ascii)
        drawing.box(Rect(column: 2, row: 2, columns: 0, rows: 2), glyphs: .ascii)
        #expect(drawing.text() == "----\n |\n |")

        drawing = canvas(4, 3)
        drawing.box(Rect(column: -1, row: -1, columns: 3, rows: 3), glyphs: .single)
        #expect(drawing.text() == " │\n─┘\n")
    }

    @Test func restylingLeavesTheText() {
        var drawing = canvas(3, 1)
        drawing.write("abc", at: .zero, style: red)
        let selection = Style(background: .indexed(237), attributes: .bold)
        drawing.restyle(Rect(column: 1, row: 0, columns: 9, rows: 1)) { $0.overlaid(with: selection) }
        #expect(drawing.text() == "abc")
        #expect(drawing[column: 0, row: 0].style == red)
        #expect(drawing[column: 1, row: 0].style == Style(foreground: .indexed(1), background: .indexed(237), attributes: .bold))
    }

    @Test func aReversedLineKeepsItsBars() {
        var drawing = Canvas(size: Size(columns: 3, rows: 1))
        drawing.write("a█░", at: .zero, style: Style(foreground: .indexed(3)))
        drawing.lay(Style(attributes: [.reverse, .bold]), over: drawing.bounds)
        #expect(drawing[column: 0, row: 0].style == Style(foreground: .indexed(3), attributes: [.reverse, .bold]))
        for column in 1...2 { #expect(drawing[column: column, row: 0].style == Style(foreground: .indexed(3), attributes: .bold)) }
    }

    @Test func theGroundIsSeenWhereNothingElseIs() {
        var drawing = Canvas(size: Size(columns: 2, rows: 1))
        drawing.write("a", at: .zero, style: Style(foreground: .indexed(3), attributes: .reverse))
        let ground = Style(foreground: .indexed(7), background: .indexed(4), attributes: .bold)
        drawing.paint(ground: ground)
        #expect(drawing[column: 0, row: 0].style == Style(foreground: .indexed(3), background: .indexed(4), attributes: .reverse))
        #expect(drawing[column: 1, row: 0].style == Style(foreground: .indexed(7), background: .indexed(4)))
        let painted = drawing
        drawing.paint(ground: .plain)
        #expect(drawing == painted)
    }

    @Test func aDrawingOnADrawing() {
        var drawing = canvas(5, 2)
        var stamp = canvas(3, 2)
        stamp.write("abc", at: .zero)
        stamp.write("def", at: Point(column: 0, row: 1))
        drawing.draw(stamp, at: Point(column: 3, row: -1))
        drawing.draw(stamp, at: Point(column: -2, row: 1))
        drawing.draw(stamp, at: Point(column: 9, row: 9))
        #expect(drawing.text() == "   de\nc")
        #expect(drawing.cropped(to: Rect(column: 3, row: 0, columns: 3, rows: 1)).text() == "de")
    }

    @Test func changesAreRuns() {
        let before = canvas(6, 3)
        var after = before
        #expect(after.changes(since: before).isEmpty)
        after.write("ab", at: Point(column: 1, row: 0))
        after.write("c", at: Point(column: 5, row: 0))
        after[column: 0, row: 1].style = red
        #expect(
            after.changes(since: before) == [
                Run(point: Point(column: 1, row: 0), cells: [Cell("a"), Cell("b")]),
                Run(point: Point(column: 5, row: 0), cells: [Cell("c")]),
                Run(point: Point(column: 0, row: 1), cells: [Cell(" ", style: red)]),
            ])
        #expect(after.changes(since: canvas(5, 3)).map(\.cells.count) == [6, 6, 6])
        #expect(canvas(0, 4).changes(since: before).isEmpty)
    }
}
