internal import Canvas
internal import Theming

// MARK: - The view of buckets: a line for each number of leading bits, the closest on top

extension MapDrawing {
    /// Before the nodes of a line: the mark of the selection, us and the arrows, the number of bits, the axis.
    private static let margin = 10

    func drawBuckets(in lines: MapLines, on canvas: inout Canvas) {
        drawBucketTitles(on: &canvas, in: lines.titles)
        let visible = max(1, lines.body.rows / lines.height)
        // The closest ones are on top, unless the selected one is farther away.
        let first = max(0, min(selectedBucket - visible + 1, map.buckets.count - visible))
        for place in first..<min(map.buckets.count, first + visible) {
            let (_, below) = lines.body.split(rows: (place - first) * lines.height)
            let rect = below.split(rows: lines.height).top
            let line = rect.line(0)
            let bucket = map.buckets[place]
            let isSelected = place == selectedBucket && !map.nodes.isEmpty
            if isSelected { canvas.write(String(glyphs.selection), at: line.origin, style: pane.style(.paneBorderFocus)) }
            for row in 0..<rect.rows {
                drawEdge(of: place, row: row, height: lines.height, on: &canvas, at: rect.line(row).origin.moved(columns: 1))
            }
            let label = "\(bucket.prefixLength)".padded(to: 3, alignment: .right)
            canvas.write(label, at: line.origin.moved(columns: 4), style: pane.style(isSelected ? .textStrong : .text))
            for row in 0..<(place == map.buckets.count - 1 ? 1 : rect.rows) {
                canvas.write(
                    String(row == 0 ? glyphs.axis : glyphs.verticalBar), at: rect.line(row).origin.moved(columns: 8),
                    style: pane.style(.textDim))
            }
            drawNodes(of: bucket, on: &canvas, in: left(of: rect).split(columns: Self.margin).right)
            drawCount(of: bucket, on: &canvas, in: line)
        }
    }

    private func drawBucketTitles(on canvas: inout Canvas, in line: Rect) {
        guard !line.isEmpty else { return }
        let target = [
            Span("    bits  ", pane.style(.textDim)), Span("\(glyphs.target) ", pane.style(.mapTarget)),
            Span(pane.words.shortKey(map.target), pane.style(.keyTarget)),
        ]
        // The words give way where they would touch the title on the right.
        let meaning = [" the target", " target"].first { words in
            (target.map(\.text) + [words]).reduce(0) { $0 + $1.columns } < leftOfCountTitle(in: line)
        }
        let spans = target + (meaning.map { [Span($0, pane.style(.textDim))] } ?? [])
        pane.write(spans, on: &canvas, at: line.origin, width: line.columns)
        drawCountTitle(on: &canvas, in: line)
    }

    /// Draws us, where we are, and the edges from there to the buckets with requests on their way.
    ///
    /// - Parameters:
    ///   - place: the place of the bucket.
    ///   - row: the line of it.
    ///   - height: the lines that each bucket has.
    private func drawEdge(of place: Int, row: Int, height: Int, on canvas: inout Canvas, at point: Point) {
        let us = map.buckets.firstIndex { $0.prefixLength == map.localPrefix } ?? 0
        let awaited = map.buckets.indices.filter { map.isAwaited(map.buckets[$0]) }
        let isAwaited = row == 0 && awaited.contains(place)
        let style = edgeStyle
        if place == us, row == 0 {
            canvas.write("us", at: point, style: pane.style(.textStrong))
            if isAwaited { canvas.write(String(glyphs.right), at: point.moved(columns: 2), style: style) }
            return
        }
        let ends = awaited.map { $0 * height } + [us * height]
        let (line, top, bottom) = (place * height + row, ends.min() ?? 0, ends.max() ?? 0)
        var sides: LineGlyphs.Sides = []
        if line > top, line <= bottom { sides.insert(.up) }
        if line >= top, line < bottom { sides.insert(.down) }
        if isAwaited { sides.insert(.right) }
        guard !sides.isEmpty else { return }
        canvas.write(String(glyphs.line[sides]), at: point, style: style)
        if isAwaited { canvas.write("\(glyphs.line.horizontal)\(glyphs.right)", at: point.moved(columns: 1), style: style) }
    }
}
