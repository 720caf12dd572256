internal import Timeline

/// What can be done with the thing that is selected: a list to choose from.
struct Menu: Sendable {
    /// What an entry does.
    enum Action: Sendable {
        /// Something happens in the run.
        case choose(Choice)
        /// A command line begins with these words, for a person to complete.
        case type(String)
        /// A command is carried out.
        case run(String)
        /// What a key does is done.
        case perform(Command)
    }

    /// A line of the menu.
    struct Entry: Sendable {
        /// What it does, in a few words.
        let label: String
        /// What happens when it is chosen.
        let action: Action
        /// Why it cannot be chosen now, if it cannot.
        let obstacle: String?
    }

    /// What the entries are about.
    let title: String
    /// The lines.
    let entries: [Entry]
    /// The selected line.
    var selected = 0
}

/// A text to read, with lines that lead to steps.
struct Dialog: Sendable {
    /// A line of a dialog.
    struct Line: Sendable {
        /// What it says.
        let text: String
        /// The step that Enter goes to.
        var step: Int?
        /// Whether it stands out.
        var isStrong = false
    }

    /// The heading.
    let title: String
    /// The text; longer lines are wrapped.
    let lines: [Line]
    /// The selected line.
    var selected = 0
    /// The first line that is visible.
    var scroll = 0
}
