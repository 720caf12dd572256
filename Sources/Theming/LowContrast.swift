/// A style of a theme whose glyphs can hardly be told from what is behind them.
public struct LowContrast: Hashable, Sendable, CustomStringConvertible {
    /// Whose glyphs.
    public let role: Role
    /// Whose background, if it is that of a selected line or a dialog; nil for the role's own or the terminal's.
    public let ground: Role?
    /// The contrast as WCAG 2 defines it, 1 (none) to 21 (black on white).
    public let ratio: Double
    /// The contrast it should have at least.
    public let needed: Double

    /// One sentence: the roles, what is wrong, what would be right.
    public var description: String {
        let place = ground.map { " on \($0.rawValue)" } ?? ""
        // Rounded down: 4.49 must not be shown as what is needed.
        let shown = (ratio * 10).rounded(.down) / 10
        return "\(role.rawValue)\(place): the contrast is only \(shown); make it at least \(needed) with a lighter or darker colour"
    }
}
