internal import Canvas

// MARK: - The pane Metrics

extension Dashboard {
    func drawMetrics(_ drawing: inout PaneDrawing, on canvas: inout Canvas) {
        drawing.drawFrame(on: &canvas, count: "")
        drawing.drawEmpty("Rates and times of the run will stand here.", on: &canvas)
    }

    var metricsRowCount: Int { 0 }

    var selectedMetricsRow: Int { 0 }

    func selectMetrics(row: Int) {}

    var selectionInMetrics: Selection? { nil }
}
