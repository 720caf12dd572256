extension Canvas {
    /// Writes text to the right from `point` on, one row only, and says how many columns it took.
    ///
    /// The text is shown as ``Swift/Unicode/Scalar/shown`` tells, so that text of others (node names, errors) can neither move the
    /// cursor nor shift a column. Columns beyond the canvas are counted but not drawn.
    ///
    /// - Parameter width: at most that many columns are written; nil, the default, is as many as there are.
    /// - Returns: the columns the text takes, at most `width`.
    @discardableResult
    public mutating func write(_ text: String, at point: Point, style: Style = .plain, width: Int? = nil) -> Int {
        var written = 0
        for scalar in text.unicodeScalars {
            if let width, written >= width { break }
            guard let shown = scalar.shown else { continue }
            self[column: point.column + written, row: point.row] = Cell(shown: shown, style: style)
            written += 1
        }
        return written
    }

    /// Fills a rectangle. The default is with blanks in the terminal's own colours.
    public mutating func fill(_ rect: Rect, with character: Unicode.Scalar = " ", style: Style = .plain) {
        let cell = Cell(character, style: style)
        forEachIndex(in: rect) { cells, index in cells[index] = cell }
    }

    /// Changes the style of every cell in a rectangle and leaves the characters.
    public mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
        forEachIndex(in: rect) { cells, index in cells[index].style = change(cells[index].style) }
    }

    /// Lays a style over every cell in a rectangle. Where it reverses, blocks and shades stay as they are: the ends of a bar would change
    /// places.
    public mutating func lay(_ overlay: Style, over rect: Rect) {
        var plain = overlay
        plain.attributes.remove(.reverse)
        forEachIndex(in: rect) { cells, index in
            let isBlock = (0x2580...0x259F).contains(cells[index].character.value)
            cells[index].style = cells[index].style.overlaid(with: isBlock ? plain : overlay)
        }
    }

    /// Gives every cell that has the terminal's own colours those of `ground` instead; attributes stay. Linear in the cells.
    public mutating func paint(ground: Style) {
        guard ground.foreground != .terminalDefault || ground.background != .terminalDefault else { return }
        for index in cells.indices { cells[index].style = cells[index].style.painted(on: ground) }
    }

    /// Draws `length` cells to the right from `point` on.
    public mutating func horizontalLine(at point: Point, length: Int, glyph: Unicode.Scalar, style: Style = .plain) {
        fill(Rect(column: point.column, row: point.row, columns: length, rows: 1), with: glyph, style: style)
    }

    /// Draws `length` cells down from `point` on.
    public mutating func verticalLine(at point: Point, length: Int, glyph: Unicode.Scalar, style: Style = .plain) {
        fill(Rect(column: point.column, row: point.row, columns: 1, rows: length), with: glyph, style: style)
    }

    /// Draws the outline of a rectangle and leaves what is inside. A rectangle of one row or column is a line, an empty one nothing.
    public mutating func box(_ rect: Rect, glyphs: BoxGlyphs, style: Style = .plain) {
        guard !rect.isEmpty else { return }
        let right = rect.endColumn - 1
        let bottom = rect.endRow - 1
        guard rect.columns > 1 else {
            return verticalLine(at: rect.origin, length: rect.rows, glyph: glyphs.vertical, style: style)
        }
        guard rect.rows > 1 else {
            return horizontalLine(at: rect.origin, length: rect.columns, glyph: glyphs.horizontal, style: style)
        }
        for row in [rect.row, bottom] {
            horizontalLine(at: Point(column: rect.column, row: row), length: rect.columns, glyph: glyphs.horizontal, style: style)
        }
        for column in [rect.column, right] {
            verticalLine(at: Point(column: column, row: rect.row), length: rect.rows, glyph: glyphs.vertical, style: style)
        }
        self[column: rect.column, row: rect.row] = Cell(glyphs.topLeft, style: style)
        self[column: right, row: rect.row] = Cell(glyphs.topRight, style: style)
        self[column: rect.column, row: bottom] = Cell(glyphs.bottomLeft, style: style)
        self[column: right, row: bottom] = Cell(glyphs.bottomRight, style: style)
    }

    /// Copies another drawing onto this one, its top left cell at `point`.
    public mutating func draw(_ other: Canvas, at point: Point) {
        let target = Rect(origin: point, size: other.size).intersection(bounds)
        guard !target.isEmpty else { return }
        for row in target.row..<target.endRow {
            let source = (row - point.row) * other.size.columns + (target.column - point.column)
            let start = row * size.columns + target.column
            cells.replaceSubrange(start..<start + target.columns, with: other.cells[source..<source + target.columns])
        }
    }

    /// The part of the drawing in `rect`; cells outside the canvas are blank.
    public func cropped(to rect: Rect) -> Canvas {
        var result = Canvas(size: rect.size)
        result.draw(self, at: Point(column: -rect.column, row: -rect.row))
        return result
    }

    private mutating func forEachIndex(in rect: Rect, _ body: (inout [Cell], Int) -> Void) {
        let target = rect.intersection(bounds)
        guard !target.isEmpty else { return }
        for row in target.row..<target.endRow {
            let start = row * size.columns + target.column
            for index in start..<start + target.columns { body(&cells, index) }
        }
    }
}
