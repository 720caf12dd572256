import Canvas

/// The bytes in which a terminal tells what was done with the mouse, as they come in.
///
/// Terminals that know it send the form SGR (the numbers as digits), others the form X10 (a byte for each number, so that columns beyond
/// 223 cannot be told). Both begin with a sequence of their own, which is read as a key. Source: the control sequences of xterm, "Mouse
/// Tracking".
struct MouseReport {
    /// How the numbers are written.
    enum Form: Equatable {
        case sgr, x10

        /// The form that begins with a key; nil for keys of the keyboard.
        init?(_ code: Int32) {
            switch code {
            case KeyCode.sgrMouse: self = .sgr
            case KeyCode.x10Mouse: self = .x10
            default: return nil
            }
        }
    }

    /// How far a report has come.
    enum Progress: Equatable {
        /// More bytes belong to it.
        case incomplete
        /// It is whole. Nil for what is of no interest here: another button, the pointer passing by.
        case complete(MouseEvent?)
        /// It was broken off: the byte belongs to something else.
        case broken
    }

    /// How its numbers are written.
    let form: Form
    private var bytes: [UInt8] = []

    /// The longest report in the form SGR.
    private static let longest = 32

    init(_ form: Form) {
        self.form = form
    }

    /// Takes the next byte after the beginning. The event's place is clamped to a screen of `size`.
    mutating func add(_ byte: UInt8, on size: Size) -> Progress {
        switch form {
        case .x10:
            bytes.append(byte)
            guard bytes.count == 3 else { return .incomplete }
            let numbers = bytes.map { Int($0) - 32 }
            // In this form a release does not tell its button.
            let isRelease = numbers[0] & 0b1110_0011 == 3
            return .complete(Self.event(isRelease ? 0 : numbers[0], numbers[1], numbers[2], isRelease: isRelease, on: size))
        case .sgr:
            let isEnd = byte == UInt8(ascii: "M") || byte == UInt8(ascii: "m")
            guard isEnd else {
                bytes.append(byte)
                let belongs = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: ";")
                return belongs && bytes.count < Self.longest ? .incomplete : .broken
            }
            let numbers = bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).compactMap {
                Int(String(decoding: $0, as: UTF8.self))
            }
            guard numbers.count == 3 else { return .complete(nil) }
            return .complete(Self.event(numbers[0], numbers[1], numbers[2], isRelease: byte == UInt8(ascii: "m"), on: size))
        }
    }

    /// The event of a report: the button's number has 4, 8 and 16 added for Shift, Alt and Ctrl, 32 for a move, 64 for the wheel.
    private static func event(_ button: Int, _ column: Int, _ row: Int, isRelease: Bool, on size: Size) -> MouseEvent? {
        let action: MouseEvent.Action
        switch button & ~0b1_1100 {
        case 0: action = isRelease ? .release : .press
        case 32 where !isRelease: action = .drag
        case 64 where !isRelease: action = .wheelUp
        case 65 where !isRelease: action = .wheelDown
        default: return nil
        }
        let point = Point(
            column: min(max(column - 1, 0), max(0, size.columns - 1)), row: min(max(row - 1, 0), max(0, size.rows - 1)))
        return MouseEvent(action, at: point)
    }
}

/// What a terminal is asked for so that it reports the mouse: presses and releases, moves while a button is down, and the form SGR.
enum MouseMode {
    static let on = "\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h"
    static let off = "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l"
}
