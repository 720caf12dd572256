/// How large a drawing is, in columns and rows of a terminal.
///
/// Both lengths are clamped to 0...``limit``, so that no arithmetic on sizes can overflow and no drawing can exhaust the memory.
public struct Size: Hashable, Sendable {
    /// The largest number of columns or of rows.
    public static let limit = 4096

    /// Width in columns, 0...``limit``.
    public let columns: Int
    /// Height in rows, 0...``limit``.
    public let rows: Int

    /// A size whose lengths are clamped to 0...``limit``.
    public init(columns: Int, rows: Int) {
        self.columns = columns.clamped(to: 0...Size.limit)
        self.rows = rows.clamped(to: 0...Size.limit)
    }

    /// Nothing.
    public static let zero = Size(columns: 0, rows: 0)

    /// Whether there is no cell in it.
    public var isEmpty: Bool { columns == 0 || rows == 0 }

    /// The rectangle of this size at the top left corner.
    public var bounds: Rect { Rect(column: 0, row: 0, columns: columns, rows: rows) }
}

extension Comparable {
    /// The value nearest to this one within `range`.
    func clamped(to range: ClosedRange<Self>) -> Self {
        min(max(self, range.lowerBound), range.upperBound)
    }
}
