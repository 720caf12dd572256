import TOMLFields
import Theming

/// The theme that somebody asks for, before it is known what the terminal is like.
enum ThemeChoice {
    /// Dark or light, as the terminal is.
    case automatic(ThemeLibrary)
    /// This one of the library.
    case named(ThemeFile, ThemeLibrary)
    /// The one in the file at this path.
    case file(ThemeFile, path: String, ThemeLibrary)

    /// Reads what `--theme` names: `auto`, a theme of the library, or a path. A name goes before a path.
    ///
    /// - Throws: that there is no such theme, or what is wrong with it.
    init(_ argument: String) throws(Complaint) {
        let library = UserThemes.library().library
        if let entry = library.entry(named: argument) {
            do { self = .named(try entry.theme.get(), library) } catch { throw Complaint(sentence: error.description) }
        } else if argument == "auto" {
            self = .automatic(library)
        } else {
            guard argument.contains("/") || argument.hasSuffix(".toml") || Files.exists(argument) else {
                throw Complaint(sentence: "there is no theme and no file \"\(argument)\"; \(library.remedy(forUnknown: argument))")
            }
            self = .file(try ThemeChoice.read(argument, library), path: argument, library)
        }
    }

    /// Whether the terminal decides.
    var isAutomatic: Bool {
        if case .automatic = self { true } else { false }
    }

    /// The theme where there is no terminal to ask: dark, if it is to decide.
    var theme: ThemeFile {
        switch self {
        case .automatic(let library): (try? library.entry(named: "dark")?.theme.get()) ?? BuiltInThemes.standard
        case .named(let theme, _), .file(let theme, _, _): theme
        }
    }

    /// The theme in a file.
    ///
    /// - Throws: what is wrong with it.
    static func read(_ path: String, _ library: ThemeLibrary) throws(Complaint) -> ThemeFile {
        let text = ThemeText(id: path, source: path, text: try Files.text(of: path))
        do { return try library.read(text) } catch { throw Complaint(sentence: error.description) }
    }
}
