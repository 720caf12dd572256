internal import Canvas
internal import Kademlia
internal import Theming
internal import Timeline

// MARK: - The view of distances: how far the closest node and the last rank were, after each change

extension ConvergenceDrawing {
    func drawDistances(on canvas: inout Canvas, in lines: Rect) {
        guard lines.rows >= 2 else { return }
        drawScale(on: &canvas, in: lines)
        var before: (best: Int, last: Int)?
        for column in visible {
            guard let rows = rows(columns[column], lines) else { continue }
            drawBand(column, rows, before, on: &canvas, in: lines)
            before = rows
        }
        guard let rows = rows(now, lines), let best = now.cells.first, let last = now.cells.last else { return }
        let side = lines.columns - sideWidth + 1
        if rows.last != rows.best {
            canvas.write(
                "\(lastName) \(share(last))", at: lines.line(rows.last).origin.moved(columns: side), style: pane.style(.stateWaiting),
                width: sideWidth - 1)
        }
        canvas.write(
            "best \(share(best))", at: lines.line(rows.best).origin.moved(columns: side), style: pane.style(.stateStored),
            width: sideWidth - 1)
    }

    private func halvings(_ cell: Convergence.Cell) -> Double {
        Convergence.halvings(cell.node.key.distance(to: target), keyBits: keyBits)
    }

    /// The lines of the closest node and of the last rank after a change, counted from the top, which is the farthest.
    private func rows(_ column: Convergence.Column, _ lines: Rect) -> (best: Int, last: Int)? {
        guard let best = column.cells.first, let last = column.cells.last else { return nil }
        return (row(halvings(best), lines), row(halvings(last), lines))
    }

    private func row(_ halvings: Double, _ lines: Rect) -> Int {
        let share = min(1, halvings / max(1, deepest))
        return Int((share * Double(lines.rows - 1)).rounded())
    }

    /// Draws the distances that the lines stand for, as shares of the key space.
    private func drawScale(on canvas: inout Canvas, in lines: Rect) {
        var free = 0
        for power in 0...max(1, Int(deepest)) {
            let row = row(Double(power), lines)
            guard row >= free, row < lines.rows else { continue }
            free = row + 1
            canvas.write(
                "\(share(ofPower: power).padded(to: 6, alignment: .right))\(glyphs.axis)", at: lines.line(row).origin,
                style: pane.style(.textDim))
        }
    }

    /// A share of the key space, as halvings of it: `1/8`, and beyond four digits `2^-17`.
    private func share(ofPower power: Int) -> String { power == 0 ? "all" : power < 14 ? "1/\(1 << power)" : "2^-\(power)" }

    /// The distance of a node as a share of the key space: `1/186`, or a power of two beyond four digits.
    private func share(_ cell: Convergence.Cell) -> String {
        let halvings = halvings(cell)
        guard halvings < 13 else { return share(ofPower: Int(halvings.rounded())) }
        let (whole, part) = (Int(halvings), halvings - halvings.rounded(.down))
        // The reverse of the logarithm that is linear between powers of two.
        return "1/\(max(1, Int((Double(1 << (whole + 1)) / (2 - part)).rounded())))"
    }

    private func drawBand(
        _ column: Int, _ rows: (best: Int, last: Int), _ before: (best: Int, last: Int)?, on canvas: inout Canvas, in lines: Rect
    ) {
        func fill(_ row: Int, _ glyph: Unicode.Scalar, _ role: Role) {
            canvas.write(
                String(repeating: String(glyph), count: columnWidth), at: point(column, lines.line(row)),
                style: column == cursor ? pane.style(role).overlaid(with: pane.style(.selectionInactive)) : pane.style(role))
        }
        if rows.last + 1 < rows.best { for row in rows.last + 1..<rows.best { fill(row, glyphs.barEmpty, .mapBucket) } }
        fill(rows.last, glyphs.line.horizontal, .stateWaiting)
        if let before, before.last != rows.last {
            // Where the line jumps, it is drawn through.
            let (upper, lower) = (min(before.last, rows.last), max(before.last, rows.last))
            let goesDown = before.last < rows.last
            for row in upper...lower {
                let sides: LineGlyphs.Sides =
                    row == upper ? [goesDown ? .left : .right, .down] : row == lower ? [.up, goesDown ? .right : .left] : [.up, .down]
                canvas.write(String(glyphs.line[sides]), at: point(column, lines.line(row)), style: pane.style(.stateWaiting))
            }
        }
        fill(rows.best, glyphs.timelinePast, .stateStored)
    }
}
