/// Which glyphs a terminal can be trusted with.
public enum GlyphSet: String, CaseIterable, Hashable, Sendable {
    /// Boxes, arrows and marks of Unicode, all of them one column wide.
    case unicode
    /// What code page 437 has of them: boxes, blocks and some arrows, for the Linux console and old terminals. Written as Unicode.
    case cp437
    /// Nothing beyond ASCII.
    case ascii

    /// Whether terminals that show this set have a glyph for the character.
    func holds(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .unicode: true
        case .cp437: CodePage437.contains(scalar)
        case .ascii: scalar.isASCII
        }
    }
}

extension GlyphSet {
    /// The set for a terminal.
    ///
    /// - Parameters:
    ///   - wanted: what somebody asks for; it is not given where the locale takes ASCII only. The default, nil, is what the terminal can show.
    ///   - type: the value of TERM; the Linux console has the glyphs of code page 437.
    ///   - isUnicode: whether the locale takes more than ASCII.
    public init(wanted: GlyphSet? = nil, terminal type: String, isUnicode: Bool) {
        let isConsole = type == "linux" || type.hasPrefix("linux-")
        self = isUnicode ? wanted ?? (isConsole ? .cp437 : .unicode) : .ascii
    }
}
