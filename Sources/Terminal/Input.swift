public import Canvas

/// What a person or the system wants of the program.
public enum Input: Hashable, Sendable {
    /// A key was pressed.
    case key(KeyPress)
    /// Something was done with the mouse, after ``Terminal/setMouse(_:)``.
    case mouse(MouseEvent)
    /// A text was pasted: its characters as they came, line ends and other controls included, 65536 at most. It may be empty.
    case pasted(String)
    /// The terminal has another size. Its content is gone: draw again.
    case resized(Size)
    /// Ctrl-C, or the signal INT.
    case interrupted
    /// The signal TERM: close and leave.
    case terminated
    /// The terminal is gone: leave.
    case hungUp
    /// The program goes on after Ctrl-Z and `fg`. The screen is as it was; its size may not be, which ``resized(_:)`` then tells.
    case resumed
    /// The signal USR1: read themes and settings again.
    case reloadRequested
    /// The descriptor that was waited for as well can be read.
    case woken
    /// The time given was up.
    case timedOut
}
