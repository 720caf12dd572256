internal import Canvas

/// Where everything stands on a screen.
///
/// It depends on the size and on what a person chose alone, so nothing moves while stepping.
struct Layout: Equatable, Sendable {
    /// The smallest screen that has all panes.
    static let fullSize = Size(columns: 60, rows: 16)
    /// The smallest screen that has one pane.
    static let smallestSize = Size(columns: 20, rows: 5)

    let header: Rect
    let timeline: Rect
    let hints: Rect
    /// Everything between the header and the timeline.
    let body: Rect
    /// The visible panes.
    let panes: [Pane: Rect]
    /// The visible panes in reading order.
    let order: [Pane]
    /// The panes that share one place, one of them at a time; none where a single pane fills the screen.
    let tabs: [Pane]

    /// The layout of a screen.
    ///
    /// - Parameters:
    ///   - focus: the pane that has the keys; it is shown where there is room for one alone.
    ///   - tab: the one that is shown of the panes that share a place; if it has a place of its own, the first of them.
    ///   - isZoomed: whether the pane that has the keys fills the screen.
    init(size: Size, preset: Preset, focus: Pane, tab: Pane, isZoomed: Bool) {
        let bounds = size.bounds
        guard size.columns >= Self.fullSize.columns, size.rows >= Self.fullSize.rows else {
            (header, body) = bounds.split(rows: 1)
            let fits = size.columns >= Self.smallestSize.columns && size.rows >= Self.smallestSize.rows
            timeline = .zero
            hints = .zero
            panes = fits ? [focus: body] : [:]
            order = fits ? [focus] : []
            tabs = []
            return
        }
        let (head, belowHead) = bounds.split(rows: 1)
        let (body, foot) = belowHead.split(rows: -2)
        header = head
        self.body = body
        (timeline, hints) = foot.split(rows: 1)
        let plan = isZoomed ? .pane(focus) : preset.plan(for: size)
        tabs = isZoomed ? [] : Self.tabs(of: preset, size)
        let places = plan.places(in: body, tab: tabs.contains(tab) ? tab : tabs.first ?? focus)
        order = places.map(\.pane)
        panes = Dictionary(uniqueKeysWithValues: places)
    }

    /// The panes that have no place of their own on a screen, the log first.
    static func tabs(of preset: Preset, _ size: Size) -> [Pane] {
        let placed = preset.plan(for: size).panes
        return [.log] + Pane.allCases.filter { $0 != .log && !placed.contains($0) }
    }
}
