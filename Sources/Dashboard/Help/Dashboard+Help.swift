internal import Canvas
internal import Timeline

// MARK: - What the help says

extension Dashboard {
    private static let introduction = [
        "kadscope shows how a record is put into a Kademlia network. A put first looks for the nodes whose keys are closest to",
        "the record's key, then stores the record with them. Distance is the XOR of two keys; nodes that share more leading bits",
        "with the target (a longer common prefix, cpl) are closer. Every step is one event that goes into the pool of broadcasts,",
        "and one state that comes out of it: what to ask, what to store, or what is being waited for.",
    ]

    private static let columns = [
        ("done", "stores that have come to an end, of all"), ("er", "stores that failed"),
        ("age", "how long the broadcast has been running, or ran"), ("left", "time until the request is given up"),
        ("#", "place among the nodes, the closest first; a dot: not chosen"), ("cpl", "leading bits that node and target share"),
        ("distance", "first digits of the XOR of node and target"), ("rtt", "time from the request to the answer"),
        ("hop", "answers between a seed and this node: 0 for a seed"), ("via", "the node whose answer named it first"),
    ]

    /// All of the help that holds what is looked for, with the headings of that.
    var helpItems: [HelpItem] {
        let letters = help?.search ?? ""
        guard !letters.isEmpty else { return allHelpItems }
        var found: [HelpItem] = []
        var heading: HelpItem?
        for item in allHelpItems {
            if case .heading = item.form { heading = item }
            guard item.isEntry, item.matches(letters) else { continue }
            if let title = heading {
                found.append(title)
                heading = nil
            }
            found.append(item)
        }
        return found
    }

    private var allHelpItems: [HelpItem] {
        var items = [heading("In this pane: \(focus.title), \(focus.help)")]
        items += focus.ownKeys.map { command, help in
            HelpItem(form: .short(nil, nil), name: keys.name(of: command), text: help, action: .perform(command))
        }
        items += [heading("What one sees"), HelpItem(form: .text, text: Self.introduction.joined(separator: " "))]
        var group = ""
        for entry in CommandTable.all {
            if entry.group != group {
                group = entry.group
                items.append(heading(group))
            }
            let names = keys.keys(of: entry.command).map(\.name)
            items.append(
                HelpItem(
                    form: .short(nil, nil), name: names.isEmpty ? "no key" : names.joined(separator: " "), text: entry.help,
                    action: .perform(entry.command), otherWords: entry.command.name))
        }
        items.append(HelpItem(form: .short(nil, nil), name: "^C", text: "pause; twice: quit"))
        items.append(heading("The line that \(keys.name(of: .commandLine)) opens"))
        items += LineCommand.table.map { words, help in
            let word = words.prefix { $0 != " " }
            return HelpItem(form: .long, name: words, text: help, action: .type(.command, word == words ? words : "\(word) "))
        }
        items.append(heading("Filters, for :break, for \(keys.name(of: .filter)) and for \(keys.name(of: .search))"))
        items += Filter.reference.map { entry in
            HelpItem(
                form: .long, name: entry.form, text: "\(entry.meaning), as in \(entry.example)", action: .type(.filter, entry.example),
                otherWords: entry.words.map(\.word).joined(separator: " "))
        }
        items.append(heading("States of a node, in the pane Closest"))
        items += NodeStatus.examples.map { HelpItem(form: .short($0, nil), name: $0.word, text: $0.meaning) }
        items.append(heading("Phases of a broadcast, in the pane Pool"))
        items += Observation.PoolRow.Phase.allCases.map { HelpItem(form: .short(nil, $0), name: $0.rawValue, text: $0.meaning) }
        items.append(heading("Columns"))
        return items + Self.columns.map { HelpItem(form: .short(nil, nil), name: $0, text: $1) }
    }

    private func heading(_ text: String) -> HelpItem { HelpItem(form: .heading, text: text) }

    // MARK: Lines

    /// Where the meaning of a short name begins, and that of a longer one where the screen is wide.
    private static let (shortColumn, longColumn) = (15, 40)
    /// How wide the help must be to have longer names and their meanings side by side.
    private static let wideHelp = 100

    /// What is shown, in lines of a width.
    func helpLines(_ items: [HelpItem], width: Int) -> [HelpLine] {
        var lines: [HelpLine] = []
        for (place, item) in items.enumerated() {
            switch item.form {
            case .heading:
                if !lines.isEmpty { lines.append(HelpLine(item: nil)) }
                lines += item.text.wrapped(to: width).map { HelpLine(item: place, label: $0) }
            case .text: lines += item.text.wrapped(to: width).map { HelpLine(item: place, text: $0) }
            case .short: lines += entryLines(place, item, column: Self.shortColumn, width)
            case .long: lines += entryLines(place, item, column: width >= Self.wideHelp ? Self.longColumn : 6, width)
            }
        }
        return lines
    }

    /// A name with its meaning beside it, or below it where the name is too long for that.
    private func entryLines(_ place: Int, _ item: HelpItem, column: Int, _ width: Int) -> [HelpLine] {
        var lines = item.text.wrapped(to: max(10, width - column)).map { HelpLine(item: place, text: $0, column: column) }
        if item.name.columns + 3 <= column, !lines.isEmpty {
            lines[0].label = item.name
        } else {
            lines.insert(HelpLine(item: place, label: item.name), at: 0)
        }
        return lines
    }

    /// The place of the entry at a cell among all that are shown; `nil` if there is none.
    func helpEntry(at point: Point) -> Int? {
        let (rows, items) = (helpRows(in: layout.body), helpItems)
        guard let help, rows.contains(point) else { return nil }
        let item = helpLines(items, width: rows.columns)[safe: point.row - rows.row + help.scroll]?.item
        return item.flatMap { items[$0].isEntry ? items[..<$0].count(where: \.isEntry) : nil }
    }

    /// The part of the screen for the lines of the help.
    func helpRows(in rect: Rect) -> Rect {
        let inner = rect.inset(columns: 2, rows: 1)
        return inner.split(rows: isSearchingHelp ? 1 : 0).bottom
    }

    /// Whether the help has a line for what is looked for.
    var isSearchingHelp: Bool { help.map { $0.isTyping || !$0.search.isEmpty } ?? false }
}
