extension Glyphs {
    /// Replaces every glyph that code page 437 lacks by what comes nearest to it there.
    mutating func becomeCodePage437() {
        ellipsis = "~"
        waiting = "○"
        answered = "√"
        stored = "■"
        failed = "x"
        known = "°"
        target = "☼"
        next = "»"
        up = "▲"
        down = "▼"
        left = "◄"
        right = "►"
        now = "►"
        breakpoint = "•"
        running = "►"
        paused = "║"
        timelinePast = "═"
        timelineFuture = "─"
        timelineNow = "■"
        timelineBreakpoint = "♦"
        mark = "¶"
        delta = "δ"
        times = "x"
        dashedHorizontal = "·"
        dashedVertical = ":"
        begin = "|◄"
        end = "►|"
        // There are no heights: the denser, the higher.
        spark = ["·", "░", "▒", "▓", "█"]
        barParts = ["▌", "█"]
    }
}
