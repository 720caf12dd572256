extension Glyphs {
    /// The glyphs that a theme's `[glyphs]` can replace, by name.
    static let replaceable: [String: any WritableKeyPath<Glyphs, Unicode.Scalar> & Sendable] = [
        "selection": \.selection,
        "ellipsis": \.ellipsis,
        "dot": \.dot,
        "todo": \.todo,
        "waiting": \.waiting,
        "stored": \.stored,
        "answered": \.answered,
        "failed": \.failed,
        "known": \.known,
        "target": \.target,
        "arrowIn": \.arrowIn,
        "arrowOut": \.arrowOut,
        "next": \.next,
        "up": \.up,
        "down": \.down,
        "left": \.left,
        "right": \.right,
        "now": \.now,
        "breakpoint": \.breakpoint,
        "running": \.running,
        "paused": \.paused,
        "follow": \.follow,
        "barFull": \.barFull,
        "barEmpty": \.barEmpty,
        "shade": \.shade,
        "timelinePast": \.timelinePast,
        "timelineFuture": \.timelineFuture,
        "timelineNow": \.timelineNow,
        "timelineBreakpoint": \.timelineBreakpoint,
        "mark": \.mark,
        "alpha": \.alpha,
        "delta": \.delta,
        "times": \.times,
        "verticalBar": \.verticalBar,
        "horizontalBar": \.horizontalBar,
        "axis": \.axis,
        "dashedHorizontal": \.dashedHorizontal,
        "dashedVertical": \.dashedVertical,
    ]

    /// The glyphs of a set with some of them replaced, by name. Replacements that the set does not hold do not count.
    init(_ set: GlyphSet, replacing replacements: [String: Unicode.Scalar]) {
        self.init(set)
        for (name, glyph) in replacements where set.holds(glyph) {
            if let place = Glyphs.replaceable[name] { self[keyPath: place] = glyph }
        }
    }
}
