internal import Canvas
internal import Theming

// MARK: - The view of the trie: the target's bits from the root down, and what is left to the right of each

extension MapDrawing {
    func drawTrie(in lines: MapLines, on canvas: inout Canvas) {
        drawCountTitle(on: &canvas, in: lines.titles)
        let buckets = Array(map.buckets.reversed())
        let depth = buckets.count
        let visible = max(1, lines.body.rows / lines.height)
        // The lower end is the closest; it is shown unless the selected one is farther away.
        let chosen = buckets.count - 1 - selectedBucket
        let first = max(0, min(chosen, depth + 1 - visible))
        let step = depth * 2 <= pane.inner.columns / 4 ? 2 : 1
        let shape = Shape(
            first: first, step: step, stair: (min(depth - first, visible) + (first > 0 ? 1 : 0)) * step + 3, prefix: prefixWidth(depth))
        if first == 0, !lines.titles.isEmpty {
            canvas.write("all keys", at: lines.titles.origin.moved(columns: 1), style: pane.style(.textDim))
        }
        for place in first..<min(depth + 1, first + visible) {
            let rect = lines.body.split(rows: (place - first) * lines.height).bottom.split(rows: lines.height).top
            guard place < depth else {
                drawTarget(place, shape, on: &canvas, at: rect.line(0))
                continue
            }
            let isSelected = place == chosen && !map.nodes.isEmpty
            if isSelected { canvas.write(String(glyphs.selection), at: rect.origin, style: pane.style(.paneBorderFocus)) }
            drawBranch(buckets[place], shape, on: &canvas, in: rect)
            drawNodes(of: buckets[place], on: &canvas, in: left(of: rect).split(columns: shape.nodes).right)
            drawCount(of: buckets[place], on: &canvas, in: rect.line(0))
        }
    }

    /// Where the parts of the trie stand.
    private struct Shape {
        /// The depth of the first line.
        let first: Int
        /// The columns that the path goes to the right with each bit.
        let step: Int
        /// The columns of the path.
        let stair: Int
        /// The columns for the bits that the keys of a subtree begin with.
        let prefix: Int

        /// The column of the path at a depth.
        func column(_ depth: Int) -> Int { 1 + (depth - first + (first > 0 ? 1 : 0)) * step }
        /// The column of the bit that leads away from the path.
        var bit: Int { stair + 3 }
        /// The column of the first node: behind the bit, the arrow, the prefix, and us.
        var nodes: Int { bit + 4 + prefix + 3 }
    }

    /// The room for the bits that the keys of a subtree begin with, if there is any.
    private func prefixWidth(_ depth: Int) -> Int { pane.inner.columns >= 110 ? depth + 3 : 0 }

    /// Draws the path's bit before a depth, and the line that leaves the path there.
    private func drawBranch(_ bucket: NodeMap.Bucket, _ shape: Shape, on canvas: inout Canvas, in rect: Rect) {
        let depth = bucket.prefixLength
        let line = rect.line(0)
        let column = shape.column(depth)
        let isAwaited = map.isAwaited(bucket)
        let branch = isAwaited ? edgeStyle : pane.style(.textDim)
        drawBit(before: depth, shape, on: &canvas, at: line)
        for row in 0..<rect.rows {
            let sides: LineGlyphs.Sides = row == 0 ? [.left, .right, .down] : [.up, .down]
            canvas.write(String(glyphs.line[sides]), at: rect.line(row).origin.moved(columns: column), style: pane.style(.keyTarget))
        }
        canvas.horizontalLine(
            at: line.origin.moved(columns: column + 1), length: shape.bit - column - 1, glyph: glyphs.line.horizontal, style: branch)
        let other = map.target.bit(depth) ? "0" : "1"
        canvas.write(other, at: line.origin.moved(columns: shape.bit), style: pane.style(.textStrong))
        canvas.write(
            "\(glyphs.line.horizontal)\(isAwaited ? glyphs.right : glyphs.line.horizontal)", at: line.origin.moved(columns: shape.bit + 1),
            style: branch)
        if shape.prefix > 0 {
            let prefix = map.target.bits(depth).map { $0 ? "1" : "0" }.joined() + other + String(glyphs.ellipsis)
            canvas.write(prefix, at: line.origin.moved(columns: shape.bit + 4), style: pane.style(.textDim))
        }
        if depth == map.localPrefix {
            canvas.write("us", at: line.origin.moved(columns: shape.nodes - 3), style: pane.style(.textStrong))
        }
    }

    /// Draws the bit of the target that leads to a depth.
    private func drawBit(before depth: Int, _ shape: Shape, on canvas: inout Canvas, at line: Rect) {
        guard depth > 0 else { return }
        let origin = line.origin.moved(columns: shape.column(depth - 1))
        // Above the first line there is more of the path.
        let bit = depth == shape.first ? String(glyphs.ellipsis) : map.target.bit(depth - 1) ? "1" : "0"
        canvas.write(bit, at: origin, style: pane.style(.keyTarget))
        if shape.step == 2 { canvas.write(String(glyphs.line.horizontal), at: origin.moved(columns: 1), style: pane.style(.keyTarget)) }
    }

    private func drawTarget(_ depth: Int, _ shape: Shape, on canvas: inout Canvas, at line: Rect) {
        drawBit(before: depth, shape, on: &canvas, at: line)
        pane.write(
            [
                Span("\(glyphs.target) ", pane.style(.mapTarget)), Span(pane.words.shortKey(map.target), pane.style(.keyTarget)),
                Span(" the target", pane.style(.textDim)),
            ], on: &canvas, at: line.origin.moved(columns: shape.column(depth)), width: line.columns - shape.column(depth))
    }
}
