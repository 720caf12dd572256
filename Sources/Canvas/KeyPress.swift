/// A key, as a person pressed it.
public enum KeyPress: Hashable, Sendable {
    /// A key that stands for a character, the space included.
    case character(Character)
    /// A letter with the control key, in lower case.
    case control(Character)
    /// A function key, F1 and up.
    case function(Int)
    case up, down, left, right
    case home, end, pageUp, pageDown
    case insert, delete, backspace
    case tab, backTab, enter, escape
}
