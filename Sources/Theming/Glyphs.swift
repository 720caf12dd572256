public import Canvas

/// The glyphs that carry meaning on the screen, each one column wide.
public struct Glyphs: Hashable, Sendable {
    /// The border of a pane.
    public var box: BoxGlyphs = .single
    /// The border of the pane that has the keys; it differs without any colour too.
    public var boxFocused: BoxGlyphs = .double
    /// In front of the selected line.
    public var selection: Unicode.Scalar = "▌"
    /// In place of what was cut.
    public var ellipsis: Unicode.Scalar = "…"
    /// Between words, groups of digits, and for "none".
    public var dot: Unicode.Scalar = "·"

    /// A node that still has to be asked.
    public var todo: Unicode.Scalar = "·"
    /// A node whose answer is awaited.
    public var waiting: Unicode.Scalar = "◔"
    /// A node that has answered; also what is chosen from a list.
    public var answered: Unicode.Scalar = "✓"
    /// A node that has the record.
    public var stored: Unicode.Scalar = "●"
    /// A node that failed.
    public var failed: Unicode.Scalar = "✗"
    /// A node that is known but takes no part.
    public var known: Unicode.Scalar = "○"
    /// The target of a lookup.
    public var target: Unicode.Scalar = "★"

    /// An event into a machine; also from something to something.
    public var arrowIn: Unicode.Scalar = "→"
    /// A state out of a machine.
    public var arrowOut: Unicode.Scalar = "←"
    /// The next event of the queue.
    public var next: Unicode.Scalar = "▸"
    /// The head of an arrow up.
    public var up: Unicode.Scalar = "▴"
    /// The head of an arrow down.
    public var down: Unicode.Scalar = "▾"
    /// The head of an arrow to the left.
    public var left: Unicode.Scalar = "◂"
    /// The head of an arrow to the right.
    public var right: Unicode.Scalar = "▸"

    /// The current step in a list.
    public var now: Unicode.Scalar = "▶"
    /// A step in a list at which a breakpoint stopped.
    public var breakpoint: Unicode.Scalar = "●"
    /// The run goes on.
    public var running: Unicode.Scalar = "▶"
    /// The run has stopped.
    public var paused: Unicode.Scalar = "‖"
    /// The list follows its end.
    public var follow: Unicode.Scalar = "▼"

    /// The part of a bar that is there.
    public var barFull: Unicode.Scalar = "█"
    /// The part that is not.
    public var barEmpty: Unicode.Scalar = "░"
    /// The state of a machine that holds now, left and right of its name.
    public var shade: Unicode.Scalar = "▓"

    /// The timeline before the current step.
    public var timelinePast: Unicode.Scalar = "━"
    /// The timeline after it.
    public var timelineFuture: Unicode.Scalar = "┄"
    /// The current step on the timeline.
    public var timelineNow: Unicode.Scalar = "●"
    /// A breakpoint on the timeline.
    public var timelineBreakpoint: Unicode.Scalar = "◆"
    /// A bookmark.
    public var mark: Unicode.Scalar = "⚑"

    /// The parameter α: how many requests of one lookup are under way at once.
    public var alpha: Unicode.Scalar = "α"
    /// A difference.
    public var delta: Unicode.Scalar = "Δ"
    /// Times, as in speed ×2.
    public var times: Unicode.Scalar = "×"
    /// Between tabs.
    public var verticalBar: Unicode.Scalar = "│"
    /// A line to the right.
    public var horizontalBar: Unicode.Scalar = "─"
    /// The pieces of thin lines: of trees, diagrams and arrows.
    public var line: LineGlyphs = .single
    /// A line to the right of something that did not come about.
    public var dashedHorizontal: Unicode.Scalar = "┄"
    /// A line down of something that is not there now.
    public var dashedVertical: Unicode.Scalar = "┆"
    /// Where labels end and a chart begins.
    public var axis: Unicode.Scalar = "┤"

    /// The left end of the timeline, of two columns.
    public var begin: String = "|◂"
    /// Its right end, of two columns.
    public var end: String = "▸|"
    /// The levels of a bar chart of one row, from the lowest to the highest; never empty.
    public var spark: [Unicode.Scalar] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    /// The last cell of a bar whose length is not whole, from the thinnest part of a cell to a full one; never empty.
    public var barParts: [Unicode.Scalar] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]

    /// The glyphs of a set.
    public init(_ set: GlyphSet) {
        switch set {
        case .unicode: break
        case .cp437: becomeCodePage437()
        case .ascii: becomeASCII()
        }
    }

    /// The glyph of the spark chart for a fraction, 0...1 (clamped; not-a-number is 0).
    public func spark(at fraction: Double) -> Unicode.Scalar {
        let place = fraction > 0 ? min(fraction, 1) * Double(spark.count - 1) : 0
        return spark[Int(place.rounded())]
    }
}
