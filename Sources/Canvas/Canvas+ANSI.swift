extension Canvas {
    /// The characters of all rows with the control sequences of ANSI for their styles, joined by newlines: what `cat` shows as it was drawn.
    ///
    /// Every row ends in the terminal's own colours, and blanks at its end that look like nothing are left out.
    public func ansi() -> String {
        (0..<size.rows).map { ansi(row: $0) }.joined(separator: "\n")
    }

    private func ansi(row: Int) -> String {
        var cells = self.row(row)
        while let last = cells.last, last == .blank { cells.removeLast() }
        var text = ""
        var style = Style.plain
        for cell in cells {
            if cell.style != style {
                style = cell.style
                text += style.ansi
            }
            text.unicodeScalars.append(cell.character)
        }
        return style == .plain ? text : text + Style.plain.ansi
    }
}

extension Style {
    /// The control sequence that sets this style and nothing else.
    var ansi: String {
        var codes = ["0"]
        let names: [(Attributes, String)] = [(.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7")]
        for (attribute, code) in names where attributes.contains(attribute) { codes.append(code) }
        codes += foreground.ansi(isBackground: false) + background.ansi(isBackground: true)
        return "\u{1B}[\(codes.joined(separator: ";"))m"
    }
}

extension Color {
    /// The numbers that set the colour.
    fileprivate func ansi(isBackground: Bool) -> [String] {
        let base = isBackground ? 10 : 0
        switch self {
        case .terminalDefault: return []
        case .indexed(let index) where index < 8: return ["\(30 + base + Int(index))"]
        case .indexed(let index) where index < 16: return ["\(82 + base + Int(index))"]
        case .indexed(let index): return ["\(38 + base)", "5", "\(index)"]
        case .rgb(let red, let green, let blue): return ["\(38 + base)", "2", "\(red)", "\(green)", "\(blue)"]
        }
    }
}
