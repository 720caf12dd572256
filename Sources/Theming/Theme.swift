public import Canvas

/// The styles of all roles for one depth of colour: what a theme file comes to on a particular terminal.
public struct Theme: Sendable {
    /// Whether a theme is made for dark or for light terminals.
    public enum Variant: String, CaseIterable, Hashable, Sendable {
        case dark, light
    }

    /// As the theme picker shows it.
    public let name: String
    /// The default is dark.
    public let variant: Variant
    /// The depth its colours were reduced to.
    public let depth: ColorDepth

    /// What is behind everything: the colours of the role `text`. Where they are the terminal's own, they stay so.
    ///
    /// Styles do not hold it, so that one can be laid over another; a drawing that is done is painted with it, by
    /// ``Canvas/Canvas/paint(ground:)``.
    public let ground: Style

    let styles: [Role: Style]
    /// Evenly spaced styles from fraction 0 to fraction 1, at least one.
    let gradients: [Role: [Style]]
    let glyphOverrides: [String: Unicode.Scalar]

    /// How a role is drawn.
    public func style(_ role: Role) -> Style { styles[role] ?? .plain }

    /// How a role with a gradient is drawn at a fraction of it, 0...1 (clamped; not-a-number is 0). A role without one has one style.
    public func gradient(_ role: Role, at fraction: Double) -> Style {
        guard let steps = gradients[role] else { return style(role) }
        let place = fraction > 0 ? min(fraction, 1) * Double(steps.count - 1) : 0
        return steps[Int(place.rounded())]
    }

    /// The glyphs of a set with those the theme replaces. Where only ASCII can be shown, other replacements do not count.
    public func glyphs(_ set: GlyphSet) -> Glyphs {
        Glyphs(set, replacing: glyphOverrides)
    }
}
