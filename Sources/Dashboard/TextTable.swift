internal import Canvas

/// A word of a line, with its style.
struct Span: Equatable, Sendable {
    var text: String
    var style: Style

    init(_ text: String, _ style: Style) {
        self.text = text
        self.style = style
    }
}

/// A column of a table.
struct TableColumn: Sendable {
    let title: String
    /// The number of cells; a column of none is left out.
    let width: Int
    var alignment = Alignment.left
    /// Where there is not room for all, columns of a higher number give way first; 0 stays always.
    var priority = 0
    /// Whether it takes the room that is left over.
    var grows = false
}

/// Lines of columns, as many columns as there is room for.
struct TextTable: Sendable {
    /// The columns that there is room for: their place in the list, where they begin, how wide they are.
    private let placed: [(index: Int, column: Int, width: Int)]
    private let columns: [TableColumn]
    private let width: Int

    /// A table in a width.
    init(_ columns: [TableColumn], width: Int) {
        self.columns = columns
        self.width = width
        var kept = Set(columns.indices.filter { columns[$0].width > 0 })
        func total() -> Int { kept.reduce(kept.count - 1) { $0 + columns[$1].width } }
        while total() > width, let least = kept.max(by: { columns[$0].priority < columns[$1].priority }), columns[least].priority > 0 {
            kept.remove(least)
        }
        var spare = max(0, width - total())
        var column = 0
        placed = kept.sorted().map { index in
            var own = columns[index].width
            if columns[index].grows {
                own += spare
                spare = 0
            }
            defer { column += own + 1 }
            return (index, column, own)
        }
    }

    /// The table with all its columns, as wide as they need, scrolled so far to the right.
    func shifted(by shift: Int) -> TextTable {
        guard shift > 0 else { return self }
        var column = 0
        let all = columns.indices.filter { columns[$0].width > 0 }.map { index in
            let own = columns[index].grows ? max(columns[index].width, Self.longText) : columns[index].width
            defer { column += own + 1 }
            return (index: index, column: column, width: own)
        }
        let shift = min(shift, max(0, column - 1 - width))
        return TextTable(placed: all.map { ($0.index, $0.column - shift, $0.width) }, columns: columns, width: width)
    }

    /// The room of a column that grows, where one scrolls to its end.
    private static let longText = 120

    private init(placed: [(index: Int, column: Int, width: Int)], columns: [TableColumn], width: Int) {
        self.placed = placed
        self.columns = columns
        self.width = width
    }

    /// The titles of all columns, also of those that there was no room for.
    var titles: [String] { columns.map(\.title) }

    /// Whether there was room for the column with this title.
    func shows(_ title: String) -> Bool {
        placed.contains { columns[$0.index].title == title }
    }

    /// The width of the column with this title, 0 if there was no room for it.
    func width(of title: String) -> Int {
        placed.first { columns[$0.index].title == title }?.width ?? 0
    }

    /// Draws the titles.
    func drawTitles(on canvas: inout Canvas, at line: Rect, style: Style) {
        draw(columns.map { Span($0.title, style) }, on: &canvas, at: line, ellipsis: " ")
    }

    /// Draws a line; a cell stands for the column of the same place in the list.
    func draw(_ cells: [Span], on canvas: inout Canvas, at line: Rect, ellipsis: Unicode.Scalar) {
        guard !line.isEmpty else { return }
        for (index, column, width) in placed where index < cells.count {
            let room = min(width, line.columns - column)
            guard room > 0, column + width > 0 else { continue }
            let text = cells[index].text.clipped(to: room, ellipsis: ellipsis)
            // The blanks beside the text are not drawn: a style may underline them.
            let start =
                switch columns[index].alignment {
                case .left: column
                case .right: column + room - text.columns
                case .center: column + (room - text.columns) / 2
                }
            // What is scrolled away on the left is left out.
            let hidden = max(0, -start)
            canvas.write(
                hidden == 0 ? text : String(text.dropFirst(hidden)), at: line.origin.moved(columns: max(0, start)),
                style: cells[index].style)
        }
    }
}
