/// Something to be written to a file.
public struct Export: Equatable, Sendable {
    /// What is written.
    public enum Content: String, CaseIterable, Sendable {
        /// The pane that has the keys, with all its rows, as text.
        case pane
        /// The whole screen as text.
        case screen
        /// The whole screen as text with control sequences for its colours.
        case colors
        /// The rows of the pane's table as JSON.
        case json

        /// What it is, in a few words.
        var help: String {
            switch self {
            case .pane: "this pane as text, all its rows"
            case .screen: "the screen as text"
            case .colors: "the screen in colours, for cat and less -R"
            case .json: "the rows of this pane as JSON"
            }
        }

        /// How the names of such files end.
        var ending: String {
            switch self {
            case .pane, .screen: "txt"
            case .colors: "ansi"
            case .json: "json"
            }
        }
    }

    /// What is written.
    public let content: Content
    /// The file's path.
    public let path: String
    /// Whether a file that is there already is replaced.
    public let mayOverwrite: Bool

    /// An export of something to a file.
    public init(content: Content, path: String, mayOverwrite: Bool) {
        self.content = content
        self.path = path
        self.mayOverwrite = mayOverwrite
    }
}
