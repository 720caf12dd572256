public import Theming

/// How the screen is drawn: styles and glyphs.
public struct Look: Sendable {
    /// The styles.
    public let theme: Theme
    /// The glyphs.
    public let glyphs: Glyphs

    /// A look.
    public init(theme: Theme, glyphSet: GlyphSet) {
        self.theme = theme
        glyphs = theme.glyphs(glyphSet)
    }
}
