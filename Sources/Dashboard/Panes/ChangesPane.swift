internal import Canvas

extension Dashboard {
    func drawChanges(_ drawing: inout PaneDrawing, on canvas: inout Canvas) { drawing.drawFrame(on: &canvas, tabs: Pane.tabs, count: "") }
}
