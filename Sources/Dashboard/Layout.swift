internal import Canvas

/// Where everything stands on a screen of a given size.
///
/// It depends on the size alone, so nothing moves while stepping.
struct Layout: Equatable, Sendable {
    /// The smallest screen that has all panes.
    static let fullSize = Size(columns: 60, rows: 16)
    /// The smallest screen that has one pane.
    static let smallestSize = Size(columns: 20, rows: 5)

    let header: Rect
    let timeline: Rect
    let hints: Rect
    /// The visible panes.
    let panes: [Pane: Rect]

    /// The layout of a screen.
    ///
    /// - Parameters:
    ///   - focus: the pane that is shown where there is room for one alone.
    ///   - tab: the one that is shown of the panes that share a place.
    init(size: Size, focus: Pane, tab: Pane) {
        let bounds = size.bounds
        guard size.columns >= Self.fullSize.columns, size.rows >= Self.fullSize.rows else {
            let (notice, rest) = bounds.split(rows: 1)
            let fits = size.columns >= Self.smallestSize.columns && size.rows >= Self.smallestSize.rows
            header = notice
            timeline = .zero
            hints = .zero
            panes = fits ? [focus: rest] : [:]
            return
        }
        let (head, belowHead) = bounds.split(rows: 1)
        let (body, foot) = belowHead.split(rows: -2)
        header = head
        (timeline, hints) = foot.split(rows: 1)
        let isPortrait = size.columns <= 84 && size.rows >= 46
        let logRows = max(size.rows < 20 ? 5 : 6, (body.rows - 6) * 2 / 5)
        let (upper, log) = body.split(rows: body.rows - logRows)
        if isPortrait {
            let (left, closest) = upper.split(rows: upper.rows * 2 / 5)
            let (pool, inFlight) = left.split(columns: left.columns / 2)
            panes = [.pool: pool, .inFlight: inFlight, .closest: closest, tab: log]
        } else {
            let (left, closest) = upper.split(columns: size.columns < 100 ? size.columns * 35 / 80 : size.columns * 44 / 120)
            let (pool, inFlight) = left.split(rows: (left.rows + 1) / 2)
            panes = [.pool: pool, .inFlight: inFlight, .closest: closest, tab: log]
        }
    }
}

extension Layout {
    /// Everything between the header and the hints: where the help stands.
    func body(_ size: Size) -> Rect {
        panes.count <= 1 ? size.bounds.split(rows: 1).bottom : size.bounds.split(rows: 1).bottom.split(rows: -1).top
    }
}
