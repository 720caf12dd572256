internal import Canvas

/// The style of a role as a theme file describes it.
struct RoleStyle: Hashable, Sendable {
    var foreground: Paint?
    var background: Paint?
    var attributes: Attributes = []
    /// The attributes where there is no colour; nil for the same as with colours.
    var monochrome: Attributes?
    /// The colours from fraction 0 to fraction 1; empty if the role has no gradient.
    var gradient: [Paint] = []

    /// The number of steps of a gradient.
    static let gradientLength = 33

    /// The style on a terminal with that many colours.
    ///
    /// Without colours a role that stood out by its background alone is reversed, unless the theme says what to do instead.
    func resolved(for depth: ColorDepth) -> Style {
        guard depth != .none else {
            let stoodOut = background.map { $0.color != .terminalDefault } ?? false
            return Style(attributes: monochrome ?? (attributes.isEmpty && stoodOut ? .reverse : attributes))
        }
        return Style(
            foreground: (foreground ?? gradient.first)?.color(at: depth) ?? .terminalDefault,
            background: background?.color(at: depth) ?? .terminalDefault, attributes: attributes)
    }

    /// The styles of the gradient, evenly spaced; nil if there is none.
    func gradientSteps(for depth: ColorDepth) -> [Style]? {
        guard !gradient.isEmpty, depth != .none else { return nil }
        let base = resolved(for: depth)
        return (0..<RoleStyle.gradientLength).map { step in
            var style = base
            style.foreground = mixed(at: Double(step) / Double(RoleStyle.gradientLength - 1), depth)
            return style
        }
    }

    /// With 16 colours a gradient has the colours it names and nothing between them.
    private func mixed(at fraction: Double, _ depth: ColorDepth) -> Color {
        let place = fraction * Double(gradient.count - 1)
        let lower = gradient[Int(place)]
        let upper = gradient[min(Int(place) + 1, gradient.count - 1)]
        let rest = place - place.rounded(.down)
        let nearest = (rest < 0.5 ? lower : upper).color(at: depth)
        guard depth > .ansi16, rest > 0, let start = lower.color.rgb, let end = upper.color.rgb else { return nearest }
        let rgb = Lab(start).mixed(with: Lab(end), at: rest).rgb
        return Color.rgb(rgb.red, rgb.green, rgb.blue).reduced(to: depth)
    }
}
