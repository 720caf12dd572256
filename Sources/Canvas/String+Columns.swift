/// Where text stands in a width larger than its own.
public enum Alignment: Hashable, Sendable {
    case left, right, center
}

extension String {
    /// How many columns a canvas needs to show the text on one row.
    public var columns: Int {
        unicodeScalars.reduce(into: 0) { count, scalar in
            if scalar.shown != nil { count += 1 }
        }
    }

    /// The text as a canvas shows it: every scalar of it fills one column. See ``Swift/Unicode/Scalar/shown`` for what is replaced.
    public var shown: String {
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if let shown = scalar.shown { result.append(shown) }
        }
        return String(result)
    }

    /// The text as a canvas shows it, cut to `width` columns with `ellipsis` in the last one if something was cut.
    /// A width of 0 or less gives nothing. The default ellipsis is `…`.
    public func clipped(to width: Int, ellipsis: Unicode.Scalar = "…") -> String {
        guard width > 0 else { return "" }
        var result = String.UnicodeScalarView()
        var count = 0
        for scalar in unicodeScalars {
            guard let shown = scalar.shown else { continue }
            count += 1
            if count > width { break }
            result.append(shown)
        }
        guard count > width else { return String(result) }
        result.removeLast()
        result.append(ellipsis.shown ?? " ")
        return String(result)
    }

    /// The text as a canvas shows it, filled up with spaces to `width` columns; text that is already wider stays whole.
    /// The default is to align it left. Widths are clamped to 0...``Size/limit``.
    public func padded(to width: Int, alignment: Alignment = .left) -> String {
        let text = shown
        let missing = max(0, width.clamped(to: 0...Size.limit) - text.unicodeScalars.count)
        let before: Int
        switch alignment {
        case .left: before = 0
        case .right: before = missing
        case .center: before = missing / 2
        }
        return String(repeating: " ", count: before) + text + String(repeating: " ", count: missing - before)
    }
}
