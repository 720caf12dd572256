/// What a person can tell the program.
public enum Command: Hashable, Sendable {
    case stepForward, stepBack
    case stepOver, stepOverBack
    case runOrPause
    case faster, slower, normalSpeed
    case restart
    case focus(Pane)
    case focusNext, focusPrevious
    case up, down, pageUp, pageDown, first, last
    case help, repaint, close, quit
}
