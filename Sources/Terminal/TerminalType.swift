internal import CNcurses

/// What the terminal database says of the type in TERM.
enum TerminalType {
    /// The type in the environment, made sure of: known, and able to move its cursor.
    static func current(descriptor: Int32) throws(TerminalError) -> String {
        guard let type = environment("TERM") else { throw .typeMissing }
        try check(type, descriptor: descriptor)
        return type
    }

    /// Refuses a type that cannot show a screen. ncurses itself would print a message and end the process.
    static func check(_ type: String, descriptor: Int32) throws(TerminalError) {
        var result: Int32 = 0
        guard setupterm(type, descriptor, &result) == OK else { throw .typeUnknown(String(type.prefix(40))) }
        guard capability("cup") != nil else { throw .cursorFixed(type) }
    }

    /// The bytes of a capability, without the marks for delays; nil if the terminal has none.
    static func capability(_ name: String) -> String? {
        guard let pointer = tigetstr(name), Int(bitPattern: pointer) != -1 else { return nil }
        var text = String(cString: pointer)
        while let start = text.firstRange(of: "$<"), let end = text[start.upperBound...].firstIndex(of: ">") {
            text.removeSubrange(start.lowerBound...end)
        }
        return text
    }

    /// Whether it takes the control sequences of ANSI, so that unknown ones do no harm.
    static var isANSI: Bool { capability("cup")?.hasPrefix("\u{1B}[") ?? false }

    /// The bytes that bring a terminal back to what a shell expects, for the case of a crash.
    ///
    /// - Parameter hasOwnPalette: whether the palette may have been changed.
    static func resetBytes(hasOwnPalette: Bool) -> String {
        let privateModes = isANSI ? "\u{1B}[?2026l" + Paste.off + MouseMode.off : ""
        let names = ["rmkx", "sgr0"] + (hasOwnPalette ? ["oc"] : []) + ["cnorm", "rmcup"]
        return privateModes + names.compactMap { capability($0) }.joined()
    }
}

/// Bracketed paste: the terminal marks the beginning and the end of pasted text.
enum Paste {
    static let on = "\u{1B}[?2004h"
    static let off = "\u{1B}[?2004l"
}
