internal import CNcurses
import Canvas

/// What is read from a terminal: a character, the number that ncurses has for a key, or a report of the mouse.
enum KeyCode: Equatable {
    case character(UInt32)
    case key(Int32)
    /// Nil for a report that is not whole yet, or of no interest.
    case mouse(MouseEvent?)

    /// Numbers of our own, beyond those of ncurses, for the sequences around pasted text and at the beginning of reports of the mouse.
    static let pasteBegin = Int32(KEY_MAX) + 1
    static let pasteEnd = Int32(KEY_MAX) + 2
    static let sgrMouse = Int32(KEY_MAX) + 3
    static let x10Mouse = Int32(KEY_MAX) + 4

    /// Sequences that terminals send although the terminal database often says otherwise.
    static let sequences: [(sequence: String, code: Int32)] = [
        ("\u{1B}[200~", pasteBegin), ("\u{1B}[201~", pasteEnd),
        ("\u{1B}[A", KEY_UP), ("\u{1B}[B", KEY_DOWN), ("\u{1B}[C", KEY_RIGHT), ("\u{1B}[D", KEY_LEFT),
        ("\u{1B}OA", KEY_UP), ("\u{1B}OB", KEY_DOWN), ("\u{1B}OC", KEY_RIGHT), ("\u{1B}OD", KEY_LEFT),
        ("\u{1B}[H", KEY_HOME), ("\u{1B}[F", KEY_END), ("\u{1B}OH", KEY_HOME), ("\u{1B}OF", KEY_END),
        ("\u{1B}[1~", KEY_HOME), ("\u{1B}[4~", KEY_END), ("\u{1B}[7~", KEY_HOME), ("\u{1B}[8~", KEY_END),
        ("\u{1B}[2~", KEY_IC), ("\u{1B}[3~", KEY_DC), ("\u{1B}[5~", KEY_PPAGE), ("\u{1B}[6~", KEY_NPAGE),
        ("\u{1B}[Z", KEY_BTAB), ("\u{1B}[1;2C", KEY_SRIGHT), ("\u{1B}[1;2D", KEY_SLEFT), ("\u{1B}[<", sgrMouse),
    ]

    /// What it means for the program; nil for what is neither a key nor something done with the mouse.
    var input: Input? {
        if case .mouse(let event) = self { return event.map(Input.mouse) }
        return press.map(Input.key)
    }

    /// The key a person pressed; nil for what is none.
    var press: KeyPress? {
        switch self {
        case .character(let value): KeyCode.press(character: value)
        case .key(let code): KeyCode.press(code: code)
        case .mouse: nil
        }
    }

    private static func press(character value: UInt32) -> KeyPress? {
        switch value {
        case 8, 127: return .backspace
        case 9: return .tab
        case 10, 13: return .enter
        case 27: return .escape
        case 0...31:
            // Ctrl takes 64 off a capital letter and its neighbours.
            let upper = Unicode.Scalar(UInt8(value) + 64)
            return .control(Character(upper.properties.lowercaseMapping))
        case 128...159: return nil
        default: return Unicode.Scalar(value).map { .character(Character($0)) }
        }
    }

    private static func press(code: Int32) -> KeyPress? {
        switch code {
        case KEY_UP, KEY_SR: return .up
        case KEY_DOWN, KEY_SF: return .down
        case KEY_LEFT: return .left
        case KEY_SLEFT: return .shiftLeft
        case KEY_RIGHT: return .right
        case KEY_SRIGHT: return .shiftRight
        case KEY_HOME, KEY_FIND, KEY_A1: return .home
        case KEY_END, KEY_SELECT, KEY_C1: return .end
        case KEY_PPAGE, KEY_A3: return .pageUp
        case KEY_NPAGE, KEY_C3: return .pageDown
        case KEY_IC: return .insert
        case KEY_DC: return .delete
        case KEY_BACKSPACE: return .backspace
        case KEY_BTAB: return .backTab
        case KEY_ENTER: return .enter
        default:
            let number = code - nc_function_key(0)
            return (1...63).contains(number) ? .function(Int(number)) : nil
        }
    }
}
