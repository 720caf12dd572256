public import Canvas

extension Color {
    /// The colour nearest to this one, as CIELAB tells it, that a terminal of `depth` can show.
    ///
    /// With 256 colours the first 16 are not used for it, as every user sets those differently. A colour that can be shown stays as it is.
    public func reduced(to depth: ColorDepth) -> Color {
        switch depth {
        case .none: return .terminalDefault
        case .trueColor: return self
        case .palette256:
            guard case .rgb = self, let rgb else { return self }
            return .indexed(Color.nearest(to: rgb, among: 16..<256))
        case .ansi16:
            if case .indexed(let index) = self, index < 16 { return self }
            guard let rgb else { return self }
            return .indexed(Color.nearest(to: rgb, among: 0..<16))
        }
    }

    /// Red, green and blue; nil for the terminal's own colour, which nobody knows.
    var rgb: RGB? {
        switch self {
        case .terminalDefault: nil
        case .indexed(let index): RGB.palette[Int(index)]
        case .rgb(let red, let green, let blue): RGB(red: red, green: green, blue: blue)
        }
    }

    /// Red, green and blue, if they are the same on every terminal.
    var fixed: RGB? {
        if case .indexed(let index) = self, index < 16 { nil } else { rgb }
    }

    private static let paletteInLab = RGB.palette.map { Lab($0) }

    private static func nearest(to rgb: RGB, among candidates: Range<Int>) -> UInt8 {
        let wanted = Lab(rgb)
        var (best, distance) = (candidates.lowerBound, Double.infinity)
        for index in candidates {
            let other = wanted.distance(to: paletteInLab[index])
            if other < distance { (best, distance) = (index, other) }
        }
        return UInt8(best)
    }
}
