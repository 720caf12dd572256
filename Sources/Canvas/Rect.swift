/// A rectangle of cells. It may be empty and may lie partly or wholly outside a canvas.
///
/// Every operation clamps: none of them traps, whatever lengths it is given.
public struct Rect: Hashable, Sendable {
    /// The top left cell.
    public let origin: Point
    /// Width and height.
    public let size: Size

    /// A rectangle from its top left cell and its size.
    public init(origin: Point, size: Size) {
        self.origin = origin
        self.size = size
    }

    /// A rectangle from numbers; a negative width or height is an empty one.
    public init(column: Int, row: Int, columns: Int, rows: Int) {
        self.init(origin: Point(column: column, row: row), size: Size(columns: columns, rows: rows))
    }

    /// Nothing, at the top left corner.
    public static let zero = Rect(origin: .zero, size: .zero)

    /// The leftmost column.
    public var column: Int { origin.column }
    /// The topmost row.
    public var row: Int { origin.row }
    /// Width in columns.
    public var columns: Int { size.columns }
    /// Height in rows.
    public var rows: Int { size.rows }
    /// The first column to the right of the rectangle.
    public var endColumn: Int { column + columns }
    /// The first row below the rectangle.
    public var endRow: Int { row + rows }
    /// Whether there is no cell in it.
    public var isEmpty: Bool { size.isEmpty }

    /// Whether the cell at `point` is in the rectangle.
    public func contains(_ point: Point) -> Bool {
        point.column >= column && point.column < endColumn && point.row >= row && point.row < endRow
    }

    /// The cells that are in both rectangles.
    public func intersection(_ other: Rect) -> Rect {
        let left = max(column, other.column)
        let top = max(row, other.row)
        return Rect(
            column: left, row: top, columns: min(endColumn, other.endColumn) - left, rows: min(endRow, other.endRow) - top)
    }

    /// The rectangle without `columns` columns at its left and right and `rows` rows at its top and bottom; empty if nothing is left.
    /// The default is one of each: what is inside a box.
    public func inset(columns: Int = 1, rows: Int = 1) -> Rect {
        let byColumns = columns.clamped(to: -Size.limit...Size.limit)
        let byRows = rows.clamped(to: -Size.limit...Size.limit)
        return Rect(
            column: column + byColumns, row: row + byRows, columns: self.columns - 2 * byColumns, rows: self.rows - 2 * byRows)
    }

    /// The leftmost `count` columns and the rest. A negative count keeps that many columns for the rest.
    public func split(columns count: Int) -> (left: Rect, right: Rect) {
        let first = Rect.share(of: columns, count)
        return (
            Rect(column: column, row: row, columns: first, rows: rows),
            Rect(column: column + first, row: row, columns: columns - first, rows: rows)
        )
    }

    /// The topmost `count` rows and the rest. A negative count keeps that many rows for the rest.
    public func split(rows count: Int) -> (top: Rect, bottom: Rect) {
        let first = Rect.share(of: rows, count)
        return (
            Rect(column: column, row: row, columns: columns, rows: first),
            Rect(column: column, row: row + first, columns: columns, rows: rows - first)
        )
    }

    /// The rectangle's row number `index`, counted from its top; an empty rectangle if there is no such row.
    public func line(_ index: Int) -> Rect {
        guard index >= 0, index < rows else { return Rect(column: column, row: row, columns: columns, rows: 0) }
        return Rect(column: column, row: row + index, columns: columns, rows: 1)
    }

    /// A rectangle of `size` in the middle of this one, cut down to it where it is larger.
    public func centered(_ size: Size) -> Rect {
        let width = min(size.columns, columns)
        let height = min(size.rows, rows)
        return Rect(column: column + (columns - width) / 2, row: row + (rows - height) / 2, columns: width, rows: height)
    }

    private static func share(of length: Int, _ count: Int) -> Int {
        let asked = count.clamped(to: -Size.limit...Size.limit)
        return (asked < 0 ? length + asked : asked).clamped(to: 0...length)
    }
}
