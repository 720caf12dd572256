/// A key that was pressed, as the terminal tells it and the rest of the program takes it.
///
/// Terminals send some keys as others: Ctrl-H is ``backspace``, Ctrl-I ``tab``, Ctrl-J and Ctrl-M ``enter``, Ctrl-[ ``escape``. A key
/// together with Alt arrives as ``escape`` and then the key.
public enum KeyPress: Hashable, Sendable {
    /// A printable character, the space included.
    case character(Character)
    case up, down, left, right
    case shiftLeft, shiftRight
    case home, end, pageUp, pageDown
    case insert, delete, backspace
    case tab, backTab, enter, escape
    /// A letter in lower case or one of `@ \ ] ^ _`, together with Ctrl.
    case control(Character)
    /// F1 is 1. With Shift most terminals add 12: Shift-F5 is 17.
    case function(Int)
}
