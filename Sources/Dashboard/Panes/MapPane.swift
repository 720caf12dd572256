internal import Canvas

// MARK: - The pane Map

extension Dashboard {
    func drawMap(_ drawing: inout PaneDrawing, on canvas: inout Canvas) {
        drawing.drawFrame(on: &canvas, count: "")
        drawing.drawEmpty("The nodes will stand here, by how many leading bits they share with the target.", on: &canvas)
    }

    var mapRowCount: Int { 0 }

    var selectedMapRow: Int { 0 }

    func selectMap(row: Int) {}

    var selectionInMap: Selection? { selectedNodeRow }
}
