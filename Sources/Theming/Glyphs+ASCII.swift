internal import Canvas

extension Glyphs {
    /// Replaces every glyph by what comes nearest to it in ASCII.
    mutating func becomeASCII() {
        box = .ascii
        boxFocused = .asciiHeavy
        selection = ">"
        ellipsis = "~"
        dot = "."
        todo = "."
        waiting = "o"
        answered = "+"
        stored = "#"
        failed = "x"
        known = "-"
        target = "*"
        arrowIn = ">"
        arrowOut = "<"
        next = ">"
        up = "^"
        down = "v"
        left = "<"
        right = ">"
        now = ">"
        breakpoint = "*"
        running = ">"
        paused = "\""
        follow = "v"
        barFull = "#"
        barEmpty = "."
        shade = "#"
        timelinePast = "="
        timelineFuture = "-"
        timelineNow = "*"
        timelineBreakpoint = "@"
        mark = "!"
        alpha = "a"
        delta = "d"
        times = "x"
        verticalBar = "|"
        horizontalBar = "-"
        line = .ascii
        dashedHorizontal = "."
        dashedVertical = ":"
        axis = "|"
        begin = "|<"
        end = ">|"
        spark = ["_", ".", "-", "=", "+", "*", "#"]
        barParts = ["#"]
    }
}
