internal import Canvas

/// Why there is no screen to draw on. Each description is a sentence that says what to do instead.
public enum TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Standard input is a file or a pipe, so there would be no keys.
    case inputIsNoTerminal
    /// Standard output is a file or a pipe, so there is nothing to draw on.
    case outputIsNoTerminal
    /// The environment variable TERM is unset or empty.
    case typeMissing
    /// The terminal database does not know the value of TERM.
    case typeUnknown(String)
    /// The terminal cannot move its cursor, as `dumb` cannot.
    case cursorFixed(String)
    /// The terminal could not be set up for another reason.
    case unusable(String)

    public var description: String {
        switch self {
        case .inputIsNoTerminal:
            "standard input is not a terminal, so there are no keys to read; use kadscope --plain for text without a screen"
        case .outputIsNoTerminal:
            "standard output is not a terminal, so there is no screen to draw on; use kadscope --plain for text without a screen"
        case .typeMissing:
            "the environment variable TERM is not set, so the terminal's type is unknown; set it, or use kadscope --plain"
        case .typeUnknown(let type):
            "the terminal type \"\(type.shown)\" of the environment variable TERM is unknown here; try TERM=xterm, or use kadscope --plain"
        case .cursorFixed(let type):
            "a terminal of type \"\(type.shown)\" cannot move its cursor; use kadscope --plain for text without a screen"
        case .unusable(let reason):
            "the terminal cannot be used (\(reason)); use kadscope --plain for text without a screen"
        }
    }
}
