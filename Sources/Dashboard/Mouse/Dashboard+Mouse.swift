public import Canvas
internal import Timeline

// MARK: - What the mouse does

extension Dashboard {
    /// Does what the mouse stands for: a click is acted on when the button goes down.
    ///
    /// - Parameter isOver: as for ``press(_:isOver:)``.
    public mutating func point(_ event: MouseEvent, isOver: () -> Bool = { false }) -> Effect {
        if work != nil {
            if event.action == .press { stopWork() }
            settle()
            return .draw
        }
        let effect = effect(of: event)
        if goOn(isOver) { observe() }
        settle()
        return effect
    }

    private mutating func effect(of event: MouseEvent) -> Effect {
        switch event.action {
        case .press: return click(place(at: event.point))
        case .drag:
            if sharing.isScrubbing { scrub(to: timelineCell(at: event.point), isDragged: true) }
        case .release: sharing.isScrubbing = false
        case .wheelUp: turnWheel(at: event.point, by: -1)
        case .wheelDown: turnWheel(at: event.point, by: 1)
        }
        return .draw
    }

    private mutating func click(_ place: Place) -> Effect {
        sharing.isScrubbing = false
        guard prompt == nil else { return .draw }
        awaited = nil
        message = nil
        switch place {
        case .hint(let key): return effect(of: key)
        case .entry(let index):
            menu?.selected = index
            return performInMenu(.open, .enter)
        case .line(let index):
            guard dialog?.lines[safe: index]?.step != nil else { return .draw }
            dialog?.selected = index
            return performInDialog(.open)
        case .item(let index): return clickItem(index)
        case .outside: (menu, dialog, settingsPlace, themes.selected) = (nil, nil, nil, nil)
        case .tab(let pane): focus = pane
        case .timeline(let cell):
            sharing.isScrubbing = true
            scrub(to: cell, isDragged: false)
        case .pane(let pane, let row):
            let isSecond = focus == pane && row == selectedRow(pane)
            focus = pane
            guard let row else { return .draw }
            if isSecond { return perform(.open) }
            select(pane, row: row)
        case .nothing: break
        }
        return .draw
    }

    /// Selects an entry of the list that is open; a click on the selected one takes it.
    private mutating func clickItem(_ index: Int) -> Effect {
        if let settingsPlace {
            if settingsPlace == index { return performInSettings(.open, .enter) }
            self.settingsPlace = index
        } else if let selected = themes.selected {
            if selected == index { return pressInThemes(keys.keys(of: .open).first ?? .enter) }
            themes.selected = index
        } else if let open = help {
            if open.selected == index { return takeHelpEntry() }
            help?.selected = index
        }
        return .draw
    }

    // MARK: The timeline

    /// Goes to the step at a cell of the timeline; if something stands out there, to that, except on the way.
    private mutating func scrub(to cell: Int, isDragged: Bool) {
        pause()
        let total = max(1, history.stepCount)
        let last = max(1, layout.timeline.columns - Self.timelineMargins - 1)
        let cell = min(max(cell, 0), last)
        let outstanding = isDragged ? nil : outstandingSteps.first { $0 * last / total == cell }
        selectedStep = nil
        go(to: outstanding ?? (cell * total + last / 2) / last)
    }

    // MARK: The wheel

    /// The number of lines that a notch of the wheel is worth.
    private static let notch = 3

    private mutating func turnWheel(at point: Point, by direction: Int) {
        guard prompt == nil else { return }
        let isList = menu != nil || settingsPlace != nil || themes.isOpen
        if isList || dialog != nil || help != nil {
            for _ in 0..<(isList ? 1 : Self.notch) { _ = press(direction < 0 ? .up : .down) }
            return
        }
        switch place(at: point) {
        case .pane(let pane, row: _):
            if Self.hasLines(pane) { scroll(pane, by: direction * Self.notch) } else { selectNext(in: pane, by: direction) }
        case .timeline: _ = perform(direction < 0 ? .scrubBack : .scrubForward)
        case .tab, .hint, .entry, .item, .line, .nothing, .outside: break
        }
    }

    /// Selects the next or the previous thing of a pane that does not scroll.
    private mutating func selectNext(in pane: Pane, by distance: Int) {
        let row = selectedRow(pane) + distance
        if (0..<rowCount(pane)).contains(row) { select(pane, row: row) }
    }

    /// Scrolls a pane by lines. What is selected stays so as long as it can be seen; the log no longer follows the steps.
    private mutating func scroll(_ pane: Pane, by distance: Int) {
        let (height, visible) = (rowHeight(pane), visibleRows(pane))
        let limit = max(0, rowCount(pane) * height - visible)
        let old = scroll[pane] ?? 0
        let top = min(max(old + distance, 0), limit)
        guard top != old else { return }
        if pane == .log, selectedStep == nil, selectedRow(.log) >= 0 { selectedStep = logStep(selectedRow(.log)) }
        scroll[pane] = top
        // The first and the last thing that can be seen as a whole.
        let (first, last) = ((top + height - 1) / height, max(0, (top + visible) / height - 1))
        let row = min(max(selectedRow(pane), first), max(first, last))
        if row != selectedRow(pane) { select(pane, row: min(row, rowCount(pane) - 1)) }
        if pane == .log, distance > 0, selectedStep == history.position, top == limit { selectedStep = nil }
    }
}
