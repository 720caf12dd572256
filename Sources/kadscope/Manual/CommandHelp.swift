import ArgumentParser

/// What `--help` says about a command, in parts.
struct CommandHelp {
    /// An argument or option: how it is written, and what it is for.
    struct Entry {
        let name: String
        var help: String
    }

    /// Arguments or options below a title.
    struct Section {
        let title: String
        var entries: [Entry]
    }

    /// Where what an option is for stands, beside its name or on the line below a longer one.
    private static let column = 26

    /// How the command is called.
    let usage: String
    /// Its arguments and options by title, those that every command has left out.
    let sections: [Section]

    /// The help of a command.
    init(_ command: any ParsableCommand.Type) {
        // So wide that no line is broken.
        let lines = Kadscope.helpMessage(for: command, columns: 2000).split(separator: "\n", omittingEmptySubsequences: false)
        var sections: [Section] = []
        for line in lines {
            if !line.hasPrefix(" "), line.hasSuffix(":") {
                sections.append(Section(title: String(line.dropLast()), entries: []))
            } else if !sections.isEmpty, line.hasPrefix("  ") {
                Self.add(line, to: &sections[sections.count - 1])
            }
        }
        usage = lines.first { $0.hasPrefix("USAGE: ") }.map { String($0.dropFirst("USAGE: ".count)) } ?? ""
        self.sections = sections.map { section in
            Section(title: section.title, entries: section.entries.filter { $0.name != "--version" && $0.name != "-h, --help" })
        }.filter { !$0.entries.isEmpty && !$0.title.hasPrefix("SUBCOMMANDS") }
    }

    private static func add(_ line: Substring, to section: inout Section) {
        let words = line.split(separator: " ")
        let isNameAlone = line.count <= column || line.prefix(column).last != " "
        if line.prefix(column).allSatisfy({ $0 == " " }), let last = section.entries.indices.last {
            section.entries[last].help = words.joined(separator: " ")
        } else if isNameAlone {
            section.entries.append(Entry(name: words.joined(separator: " "), help: ""))
        } else {
            let name = line.prefix(column).split(separator: " ").joined(separator: " ")
            section.entries.append(Entry(name: name, help: String(line.dropFirst(column))))
        }
    }
}
