internal import Canvas

/// Which key does what, as text.
public struct KeyText: Sendable {
    private let keys: KeyMap

    /// The text of a map of keys.
    public init(_ keys: KeyMap) {
        self.keys = keys
    }

    /// The commands of a heading.
    public struct Group: Sendable {
        /// The heading.
        public let title: String
        /// The commands in the order of the help, with the names of their keys.
        public let rows: [(keys: [String], command: String, help: String)]
    }

    /// All commands by heading, in the order of the help.
    public var groups: [Group] {
        var groups: [Group] = []
        for entry in CommandTable.all where groups.last?.title != entry.group {
            let rows = CommandTable.all.filter { $0.group == entry.group }.map {
                (keys: keys.keys(of: $0.command).map(\.name), command: $0.command.name, help: $0.help)
            }
            groups.append(Group(title: entry.group, rows: rows))
        }
        return groups
    }

    /// A line for each command: its keys, its name, what it does.
    public var lines: [String] {
        let rows = groups.flatMap(\.rows)
        let keyWidth = rows.map { $0.keys.joined(separator: " ").columns }.max() ?? 0
        let nameWidth = rows.map(\.command.columns).max() ?? 0
        var lines: [String] = []
        for group in groups {
            lines += lines.isEmpty ? [group.title] : ["", group.title]
            for row in group.rows {
                let names = row.keys.isEmpty ? "-" : row.keys.joined(separator: " ")
                lines.append("  \(names.padded(to: keyWidth))  \(row.command.padded(to: nameWidth))  \(row.help)")
            }
        }
        return lines
    }
}
