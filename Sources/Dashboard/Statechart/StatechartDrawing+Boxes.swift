internal import Canvas
internal import Theming

// MARK: - Charts of boxes, a box for each phase

extension StatechartDrawing {
    /// The most columns between two boxes: beyond it, a chart would fall apart.
    private static let widestGap = 18

    /// Draws phases beside each other in the whole width of a rectangle, as far as it is not too wide.
    ///
    /// - Parameter phases: the places of the phases from left to right; from right to left in the order of the machine, if mirrored.
    /// - Returns: where each box stands, by its place in `phases`.
    @discardableResult
    func drawBoxes(
        _ phases: [Int], _ form: StatechartForm, on canvas: inout Canvas, in rect: Rect, isMirrored: Bool = false, alignsRight: Bool = false
    ) -> [Rect] {
        let height = form.rows == 5 ? 5 : 3
        let widths = phases.map { chart.width(of: chart.phases[$0], in: form) }
        let hasBeginning = chart.hasBeginning && phases.first == 0 && !isMirrored
        let start = hasBeginning ? Statechart.beginning : 0
        let spare = rect.columns - start - widths.reduce(0, +)
        let gap = phases.count > 1 ? min(Self.widestGap, spare / (phases.count - 1)) : 0
        // What is left over stands on the left where the right ends are to be above each other.
        let rest = alignsRight ? max(0, spare - gap * (phases.count - 1)) : 0
        var column = start + rest
        var boxes: [Rect] = []
        for (index, phase) in phases.enumerated() {
            if index > 0 {
                let link = isMirrored ? phase : phase - 1
                let origin = rect.origin.moved(columns: column, rows: height / 2)
                drawLink(link, on: &canvas, at: origin, length: gap, isMirrored: isMirrored)
                column += gap
            }
            let rows = form.rows == 5 && chart.phases[phase].rows.count > 1 ? 5 : 3
            let box = Rect(
                origin: rect.origin.moved(columns: column, rows: (height - rows) / 2), size: Size(columns: widths[index], rows: rows))
            drawBox(of: phase, form, on: &canvas, in: box)
            boxes.append(box)
            column += widths[index]
        }
        if hasBeginning {
            drawBeginning(on: &canvas, at: rect.origin.moved(columns: 0, rows: height / 2), length: start - 1 + rest)
        }
        return boxes
    }

    /// Draws the phases in two rows above each other, the lower one from right to left.
    func drawTwoRows(_ form: StatechartForm, on canvas: inout Canvas, in rect: Rect) {
        let halves = Statechart.halves(chart.phases.count).map(Array.init)
        let upper = drawBoxes(halves[0], form, on: &canvas, in: rect.split(rows: 3).top, alignsRight: true)
        let lower = drawBoxes(
            halves[1].reversed(), form, on: &canvas, in: rect.split(rows: 4).bottom, isMirrored: true, alignsRight: true)
        guard let above = upper.last, let below = lower.last, let link = halves[0].last else { return }
        // From the middle of the narrower of both down.
        let column = max(above.column, below.column) + min(above.columns, below.columns) / 2
        let direction = direction(ofLink: link)
        let isTwoWay = chart.links[link].isTwoWay
        let point = Point(column: column, row: rect.row + 3)
        let style = direction == nil ? style(.text) : takenStyle
        canvas.write(String(direction == .back ? glyphs.up : glyphs.down), at: point, style: style)
        if isTwoWay, direction == nil { canvas.write(String(glyphs.up), at: point.moved(columns: 2), style: style) }
        let words = words(ofLink: link).joined(separator: " ")
        canvas.write(
            words, at: point.moved(columns: -1 - words.columns), style: direction == nil ? self.style(.textDim) : takenStyle)
    }

    // MARK: Boxes

    private func drawBox(of place: Int, _ form: StatechartForm, on canvas: inout Canvas, in box: Rect) {
        let phase = chart.phases[place]
        let isHere = phase.states.contains(self.place.state)
        let border = isHere ? edge(self.place.state.role) : style(.paneBorder)
        canvas.box(box, glyphs: glyphs.box, style: border)
        canvas.write(" \(phase.name) ", at: box.origin.moved(columns: 1), style: isHere ? border : style(.textDim))
        let inner = box.inset()
        if form.rows == 5, phase.rows.count > 1 {
            drawRows(of: place, on: &canvas, in: inner)
        } else {
            let width = phase.isChoice ? 0 : chart.lineWidth(of: phase, isShort: form.isShort)
            let shown = phase.isChoice ? shownStates(of: phase)[0].title(isShort: form.isShort).columns + 2 : width
            drawStates(
                of: place, on: &canvas, at: inner.origin.moved(columns: max(0, (inner.columns - shown) / 2)), isShort: form.isShort)
        }
        if isTaken(within: place) { drawEvent(on: &canvas, below: box) }
    }

    /// Writes the event of a way that stays in a phase into the lower border of its box; of one that leads back to its own state, with
    /// the head of an arrow before it.
    private func drawEvent(on canvas: inout Canvas, below box: Rect) {
        let room = box.columns - 4
        let isLoop = place.taken.map { $0.from == $0.to } ?? false
        let loop = isLoop ? "\(glyphs.up) " : ""
        let names = [place.event.name, place.event.short.joined(separator: " "), place.event.short.last ?? ""]
        let name = names.first { loop.columns + $0.columns <= room } ?? ""
        let text = " \(loop)\(name) ".clipped(to: box.columns - 2, ellipsis: glyphs.ellipsis)
        canvas.write(
            text, at: box.origin.moved(columns: 1 + max(0, (box.columns - 2 - text.columns) / 2), rows: box.rows - 1), style: takenStyle)
    }

    /// Draws the states of a phase above each other; arrows lead down and up between them, unless they are a choice.
    private func drawRows(of place: Int, on canvas: inout Canvas, in inner: Rect) {
        let phase = chart.phases[place]
        let isClose = phase.rows.count > 2
        for (index, row) in phase.rows.enumerated() {
            let width = row.map { $0.title.columns + 2 }.reduce(0, +)
            var column = max(0, (inner.columns - width) / 2)
            for state in row {
                column += draw(
                    state, on: &canvas, at: inner.origin.moved(columns: column, rows: isClose ? index : 2 * index), isShort: false)
            }
        }
        guard !isClose else { return }
        let taken = isTaken(within: place) ? self.place.taken : nil
        let isDown = taken.map { phase.rows[0].contains($0.from) && phase.rows[1].contains($0.to) } ?? false
        let isUp = taken.map { phase.rows[1].contains($0.from) && phase.rows[0].contains($0.to) } ?? false
        let line = inner.line(1)
        // With words beside the arrows, if there is room for both.
        let words = !phase.downWords.isEmpty && phase.wordColumns <= inner.columns
        let down = words ? " \(phase.downWords)" : ""
        let up = words ? "\(phase.upWords) " : ""
        let left = words ? 1 : max(1, inner.columns / 2 - 3)
        let right = words ? inner.columns - 2 - up.columns : min(inner.columns - 2, inner.columns / 2 + 2)
        canvas.write("\(glyphs.down)\(down)", at: line.origin.moved(columns: left), style: isDown ? takenStyle : style(.textDim))
        canvas.write("\(up)\(glyphs.up)", at: line.origin.moved(columns: right), style: isUp ? takenStyle : style(.textDim))
    }

    // MARK: Links

    /// What stands beside a link: the event that took it, else its condition.
    private func words(ofLink link: Int) -> [String] {
        if direction(ofLink: link) != nil { return place.event.short }
        return chart.links.indices.contains(link) ? chart.links[link].words : []
    }

    /// Draws the arrow between two boxes, with its words above and below, as far as there is room.
    private func drawLink(_ link: Int, on canvas: inout Canvas, at point: Point, length: Int, isMirrored: Bool) {
        drawArrow(link: link, on: &canvas, at: point, length: length, isMirrored: isMirrored)
        let isTaken = direction(ofLink: link) != nil
        let style = isTaken ? takenStyle : style(.textDim)
        let words = words(ofLink: link)
        let joined = isTaken && place.event.name.columns <= length - 2 ? place.event.name : words.joined(separator: " ")
        var lines = joined.columns <= length - 2 ? [joined] : words
        if lines.contains(where: { $0.columns > length }) {
            lines = isTaken || !chart.links.indices.contains(link) ? [] : [chart.links[link].shortWord]
        }
        for (index, word) in lines.prefix(2).enumerated() where word.columns <= length {
            canvas.write(
                word, at: point.moved(columns: (length - word.columns) / 2, rows: index == 0 ? -1 : 1), style: style)
        }
    }
}
