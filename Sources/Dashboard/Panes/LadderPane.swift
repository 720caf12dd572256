internal import Canvas

// MARK: - The pane Ladder

extension Dashboard {
    func drawLadder(_ drawing: inout PaneDrawing, on canvas: inout Canvas) {
        drawing.drawFrame(on: &canvas, count: "")
        drawing.drawEmpty("The messages between the nodes will stand here, each an arrow.", on: &canvas)
    }

    var ladderRowCount: Int { 0 }

    var selectedLadderRow: Int { 0 }

    func selectLadder(row: Int) {}

    var selectionInLadder: Selection? { nil }
}
