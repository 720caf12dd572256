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
    /// A background that the terminal does not show (there are no colours, or the theme wants none with 16) has another attribute in its
    /// stead: what the theme says for the case without colours, else reverse.
    ///
    /// - Parameter isGround: whether it is what is behind everything, which stands out from nothing. The default is no.
    func resolved(for depth: ColorDepth, isGround: Bool = false) -> Style {
        let background = background?.color(at: depth) ?? .terminalDefault
        let isLost = !isGround && self.background.map { $0.color != .terminalDefault && background == .terminalDefault } ?? false
        let instead = monochrome ?? (attributes.isEmpty && isLost ? .reverse : attributes)
        return Style(
            foreground: depth == .none ? .terminalDefault : (foreground ?? gradient.first)?.color(at: depth) ?? .terminalDefault,
            background: background, attributes: depth == .none || isLost ? instead : attributes)
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

    /// With 16 colours, and between two colours that every user sets differently, a gradient has the colours it names and nothing between.
    private func mixed(at fraction: Double, _ depth: ColorDepth) -> Color {
        let place = fraction * Double(gradient.count - 1)
        let lower = gradient[Int(place)]
        let upper = gradient[min(Int(place) + 1, gradient.count - 1)]
        let rest = place - place.rounded(.down)
        let nearest = (rest < 0.5 ? lower : upper).color(at: depth)
        guard depth > .ansi16, rest > 0, let start = lower.color.fixed, let end = upper.color.fixed else { return nearest }
        let rgb = Lab(start).mixed(with: Lab(end), at: rest).rgb
        return Color.rgb(rgb.red, rgb.green, rgb.blue).reduced(to: depth)
    }
}
