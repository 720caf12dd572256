internal import Canvas

// MARK: - The pane Convergence

extension Dashboard {
    func drawConvergence(_ drawing: inout PaneDrawing, on canvas: inout Canvas) {
        drawing.drawFrame(on: &canvas, count: "")
        drawing.drawEmpty("The ranks of the closest nodes over time will stand here.", on: &canvas)
    }

    var convergenceRowCount: Int { 0 }

    var selectedConvergenceRow: Int { 0 }

    func selectConvergence(row: Int) {}

    var selectionInConvergence: Selection? { selectedNodeRow }
}
