/// Neighbouring cells of one row that differ from an earlier drawing.
public struct Run: Equatable, Sendable {
    /// The first cell's place.
    public let point: Point
    /// The new cells, from left to right; never empty.
    public let cells: [Cell]

    public init(point: Point, cells: [Cell]) {
        self.point = point
        self.cells = cells
    }
}
