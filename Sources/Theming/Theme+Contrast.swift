internal import Canvas

extension Theme {
    /// The roles that can hardly be read, in the order of the roles: on their own background, on a selected line, in a dialog.
    ///
    /// Where a colour is the terminal's own, white on black is assumed for a dark theme and black on white for a light one. Pairs with one of
    /// the 16 ANSI colours are left out, as every user sets those differently; with 16 colours, where there are no others, they are taken
    /// for xterm's. Without colours nothing is low.
    ///
    /// - Parameters:
    ///   - text: the contrast that words need. The default, nil, is what WCAG 2.1 asks for in criterion 1.4.3 (AA), 4.5, and with 16 colours 3.
    ///   - faint: the contrast that lines, bars and words that matter less need. The default, nil, is that of criterion 1.4.11, 3, and with
    ///     16 colours 2.
    /// - Complexity: linear in the number of roles.
    public func lowContrasts(text: Double? = nil, faint: Double? = nil) -> [LowContrast] {
        guard depth != .none else { return [] }
        let text = text ?? (depth == .ansi16 ? 3 : 4.5)
        let faint = faint ?? (depth == .ansi16 ? 2 : 3)
        var result: [LowContrast] = []
        for role in Role.allCases {
            let needed = role.isFaint ? faint : text
            for (ground, style) in drawn(role) {
                guard let ratio = contrast(style), ratio < needed else { continue }
                let finding = LowContrast(role: role, ground: ground, ratio: ratio, needed: needed)
                // The colours of a gradient have one finding, the first.
                if result.last.map({ $0.role != role || $0.ground != ground }) ?? true { result.append(finding) }
            }
        }
        return result
    }

    /// The styles that a role is drawn in, each with the role whose background is laid under or over it if that changes its colours.
    private func drawn(_ role: Role) -> [(ground: Role?, style: Style)] {
        var result: [(ground: Role?, style: Style)] = []
        let steps = gradients[role] ?? [style(role)]
        for step in steps { result.append((nil, step)) }
        if Role.inLines.contains(role) {
            for selection in [Role.selection, .selectionInactive] where style(selection).hasColor {
                for step in steps { result.append((selection, step.overlaid(with: style(selection)))) }
            }
        }
        if Role.inDialogs.contains(role), style(.dialogBackground).hasColor {
            result.append((.dialogBackground, style(.dialogBackground).overlaid(with: style(role))))
        }
        return result
    }

    /// The contrast of a style's glyphs; nil if one of its colours is not known.
    private func contrast(_ style: Style) -> Double? {
        let black = RGB(red: 0, green: 0, blue: 0)
        let white = RGB(red: 255, green: 255, blue: 255)
        let (paper, ink) = variant == .dark ? (black, white) : (white, black)
        let style = style.painted(on: ground)
        let takesANSI = depth == .ansi16
        guard let foreground = style.foreground.known(default: ink, takesANSI: takesANSI),
            let background = style.background.known(default: paper, takesANSI: takesANSI)
        else { return nil }
        return foreground.contrast(with: background)
    }
}

extension Role {
    /// What the lines of the panes consist of, which can be selected.
    fileprivate static let inLines: [Role] = [
        .text, .textDim, .textStrong, .stateTodo, .stateWaiting, .stateAnswered, .stateStored, .stateFailed, .stateFinished, .stateIdle,
        .phaseFind, .phaseStore, .phaseWait, .phaseDone, .logIn, .logOut, .logPoll, .logStep, .logTime, .queueDue, .queueFuture, .deadline,
        .mapKnown, .mapTarget, .diffAdd, .diffDelete, .node, .keyTarget,
    ]

    /// What is drawn in dialogs.
    fileprivate static let inDialogs: [Role] = [.text, .textDim, .textStrong, .hintKey]

    /// Whether it is a line, a bar or a word that matters less, which needs less contrast.
    fileprivate var isFaint: Bool {
        switch self {
        case .textDim, .paneBorder, .paneBorderFocus, .paneCount, .cursor, .stateTodo, .stateIdle, .logPoll, .deadline, .spark, .mapKnown,
            .mapBucket, .timelinePast, .timelineFuture, .timelineNow, .timelineBreakpoint, .timelineMark:
            true
        case .text, .textStrong, .header, .headerLive, .headerPaused, .hintKey, .hintText, .paneTitle, .selection, .selectionInactive,
            .searchMatch, .stateWaiting, .stateAnswered, .stateStored, .stateFailed, .stateFinished, .phaseFind, .phaseStore, .phaseWait,
            .phaseDone, .logIn, .logOut, .logStep, .logTime, .queueDue, .queueFuture, .mapTarget, .diffAdd, .diffDelete, .toastInfo,
            .toastWarn, .toastError, .dialogBackground, .dialogButton, .dialogFocus, .node, .keyTarget:
            false
        }
    }
}

extension Style {
    fileprivate var hasColor: Bool { foreground != .terminalDefault || background != .terminalDefault }
}

extension Color {
    /// Red, green and blue, if it is the same on every terminal, or `default` for the terminal's own.
    ///
    /// - Parameter takesANSI: whether the 16 ANSI colours are taken for xterm's.
    fileprivate func known(default terminal: RGB, takesANSI: Bool) -> RGB? {
        switch self {
        case .terminalDefault: terminal
        case .indexed, .rgb: takesANSI ? rgb : fixed
        }
    }
}

extension RGB {
    /// The relative luminance of WCAG 2: 0 for black, 1 for white.
    private var luminance: Double { 0.2126 * Lab.linear(red) + 0.7152 * Lab.linear(green) + 0.0722 * Lab.linear(blue) }

    /// The contrast of WCAG 2: 1 for the same luminance, 21 for black and white.
    fileprivate func contrast(with other: RGB) -> Double {
        (max(luminance, other.luminance) + 0.05) / (min(luminance, other.luminance) + 0.05)
    }
}
