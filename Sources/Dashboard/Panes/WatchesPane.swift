internal import Canvas

// MARK: - The pane Watches

extension Dashboard {
    func drawWatches(_ drawing: inout PaneDrawing, on canvas: inout Canvas) {
        drawing.drawFrame(on: &canvas, count: "")
        drawing.drawEmpty("No value is watched. :watch best b1 watches how near the closest node of b1 is.", on: &canvas)
    }

    var watchesRowCount: Int { 0 }

    var selectedWatchesRow: Int { 0 }

    func selectWatches(row: Int) {}

    var selectionInWatches: Selection? { nil }
}
