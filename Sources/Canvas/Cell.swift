/// One place of a canvas: a glyph of width 1 and its style.
public struct Cell: Hashable, Sendable {
    /// The glyph, always one that fills one column.
    public let character: Unicode.Scalar
    /// Colours and attributes.
    public var style: Style

    /// A cell. A `character` that does not fill exactly one column is replaced: `·` for a control, a space for nothing visible,
    /// `?` for one that fills two columns.
    public init(_ character: Unicode.Scalar = " ", style: Style = .plain) {
        self.character = character.shown ?? " "
        self.style = style
    }

    /// A cell whose glyph is known to fill one column.
    init(shown character: Unicode.Scalar, style: Style) {
        self.character = character
        self.style = style
    }

    /// A space in the terminal's own colours.
    public static let blank = Cell()
}
