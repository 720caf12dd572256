#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// What is behind a terminal's text.
public enum TerminalBackground: Hashable, Sendable {
    case dark, light
}

/// Finds out whether a terminal is dark or light: from the environment variable COLORFGBG, else from the terminal itself.
///
/// The terminal is asked for its background (OSC 11) and then for its kind, which every terminal answers: once the second answer is there,
/// the first one does not come any more. So nothing of it can arrive later and be taken for keys.
enum BackgroundQuestion {
    /// How long to wait for the answers: longer than a slow connection takes, and only a terminal without any answer takes all of it.
    private static let patience = Duration.seconds(1)
    /// Types that are known to answer, or to take no notice.
    private static let types = [
        "xterm", "rxvt", "tmux", "screen", "foot", "alacritty", "kitty", "konsole", "gnome", "vte", "st-", "wezterm", "contour", "ghostty",
    ]

    /// Asks, before ncurses has the terminal.
    ///
    /// - Parameters:
    ///   - type: the value of TERM.
    ///   - typedAhead: what a person typed meanwhile is added to it.
    static func answer(type: String, _ typedAhead: inout [UInt8]) -> TerminalBackground? {
        if let known = environment("COLORFGBG").flatMap(parse(variable:)) { return known }
        guard types.contains(where: { type.hasPrefix($0) }) else { return nil }
        var mode = termios()
        guard tcgetattr(STDIN_FILENO, &mode) == 0 else { return nil }
        var raw = mode
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
        guard tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0 else { return nil }
        defer { tcsetattr(STDIN_FILENO, TCSANOW, &mode) }
        Descriptor.write("\u{1B}]11;?\u{1B}\\\u{1B}[c", to: STDOUT_FILENO)
        var answers = TerminalAnswers()
        let clock = ContinuousClock()
        let deadline = clock.now + patience
        while !answers.isComplete, case let rest = deadline - clock.now, rest > .zero {
            var entry = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            let ready = poll(&entry, 1, Int32(rest / .milliseconds(1)) + 1)
            if ready < 0, errno == EINTR { continue }
            var byte: UInt8 = 0
            guard ready > 0, read(STDIN_FILENO, &byte, 1) == 1 else { break }
            answers.take(byte)
        }
        typedAhead += answers.typed
        return answers.background
    }

    /// What a variable such as `15;0` says: the colour of the text, then the background's.
    static func parse(variable: String) -> TerminalBackground? {
        guard variable.contains(";"), let last = variable.split(separator: ";").last, let index = Int(last), (0...15).contains(index) else {
            return nil
        }
        return index == 7 || index > 8 ? .light : .dark
    }
}

/// What comes from a terminal that was asked for its background and its kind: answers, and what a person types.
struct TerminalAnswers {
    /// The background, once it was told.
    private(set) var background: TerminalBackground?
    /// Whether the last answer is there.
    private(set) var isComplete = false
    private var others: [UInt8] = []
    /// The beginning of an answer.
    private var pending: [UInt8] = []

    private static let escape: UInt8 = 0x1B
    /// The longest answer.
    private static let limit = 128

    /// What is no answer.
    var typed: [UInt8] { others + (pending.count == 1 ? pending : []) }

    /// Takes the next byte.
    mutating func take(_ byte: UInt8) {
        guard !pending.isEmpty else {
            if byte == Self.escape { pending = [byte] } else { others.append(byte) }
            return
        }
        pending.append(byte)
        let isString = pending[1] == UInt8(ascii: "]")
        let isKind = pending[1] == UInt8(ascii: "[")
        if pending.count == 2 && !isString && !isKind || pending.count > Self.limit {
            giveUp()
        } else if isString, byte == 7 || byte == UInt8(ascii: "\\") && pending[pending.count - 2] == Self.escape {
            background = Self.background(String(decoding: pending, as: UTF8.self)) ?? background
            pending = []
        } else if isKind, pending.count == 3, byte != UInt8(ascii: "?") {
            giveUp()
        } else if isKind, pending.count > 3, (0x40...0x7E).contains(byte) {
            isComplete = byte == UInt8(ascii: "c")
            pending = []
        }
    }

    /// What looked like an answer was typed.
    private mutating func giveUp() {
        others += pending
        pending = []
    }

    /// What an answer such as `ESC ] 11 ; rgb:ffff/ffff/ffff BEL` says. The parts have one to four digits.
    private static func background(_ answer: String) -> TerminalBackground? {
        guard let start = answer.firstRange(of: "]11;rgb:") ?? answer.firstRange(of: "]11;rgba:") else { return nil }
        let parts = answer[start.upperBound...].prefix { $0.isHexDigit || $0 == "/" }.split(separator: "/").prefix(3)
        let amounts = parts.compactMap { part in Int(part, radix: 16).map { Double($0) / Double((1 << (4 * part.count)) - 1) } }
        guard amounts.count == 3, parts.allSatisfy({ $0.count <= 4 }) else { return nil }
        // As bright as the eye takes it.
        return 0.299 * amounts[0] + 0.587 * amounts[1] + 0.114 * amounts[2] > 0.5 ? .light : .dark
    }
}
