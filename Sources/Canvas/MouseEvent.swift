/// What was done with the mouse, as the terminal tells it and the rest of the program takes it.
public struct MouseEvent: Hashable, Sendable {
    /// What was done. Buttons other than the left one do nothing.
    public enum Action: Hashable, Sendable {
        /// The left button went down.
        case press
        /// The mouse came to another cell while the left button was down.
        case drag
        /// The left button went up. A release without a press before it is one of another button.
        case release
        /// The wheel was turned by one notch.
        case wheelUp, wheelDown
    }

    /// What was done.
    public let action: Action
    /// The cell that the pointer was on, one of the screen.
    public let point: Point

    /// An event at a cell.
    public init(_ action: Action, at point: Point) {
        self.action = action
        self.point = point
    }
}
