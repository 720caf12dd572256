/// How a cell is drawn: two colours and attributes.
public struct Style: Hashable, Sendable {
    /// Colour of the glyph. The default is the terminal's own.
    public var foreground: Color
    /// Colour behind the glyph. The default is the terminal's own.
    public var background: Color
    /// The default is none.
    public var attributes: Attributes

    public init(foreground: Color = .terminalDefault, background: Color = .terminalDefault, attributes: Attributes = []) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    /// The terminal's own colours, no attribute.
    public static let plain = Style()

    /// This style with the colours of `ground` in place of the terminal's own.
    public func painted(on ground: Style) -> Style {
        Style(
            foreground: foreground == .terminalDefault ? ground.foreground : foreground,
            background: background == .terminalDefault ? ground.background : background, attributes: attributes)
    }

    /// This style with what `overlay` asks for on top: its colours where they are not the terminal's own, its attributes added.
    ///
    /// A selected row is the row with the selection's style overlaid, so that the colours of its words survive.
    public func overlaid(with overlay: Style) -> Style {
        Style(
            foreground: overlay.foreground == .terminalDefault ? foreground : overlay.foreground,
            background: overlay.background == .terminalDefault ? background : overlay.background,
            attributes: attributes.union(overlay.attributes))
    }
}
