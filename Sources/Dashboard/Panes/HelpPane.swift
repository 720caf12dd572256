internal import Canvas
internal import Theming
internal import Timeline

// MARK: - The help: what one sees, what the keys do, what the signs mean

extension Dashboard {
    private enum HelpLine {
        case heading(String)
        case text(String)
        case key(String, String)
        case words(String)
        case sign(NodeStatus)
        case phase(Observation.PoolRow.Phase)
    }

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

    private func helpLines(width: Int) -> [HelpLine] {
        var lines = Self.introduction.joined(separator: " ").wrapped(to: width).map(HelpLine.text)
        var group = ""
        for entry in CommandTable.entries {
            if entry.group != group {
                group = entry.group
                lines += [.text(""), .heading(group)]
            }
            lines.append(.key(entry.keys.map(\.name).joined(separator: " "), entry.help))
        }
        lines.append(.key("^C", "pause; twice: quit"))
        lines += entries("The line that : opens", LineCommand.table, width)
        lines += entries(
            "Filters, for :break, for \\ and for /", Filter.reference.map { ($0.form, "\($0.meaning), as in \($0.example)") }, width)
        lines += [.text(""), .heading("States of a node, in the pane Closest")]
        lines += NodeStatus.examples.map(HelpLine.sign)
        lines += [.text(""), .heading("Phases of a broadcast, in the pane Pool")]
        lines += Observation.PoolRow.Phase.allCases.map(HelpLine.phase)
        lines += [.text(""), .heading("Columns")]
        return lines + Self.columns.map(HelpLine.key)
    }

    /// What can be typed, each with what it does on the lines below it.
    private func entries(_ heading: String, _ entries: [(String, String)], _ width: Int) -> [HelpLine] {
        [.text(""), .heading(heading)]
            + entries.flatMap { words, help in [.words(words)] + help.wrapped(to: max(10, width - 6)).map { .text("      \($0)") } }
    }

    private var helpWidth: Int { max(1, size.columns - 4) }

    /// The number of lines of the help.
    var helpLength: Int { helpLines(width: helpWidth).count }

    func drawHelp(on canvas: inout Canvas, at rect: Rect, _ look: Look) {
        let theme = look.theme
        canvas.fill(rect, style: theme.style(.dialogBackground))
        canvas.box(rect, glyphs: look.glyphs.boxFocused, style: theme.style(.paneBorderFocus))
        canvas.write(" Help ", at: rect.origin.moved(columns: 2), style: theme.style(.paneTitle), width: max(0, rect.columns - 4))
        let inner = rect.inset(columns: 2, rows: 1)
        let lines = helpLines(width: helpWidth)
        let top = helpScroll ?? 0
        for row in 0..<inner.rows where row + top < lines.count {
            let origin = inner.line(row).origin
            func write(_ text: String, at column: Int, _ role: Role) {
                canvas.write(
                    text.clipped(to: inner.columns - column, ellipsis: look.glyphs.ellipsis), at: origin.moved(columns: column),
                    style: theme.style(.dialogBackground).overlaid(with: theme.style(role)))
            }
            switch lines[row + top] {
            case .heading(let text): write(text, at: 0, .textStrong)
            case .text(let text): write(text, at: 0, .text)
            case .key(let keys, let help):
                write(keys, at: 2, .hintKey)
                write(help, at: 12, .text)
            case .words(let words): write(words, at: 2, .hintKey)
            case .sign(let status):
                write("\(status.glyph(look.glyphs)) \(status.word)", at: 2, status.role)
                write(status.meaning, at: 15, .text)
            case .phase(let phase):
                write(phase.rawValue, at: 2, phase.role)
                write(phase.meaning, at: 12, .text)
            }
        }
        let more = lines.count - top - inner.rows
        let count = more > 0 ? " j: \(more) more lines   q: close " : " q: close "
        let text = count.clipped(to: rect.columns - 4, ellipsis: look.glyphs.ellipsis)
        canvas.write(
            text, at: rect.origin.moved(columns: rect.columns - 2 - text.columns, rows: rect.rows - 1), style: theme.style(.paneCount))
    }
}
