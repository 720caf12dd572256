/// A cell's place: columns count to the right, rows count down, both from 0 at the top left corner.
///
/// A point may lie outside every canvas, on the negative side too: what is drawn there is clipped. Coordinates are clamped to
/// ±``limit``, so that moving a point cannot overflow.
public struct Point: Hashable, Sendable {
    /// The largest absolute value of a coordinate.
    public static let limit = 1 << 20

    /// Columns from the left edge, -``limit``...``limit``.
    public let column: Int
    /// Rows from the top edge, -``limit``...``limit``.
    public let row: Int

    /// A point whose coordinates are clamped to ±``limit``.
    public init(column: Int, row: Int) {
        self.column = column.clamped(to: -Point.limit...Point.limit)
        self.row = row.clamped(to: -Point.limit...Point.limit)
    }

    /// The top left corner.
    public static let zero = Point(column: 0, row: 0)

    /// The point that many columns to the right (left if negative) and rows down (up if negative). The default is not to move.
    public func moved(columns: Int = 0, rows: Int = 0) -> Point {
        Point(
            column: column + columns.clamped(to: -2 * Point.limit...2 * Point.limit),
            row: row + rows.clamped(to: -2 * Point.limit...2 * Point.limit))
    }
}
