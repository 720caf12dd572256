internal import Canvas
internal import Theming

/// Draws a statechart: the current state with shades, bold and in its colour, the way that was just taken with the name of its event.
struct StatechartDrawing {
    let chart: Statechart
    let place: MachinePlace
    let look: Look

    var glyphs: Glyphs { look.glyphs }

    /// Draws the chart in the largest form for which there is room, in the middle of the height of a rectangle.
    func draw(on canvas: inout Canvas, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let form = StatechartForm(of: chart, in: rect.size)
        let rect = rect.split(rows: max(0, rect.rows - form.rows) / 2).bottom
        switch form {
        case .line(let isShort, let isPart): drawLine(on: &canvas, at: rect.line(0), isShort: isShort, isPart: isPart)
        case .boxes, .full: drawBoxes(Array(chart.phases.indices), form, on: &canvas, in: rect)
        case .twoRows: drawTwoRows(form, on: &canvas, in: rect)
        }
    }

    // MARK: What was taken

    /// The places of the phases that the way just taken leads from and to; that of the beginning is -1.
    private var takenPhases: (from: Int, to: Int)? {
        guard let taken = place.taken else { return nil }
        return (chart.phase(of: taken.from) ?? -1, chart.phase(of: taken.to) ?? -1)
    }

    /// Which way the link after a phase was taken, if it was; -1 is the one from the beginning.
    func direction(ofLink link: Int) -> Direction? {
        guard let (from, to) = takenPhases, from != to else { return nil }
        if (min(from, to)..<max(from, to)).contains(link) { return from < to ? .forward : .back }
        return nil
    }

    /// Whether the way just taken stays in a phase.
    func isTaken(within phase: Int) -> Bool { takenPhases.map { $0.from == phase && $0.to == phase } ?? false }

    enum Direction { case forward, back }

    /// How what was taken is drawn.
    var takenStyle: Style {
        let role = place.state.role
        return edge(role == .stateIdle ? .textStrong : role).overlaid(with: Style(attributes: .bold))
    }

    /// A role as lines are drawn in it: never underlined.
    func edge(_ role: Role) -> Style {
        var style = style(role)
        style.attributes.remove(.underline)
        return style
    }

    func style(_ role: Role) -> Style { look.theme.style(role) }

    // MARK: States

    /// Draws a state with a blank on each side; the current one stands out.
    ///
    /// - Returns: the number of columns.
    @discardableResult
    func draw(_ state: MachineState, on canvas: inout Canvas, at point: Point, isShort: Bool) -> Int {
        let title = state.title(isShort: isShort)
        guard state == place.state else {
            canvas.write(" \(title) ", at: point, style: style(place.taken?.from == state ? .text : .textDim))
            return title.columns + 2
        }
        let role = style(state.role)
        canvas.write(String(glyphs.shade), at: point, style: role)
        canvas.write(title, at: point.moved(columns: 1), style: role.overlaid(with: Style(attributes: [.bold, .reverse])))
        canvas.write(String(glyphs.shade), at: point.moved(columns: 1 + title.columns), style: role)
        return title.columns + 2
    }

    /// The states of a phase that are drawn beside each other: of a choice the current one, or the first.
    func shownStates(of phase: Statechart.Phase) -> [MachineState] {
        guard phase.isChoice else { return phase.states }
        return [phase.states.first { $0 == place.state } ?? phase.states[0]]
    }

    /// Draws the states of a phase beside each other with arrows to and fro between them.
    ///
    /// - Returns: the number of columns.
    @discardableResult
    func drawStates(of phase: Int, on canvas: inout Canvas, at point: Point, isShort: Bool) -> Int {
        let states = shownStates(of: chart.phases[phase])
        var column = 0
        for (index, state) in states.enumerated() {
            if index > 0 {
                let (left, right) = headStyles(between: states[index - 1], and: state, states)
                canvas.write(String(glyphs.left), at: point.moved(columns: column), style: left)
                canvas.write(String(glyphs.right), at: point.moved(columns: column + 1), style: right)
                column += 2
            }
            column += draw(state, on: &canvas, at: point.moved(columns: column), isShort: isShort)
        }
        return max(column, chart.lineWidth(of: chart.phases[phase], isShort: isShort))
    }

    /// How the heads of the arrows between two neighbours are drawn: the one to the left, and the one to the right.
    private func headStyles(between left: MachineState, and right: MachineState, _ states: [MachineState]) -> (Style, Style) {
        let dim = style(.textDim)
        guard let taken = place.taken, taken.from != taken.to, let from = states.firstIndex(of: taken.from),
            let to = states.firstIndex(of: taken.to), let here = states.firstIndex(of: right)
        else { return (dim, dim) }
        guard (min(from, to) + 1...max(from, to)).contains(here) else { return (dim, dim) }
        return from < to ? (dim, takenStyle) : (takenStyle, dim)
    }

    // MARK: One line

    private func drawLine(on canvas: inout Canvas, at line: Rect, isShort: Bool, isPart: Bool) {
        var column = 0
        func at(_ column: Int) -> Point { line.origin.moved(columns: column) }
        if isPart {
            guard let phase = chart.phase(of: place.state) else {
                draw(place.state, on: &canvas, at: at(0), isShort: isShort)
                return
            }
            drawStates(of: phase, on: &canvas, at: at(0), isShort: isShort)
            return
        }
        if chart.hasBeginning {
            drawBeginning(on: &canvas, at: at(0), length: Statechart.beginning - 1)
            column = Statechart.beginning
        }
        for phase in chart.phases.indices {
            if phase > 0 {
                let length = chart.links[phase - 1].isTwoWay ? 3 : 2
                drawArrow(link: phase - 1, on: &canvas, at: at(column), length: length)
                column += length
            }
            column += drawStates(of: phase, on: &canvas, at: at(column), isShort: isShort)
        }
        let room = line.columns - column - 4
        if place.taken != nil, room >= place.event.name.columns {
            canvas.write("\(glyphs.dot) \(place.event.name)", at: at(column + 2), style: takenStyle)
        }
    }

    // MARK: Arrows

    /// Draws the mark of the beginning and the arrow away from it.
    func drawBeginning(on canvas: inout Canvas, at point: Point, length: Int) {
        let isHere = place.state == .idle
        canvas.write(
            String(glyphs.timelineNow), at: point,
            style: isHere ? style(.textStrong) : direction(ofLink: -1) == nil ? style(.textDim) : takenStyle)
        drawArrow(link: -1, on: &canvas, at: point.moved(columns: 1), length: length)
    }

    /// Draws the arrow of a link, from left to right; heavy if it was taken.
    func drawArrow(link: Int, on canvas: inout Canvas, at point: Point, length: Int, isMirrored: Bool = false) {
        let direction = direction(ofLink: link)
        let line = direction == nil ? style(.paneBorder) : takenStyle
        canvas.horizontalLine(
            at: point, length: length, glyph: direction == nil ? glyphs.horizontalBar : glyphs.timelinePast, style: line)
        let isTwoWay = chart.links.indices.contains(link) && chart.links[link].isTwoWay
        let end = point.moved(columns: length - 1)
        func head(_ isForward: Bool) -> Style {
            direction == (isForward ? .forward : .back) ? takenStyle : style(direction == nil ? .text : .textDim)
        }
        let (first, last) = isMirrored ? (end, point) : (point, end)
        canvas.write(String(isMirrored ? glyphs.left : glyphs.right), at: last, style: head(true))
        if isTwoWay { canvas.write(String(isMirrored ? glyphs.right : glyphs.left), at: first, style: head(false)) }
    }
}
