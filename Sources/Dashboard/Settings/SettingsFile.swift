public import TOMLFields

/// A config file as it was read: what it sets, and all that is wrong with it.
public struct SettingsFile: Sendable {
    /// What the file sets. Where something is wrong it sets nothing: what holds without a file.
    public let settings: Settings
    /// What is wrong, in the order of the lines.
    public let problems: [TOMLFieldError]

    /// Reads a config file. Any text, however hostile, ends in settings or problems.
    ///
    /// - Parameters:
    ///   - source: what messages call the file.
    ///   - themes: the names of the themes that there are; other themes are named by the paths of their files.
    public init(text: String, source: String, themes: [String]) {
        var reader = SettingsReader(themes: themes)
        do throws(TOMLFieldError) {
            reader.read(try TOMLDocument(text: text, source: source).root)
        } catch {
            reader.problems.append(error)
        }
        let problems = reader.problems.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
        self.problems = problems.map(\.element)
        settings = problems.isEmpty ? reader.settings : Settings()
    }
}
