import Dashboard
import TOMLFields
import Theming

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The file of what a person sets for good.
struct ConfigFile {
    /// Its path; nil if there is to be none.
    let path: String?
    /// Whether somebody named the file, so that it must be there.
    let isNamed: Bool

    /// The file that somebody named, else the usual one.
    init(_ named: String?, isWanted: Bool = true) {
        path = isWanted ? named ?? HomeFolders.config.map { "\($0)/config.toml" } : nil
        isNamed = named != nil
    }

    /// The names of the themes that the field `theme` may hold.
    private static var themes: [String] { UserThemes.library().library.entries.map(\.id) }

    /// What the file says.
    ///
    /// - Returns: nil if there is no such file, and nobody named it.
    /// - Throws: why it can't be read.
    func read() throws(Complaint) -> SettingsFile? {
        guard let path, isNamed || Files.exists(path) else { return nil }
        return Self.read(try Files.text(of: path), path)
    }

    private static func read(_ text: String, _ path: String) -> SettingsFile {
        SettingsFile(text: text, source: path, themes: themes)
    }

    /// What the file sets. One that is wrong sets nothing.
    ///
    /// - Returns: also the first thing that is wrong, in words.
    /// - Throws: only if somebody named a file that can't be read.
    func load() throws(Complaint) -> (settings: Settings, problem: String?) {
        do throws(Complaint) {
            guard let file = try read() else { return (Settings(), nil) }
            let more = file.problems.count > 1 ? " (\(file.problems.count) problems: kadscope config check)" : ""
            return (file.settings, file.problems.first.map { "\($0)\(more)" })
        } catch {
            if isNamed { throw error }
            return (Settings(), error.sentence)
        }
    }

    /// The theme that settings from the file name.
    ///
    /// - Throws: what is wrong with it.
    func theme(_ settings: Settings) throws(Complaint) -> ThemeChoice {
        try ThemeChoice(settings.theme.map(path(ofTheme:)) ?? Settings.automatic)
    }

    /// The path of a theme that the file names by its path: one that begins with `~/` is in the home, another is beside the config file.
    private func path(ofTheme name: String) -> String {
        guard name.contains("/") || name.hasSuffix(".toml") else { return name }
        if name.hasPrefix("~/"), let home = HomeFolders.home { return home + name.dropFirst() }
        guard !name.hasPrefix("/"), let path, let end = path.lastIndex(of: "/") else { return name }
        return "\(path[...end])\(name)"
    }

    // MARK: Writing

    /// Makes the file say what these settings say, and leaves all else in it as it is: keys, comments, the order of the lines.
    ///
    /// - Returns: what came of it, and what the file says now if it says something else.
    func write(_ settings: Settings) -> (sentence: String, written: Settings?) {
        guard let path else { return ("opened with --no-config: nothing is written", nil) }
        let old: (text: String, settings: Settings)
        do throws(Complaint) {
            let text = Files.exists(path) ? try Files.text(of: path) : ""
            let file = Self.read(text, path)
            if let problem = file.problems.first { return ("not written, because the file is wrong: \(problem)", nil) }
            old = (text, file.settings)
        } catch {
            return ("not written: \(error.sentence)", nil)
        }
        let lines = settings.lines(insteadOf: old.settings)
        guard !lines.isEmpty else { return ("\(path) says all this already", nil) }
        let text = lines.reduce(old.text) { Self.text($0, setting: $1.field, to: $1.value) }
        var wanted = settings
        wanted.keys = old.settings.keys
        let file = Self.read(text, path)
        guard file.problems.isEmpty, file.settings == wanted else {
            let missing = lines.map { "\($0.field) = \($0.value)" }.joined(separator: ", ")
            return ("not written: \(path) is written in a way of its own; put into it: \(missing)", nil)
        }
        if let problem = Self.replace(path, with: text) { return ("not written: \(problem)", nil) }
        return ("\(path) says now: \(lines.map { "\($0.field) = \($0.value)" }.joined(separator: ", "))", wanted)
    }

    /// A text in which a field of the first lines, those above all tables, has a value. What stands behind the old value stays.
    private static func text(_ text: String, setting field: String, to value: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        let end = lines.firstIndex { $0.drop { $0 == " " || $0 == "\t" }.hasPrefix("[") } ?? lines.endIndex
        for place in lines[..<end].indices {
            let parts = lines[place].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].filter({ $0 != " " && $0 != "\t" }) == field else { continue }
            lines[place] = "\(parts[0])= \(value)\(remark(behind: parts[1]))"
            return lines.joined(separator: "\n") + "\n"
        }
        // Below the last field that stands there, above the blank line and the comment of a table.
        let place = lines[..<end].lastIndex { $0.contains("=") && !$0.drop { $0 == " " || $0 == "\t" }.hasPrefix("#") }.map { $0 + 1 } ?? 0
        lines.insert("\(field) = \(value)", at: place)
        if place == 0, lines.count > 1, lines[1].hasPrefix("[") { lines.insert("", at: 1) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The comment behind a value, with the blanks before it.
    private static func remark(behind value: Substring) -> String {
        let rest = value.drop { $0 == " " || $0 == "\t" }
        guard let first = rest.first else { return "" }
        var behind = rest.drop { $0 != " " && $0 != "\t" && $0 != "#" }
        if first == "\"" || first == "'" { behind = rest.dropFirst().drop { $0 != first }.dropFirst() }
        return behind.drop { $0 == " " || $0 == "\t" }.hasPrefix("#") ? String(behind) : ""
    }

    /// Puts a text in the place of a file, so that at no moment half of it is there. A link stays one.
    ///
    /// - Returns: why not, if something went wrong.
    private static func replace(_ path: String, with text: String) -> String? {
        let place = Files.absolute(path)
        let folder = place.lastIndex(of: "/").map { String(place[..<$0]) } ?? "."
        guard !folder.hasPrefix("/") || HomeFolders.make(folder) else { return "\(folder): \(Files.reason())" }
        var status = stat()
        let mode = stat(place, &status) == 0 ? status.st_mode & 0o777 : 0o644
        let new = "\(place).new"
        let descriptor = open(new, O_WRONLY | O_CREAT | O_TRUNC, mode)
        guard descriptor >= 0 else { return "\(new): \(Files.reason())" }
        let isWritten = Files.write(Array(text.utf8), to: descriptor) && fsync(descriptor) == 0
        guard close(descriptor) == 0, isWritten, rename(new, place) == 0 else {
            let reason = Files.reason()
            unlink(new)
            return "\(place): \(reason)"
        }
        return nil
    }
}
