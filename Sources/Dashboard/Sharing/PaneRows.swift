internal import Canvas
internal import Theming

/// The rows of a pane's table, with all columns: noted down while the pane is drawn.
final class PaneRows {
    /// Whether only the selected rows are noted.
    let onlySelected: Bool
    /// The titles of the columns.
    private(set) var titles: [String] = []
    /// What stands in the columns, row by row.
    private(set) var rows: [[String]] = []

    init(onlySelected: Bool = false) {
        self.onlySelected = onlySelected
    }

    /// Notes down a table of `count` rows.
    func add(_ table: TextTable, count: Int, isSelected: (Int) -> Bool, cells: (Int) -> [Span]) {
        titles = table.titles
        for index in 0..<count where !onlySelected || isSelected(index) { rows.append(cells(index).map(\.text)) }
    }
}

extension Dashboard {
    /// A look without colours, for drawings that nobody sees. Every glyph is as wide as in any other look.
    static let plainLook = Look(theme: BuiltInThemes.standard.resolved(for: .none), glyphSet: .unicode)

    /// Notes down the rows of a pane, whether it can be seen or not; nothing for a pane without a table.
    func record(_ pane: Pane, in rows: PaneRows) {
        var canvas = Canvas(size: size)
        var drawing = paneDrawing(pane, in: layout.panes[pane] ?? layout.body, Self.plainLook)
        drawing.recorder = rows
        draw(&drawing, on: &canvas)
    }
}
