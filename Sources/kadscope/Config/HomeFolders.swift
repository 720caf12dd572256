#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The folders of the person who runs the program, as the XDG base directory specification has them.
enum HomeFolders {
    /// For what a person sets: `$XDG_CONFIG_HOME/kadscope`, else `~/.config/kadscope`; nil without a home.
    static var config: String? { folder("XDG_CONFIG_HOME", orInHome: ".config") }

    /// For what the program remembers: `$XDG_STATE_HOME/kadscope`, else `~/.local/state/kadscope`; nil without a home.
    static var state: String? { folder("XDG_STATE_HOME", orInHome: ".local/state") }

    /// A variable that holds no absolute path counts for nothing.
    private static func folder(_ variable: String, orInHome place: String) -> String? {
        let base = environment(variable).flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home.map { "\($0)/\(place)" }
        return base.map { "\($0)/kadscope" }
    }

    /// The home; nil if the environment names none.
    static var home: String? { environment("HOME").flatMap { $0.hasPrefix("/") ? $0 : nil } }

    private static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// Makes a folder and those that it is in, readable for nobody else.
    ///
    /// - Returns: whether it is there then; if not, ``Files/reason()`` tells why.
    static func make(_ path: String) -> Bool {
        var made = ""
        for part in path.split(separator: "/") {
            made += "/\(part)"
            if mkdir(made, 0o700) != 0, errno != EEXIST { return false }
        }
        return true
    }
}
