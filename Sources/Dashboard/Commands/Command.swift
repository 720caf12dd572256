/// What a person can tell the program.
public enum Command: Hashable, Sendable {
    case stepForward, stepBack
    case stepOver, stepOverBack
    case nextNetworkEvent, previousNetworkEvent
    case microForward, microBack
    case endOfPhase
    case tenForward, tenBack
    case runToSelection
    case repeatMove
    case continueForward, continueBack
    case breakpoint, oneShotBreakpoint
    case search, nextMatch, previousMatch, filter
    case runOrPause
    case faster, slower, normalSpeed
    case restart
    case why
    case actions, commandLine
    case focus(Pane)
    case focusNext, focusPrevious
    case nextTab, previousTab
    case up, down, pageUp, pageDown, first, last
    case open
    case help, repaint, close, quit
}

extension Command {
    /// Whether it moves in time: what `.` repeats.
    var isMove: Bool {
        switch self {
        case .stepForward, .stepBack, .stepOver, .stepOverBack, .nextNetworkEvent, .previousNetworkEvent, .microForward, .microBack,
            .endOfPhase, .tenForward,
            .tenBack, .continueForward, .continueBack, .nextMatch, .previousMatch:
            true
        case .runToSelection, .repeatMove, .why, .breakpoint, .oneShotBreakpoint, .search, .filter, .runOrPause, .faster, .slower,
            .normalSpeed,
            .restart, .actions, .commandLine, .focus,
            .focusNext, .focusPrevious, .nextTab, .previousTab, .up, .down, .pageUp, .pageDown, .first, .last, .open, .help, .repaint,
            .close, .quit:
            false
        }
    }
}
