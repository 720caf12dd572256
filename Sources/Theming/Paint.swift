internal import Canvas

/// A colour of a theme file: for the best of terminals and, where the theme says so, for lesser ones.
struct Paint: Hashable, Sendable {
    let color: Color
    /// The colour to use with 256 colours instead of the nearest one.
    var palette256: UInt8?
    /// The colour to use with 16 colours instead of the nearest one: one of those or the terminal's own.
    var ansi16: Color?

    /// What to draw with at a depth of colour.
    func color(at depth: ColorDepth) -> Color {
        switch depth {
        case .none: .terminalDefault
        case .ansi16: ansi16 ?? color.reduced(to: .ansi16)
        case .palette256: palette256.map { .indexed($0) } ?? color.reduced(to: .palette256)
        case .trueColor: color
        }
    }
}
