import Canvas

extension Canvas {
    /// The styles of the cells as text: a line of runs for each row (a letter for the style, then the number of cells), and what each letter means.
    ///
    /// Rows that are alike are counted: `3x a80` are three rows.
    var styleGrid: String {
        var letters: [Style: Character] = [:]
        var legend: [String] = []
        func letter(_ style: Style) -> Character {
            if let letter = letters[style] { return letter }
            let names = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!$%&*+<=>?@^~#")
            let letter = letters.count < names.count ? names[letters.count] : "_"
            letters[style] = letter
            legend.append("\(letter): \(style.words)")
            return letter
        }
        var rows: [(text: String, count: Int)] = []
        for row in 0..<size.rows {
            var runs: [(letter: Character, count: Int)] = []
            for column in 0..<size.columns {
                let name = letter(self[column: column, row: row].style)
                if runs.last?.letter == name { runs[runs.count - 1].count += 1 } else { runs.append((name, 1)) }
            }
            let text = runs.map { "\($0.letter)\($0.count)" }.joined(separator: " ")
            if rows.last?.text == text { rows[rows.count - 1].count += 1 } else { rows.append((text, 1)) }
        }
        return (rows.map { $0.count == 1 ? $0.text : "\($0.count)x \($0.text)" } + legend).joined(separator: "\n")
    }
}

extension Style {
    /// What it is, in words.
    fileprivate var words: String {
        let names: [(Attributes, String)] = [
            (.bold, "bold"), (.dim, "dim"), (.italic, "italic"), (.underline, "underline"), (.reverse, "reverse"),
        ]
        return (["\(foreground.words) on \(background.words)"] + names.filter { attributes.contains($0.0) }.map(\.1)).joined(separator: " ")
    }
}

extension Color {
    fileprivate var words: String {
        switch self {
        case .terminalDefault: "default"
        case .indexed(let number): "\(number)"
        case .rgb(let red, let green, let blue): "\(red),\(green),\(blue)"
        }
    }
}
