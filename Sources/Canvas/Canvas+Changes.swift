extension Canvas {
    /// The cells that are not as in `earlier`, as runs from top to bottom and left to right.
    ///
    /// A drawing of another size has nothing in common with this one: then every row is a run. Time is linear in the cells.
    public func changes(since earlier: Canvas) -> [Run] {
        guard earlier.size == size else {
            guard !size.isEmpty else { return [] }
            return (0..<size.rows).map { Run(point: Point(column: 0, row: $0), cells: Array(row($0))) }
        }
        var runs: [Run] = []
        for row in 0..<size.rows {
            let start = row * size.columns
            var column = 0
            while column < size.columns {
                guard cells[start + column] != earlier.cells[start + column] else {
                    column += 1
                    continue
                }
                let first = column
                while column < size.columns, cells[start + column] != earlier.cells[start + column] { column += 1 }
                runs.append(Run(point: Point(column: first, row: row), cells: Array(cells[start + first..<start + column])))
            }
        }
        return runs
    }
}
