public import Canvas
public import TOMLFields

/// A theme as a file describes it, with what it inherits: for every terminal. What one terminal can show of it is a ``Theme``.
public struct ThemeFile: Sendable {
    /// What the command line calls it.
    public let id: String
    /// As the theme picker shows it. The default is the id.
    public let name: String
    /// Who made it; empty if the file does not tell.
    public let author: String
    /// The default is that of the inherited theme, or dark.
    public let variant: Theme.Variant

    /// By key of `[roles]`.
    let roles: [String: RoleStyle]
    /// By name of a glyph.
    let glyphs: [String: Unicode.Scalar]

    /// A theme without any style.
    static let bare = ThemeFile(id: "bare", name: "Bare", author: "", variant: .dark, roles: [:], glyphs: [:])

    init(id: String, name: String, author: String, variant: Theme.Variant, roles: [String: RoleStyle], glyphs: [String: Unicode.Scalar]) {
        self.id = id
        self.name = name
        self.author = author
        self.variant = variant
        self.roles = roles
        self.glyphs = glyphs
    }

    /// Reads a theme.
    ///
    /// - Parameters:
    ///   - text: the file.
    ///   - parents: finds the theme that `inherits` names; nil if there is none. The default knows the built-in ones.
    /// - Throws: at the first thing that is wrong in the file or in one it inherits.
    public init(
        _ text: ThemeText, parents: (String) -> ThemeText? = { BuiltInThemes.text(named: $0) }
    ) throws(TOMLFieldError) {
        self = try ThemeReader.read(text, parents: parents)
    }

    /// Reads a theme from its text; `source` is what messages call it. See ``init(_:parents:)``.
    public init(
        text: String, source: String, parents: (String) -> ThemeText? = { BuiltInThemes.text(named: $0) }
    ) throws(TOMLFieldError) {
        try self.init(ThemeText(id: source, source: source, text: text), parents: parents)
    }

    /// The theme as a terminal with that many colours can show it.
    public func resolved(for depth: ColorDepth) -> Theme {
        var styles: [Role: Style] = [:]
        var gradients: [Role: [Style]] = [:]
        for role in Role.allCases {
            guard let key = role.fallbacks.first(where: { roles[$0] != nil }), let style = roles[key] else { continue }
            let isGround = key == Role.text.rawValue
            styles[role] = style.resolved(for: depth, isGround: isGround)
            // What is behind everything is not laid over anything.
            if isGround { styles[role]?.background = .terminalDefault }
            gradients[role] = style.gradientSteps(for: depth)
        }
        let text = roles[Role.text.rawValue]?.resolved(for: depth, isGround: true) ?? .plain
        let ground = Style(foreground: text.foreground, background: text.background)
        return Theme(
            name: name, variant: variant, depth: depth, ground: ground, styles: styles, gradients: gradients, glyphOverrides: glyphs)
    }
}
