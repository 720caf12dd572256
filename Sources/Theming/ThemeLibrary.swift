public import TOMLFields

/// All themes that there are: the user's and the built-in ones.
///
/// A user's theme stands before a built-in one of the same name, and may inherit it by that name. The files were read by somebody else:
/// this is a value.
public struct ThemeLibrary: Sendable {
    /// A theme of the library.
    public struct Entry: Sendable {
        /// The file.
        public let text: ThemeText
        /// Whether it travels inside the program.
        public let isBuiltIn: Bool
        /// Whether it stands before a built-in theme of the same name.
        public let isShadowing: Bool
        /// The theme, or what is wrong with it.
        public let theme: Result<ThemeFile, TOMLFieldError>

        /// What the command line calls it.
        public var id: String { text.id }
    }

    /// The themes, in the order of their names.
    public let entries: [Entry]
    private let texts: [String: ThemeText]

    /// The library of a user.
    ///
    /// - Parameter user: the user's files; of two with the same name the first counts.
    public init(user: [ThemeText] = []) {
        let builtIn = Dictionary(BuiltInThemes.texts.map { ($0.id, $0) }) { first, _ in first }
        let texts = Dictionary((user + BuiltInThemes.texts).map { ($0.id, $0) }) { first, _ in first }
        self.texts = texts
        entries = texts.values.sorted { $0.id < $1.id }.map { text in
            let isBuiltIn = builtIn[text.id] == text
            return Entry(
                text: text, isBuiltIn: isBuiltIn, isShadowing: !isBuiltIn && builtIn[text.id] != nil,
                theme: Result { () throws(TOMLFieldError) in try ThemeFile(text) { texts[$0] } })
        }
    }

    /// The theme with that name; nil if there is none.
    public func entry(named name: String) -> Entry? { entries.first { $0.id == name } }

    /// Reads a theme that is not of the library but may inherit from it.
    ///
    /// - Throws: at the first thing that is wrong in the file or in one it inherits.
    public func read(_ text: ThemeText) throws(TOMLFieldError) -> ThemeFile {
        try ThemeFile(text) { texts[$0] }
    }

    /// What to say about a name that no theme has.
    public func remedy(forUnknown name: String) -> String {
        let names = entries.map(\.id)
        return closestMatch(to: name, among: names).map { "did you mean \"\($0)\"?" } ?? "use one of \(names.joined(separator: ", "))"
    }
}
