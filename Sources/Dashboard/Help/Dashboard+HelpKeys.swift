internal import Canvas

// MARK: - What the keys do while the help is open

extension Dashboard {
    mutating func performInHelp(_ command: Command, _ key: KeyPress) -> Effect {
        let page = max(1, helpRows(in: layout.body).rows)
        switch command {
        case .up: moveInHelp(by: -1)
        case .down: moveInHelp(by: 1)
        case .pageUp: moveInHelp(byLines: -page)
        case .pageDown, .runOrPause: moveInHelp(byLines: page)
        case .halfPageUp: moveInHelp(byLines: -max(1, page / 2))
        case .halfPageDown: moveInHelp(byLines: max(1, page / 2))
        case .first: moveInHelp(by: -.max / 2)
        case .last: moveInHelp(by: .max / 2)
        case .search: help?.isTyping = true
        case .open: return takeHelpEntry()
        case .close where help?.search.isEmpty == false: help = Help()
        case .help, .close, .quit: help = nil
        case .repaint: return .repaint
        default:
            help = nil
            return perform(command)
        }
        return .draw
    }

    /// Takes a key while letters are looked for.
    mutating func typeInHelp(_ key: KeyPress) -> Effect {
        guard var open = help else { return .draw }
        switch key {
        case .character(let character): (open.search, open.selected) = (open.search + String(character), 0)
        case .backspace where open.search.isEmpty: open.isTyping = false
        case .backspace:
            open.search.removeLast()
            open.selected = 0
        case .control("u") where open.search.isEmpty: message = "there is nothing to clear"
        case .control("u"): (open.search, open.selected) = ("", 0)
        case .enter: open.isTyping = false
        case .escape: open = Help()
        case .up: moveInHelp(by: -1)
        case .down: moveInHelp(by: 1)
        default: message = "\(key.name) does nothing here: Enter ends the search, Esc shows all again"
        }
        if key != .up, key != .down { help = open }
        return .draw
    }

    private mutating func moveInHelp(by distance: Int) {
        guard var open = help else { return }
        let count = helpItems.count(where: \.isEntry)
        guard count > 0 else {
            message = "nothing in the help holds \"\(open.search)\"; Esc shows all again"
            return
        }
        let target = min(max(open.selected + distance, 0), count - 1)
        if target == open.selected { message = distance < 0 ? "this is the first entry" : "this is the last entry" }
        open.selected = target
        help = open
    }

    /// Selects the entry that is so many lines further down, or at least the next one.
    private mutating func moveInHelp(byLines distance: Int) {
        let items = helpItems
        let entries = items.indices.filter { items[$0].isEntry }
        guard let open = help, let current = entries[safe: open.selected] else { return moveInHelp(by: distance) }
        let lines = helpLines(items, width: helpRows(in: layout.body).columns)
        let line = (lines.firstIndex { $0.item == current } ?? 0) + distance
        let found: Int?
        if distance < 0 {
            found = lines[max(0, line)...].lazy.compactMap { $0.item.flatMap(entries.firstIndex) }.first
        } else {
            found = lines[...min(line, lines.count - 1)].reversed().lazy.compactMap { $0.item.flatMap(entries.firstIndex) }.first
        }
        let target = found ?? open.selected
        moveInHelp(by: target == open.selected ? distance.signum() : target - open.selected)
    }

    /// Does what the selected entry is about.
    mutating func takeHelpEntry() -> Effect {
        guard let open = help, let item = helpItems.filter(\.isEntry)[safe: open.selected] else {
            message = "nothing is selected; Esc shows all again"
            return .draw
        }
        guard let action = item.action else {
            message = "\(item.name) is nothing that can be done; \(keys.name(of: .quit)) closes the help"
            return .draw
        }
        help = nil
        switch action {
        case .perform(let command): return perform(command)
        case .type(let purpose, let text): self.open(Prompt(purpose, text: text))
        }
        return .draw
    }

    /// Scrolls the help so far that the selected entry is visible, with its heading where there is room.
    mutating func settleHelp() {
        guard var open = help else { return }
        let items = helpItems
        let entries = items.indices.filter { items[$0].isEntry }
        open.selected = min(max(open.selected, 0), max(0, entries.count - 1))
        let rows = helpRows(in: layout.body)
        let lines = helpLines(items, width: rows.columns)
        if let item = entries[safe: open.selected], let first = lines.firstIndex(where: { $0.item == item }),
            let last = lines.lastIndex(where: { $0.item == item })
        {
            // What stands between this entry and the one before belongs to it.
            let before = entries[safe: open.selected - 1].flatMap { entry in lines.lastIndex { $0.item == entry } }.map { $0 + 1 } ?? 0
            open.scroll = min(open.scroll, max(before, last - rows.rows + 1))
            open.scroll = max(open.scroll, last - rows.rows + 1)
            if first < open.scroll { open.scroll = first }
        }
        open.scroll = min(max(open.scroll, 0), max(0, lines.count - rows.rows))
        help = open
    }
}
