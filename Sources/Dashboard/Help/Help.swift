/// The help while it is open: what is looked for in it, and what is selected.
struct Help: Sendable {
    /// Only what holds these letters is shown.
    var search = ""
    /// Whether keys are letters of what is looked for.
    var isTyping = false
    /// The place of the selected entry among those shown that have a name.
    var selected = 0
    /// The first visible line.
    var scroll = 0
}

/// A part of the help that belongs together.
struct HelpItem: Sendable {
    /// What Enter does with it.
    enum Action: Sendable {
        /// A command is carried out.
        case perform(Command)
        /// A line is opened that begins with these words.
        case type(Prompt.Purpose, String)
    }

    /// How it is written.
    enum Form: Sendable {
        /// The title of what follows.
        case heading
        /// Sentences.
        case text
        /// A short name, and what it means on the same line.
        case short(NodeStatus?, Observation.PoolRow.Phase?)
        /// A longer name.
        case long
    }

    let form: Form
    /// What it is called: a key, the words of a line, a sign. Empty for headings and sentences.
    var name = ""
    /// What it means.
    let text: String
    var action: Action?
    /// What else finds it.
    var otherWords = ""

    /// Whether it can be selected.
    var isEntry: Bool {
        switch form {
        case .heading, .text: false
        case .short, .long: true
        }
    }

    /// Whether it holds these letters, in upper or lower case.
    func matches(_ letters: String) -> Bool {
        letters.isEmpty || "\(name) \(text) \(otherWords)".lowercased().contains(letters.lowercased())
    }
}

/// A line of the help on the screen.
struct HelpLine: Sendable {
    /// The place among all that is shown of what it belongs to; `nil` for lines between.
    let item: Int?
    var label = ""
    var text = ""
    /// Where the text begins.
    var column = 0
}
