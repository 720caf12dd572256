internal import Canvas
internal import Coordination
internal import Kademlia
internal import Scenarios
internal import Theming
internal import Timeline

// MARK: - The pane Ladder: the messages between the nodes, each an arrow

extension Dashboard {
    func drawLadder(_ drawing: inout PaneDrawing, on canvas: inout Canvas) {
        let glyphs = drawing.look.glyphs
        let count = ladderRowCount
        let title = ladder?.subject.broadcast.map { "\($0), nodes by first contact" } ?? "all broadcasts, nodes by first contact"
        let plan = ladderPlan(columns: drawing.inner.columns)
        drawing.drawFrame(on: &canvas, title: title, count: ladderCount(plan, drawing))
        guard let ladder, count > 0 else {
            let text =
                "The messages between us and the other nodes will stand here, each an arrow, from the top down as time goes on. "
                + (history.position == 0 ? "\(keys.name(of: .stepForward)) takes the first step." : "This broadcast has sent none yet.")
            return drawing.drawEmpty(text, on: &canvas)
        }
        let lines = LadderDrawing(ladder: ladder, plan: plan, first: firstLadderColumn, drawing: drawing)
        lines.drawHeads(ranks: ladderRanks, on: &canvas)
        let (rows, selected, top) = (drawing.rows, selectedLadderRow, scroll[.ladder] ?? 0)
        let step = history.position == 0 && selectedStep == nil ? nil : ladder.rows[selected].step
        for index in top..<max(top, min(count, top + rows.rows)) {
            let row = ladder.rows[index]
            let isFirst = index == 0 || ladder.rows[index - 1].step != row.step
            let line = rows.line(index - top)
            lines.draw(
                index, on: &canvas, at: line, isComing: row.step > history.position,
                time: isFirst ? Words.moment(history.step(row.step).time) : nil)
            if row.step == history.position {
                canvas.write(String(glyphs.now), at: line.origin.moved(columns: 1), style: drawing.style(.timelineNow))
            }
            guard row.step == step else { continue }
            canvas.write(String(glyphs.selection), at: line.origin, style: drawing.style(.paneBorderFocus))
            canvas.lay(drawing.style(drawing.isFocused ? .selection : .selectionInactive), over: line)
        }
    }

    /// What stands in the lower border: the message, the nodes, and what the lines mean where there is room.
    private func ladderCount(_ plan: LadderPlan, _ drawing: PaneDrawing) -> String {
        guard let ladder, ladderRowCount > 0 else { return "" }
        let glyphs = drawing.look.glyphs
        let (first, last) = (firstLadderColumn + 1, min(ladder.nodes.count, firstLadderColumn + plan.nodeCount))
        let nodes = first == 1 && last == ladder.nodes.count ? "\(last) nodes" : "nodes \(first)-\(last) of \(ladder.nodes.count)"
        let key = "\(glyphs.boxFocused.vertical) awaited   \(glyphs.failed) no answer"
        let follows = selectedStep == nil ? "\(glyphs.follow) follow" : "\(keys.name(of: .last)) follows"
        let place = "\(min(ladder.count(upTo: selectedStep ?? history.position), ladderRowCount)) of \(ladderRowCount)"
        return (drawing.inner.columns >= 70 ? [key, nodes, follows, place] : [nodes, follows]).joined(separator: "   ")
    }

    /// The place of each node in the broadcast's order by distance, where it is shown.
    private var ladderRanks: [Int32: Int] {
        guard !ladderShowsAll, let entry = shownBroadcast else { return [:] }
        return Dictionary(observation.nodes(of: entry).compactMap { row in row.rank.map { (row.node.index, $0) } }) { first, _ in first }
    }
}
