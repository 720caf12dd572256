/// The themes that travel inside the program: the files of the top-level folder `Themes`.
public enum BuiltInThemes {
    /// The files, in the order of their names.
    public static let texts: [ThemeText] = EmbeddedThemes.files.map { entry in
        let id = entry.file.hasSuffix(".toml") ? String(entry.file.dropLast(5)) : entry.file
        return ThemeText(id: id, source: entry.file, text: entry.text)
    }

    /// The themes, in the order of their names. A test sees to it that all of the files can be read.
    public static let all: [ThemeFile] = texts.compactMap { try? ThemeFile($0) }

    /// The theme with that name; nil if there is none.
    public static func named(_ name: String) -> ThemeFile? { all.first { $0.id == name } }

    /// The text with that name, for themes that inherit it; nil if there is none.
    public static func text(named name: String) -> ThemeText? { texts.first { $0.id == name } }

    /// The theme to use when none is asked for: `dark`.
    public static var standard: ThemeFile { named("dark") ?? ThemeFile.bare }
}
