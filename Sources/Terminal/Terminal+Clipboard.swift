#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

extension Terminal {
    /// What lies between the program and the terminal that has the clipboard.
    public enum Relay: Hashable, Sendable {
        /// The program tmux. Whether it lets the text through is up to its option `set-clipboard` or `allow-passthrough`.
        case tmux
        /// The program GNU Screen.
        case screen
    }

    /// The largest text, in bytes, that is put on the clipboard: terminals drop longer ones.
    public static let clipboardLimit = 74_994

    /// What lies between, as the environment tells; nil for nothing.
    public var relay: Relay? {
        if environment("TMUX") != nil { return .tmux }
        return environment("STY") == nil ? nil : .screen
    }

    /// Asks the terminal to put a text on the clipboard of the computer that a person sits at, over ssh too (the sequence OSC 52).
    ///
    /// A terminal does not answer, so nobody knows whether it has done so.
    /// - Returns: false if it certainly has not: for a text that is longer than ``clipboardLimit``, and on terminals without a clipboard.
    public func copy(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.clipboardLimit, Self.hasClipboard(type: environment("TERM") ?? "") else { return false }
        return send(Self.clipboardSequences(bytes, through: relay))
    }

    /// Whether terminals of a type may have a clipboard: those of text consoles and of old hardware have none.
    package static func hasClipboard(type: String) -> Bool {
        !["linux", "vt", "dumb", "ansi", "cons", "sun"].contains { type.hasPrefix($0) }
    }

    /// What puts bytes on the clipboard.
    package static func clipboardSequences(_ bytes: [UInt8], through relay: Relay?) -> String {
        let sequence = "\u{1B}]52;c;\(base64(bytes))\u{7}"
        switch relay {
        case nil: return sequence
        // The first is for tmux itself, the second for the terminal behind it; the text is the same, so twice does no harm.
        case .tmux: return sequence + "\u{1B}Ptmux;\u{1B}\(sequence)\u{1B}\\"
        case .screen:
            // It takes no more than a few hundred bytes at a time, and passes them on one after the other.
            let characters = Array(sequence)
            return stride(from: 0, to: characters.count, by: 500).map { start in
                "\u{1B}P\(String(characters[start..<min(start + 500, characters.count)]))\u{1B}\\"
            }.joined()
        }
    }

    /// Bytes as letters, digits, `+` and `/`, filled up with `=` (RFC 4648).
    package static func base64(_ bytes: [UInt8]) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".unicodeScalars)
        var result = String.UnicodeScalarView()
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                result.append(place <= group.count ? letters[bits >> (18 - 6 * place) & 63] : "=")
            }
        }
        return String(result)
    }
}
