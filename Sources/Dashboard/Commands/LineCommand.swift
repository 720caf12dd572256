internal import Timeline

/// The commands of the line that `:` opens, beside a number (go to this step) and the choices of ``ChoiceWords``.
public enum LineCommand: String, CaseIterable, Sendable {
    case t, step, finish
    case reverseFinish = "reverse-finish"
    case `break`, once, watch, delete, toggle, filter, whynot, coverage, branch, name, prune, compare, pane, layout, export, save, share,
        quit

    /// What comes after the word.
    var usage: String {
        switch self {
        case .t: "TIME"
        case .step: "NUMBER"
        case .finish: "[BROADCAST]"
        case .reverseFinish: ""
        case .break, .once: "[from N | every N] FILTER"
        case .watch: "VALUE [BROADCAST]"
        case .delete, .toggle: "NUMBER"
        case .filter: "[FILTER]"
        case .whynot: "NODE [BROADCAST]"
        case .coverage: ""
        case .branch: "NUMBER | NAME"
        case .name: "WORDS"
        case .prune: "NUMBER"
        case .compare: "NUMBER [NUMBER]"
        case .pane, .layout: "NAME"
        case .export: "FILE [WHAT]"
        case .save: "FILE"
        case .share: ""
        case .quit: ""
        }
    }

    /// What it does.
    var help: String {
        switch self {
        case .t: "to the first step at or after a time, such as 12.4s"
        case .step: "so many steps forward; with a minus, back"
        case .finish: "to the end of the selected broadcast, or of the one named, forward or back"
        case .reverseFinish: "back to where the phase of the selected broadcast began"
        case .break: "stop at the steps that a filter matches; from its third hit on, or at every third"
        case .once: "stop at the first of them only"
        case .watch: "stop when a value changes: \(Measure.allCases.map(\.rawValue).joined(separator: ", "))"
        case .delete: "deletes a breakpoint, or a watch such as w1"
        case .toggle: "switches a breakpoint or a watch on or off"
        case .filter: "shows only these steps in the log; without a filter, all"
        case .whynot: "why a node is not in the closest set"
        case .coverage: "which events the run has met in which states"
        case .branch: "to another branch"
        case .name: "gives this branch a name"
        case .prune: "deletes a branch and all that left it"
        case .compare: "this branch beside another: the first difference, and the states there"
        case .pane: "to a pane: \(Pane.allCases.map(\.name).joined(separator: ", "))"
        case .layout: "how the screen is divided: \(Preset.allCases.map(\.rawValue).joined(separator: ", "))"
        case .export: "writes what is seen to a file: \(Export.Content.allCases.map(\.rawValue).joined(separator: ", "))"
        case .save: "writes the run to a file that kadscope opens again"
        case .share: "the run up to here in one line, which kadscope opens again"
        case .quit: "quits"
        }
    }

    /// Everything that can stand on the line, with what comes after it and what it does: for the help and the README.
    public static var table: [(words: String, help: String)] {
        let own = allCases.map { (words: join($0.rawValue, $0.usage), help: $0.help) }
        return [(words: "412", help: "to this step"), (words: "30%", help: "to this part of the run")] + own
            + ChoiceWords.verbs.map { (words: join($0.word, $0.usage), help: $0.help) }
    }

    /// The table in Markdown: what the README shows.
    public static var markdown: String {
        markdownTable(("line", "what it does"), table.map { ($0.words, $0.help) })
    }

    /// The filters in Markdown: what the README shows.
    public static var filterMarkdown: String {
        let rows = Filter.reference.map { entry in
            (
                entry.form,
                entry.meaning + (entry.words.isEmpty ? "" : ": \(entry.words.map(\.word).joined(separator: ", "))") + "; `\(entry.example)`"
            )
        }
        return markdownTable(("filter", "what it finds"), rows)
    }

    private static func markdownTable(_ titles: (String, String), _ rows: [(String, String)]) -> String {
        let lines = rows.map { "| `\($0.0.replacing("|", with: "\\|"))` | \($0.1.replacing("|", with: "\\|")) |" }
        return (["| \(titles.0) | \(titles.1) |", "| --- | --- |"] + lines).joined(separator: "\n")
    }

    /// The words that a line can begin with.
    static var firstWords: [String] { allCases.map(\.rawValue) + ChoiceWords.verbs.map(\.word) }

    private static func join(_ word: String, _ usage: String) -> String {
        usage.isEmpty ? word : "\(word) \(usage)"
    }
}
