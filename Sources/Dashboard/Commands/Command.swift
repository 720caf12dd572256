/// What a person can tell the program.
public enum Command: Hashable, Sendable {
    case stepForward, stepBack
    case stepOver, stepOverBack
    case nextNetworkEvent, previousNetworkEvent
    case microForward, microBack
    case endOfPhase
    case tenForward, tenBack
    case scrubForward, scrubBack
    case runToSelection
    case repeatMove
    case continueForward, continueBack
    case breakpoint, oneShotBreakpoint, breakpointList
    case mark, jumpToMark, nextMark, previousMark
    case search, nextMatch, previousMatch, filter
    case runOrPause
    case faster, slower, normalSpeed
    case restart
    case why, differences
    case actions, commandLine
    case focus(Pane)
    case paneList
    case focusNext, focusPrevious
    case nextTab, previousTab
    case zoom, nextPreset, previousPreset
    case view
    case up, down, pageUp, pageDown, halfPageUp, halfPageDown, first, last
    case left, right
    case open
    case follow
    case sortNext, sortReverse
    case themes, settings, reload, mouse
    case copyField, copyRow, export
    case help, repaint, close, quit, quitLeavingScreen
}

extension Command {
    /// Those that move in time: what `.` repeats.
    private static let moves: Set<Command> = [
        .stepForward, .stepBack, .stepOver, .stepOverBack, .nextNetworkEvent, .previousNetworkEvent, .microForward, .microBack, .endOfPhase,
        .tenForward, .tenBack, .scrubForward, .scrubBack, .continueForward, .continueBack, .nextMark, .previousMark, .nextMatch,
        .previousMatch,
    ]

    /// Whether it moves in time: what `.` repeats.
    var isMove: Bool { Self.moves.contains(self) }

    /// The name that files use for it.
    public var name: String {
        if case .focus(let pane) = self { return "pane-\(pane.name)" }
        return "\(self)".reduce(into: "") { name, letter in
            if letter.isUppercase { name += "-" }
            name += letter.lowercased()
        }
    }
}
