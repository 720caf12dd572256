internal import Broadcasts
internal import Canvas
internal import Queries
internal import Scenarios
internal import Timeline

// MARK: - The pane Convergence: how the closest nodes came to be the closest

extension Dashboard {
    func drawConvergence(_ drawing: inout PaneDrawing, on canvas: inout Canvas) {
        guard let shown = convergence, let now = shown.columns.last else {
            drawing.drawFrame(on: &canvas, count: "")
            if case .rejected(let reason) = shownBroadcast?.end {
                drawing.drawEmpty("This broadcast was refused: \(reason).", on: &canvas)
                return
            }
            drawing.drawEmpty(
                "Who is closest will stand here, rank by rank, a column for each step that changes it: far nodes give way to closer ones, then each is stored with. s takes the first step.",
                on: &canvas)
            return
        }
        let cursor = shown.convergence.columnCount(through: min(selectedStep ?? shown.position, shown.position)) - 1
        let details = ConvergenceDrawing(
            pane: drawing, view: convergenceView, columns: shown.columns, knownCount: shown.convergence.columns.count, now: now,
            back: shift[.convergence] ?? 0, cursor: cursor,
            selected: selectedConvergenceRow, selectedNode: selectedNode ?? now.cells.first?.node.index,
            target: shown.convergence.target, keyBits: scenario.keyBits, ranks: scenario.pool.queries.replication,
            rankCount: shown.rankCount, deepest: shown.deepest)
        details.draw(shown.entry, on: &canvas)
    }

    private var rankedNodes: [Convergence.Cell] { convergence?.columns.last?.cells ?? [] }

    var convergenceRowCount: Int { rankedNodes.count }

    /// The rank of the selected node, from 0 on; the first one if it has none.
    var selectedConvergenceRow: Int { rankedNodes.firstIndex { $0.node.index == selectedNode } ?? 0 }

    mutating func selectConvergence(row: Int) { selectedNode = rankedNodes[safe: row]?.node.index ?? selectedNode }

    var selectionInConvergence: Selection? {
        guard let shown = convergence, let cell = rankedNodes[safe: selectedConvergenceRow] else { return nil }
        return observation.nodes(of: shown.entry).first { $0.node.index == cell.node.index }.map { .node($0, of: shown.entry) }
    }

    /// Scrolls to earlier columns (negative) or later ones. The newest stand at the right, and are shown unless one scrolls.
    mutating func scrollConvergence(by columns: Int) {
        guard let shown = convergence, let rect = layout.panes[.convergence] else { return }
        let room = ConvergenceDrawing.room(rect.inset(), convergenceView, shown.convergence.columns.count)
        shift[.convergence] = min(max(0, (shift[.convergence] ?? 0) - columns), max(0, shown.count - room))
    }
}
