internal import Kademlia

/// A ladder of arrows as a picture: the pool at the left, the nodes beside it, the closest first; time runs down.
struct SVGExporter: TraceExporter {
    private var ladder: Ladder

    private static let left = 300
    private static let column = 78
    private static let row = 20
    private static let top = 84

    init(_ header: TraceHeader) {
        ladder = Ladder(header)
    }

    mutating func add(_ line: TraceLine) -> String {
        if case .step(let recorded, _) = line { ladder.add(recorded.step) }
        return ""
    }

    mutating func finish() -> String {
        let nodes = ladder.participants
        var place: [Int32: Int] = [:]
        for (index, node) in nodes.enumerated() { place[node.index] = Self.left + Self.column * (index + 1) }
        let width = max(Self.left + Self.column * (nodes.count + 1), 640) + 40
        let height = Self.top + Self.row * (ladder.rows.count + 2) + 20
        var lines = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\" viewBox=\"0 0 \(width) \(height)\">",
            Self.style,
            "<rect width=\"\(width)\" height=\"\(height)\" class=\"paper\"/>",
            "<text x=\"16\" y=\"26\" class=\"title\">\(XML.text(ladder.title))</text>",
            "<text x=\"16\" y=\"46\" class=\"dim\">blue: find closer, green: store, red: failed, grey: ignored; dashed: replies</text>",
        ]
        let columns =
            [(Self.left, "pool \(ladder.name(ladder.header.localKey))")] + nodes.map { (place[$0.index] ?? 0, ladder.name($0.key)) }
        for (x, name) in columns {
            lines.append("<text x=\"\(x)\" y=\"\(Self.top - 12)\" class=\"head\">\(XML.text(name))</text>")
            lines.append("<line x1=\"\(x)\" y1=\"\(Self.top - 4)\" x2=\"\(x)\" y2=\"\(height - 30)\" class=\"life\"/>")
        }
        for (index, row) in ladder.rows.enumerated() {
            let y = Self.top + Self.row * (index + 1)
            lines.append("<text x=\"70\" y=\"\(y + 4)\" class=\"time\">\(row.time.seconds)</text>")
            lines.append("<text x=\"110\" y=\"\(y + 4)\" class=\"time\">\(row.step)</text>")
            lines.append(Self.arrow(row, y, row.node.flatMap { place[$0.index] }))
        }
        if let remark = ladder.remark { lines.append("<text x=\"16\" y=\"\(height - 12)\" class=\"dim\">\(remark)</text>") }
        return (lines + ["</svg>"]).joined(separator: "\n") + "\n"
    }

    private static func arrow(_ row: Ladder.Row, _ y: Int, _ x: Int?) -> String {
        guard let x else {
            return "<text x=\"\(left + 8)\" y=\"\(y + 4)\" class=\"note\">\(XML.text(row.text))</text>"
        }
        let (kind, from, to) =
            switch row.kind {
            case .request: (row.isStore ? "store" : "find", left, x)
            case .reply: ((row.isStore ? "store" : "find") + " reply", x, left)
            case .failure: ("bad reply", x, left)
            case .ignored: ("vain reply", x, left)
            case .note: ("note", left, left)
            }
        let head = to > from ? -7 : 7
        return """
            <g class="\(kind)"><title>\(XML.text(row.text))</title><line x1="\(from)" y1="\(y)" x2="\(to)" y2="\(y)"/>\
            <path d="M\(to) \(y)l\(head) -4v8z"/><text x="\(left - 8)" y="\(y + 4)" class="what">\(XML.text(row.text))</text></g>
            """
    }

    private static let style = """
        <style>
        text{font:11px ui-monospace,Menlo,Consolas,monospace;fill:#222}
        .paper{fill:#fff}.title{font-size:15px;font-weight:bold}.dim,.time{fill:#777}.time,.what{text-anchor:end}.head{text-anchor:middle}
        .life{stroke:#ccc}.note{font-weight:bold}
        g line{stroke-width:1.5}.reply line{stroke-dasharray:5 3}
        .find line{stroke:#2563c9}.find path{fill:#2563c9}.store line{stroke:#1a7f37}.store path{fill:#1a7f37}
        .bad line{stroke:#c62828}.bad path{fill:#c62828}.vain line{stroke:#999}.vain path{fill:#999}
        </style>
        """
}
