internal import Broadcasts
internal import Canvas
internal import Coordination
internal import Kademlia
internal import Queries
internal import Scenarios
internal import Theming
internal import Timeline

// MARK: - The pane Closest: the nodes that the selected broadcast deals with

extension Dashboard {
    func drawClosest(_ drawing: inout PaneDrawing, on canvas: inout Canvas) {
        let glyphs = drawing.look.glyphs
        guard let entry = shownBroadcast else {
            drawing.drawFrame(on: &canvas, count: "")
            drawing.drawEmpty(
                "The nodes closest to the record's key will stand here, each with its distance and what came of it.", on: &canvas)
            return
        }
        let rows = shownNodes
        let selected = selectedRow(.closest)
        let title = "\(entry.id) \(glyphs.arrowIn) \(drawing.words.key(entry.target))"
        let queries = scenario.pool.queries
        let limits = entry.strategy == .static ? "" : "k=\(queries.replication) \(glyphs.alpha)=\(queries.queryConcurrency)   "
        let order = sortWords(.closest).isEmpty ? "" : "\(sortWords(.closest))   "
        drawing.drawFrame(on: &canvas, title: title, count: rows.isEmpty ? "" : "\(order)\(limits)\(selected + 1) of \(rows.count)")
        drawSummary(of: entry, rows, drawing, on: &canvas)
        guard !rows.isEmpty else {
            drawing.drawEmpty(emptyText(of: entry), on: &canvas)
            return
        }
        let width = drawing.inner.columns - 1
        let groups = scenario.keyBits == 8 ? 1 : width >= 100 ? 8 : width >= 72 ? 4 : width >= 42 ? 2 : 1
        let columns = [
            TableColumn(title: "#", width: 2, alignment: .right, priority: closestView == .truth ? 1 : 3),
            TableColumn(title: String(glyphs.target), width: closestView == .truth ? 1 : 0),
            TableColumn(title: "cpl", width: 3, alignment: .right),
            TableColumn(title: "distance", width: max(scenario.keyBits == 8 ? 8 : 4, groups * 5 - 1)),
            TableColumn(title: "node", width: 7),
            TableColumn(title: "state", width: width >= 72 && rows.contains { $0.status == .unheard } ? 29 : 11),
            TableColumn(title: "early", width: entry.strategy == .optimistic ? 5 : 0, priority: 1),
            TableColumn(title: "rtt", width: 5, alignment: .right, priority: 2),
            TableColumn(title: "hop", width: 3, alignment: .right, priority: 4), TableColumn(title: "via", width: 7, priority: 5),
            TableColumn(title: "near to far", width: 12, priority: 6),
        ]
        let table = TextTable(columns, width: width)
        drawing.drawTable(
            table, count: rows.count, from: scroll[.closest] ?? 0, on: &canvas, isSelected: { $0 == selected },
            cells: { cells(of: rows[$0], entry, drawing, groups, isWide: table.width(of: "state") > 11) })
    }

    private func cells(of row: Observation.NodeRow, _ entry: JournalEntry, _ drawing: PaneDrawing, _ groups: Int, isWide: Bool)
        -> [Span]
    {
        let (glyphs, words) = (drawing.look.glyphs, drawing.words)
        let dim = drawing.style(.textDim)
        let (isChosen, isUnheard) = (row.rank != nil, row.status == .unheard)
        let isTrue = closestView == .truth && qualitySeen?.quality?.trueClosest.contains(row.node) ?? false
        let state = isUnheard && isWide ? "should hold, never heard of" : row.status.word
        let prefix = words.commonPrefixLength(row.node.key, entry.target)
        let distance = words.distance(row.node.key.distance(to: entry.target), groups: groups)
        // The distance on a scale of powers of two: one bit of prefix is one cell less.
        let farness = max(0, 12 - prefix)
        return [
            Span(row.rank.map { "\($0)" } ?? String(glyphs.dot), drawing.style(isChosen ? .text : .textDim)),
            Span(isTrue ? String(glyphs.target) : "", drawing.style(.keyTarget)),
            Span("\(prefix)", isUnheard ? dim : drawing.style(.text)),
            Span(distance, dim), Span(words.shortKey(row.node.key), isUnheard ? dim : drawing.style(.node)),
            Span("\(row.status.glyph(glyphs)) \(state)", drawing.style(row.status.role)),
            Span(row.isEarly ? "early" : "", drawing.style(.phaseStore)),
            Span(row.roundTrip.map { Words.length($0) } ?? "", dim), Span(row.hops.map { "\($0)" } ?? "", dim),
            Span(isUnheard ? "" : row.via.map { words.shortKey($0.key) } ?? "seed", dim),
            Span(String(repeating: String(glyphs.barFull), count: farness), drawing.style(.mapBucket)),
        ]
    }

    private func emptyText(of entry: JournalEntry) -> String {
        switch entry.end {
        case .rejected(let reason): "This broadcast was refused: \(reason)."
        case .finished: "Nobody was asked and nobody was stored with."
        case nil: "No node is known yet."
        }
    }

    /// A line of glyphs, one for each node that was chosen or asked, and a sentence about how things stand.
    private func drawSummary(of entry: JournalEntry, _ rows: [Observation.NodeRow], _ drawing: PaneDrawing, on canvas: inout Canvas) {
        guard !drawing.summary.isEmpty else { return }
        let glyphs = drawing.look.glyphs
        let line = drawing.summary.line(drawing.summary.rows - 1)
        canvas.write(
            sentence(about: entry, rows, width: line.columns - 2).clipped(to: line.columns - 2, ellipsis: glyphs.ellipsis),
            at: line.origin.moved(columns: 1),
            style: drawing.style(entry.end == nil ? .text : .textStrong))
        guard drawing.summary.rows > 1 else { return }
        let width = line.columns - 2
        let all = rows.filter { $0.rank != nil }
        let figures =
            observation.optimistic(entry).map { thresholdWords($0, width: width * 4 / 5) }
            ?? qualityWords(width: width - all.count - 1, dot: glyphs.dot)
        let chosen = all.prefix(figures.isEmpty ? width : max(0, width - figures.columns - 1))
        for (column, row) in chosen.enumerated() {
            canvas.write(
                String(row.status.glyph(glyphs)), at: drawing.summary.origin.moved(columns: 1 + column),
                style: drawing.style(row.status.role))
        }
        canvas.write(
            figures.clipped(to: width, ellipsis: glyphs.ellipsis),
            at: drawing.summary.origin.moved(columns: max(1, line.columns - 1 - figures.columns)), style: drawing.style(.textDim))
    }

    /// The size of the network that an Optimistic reckons with, and what is near enough for it, as shares of the key space.
    private func thresholdWords(_ optimistic: OptimisticView<NetworkNode>, width: Int) -> String {
        let limits = optimistic.thresholds
        let (size, one, all) = (Int(limits.networkSize.rounded()), Words.share(limits.individual), Words.share(limits.set))
        let long = "n \(size): one below \(one), all below \(all)"
        return long.columns <= width ? long : "n \(size): one <\(one), all <\(all)"
    }

    /// How things stand; what the other panes tell as well is left out where there is not room for it.
    private func sentence(about entry: JournalEntry, _ rows: [Observation.NodeRow], width: Int) -> String {
        switch entry.end {
        case .finished(let outcome):
            let summary = StepText.summary(of: outcome)
            let whole = entry.strategy == .static ? summary : "\(summary), \(entry.askedCount) asked"
            return whole.columns <= width ? whole : summary
        case .rejected: return "refused"
        case nil: break
        }
        func count(_ matches: (NodeStatus) -> Bool) -> Int { rows.count { $0.rank != nil && matches($0.status) } }
        switch observation.pool.first(where: { $0.entry.id == entry.id })?.phase {
        case .line: return "in line for one of \(scenario.pool.queries.concurrency) lookups; \(rows.count { $0.status != .unheard }) known"
        case .both:
            let early = rows.count { $0.isEarly }
            let whole = "looking: \(entry.askedCount) asked, \(entry.answeredCount) answered; \(early) stored with early"
            return whole.columns <= width ? whole : "\(entry.askedCount) asked, \(early) stored with early"
        case .find:
            if let final = observation.view.broadcast(entry.id)?.query?.finalSet, !final.isEmpty {
                return "following up: \(final.count) in the final set, \(entry.askedCount) asked, \(entry.answeredCount) answered"
            }
            return "looking: \(rows.count { $0.status != .unheard }) known, \(entry.askedCount) asked, \(entry.answeredCount) answered"
        case .store, .wait:
            let failed = count { $0.role == .stateFailed }
            let counts = [
                "\(count { $0 == .stored }) stored", failed == 0 ? nil : "\(failed) failed", "\(count { $0 == .storing }) waiting",
                "\(count { $0 == .todo }) todo",
            ].compactMap { $0 }.joined(separator: ", ")
            let whole = "storing: \(counts)"
            return whole.columns <= width ? whole : counts
        case .done, .rejected, nil: return ""
        }
    }
}
