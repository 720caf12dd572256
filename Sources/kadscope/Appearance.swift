import Canvas
import Dashboard
import TOMLFields
import Terminal
import Theming

/// How the screen looks now: the theme with its glyphs, and where it comes from.
final class Appearance {
    /// What tells that a theme file has changed.
    let watcher: ThemeWatcher
    /// The theme.
    private(set) var theme: ThemeFile
    /// What the terminal can show of it.
    private(set) var look: Look
    /// Whether nothing was drawn with it yet.
    var isNew = false
    private var library: ThemeLibrary
    /// The file of a theme that is not of the library.
    private let path: String?
    private let depth: ColorDepth
    private var glyphs: GlyphSet
    private let isUnicode: Bool

    /// The look for a terminal.
    init(_ choice: ThemeChoice, _ wanted: GlyphSet?, _ terminal: Terminal) {
        switch choice {
        case .automatic(let library):
            // A theme of the user's that is wrong is not asked for by name: the built-in one does.
            let name = terminal.background == .light ? "light" : "dark"
            (theme, self.library, path) = ((try? library.entry(named: name)?.theme.get()) ?? BuiltInThemes.standard, library, nil)
        case .named(let theme, let library): (self.theme, self.library, path) = (theme, library, nil)
        case .file(let theme, let path, let library): (self.theme, self.library, self.path) = (theme, library, path)
        }
        depth = terminal.colorDepth
        isUnicode = terminal.isUnicode
        glyphs = GlyphSet(wanted: wanted, terminal: environment("TERM") ?? "", isUnicode: isUnicode)
        look = Look(theme: theme.resolved(for: depth), glyphSet: glyphs)
        watcher = ThemeWatcher(folders: UserThemes.folders, file: path)
    }

    /// The themes to choose from.
    var items: [ThemeItem] {
        var items = library.entries.map { entry in
            let origin = entry.isBuiltIn ? "built in" : entry.isShadowing ? "yours, for the built-in one" : "yours"
            switch entry.theme {
            case .success(let theme): return ThemeItem(id: entry.id, name: theme.name, variant: theme.variant, origin: origin, problem: nil)
            case .failure(let error):
                return ThemeItem(id: entry.id, name: entry.id, variant: .dark, origin: origin, problem: error.description)
            }
        }
        if let path {
            let name = theme.id == path ? theme.name : path
            items.insert(ThemeItem(id: path, name: name, variant: theme.variant, origin: "a file", problem: nil), at: 0)
        }
        return items
    }

    /// Takes another theme.
    ///
    /// - Returns: why it cannot be taken; then the present one stays. Nil if it is.
    func show(_ id: String) -> String? {
        do throws(Complaint) {
            adopt(try file(id))
            return nil
        } catch {
            return error.sentence
        }
    }

    /// Draws with other glyphs; nil for what the terminal can show.
    func show(_ wanted: GlyphSet?) {
        glyphs = GlyphSet(wanted: wanted, terminal: environment("TERM") ?? "", isUnicode: isUnicode)
        look = Look(theme: theme.resolved(for: depth), glyphSet: glyphs)
    }

    /// Reads all themes again.
    ///
    /// - Returns: what came of it. If the theme cannot be read any more, the present one stays.
    func reload() -> String {
        library = UserThemes.library().library
        guard let problem = show(theme.id) else { return "the theme \(theme.name) was read again" }
        return "the theme stays as it was: \(problem)"
    }

    private func file(_ id: String) throws(Complaint) -> ThemeFile {
        if id == path { return try ThemeChoice.read(id, library) }
        guard let entry = library.entry(named: id) else { throw Complaint(sentence: "the theme \"\(id)\" is gone") }
        do { return try entry.theme.get() } catch { throw Complaint(sentence: error.description) }
    }

    private func adopt(_ file: ThemeFile) {
        theme = file
        look = Look(theme: file.resolved(for: depth), glyphSet: glyphs)
        isNew = true
    }
}
