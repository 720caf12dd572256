/// A drawing in memory: rows of cells, with no terminal in sight.
///
/// Panes draw on it, tests read it, the terminal shows it. It is a value: two canvases are equal when they look the same.
/// Everything drawn outside is clipped; nothing traps on a place or size.
public struct Canvas: Equatable, Sendable {
    /// Width and height; they never change.
    public let size: Size
    /// All cells, row after row.
    var cells: [Cell]

    /// A blank drawing. The default fill is the terminal's own colours.
    public init(size: Size, fill: Style = .plain) {
        self.size = size
        cells = Array(repeating: Cell(style: fill), count: size.columns * size.rows)
    }

    /// The whole drawing as a rectangle.
    public var bounds: Rect { size.bounds }

    /// The cell at a place. Outside the canvas it reads as blank, and what is written there is dropped.
    public subscript(column column: Int, row row: Int) -> Cell {
        get {
            guard let index = index(column, row) else { return .blank }
            return cells[index]
        }
        set {
            guard let index = index(column, row) else { return }
            cells[index] = newValue
        }
    }

    /// The cells of one row, from left to right; none if there is no such row.
    public func row(_ row: Int) -> ArraySlice<Cell> {
        guard row >= 0, row < size.rows else { return [] }
        return cells[row * size.columns..<(row + 1) * size.columns]
    }

    /// The characters of one row without the blanks at its end.
    public func text(row: Int) -> String {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: self.row(row).lazy.map(\.character))
        while scalars.last == " " { scalars.removeLast() }
        return String(scalars)
    }

    /// The characters of all rows, joined by newlines, without the blanks at the end of each row: what snapshot tests compare.
    public func text() -> String {
        (0..<size.rows).map { text(row: $0) }.joined(separator: "\n")
    }

    private func index(_ column: Int, _ row: Int) -> Int? {
        guard column >= 0, column < size.columns, row >= 0, row < size.rows else { return nil }
        return row * size.columns + column
    }
}
