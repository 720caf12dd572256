import Canvas
import Testing

@Suite struct GeometryTests {
    @Test func sizesAreClamped() {
        #expect(Size(columns: -3, rows: .max) == Size(columns: 0, rows: Size.limit))
        #expect(Size(columns: -3, rows: 2).isEmpty)
        #expect(!Size(columns: 1, rows: 1).isEmpty)
    }

    @Test func pointsAreClampedWhereverTheyMove() {
        let far = Point(column: .max, row: .min)
        #expect(far == Point(column: Point.limit, row: -Point.limit))
        #expect(far.moved(columns: .max, rows: .min) == far)
        #expect(Point(column: 2, row: 3).moved(columns: -5, rows: 1) == Point(column: -3, row: 4))
    }

    @Test func splitsByColumnsAndRows() {
        let rect = Rect(column: 2, row: 1, columns: 10, rows: 6)
        #expect(rect.split(columns: 4).left == Rect(column: 2, row: 1, columns: 4, rows: 6))
        #expect(rect.split(columns: 4).right == Rect(column: 6, row: 1, columns: 6, rows: 6))
        #expect(rect.split(rows: -1).top == Rect(column: 2, row: 1, columns: 10, rows: 5))
        #expect(rect.split(rows: -1).bottom == Rect(column: 2, row: 6, columns: 10, rows: 1))
        #expect(rect.split(rows: 99).bottom.isEmpty)
        #expect(rect.split(columns: -99).left.isEmpty)
    }

    @Test func insetLeavesWhatIsInsideABox() {
        #expect(Rect(column: 0, row: 0, columns: 5, rows: 4).inset() == Rect(column: 1, row: 1, columns: 3, rows: 2))
        #expect(Rect(column: 0, row: 0, columns: 1, rows: 1).inset().isEmpty)
        #expect(Rect(column: 0, row: 0, columns: 9, rows: 9).inset(columns: .max, rows: .min).columns == 0)
    }

    @Test func containsAndIntersection() {
        let rect = Rect(column: 1, row: 1, columns: 2, rows: 2)
        #expect(rect.contains(Point(column: 2, row: 2)))
        #expect(!rect.contains(Point(column: 3, row: 2)))
        #expect(rect.intersection(Rect(column: 2, row: 0, columns: 9, rows: 9)) == Rect(column: 2, row: 1, columns: 1, rows: 2))
        #expect(rect.intersection(Rect(column: 7, row: 7, columns: 2, rows: 2)).isEmpty)
    }

    @Test func linesAndTheMiddle() {
        let rect = Rect(column: 4, row: 2, columns: 10, rows: 5)
        #expect(rect.line(4) == Rect(column: 4, row: 6, columns: 10, rows: 1))
        #expect(rect.line(5).isEmpty)
        #expect(rect.line(-1).isEmpty)
        #expect(rect.centered(Size(columns: 4, rows: 3)) == Rect(column: 7, row: 3, columns: 4, rows: 3))
        #expect(rect.centered(Size(columns: 40, rows: 30)) == rect)
    }

    /// Whatever the numbers, a part lies within the whole and nothing traps.
    @Test(arguments: [Int.min, -5000, -1, 0, 1, 7, 5000, Int.max])
    func extremesNeverTrap(number: Int) {
        for other in [Int.min, -1, 0, 3, Int.max] {
            let rect = Rect(column: number, row: other, columns: number, rows: other)
            for part in [rect.split(columns: other).right, rect.split(rows: number).bottom, rect.line(other), rect.intersection(rect)] {
                #expect(part.columns <= rect.columns && part.rows <= rect.rows)
            }
            #expect(rect.inset(columns: other, rows: number).columns >= 0)
        }
    }
}
