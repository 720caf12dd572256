internal import CNcurses

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Which characters the terminal is told to take.
enum TextEncoding {
    /// Takes the encoding from the environment, and from nothing else: numbers keep their decimal points.
    ///
    /// If the environment names a UTF-8 locale that is not installed, the plain UTF-8 one does as well.
    /// - Returns: whether it is UTF-8.
    static func adopt() -> Bool {
        if setlocale(LC_CTYPE, "") == nil, environmentMentionsUTF8 {
            setlocale(LC_CTYPE, "C.UTF-8")
        }
        return String(cString: nc_codeset()) == "UTF-8"
    }

    private static var environmentMentionsUTF8: Bool {
        for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
            guard let value = environment(name) else { continue }
            let word = value.uppercased()
            return word.contains("UTF-8") || word.contains("UTF8")
        }
        return false
    }
}

/// A variable of the environment; nil if it is unset or empty.
func environment(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
}
