/// Which glyphs a terminal can be trusted with.
public enum GlyphSet: String, CaseIterable, Hashable, Sendable {
    /// Boxes, arrows and marks of Unicode, all of them one column wide.
    case unicode
    /// Nothing beyond ASCII.
    case ascii
}
