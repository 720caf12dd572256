import Theming

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The theme files of the person who runs the program.
enum UserThemes {
    /// The folders that themes are looked for in, the first one first: `$XDG_CONFIG_HOME/kadscope/themes`, `~/.config/kadscope/themes`.
    ///
    /// A variable that holds no absolute path counts for nothing, as the XDG base directory specification has it.
    static var folders: [String] {
        let bases = [environment("XDG_CONFIG_HOME"), environment("HOME").map { "\($0)/.config" }]
        var folders: [String] = []
        for base in bases.compactMap(\.self) where base.hasPrefix("/") {
            let folder = "\(base)/kadscope/themes"
            if !folders.contains(folder) { folders.append(folder) }
        }
        return folders
    }

    /// The library of the built-in themes and those of the folders.
    ///
    /// - Returns: also what cannot be read there.
    static func library() -> (library: ThemeLibrary, problems: [String]) {
        var texts: [ThemeText] = []
        var problems: [String] = []
        for folder in folders {
            for name in files(in: folder) {
                let path = "\(folder)/\(name)"
                do throws(Complaint) {
                    texts.append(ThemeText(id: String(name.dropLast(suffix.count)), source: path, text: try Files.text(of: path)))
                } catch {
                    problems.append(error.sentence)
                }
            }
        }
        return (ThemeLibrary(user: texts), problems)
    }

    private static let suffix = ".toml"

    /// The names of the theme files in a folder, in their order; none if there is no such folder.
    private static func files(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) { String(cString: $0) }
            }
            if name.hasSuffix(suffix), !name.hasPrefix("."), name.count > suffix.count { names.append(name) }
        }
        return names.sorted()
    }

}

/// A variable of the environment; nil if it is unset or empty.
func environment(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
}
