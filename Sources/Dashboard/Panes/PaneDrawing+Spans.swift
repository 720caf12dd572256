internal import Canvas
internal import Theming

extension PaneDrawing {
    /// Writes words one after the other on one line; what there is no room for is left out.
    func write(_ spans: [Span], on canvas: inout Canvas, at point: Point, width: Int) {
        var column = 0
        for span in spans where column < width {
            column += canvas.write(
                span.text.clipped(to: width - column, ellipsis: look.glyphs.ellipsis), at: point.moved(columns: column), style: span.style)
        }
    }
}

extension [Span] {
    /// The columns that the words take, one after the other.
    var columns: Int { reduce(0) { $0 + $1.text.columns } }
}
