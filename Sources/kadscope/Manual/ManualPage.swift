import ArgumentParser
import Dashboard
import Timeline

/// The manual page, made from the tables that the program itself uses.
enum ManualPage {
    /// The page for `man`.
    static var text: String {
        var page = Roff(title: "KADSCOPE", section: 1, source: "kadscope \(Kadscope.version)", manual: "User Commands")
        page.section("NAME")
        page.paragraph("kadscope - steps, shows and explains how a record is put into a Kademlia network")
        page.section("SYNOPSIS")
        page.paragraph(CommandHelp(OpenCommand.self).usage.replacing("kadscope open", with: "kadscope"))
        for command in commands { page.paragraph(CommandHelp(command).usage) }
        page.section("DESCRIPTION")
        page.paragraph(
            "kadscope opens a scenario, a recorded run (a trace) or a share line on the screen, where one steps through it forward and back, asks "
                + "why, sets breakpoints, and decides what happens next. Without an argument it opens the first built-in scenario. "
                + "With --plain it prints the run as lines of text.")
        page.section("OPTIONS")
        add(CommandHelp(OpenCommand.self), to: &page)
        page.section("COMMANDS")
        for command in commands {
            let help = CommandHelp(command)
            page.subsection(help.usage.split(separator: " ").prefix { !$0.hasPrefix("[") && !$0.hasPrefix("<") }.joined(separator: " "))
            page.paragraph(
                [command.configuration.abstract, command.configuration.discussion].filter { !$0.isEmpty }.joined(separator: " "))
            add(help, to: &page)
        }
        addKeys(to: &page)
        addLines(to: &page)
        addConfiguration(to: &page)
        addSurroundings(to: &page)
        return page.text
    }

    /// All commands that do something, those of commands included; the one without a name is left out.
    private static let commands: [any ParsableCommand.Type] = leaves(of: Kadscope.self).filter { $0 != OpenCommand.self }

    private static func leaves(of command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
        let below = command.configuration.subcommands
        return below.isEmpty ? [command] : below.flatMap(leaves)
    }

    private static func add(_ help: CommandHelp, to page: inout Roff) {
        for section in help.sections {
            for entry in section.entries { page.entry(entry.name, entry.help) }
        }
    }

    private static func addKeys(to page: inout Roff) {
        page.section("KEYS")
        page.paragraph("In brackets stands the name of the command, for the table [keys] of the config file.")
        for group in KeyText(.standard).groups {
            page.subsection(group.title)
            for row in group.rows {
                page.entry(row.keys.isEmpty ? "(no key)" : row.keys.joined(separator: ", "), "\(row.help) [\(row.command)]")
            }
        }
        page.paragraph("Ctrl-C pauses a run; twice within a second it quits. Ctrl-Z lays the program aside, as in every program.")
    }

    private static func addLines(to page: inout Roff) {
        page.section("COMMAND LINE")
        page.paragraph("What can be typed after a colon. Tab completes, Up brings back what was typed before.")
        for (words, help) in LineCommand.table { page.entry(words, help) }
        page.section("FILTERS")
        page.paragraph("They find steps: for :break, for the filter of the log and for the search.")
        for entry in Filter.reference {
            let words = entry.words.isEmpty ? "" : ": \(entry.words.map(\.word).joined(separator: ", "))"
            page.entry(entry.form, "\(entry.meaning)\(words). Such as: \(entry.example)")
        }
    }

    private static func addConfiguration(to page: inout Roff) {
        page.section("CONFIGURATION")
        page.paragraph(
            "The config file is TOML. What the command line says counts more. A file that is wrong sets nothing: the screen opens as it comes "
                + "and says what is wrong. R reads the file again, F2 changes and writes it.")
        page.entry("theme", "The name of a theme, or the path of its file: absolute, from ~/, or beside the config file.")
        page.entry("glyphs, color", "As the options of these names; \"auto\" is what the terminal can show.")
        page.entry("mouse, checks", "true or false.")
        page.entry("layout", "How the screen is divided at the start: \(Preset.allCases.map(\.rawValue).joined(separator: ", ")).")
        page.entry("speed", "Events a second while a run goes on: \(Settings.speeds.map(String.init).joined(separator: ", ")).")
        page.entry(
            "[keys]",
            "For names of commands all the keys that they are to have, [] for none. Keys are written as above: s, S, space, ^D, PgUp, S-Tab, F5. "
                + "A key is taken from the command that has it otherwise; help, quit and command-line need one.")
        page.verbatim([
            "theme = \"nord\"", "layout = \"teach\"", "speed = 20", "", "[keys]", "step-forward = [\"s\", \"F11\", \"S-Right\"]",
            "export = []",
        ])
    }

    private static func addSurroundings(to page: inout Roff) {
        page.section("FILES")
        page.entry("$XDG_CONFIG_HOME/kadscope/config.toml", "What is set for good. Without the variable it is in ~/.config/kadscope.")
        page.entry(
            "$XDG_STATE_HOME/kadscope/history",
            "The last \(TypedLines.limit) lines that were typed. Without the variable it is in ~/.local/state/kadscope; with --no-config none is kept."
        )
        page.section("ENVIRONMENT")
        page.entry("NO_COLOR", "If it is set and not empty, there are no colours.")
        page.entry("TERM, LC_ALL, LC_CTYPE, LANG", "What the terminal can do, and whether it takes more than ASCII.")
        page.section("EXIT STATUS")
        page.entry("0", "All went well.")
        page.entry(
            "1",
            "Something was found that was looked for: a run that breaks a law, a trace that differs; or the output could not be written.")
        page.entry("2", "The command line or a file is wrong, or there is no terminal; a sentence on standard error says what to do.")
        page.entry("128 + N", "The signal N ended the program.")
        page.section("EXAMPLES")
        page.verbatim([
            "kadscope                                  the first built-in scenario",
            "kadscope by-hand --theme nord             another, and colours",
            "kadscope --record run.kbt.jsonl           a run that is recorded",
            "kadscope run.kbt.jsonl                    and looked at again",
            "kadscope explore by-hand                  a run that breaks a law is looked for",
        ])
    }
}
