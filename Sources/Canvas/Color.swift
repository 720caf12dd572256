/// The colour of a glyph or of what is behind it.
public enum Color: Hashable, Sendable {
    /// Whatever the terminal uses when nothing is asked of it.
    case terminalDefault
    /// One of the terminal's colours: 0-7 the ANSI ones, 8-15 their bright forms, 16-231 the 6 × 6 × 6 cube, 232-255 greys.
    case indexed(UInt8)
    /// Red, green and blue, each 0-255.
    case rgb(UInt8, UInt8, UInt8)
}
