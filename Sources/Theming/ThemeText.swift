/// The text of a theme file and where it comes from.
public struct ThemeText: Hashable, Sendable {
    /// What other themes inherit it by and what the command line calls it: the file's name without `.toml`.
    public let id: String
    /// What messages call it: the file's name or path.
    public let source: String
    public let text: String

    public init(id: String, source: String, text: String) {
        self.id = id
        self.source = source
        self.text = text
    }
}
