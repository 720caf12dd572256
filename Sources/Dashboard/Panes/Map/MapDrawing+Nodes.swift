internal import Canvas
internal import Theming
internal import Timeline

// MARK: - The nodes of a bucket

extension MapDrawing {
    /// How much room each node has.
    private enum Density {
        /// A glyph.
        case glyph
        /// A glyph between blanks, so that the selected one can stand in brackets.
        case spaced
        /// A glyph and the first digits of the id.
        case chip
        /// A glyph and the id, with the word for the state below.
        case card
        /// The same, and below it the node that told of it.
        case tallCard

        var columns: Int {
            switch self {
            case .glyph: 1
            case .spaced: 2
            case .chip: 8
            case .card, .tallCard: 12
            }
        }

        var rows: Int {
            switch self {
            case .glyph, .spaced, .chip: 1
            case .card: 2
            case .tallCard: 3
            }
        }

        /// The number of nodes that fit.
        func capacity(_ room: Rect) -> Int { perLine(room) * max(1, room.rows / rows) }

        /// The number of nodes that fit beside each other. Between blanks, the last one needs a blank behind it.
        func perLine(_ room: Rect) -> Int { max(1, (room.columns - (self == .spaced ? 1 : 0)) / columns) }

        /// The roomiest one that all nodes fit with.
        static func best(for count: Int, in room: Rect) -> Density {
            let isWide = room.columns >= 60
            if isWide, room.rows >= 3, count <= Density.tallCard.capacity(room) { return .tallCard }
            if isWide, room.rows >= 2, count <= Density.card.capacity(room) { return .card }
            if isWide, count <= Density.chip.capacity(room) { return .chip }
            if room.columns >= 40, count <= Density.spaced.capacity(room) { return .spaced }
            return .glyph
        }
    }

    /// Draws the nodes of a bucket: those that the broadcast knows, closest first, then a circle for each one that it has not heard of.
    func drawNodes(of bucket: NodeMap.Bucket, on canvas: inout Canvas, in room: Rect) {
        guard room.columns > 0, room.rows > 0 else { return }
        let density = Density.best(for: bucket.known.count, in: room)
        let capacity = density.capacity(room)
        var known = bucket.known
        if known.count > capacity {
            // As many as there is room for, the selected one among them.
            let first = bucket.known.contains(selected) ? max(known.lowerBound, selected + 1 - (capacity - 1)) : known.lowerBound
            known = first..<min(known.upperBound, first + capacity)
        }
        let perLine = density.perLine(room)
        for place in known {
            let (line, column) = (place - known.lowerBound).quotientAndRemainder(dividingBy: perLine)
            draw(
                map.nodes[place], as: density, isSelected: place == selected, on: &canvas,
                at: room.origin.moved(columns: column * density.columns, rows: line * density.rows))
        }
        let isCut = known.count < bucket.known.count
        if isCut, known.upperBound < bucket.known.upperBound || known.lowerBound > bucket.known.lowerBound {
            let column = known.upperBound < bucket.known.upperBound ? perLine * density.columns - 1 : 0
            canvas.write(String(glyphs.ellipsis), at: room.origin.moved(columns: column), style: pane.style(.textDim))
        }
        if !isCut, showsOthers { drawOthers(bucket.others, after: known.count, density, on: &canvas, in: room) }
    }

    private func draw(_ row: Observation.NodeRow, as density: Density, isSelected: Bool, on canvas: inout Canvas, at point: Point) {
        var style = pane.style(row.status.role)
        if row.status.isAwaited { style.attributes.insert(.bold) }
        let glyph = String(row.status.glyph(glyphs))
        let digits = pane.words.shortKey(row.node.key)
        let overlay = pane.style(pane.isFocused ? .selection : .selectionInactive)
        func selectable(_ style: Style) -> Style { isSelected ? style.overlaid(with: overlay) : style }
        switch density {
        case .glyph:
            canvas.write(glyph, at: point, style: selectable(style))
        case .spaced:
            canvas.write(glyph, at: point.moved(columns: 1), style: selectable(style))
        case .chip, .card, .tallCard:
            let name = density == .chip ? String(digits.prefix(4)) : digits
            canvas.write("\(glyph) ", at: point.moved(columns: 1), style: selectable(style))
            canvas.write(name, at: point.moved(columns: 3), style: selectable(pane.style(.node)))
            if density.rows > 1 {
                canvas.write(row.status.word, at: point.moved(columns: 3, rows: 1), style: style, width: density.columns - 3)
            }
            if density == .tallCard {
                let teller = row.via.map { "via \(pane.words.shortKey($0.key).prefix(4))" } ?? (isStatic ? "given" : "seed")
                canvas.write(teller, at: point.moved(columns: 3, rows: 2), style: pane.style(.textDim), width: density.columns - 3)
            }
        }
        guard isSelected, density != .glyph else { return }
        let width = density == .spaced ? 3 : density == .chip ? 8 : 3 + digits.columns + 1
        let bracket = pane.style(.textStrong)
        canvas.write("[", at: point, style: bracket)
        canvas.write("]", at: point.moved(columns: width - 1), style: bracket)
    }

    /// Draws a circle for each node that the broadcast has not heard of, as many as there is room for.
    private func drawOthers(_ count: Int, after known: Int, _ density: Density, on canvas: inout Canvas, in room: Rect) {
        let perLine = density.perLine(room)
        let line = known / perLine * density.rows
        guard count > 0, line < room.rows else { return }
        let start = known % perLine * density.columns + (density == .glyph ? 0 : 1)
        let step = room.columns >= 40 ? 2 : 1
        let places = max(0, (room.columns - start + step - 1) / step)
        guard places > 0 else { return }
        let text = (0..<min(count, places)).map { place in
            String(place == places - 1 && count > places ? glyphs.ellipsis : glyphs.known)
        }
        canvas.write(
            text.joined(separator: step == 2 ? " " : ""), at: room.origin.moved(columns: start, rows: line), style: pane.style(.mapKnown))
    }
}
