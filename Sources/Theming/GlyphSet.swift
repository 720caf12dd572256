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
