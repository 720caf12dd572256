internal import Canvas
internal import Kademlia
internal import Theming
internal import Timeline

/// The pane Map as it is drawn: what both of its views have.
struct MapDrawing {
    let pane: PaneDrawing
    let view: MapView
    let map: NodeMap
    /// The place of the selected node in the map's nodes.
    let selected: Int
    /// The nodes between a seed and the selected one.
    let path: [NetworkNode]
    let keyBits: Int
    /// The number of nodes of the network.
    let networkSize: Int
    /// Whether the broadcast stores with its seed nodes, and looks for nobody.
    let isStatic: Bool

    var glyphs: Glyphs { pane.look.glyphs }
    var selectedRow: Observation.NodeRow? { map.nodes[safe: selected] }
    var selectedBucket: Int { map.bucket(of: selected) }

    /// How the way of a request stands out: in the colour of an awaited answer, but never underlined.
    var edgeStyle: Style {
        var style = pane.style(.stateWaiting)
        style.attributes.remove(.underline)
        style.attributes.insert(.bold)
        return style
    }

    /// Whether nodes that the broadcast has not heard of have a glyph each; of a large network only their number is told.
    var showsOthers: Bool { networkSize <= 1000 }

    func draw(_ entry: JournalEntry, on canvas: inout Canvas) {
        let inner = pane.inner
        let lines = MapLines(inner, count: view == .trie ? map.buckets.count + 1 : map.buckets.count, introduction: view.introduction)
        let place = map.nodes.isEmpty ? "" : "\(selected + 1) of \(map.nodes.count)"
        // Where there is no line for the legend, it stands in the border.
        let count = "\(view.name)   \(place)"
        pane.drawFrame(on: &canvas, title: "\(entry.id) \(glyphs.arrowIn) \(pane.words.key(entry.target))", count: count)
        if lines.legend.isEmpty { pane.drawLegendInFrame(legends, count: count, on: &canvas) }
        for (index, text) in view.introduction.wrapped(to: inner.columns - 2).enumerated() where index < lines.introduction.rows {
            canvas.write(text, at: lines.introduction.line(index).origin.moved(columns: 1), style: pane.style(.textDim))
        }
        switch view {
        case .buckets: drawBuckets(in: lines, on: &canvas)
        case .trie: drawTrie(in: lines, on: &canvas)
        }
        drawBits(on: &canvas, in: lines.bits)
        drawPath(on: &canvas, in: lines.path)
        pane.drawLegend(legends, on: &canvas, in: lines.legend)
        drawMeanings(on: &canvas, in: lines.meanings)
    }

    // MARK: The right side: how many there are

    /// The columns of the bar.
    var barWidth: Int {
        switch pane.inner.columns {
        case ..<40: 0
        case ..<48: 6
        case ..<70: 8
        case ..<110: 14
        default: 24
        }
    }

    /// The columns of the numbers, `12/135`.
    private var countWidth: Int { 2 * "\(map.buckets.map(\.total).max() ?? 0)".count + 1 }

    /// A line, without what stands at its right side.
    func left(of line: Rect) -> Rect {
        line.split(columns: line.columns - countWidth - 1 - (barWidth == 0 ? 0 : barWidth + 1)).left
    }

    /// Draws the numbers of a bucket and the bar: how many of how many nodes the broadcast knows.
    func drawCount(of bucket: NodeMap.Bucket, on canvas: inout Canvas, in line: Rect) {
        let text = "\(bucket.known.count)/\(bucket.total)".padded(to: countWidth, alignment: .right)
        let origin = line.origin.moved(columns: left(of: line).columns + 1)
        canvas.write(text, at: origin, style: pane.style(bucket.known.isEmpty ? .textDim : .text))
        guard barWidth > 0, bucket.total > 0 else { return }
        let most = Double(map.buckets.map(\.total).max() ?? 1) + 1
        let length = Int((Double(bucket.total + 1).roughLog2 / most.roughLog2 * Double(barWidth * glyphs.barParts.count)).rounded())
        let (full, part) = length.quotientAndRemainder(dividingBy: glyphs.barParts.count)
        let bar = String(repeating: String(glyphs.barFull), count: full) + (part > 0 ? String(glyphs.barParts[part - 1]) : "")
        canvas.write(bar, at: origin.moved(columns: countWidth + 1), style: pane.style(.mapBucket), width: barWidth)
    }

    /// Draws what the numbers and the bars mean.
    func drawCountTitle(on canvas: inout Canvas, in line: Rect) {
        guard !line.isEmpty else { return }
        canvas.write(countTitle, at: line.origin.moved(columns: leftOfCountTitle(in: line)), style: pane.style(.textDim))
    }

    private var countTitle: String { barWidth >= 14 ? "known/all  all, log scale" : "known/all" }

    /// The columns before the title of the numbers. A title that is wider than its column begins before it.
    func leftOfCountTitle(in line: Rect) -> Int {
        let room = line.columns - left(of: line).columns - 1
        return max(0, line.columns - max(room, countTitle.columns))
    }

    // MARK: Below

    /// Draws how the broadcast came to know the selected node.
    private func drawPath(on canvas: inout Canvas, in line: Rect) {
        guard !line.isEmpty else { return }
        guard let row = selectedRow else {
            canvas.write("no node is known", at: line.origin.moved(columns: 1), style: pane.style(.textDim), width: line.columns - 2)
            return
        }
        let next = Span(" \(glyphs.right) ", pane.style(.textDim))
        let end = Span("\(row.status.glyph(glyphs)) \(row.status.word)", pane.style(row.status.role))
        let head = [
            Span("path of ", pane.style(.textDim)), Span(pane.words.shortKey(row.node.key), pane.style(.node)),
            Span(": ", pane.style(.textDim)), Span(isStatic ? "given" : "seed", pane.style(.text)), next,
        ]
        func middle(_ nodes: some Sequence<NetworkNode>) -> [Span] {
            nodes.flatMap { [Span(pane.words.shortKey($0.key), pane.style(.node)), next] }
        }
        let room = line.columns - 2
        var spans = head + middle(path) + [end]
        var kept = path.count
        while spans.columns > room, kept > 0 {
            kept -= 1
            spans = head + [Span(String(glyphs.ellipsis), pane.style(.textDim)), next] + middle(path.suffix(kept)) + [end]
        }
        pane.write(spans, on: &canvas, at: line.origin.moved(columns: 1), width: room)
    }

    /// Draws the bits of the target and of the selected node below each other, a bar after those that they share.
    private func drawBits(on canvas: inout Canvas, in lines: Rect) {
        guard lines.rows >= 2, let row = selectedRow else { return }
        let shared = pane.words.commonPrefixLength(row.node.key, map.target)
        let count = pane.inner.columns >= 90 ? "  \(shared) leading \(shared == 1 ? "bit" : "bits") shared" : "  \(shared) shared"
        // Four bits take five columns, and the bar one.
        let room = lines.columns - 2 - 8 - count.columns - 2
        let bits = min(keyBits, 64, max(8, room / 5 * 4))
        func write(_ name: String, _ key: Key256, _ style: Style, _ end: String, at line: Rect) {
            let digits = key.bits(bits)
            func group(_ range: Range<Int>) -> String {
                range.map { ($0 > 0 && $0 % 4 == 0 ? " " : "") + (digits[$0] ? "1" : "0") }.joined()
            }
            let common = min(shared, bits)
            pane.write(
                [
                    Span(name.padded(to: 8), style), Span(group(0..<common), pane.style(.textStrong)),
                    Span(common < bits ? String(glyphs.verticalBar) : "", pane.style(.mapTarget)),
                    Span(group(common..<bits), pane.style(.textDim)),
                    Span(bits < keyBits ? String(glyphs.ellipsis) : "", pane.style(.textDim)), Span(end, pane.style(.text)),
                ], on: &canvas, at: line.origin.moved(columns: 1), width: line.columns - 2)
        }
        write("target", map.target, pane.style(.keyTarget), "", at: lines.line(0))
        write(pane.words.shortKey(row.node.key), row.node.key, pane.style(.node), count, at: lines.line(1))
    }

    // MARK: What the glyphs mean

    /// What the glyphs mean: in many words, and in fewer.
    private var legends: [[Span]] {
        let few = NodeStatus.legend(glyphs) { pane.style($0) }
        let others = showsOthers ? [Span("\(glyphs.known) others", pane.style(.mapKnown))] : []
        let more = [Span("\(glyphs.target) target", pane.style(.mapTarget)), Span("us: this node", pane.style(.textStrong))]
        let known = showsOthers ? [Span("\(glyphs.known) not heard of", pane.style(.mapKnown))] : []
        return [more + few + known, few + others, few]
    }

    /// Draws what each state of a node means, in a sentence.
    private func drawMeanings(on canvas: inout Canvas, in lines: Rect) {
        let width = lines.columns / 2
        for (index, status) in NodeStatus.ofBroadcast.enumerated() {
            let line = lines.line(index / 2)
            guard !line.isEmpty else { return }
            pane.write(
                [
                    Span("\(status.glyph(glyphs)) \(status.word.padded(to: 11))", pane.style(status.role)),
                    Span(status.meaning, pane.style(.textDim)),
                ], on: &canvas, at: line.origin.moved(columns: 1 + index % 2 * width), width: width - 2)
        }
    }
}

/// The lines of the pane Map: what has a place, by how high it is.
struct MapLines {
    let introduction: Rect
    let titles: Rect
    /// The lines of the buckets.
    let body: Rect
    /// The lines that each bucket has.
    let height: Int
    let bits: Rect
    let path: Rect
    let legend: Rect
    let meanings: Rect

    /// - Parameters:
    ///   - count: the number of things that have a line.
    ///   - introduction: the sentence about them.
    init(_ inner: Rect, count: Int, introduction text: String) {
        let rows = inner.rows
        let meaningRows = (NodeStatus.ofBroadcast.count + 1) / 2
        let introductionRows =
            rows >= 16 ? text.wrapped(to: inner.columns - 2).count : rows >= 11 && text.columns <= inner.columns - 2 ? 1 : 0
        let legendRows = rows < 8 ? 0 : rows >= 15 && inner.columns < 110 ? 2 : 1
        let pathRows = rows >= 2 ? 1 : 0
        let titleRows = rows >= 8 ? 1 : 0
        var spare = rows - introductionRows - legendRows - pathRows - titleRows - count
        // What is left over goes to the bits first, then to more lines for each bucket, then to the meaning of the glyphs.
        let bitRows = spare >= 3 ? 3 : 0
        spare -= bitRows
        let hasMeanings = spare >= meaningRows + 1 + count && inner.columns >= 140
        if hasMeanings { spare -= meaningRows + 1 }
        height = 1 + min(3, max(0, spare) / max(1, count))
        let (above, rest) = inner.split(rows: introductionRows)
        introduction = above
        let (titles, below) = rest.split(rows: titleRows)
        self.titles = titles
        let foot = bitRows + pathRows + legendRows + (hasMeanings ? meaningRows + 1 : 0)
        let (body, bottom) = below.split(rows: max(0, below.rows - foot))
        self.body = body
        let (bits, belowBits) = bottom.split(rows: bitRows)
        // A line between the nodes and the bits stays empty.
        self.bits = bits.split(rows: 1).bottom
        let (path, belowPath) = belowBits.split(rows: pathRows)
        self.path = path
        let (legend, last) = belowPath.split(rows: legendRows)
        self.legend = legend
        meanings = last.split(rows: 1).bottom
    }
}
