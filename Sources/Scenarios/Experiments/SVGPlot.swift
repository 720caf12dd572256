internal import Timeline

/// A plot as a picture of its own: an SVG file without anything outside of it.
public struct SVGPlot: Sendable {
    private let plot: Plot
    private let caption: String

    private static let width = 720.0
    private static let right = 24.0
    private static let top = 44.0
    private static let axisHeight = 62.0

    /// Colours that people with any kind of colour vision tell apart on white. Source: Okabe and Ito, Color Universal Design, 2008;
    /// without its yellow, which is too light for lines.
    private static let colors = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#7F7F7F"]
    /// Dashes, so that curves differ without colours too.
    private static let dashes = ["", "7 4", "2 3", "9 3 2 3", "12 5", "4 2", "1 2", "6 2 2 2"]

    /// A picture of a plot.
    ///
    /// - Parameter caption: what stands at the bottom, such as the name of the scenario and the number of runs.
    public init(_ plot: Plot, caption: String) {
        self.plot = plot
        self.caption = caption
    }

    /// The text of the file.
    public var text: String {
        let body =
            switch plot.kind {
            case .histogram: histogram
            case .cumulative: cumulative
            case .boxes: boxes
            }
        let height = body.height + 26
        let heading = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(Self.shown(Self.width))\" height=\"\(Self.shown(height))\" "
                + "viewBox=\"0 0 \(Self.shown(Self.width)) \(Self.shown(height))\" role=\"img\">",
            "<title>\(XML.text(plot.title))</title>", Self.style,
            "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>", Self.label(plot.title, 16, 24, "title"),
            Self.label(caption, 16, height - 10, "caption"),
        ]
        return (heading + body.lines + ["</svg>"]).joined(separator: "\n") + "\n"
    }

    private static let style = """
        <style>
        text{font-family:Helvetica,Arial,"Liberation Sans",sans-serif;font-size:12px;fill:#222222}
        .title{font-size:14px;font-weight:bold}.caption{font-size:11px;fill:#555555}
        .end{text-anchor:end}.middle{text-anchor:middle}
        .grid{stroke:#dddddd;stroke-width:1}.axis{stroke:#222222;stroke-width:1}
        .curve{fill:none;stroke-width:2;stroke-linejoin:round}
        </style>
        """

    private typealias Body = (lines: [String], height: Double)

    // MARK: Histogram

    private var histogram: Body {
        let (left, panel, gap) = (64.0, 96.0, 30.0)
        var lines: [String] = []
        let shares = plot.series.map { series in plot.counts(series.tally).map { Double($0) / Double(series.tally.count) } }
        // The same scale in all panels, so that heights can be compared.
        let (top, step) = Self.shareScale(shares.flatMap(\.self).max() ?? 1)
        var y = Self.top
        for (number, series) in plot.series.enumerated() {
            lines.append(Self.label(plot.label(series), left, y + 14, ""))
            let base = y + gap + panel
            for tick in stride(from: 0, through: top + step / 2, by: step) {
                let height = base - tick / top * panel
                lines.append(Self.line(left, height, Self.width - Self.right, height, tick == 0 ? "axis" : "grid"))
                lines.append(Self.label("\(FigureText.round((tick * 100).toThreeDigits)) %", left - 6, height + 4, "end"))
            }
            for (bin, share) in zip(plot.axis.bins, shares[number]) where share > 0 {
                let (from, to) = (x(bin.lowerBound, left), x(bin.upperBound, left))
                let height = max(1, share / top * panel)
                lines.append(
                    "<rect x=\"\(Self.shown(from + 0.5))\" y=\"\(Self.shown(base - height))\" width=\"\(Self.shown(max(1, to - from - 1)))\" "
                        + "height=\"\(Self.shown(height))\" fill=\"\(Self.colors[number % Self.colors.count])\"/>")
            }
            y = base + 8
        }
        lines += axisLines(left: left, at: y - 8)
        lines.append(Self.upright("share", 16, (Self.top + y) / 2))
        return (lines, y - 8 + Self.axisHeight)
    }

    /// The top of an axis of shares, and the distance of its ticks.
    private static func shareScale(_ most: Double) -> (top: Double, step: Double) {
        let step = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25].first { most / $0 <= 4 } ?? 0.25
        return (max(step, (most / step - 1e-9).rounded(.up) * step), step)
    }

    // MARK: Cumulative

    private var cumulative: Body {
        let (left, height) = (64.0, 300.0)
        let base = Self.top + height
        var lines: [String] = []
        for percent in stride(from: 0, through: 100, by: 25) {
            let y = base - Double(percent) / 100 * height
            lines.append(Self.line(left, y, Self.width - Self.right, y, percent == 0 ? "axis" : "grid"))
            lines.append(Self.label("\(percent) %", left - 6, y + 4, "end"))
        }
        for tick in plot.axis.ticks { lines.append(Self.line(x(tick, left), Self.top, x(tick, left), base, "grid")) }
        for (number, series) in plot.series.enumerated() {
            var path = "M\(Self.shown(x(series.tally.min, left))) \(Self.shown(base))"
            var passed = 0
            for entry in series.tally.entries {
                let place = Self.shown(x(entry.value, left))
                passed += entry.count
                let y = base - Double(passed) / Double(series.tally.count) * height
                path += "H\(place)V\(Self.shown(y))"
            }
            lines.append("<path class=\"curve\" d=\"\(path)\" \(Self.stroke(number))/>")
        }
        lines += axisLines(left: left, at: base)
        lines.append(Self.upright("share not above", 16, Self.top + height / 2))
        var y = base + Self.axisHeight
        for (number, series) in plot.series.enumerated() {
            lines.append("<path class=\"curve\" d=\"M\(Self.shown(left)) \(Self.shown(y - 4))h36\" \(Self.stroke(number))/>")
            lines.append(Self.label(plot.label(series), left + 44, y, ""))
            y += 18
        }
        return (lines, y)
    }

    private static func stroke(_ number: Int) -> String {
        let dash = dashes[number % dashes.count]
        return "stroke=\"\(colors[number % colors.count])\"" + (dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\"")
    }

    // MARK: Boxes

    private var boxes: Body {
        let names = plot.series.map { plot.label($0) }
        let left = min(330, 24 + 6.4 * Double(names.map(\.count).max() ?? 0))
        let row = 34.0
        let base = Self.top + row * Double(plot.series.count) + 4
        var lines: [String] = []
        for tick in plot.axis.ticks { lines.append(Self.line(x(tick, left), Self.top, x(tick, left), base, "grid")) }
        for (number, series) in plot.series.enumerated() {
            let middle = Self.top + row * (Double(number) + 0.5)
            let color = Self.colors[0]
            let places = [0.05, 0.25, 0.5, 0.75, 0.95].map { x(series.tally.quantile($0) ?? 0, left) }
            lines.append(Self.label(plot.label(series, in: 48), left - 8, middle + 4, "end"))
            for (from, to) in [(places[0], places[1]), (places[3], places[4])] {
                lines.append(Self.line(from, middle, to, middle, "axis"))
            }
            for end in [places[0], places[4]] { lines.append(Self.line(end, middle - 6, end, middle + 6, "axis")) }
            lines.append(
                "<rect x=\"\(Self.shown(places[1]))\" y=\"\(Self.shown(middle - 10))\" width=\"\(Self.shown(max(1, places[3] - places[1])))\" "
                    + "height=\"20\" fill=\"\(color)\" fill-opacity=\"0.35\" stroke=\"\(color)\"/>")
            lines.append(
                "<line x1=\"\(Self.shown(places[2]))\" y1=\"\(Self.shown(middle - 10))\" x2=\"\(Self.shown(places[2]))\" "
                    + "y2=\"\(Self.shown(middle + 10))\" stroke=\"\(color)\" stroke-width=\"3\"/>")
        }
        lines += axisLines(left: left, at: base)
        return (lines, base + Self.axisHeight)
    }

    // MARK: Parts

    private func x(_ value: Double, _ left: Double) -> Double {
        left + plot.axis.place(of: value) * (Self.width - Self.right - left)
    }

    private func axisLines(left: Double, at y: Double) -> [String] {
        var lines = [Self.line(left, y, Self.width - Self.right, y, "axis")]
        for tick in plot.axis.ticks {
            let place = x(tick, left)
            lines.append(Self.line(place, y, place, y + 5, "axis"))
            lines.append(Self.label(FigureText.round(tick), place, y + 19, "middle"))
        }
        let title = plot.measure.axisTitle + (plot.axis.isLogarithmic ? ", logarithmic scale" : "")
        lines.append(Self.label(title, (left + Self.width - Self.right) / 2, y + 38, "middle"))
        return lines
    }

    private static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ kind: String) -> String {
        "<line x1=\"\(shown(x1))\" y1=\"\(shown(y1))\" x2=\"\(shown(x2))\" y2=\"\(shown(y2))\" class=\"\(kind)\"/>"
    }

    private static func label(_ text: String, _ x: Double, _ y: Double, _ kind: String) -> String {
        "<text x=\"\(shown(x))\" y=\"\(shown(y))\"\(kind.isEmpty ? "" : " class=\"\(kind)\"")>\(XML.text(text))</text>"
    }

    /// A text that is read from below.
    private static func upright(_ text: String, _ x: Double, _ y: Double) -> String {
        "<text transform=\"translate(\(shown(x)) \(shown(y))) rotate(-90)\" class=\"middle\">\(XML.text(text))</text>"
    }

    /// A coordinate: to a tenth, so that every system writes the same.
    private static func shown(_ value: Double) -> String {
        let text = FigureText.fixed(value, 1)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
