internal import Canvas
internal import Theming

// MARK: - Which panes are shown, and how large

extension Dashboard {
    /// Gives a pane the keys.
    mutating func go(to pane: Pane) {
        if focus == pane { message = "\(pane.title) has the keys already" }
        focus = pane
    }

    mutating func changeFocus(by distance: Int) {
        guard !isZoomed, layout.order.count > 1 else {
            focus = Pane.allCases[(focus.rawValue - 1 + distance + Pane.allCases.count) % Pane.allCases.count]
            return
        }
        let visible = layout.order
        focus = visible[((visible.firstIndex(of: focus) ?? 0) + distance + visible.count) % visible.count]
    }

    mutating func changeTab(by distance: Int) {
        let tabs = Layout.tabs(of: preset, size)
        let place = tabs.firstIndex(of: tab) ?? 0
        focus = tabs[(place + distance + tabs.count) % tabs.count]
    }

    /// Lets the pane that has the keys fill the screen, or gives the others their places back.
    mutating func toggleZoom() {
        isZoomed.toggle()
        message = isZoomed ? "\(focus.title) alone; \(keys.name(of: .zoom)) or \(keys.name(of: .close)) brings the others back" : nil
        keepFocusVisible()
    }

    mutating func changePreset(by distance: Int) {
        let all = Preset.allCases
        let place = all.firstIndex(of: preset) ?? 0
        setPreset(all[(place + distance + all.count) % all.count])
    }

    mutating func setPreset(_ preset: Preset) {
        self.preset = preset
        isZoomed = false
        keepFocusVisible()
        message = "layout \(preset.rawValue), for \(preset.help)"
    }

    /// Where the pane that has the keys has lost its place, it gets that of the tabs.
    mutating func keepFocusVisible() {
        if !isVisible(focus) { tab = focus }
    }

    /// Lists all panes.
    mutating func openPaneList() {
        pause()
        let entries = Pane.allCases.map { pane in
            Menu.Entry(
                label: "\(pane.digit.map(String.init) ?? " ") \(pane.title.padded(to: 11)) \(pane.help)", action: .perform(.focus(pane)),
                obstacle: nil)
        }
        menu = Menu(title: "panes", entries: entries, selected: focus.rawValue - 1)
    }

    /// Scrolls the pane that has the keys to the side.
    mutating func scrollSideways(by columns: Int) {
        let (before, old) = (canvas(Self.plainLook), shift[focus])
        if focus == .convergence {
            scrollConvergence(by: columns)
        } else {
            shift[focus] = min(max(0, (old ?? 0) + columns), focus == .ladder ? widestLadderShift : Self.widestShift)
        }
        // How wide a pane's lines are is known where they are drawn.
        guard canvas(Self.plainLook) == before else { return }
        shift[focus] = old
        message = "there is nothing further to the \(columns < 0 ? "left" : "right")"
    }

    /// How far a pane can be scrolled to the right at most, in columns.
    private static let widestShift = 200
}
