/// A text's bytes, one after the other, and the line they are on.
struct ByteReader {
    private let bytes: [UInt8]
    private var position = 0
    /// Counted from 1.
    private(set) var line = 1
    /// A position that was asked for before, and its column.
    private var known = (position: 0, column: 1)

    /// A byte order mark at the beginning is left out.
    init(_ text: String) {
        bytes = Array(text.utf8)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        known.position = position
    }

    /// Where the next byte is. Asked for again and again it takes time linear in the text, all in all.
    mutating func place() -> TOMLPlace {
        for byte in bytes[known.position..<max(known.position, position)] {
            if byte == Byte.newline {
                known.column = 1
            } else if byte & 0xC0 != 0x80 {
                known.column += 1
            }
        }
        known.position = max(known.position, position)
        return TOMLPlace(line: line, column: known.column)
    }

    func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    /// Whether the next three bytes are all `byte`.
    func hasThree(_ byte: UInt8) -> Bool {
        position + 2 < bytes.count && bytes[position] == byte && bytes[position + 1] == byte && bytes[position + 2] == byte
    }

    /// Whether nothing more is on the line, a comment not counted.
    var atLineEnd: Bool {
        guard let byte = peek() else { return true }
        return byte == Byte.newline || byte == Byte.hash
    }

    mutating func advance(_ count: Int = 1) {
        for _ in 0..<count where position < bytes.count {
            if bytes[position] == Byte.newline { line += 1 }
            position += 1
        }
    }

    /// Goes past `byte` if it is the next one.
    mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        advance()
        return true
    }

    /// Goes past all bytes that `belongs` accepts, none of them a newline.
    mutating func take(while belongs: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let start = position
        while let byte = peek(), belongs(byte) { position += 1 }
        return bytes[start..<position]
    }

    /// The value of that many hexadecimal digits.
    mutating func takeHex(digits: Int) -> UInt32? {
        let word = take { Character(Unicode.Scalar($0)).isHexDigit }
        guard word.count >= digits else { return nil }
        position -= word.count - digits
        return UInt32(String(decoding: word.prefix(digits), as: UTF8.self), radix: 16)
    }

    /// Goes past spaces, tabs and carriage returns before a newline; with `andLines` also past line ends and comments.
    mutating func skipBlanks(andLines: Bool) {
        while let byte = peek() {
            switch byte {
            case 0x20, 0x09: advance()
            case 0x0D where position + 1 < bytes.count && bytes[position + 1] == Byte.newline: advance()
            case Byte.newline where andLines: advance()
            case Byte.hash where andLines: while let next = peek(), next != Byte.newline { advance() }
            default: return
            }
        }
    }
}

/// The bytes that mean something in TOML.
enum Byte {
    static let newline = UInt8(ascii: "\n")
    static let hash = UInt8(ascii: "#")
    static let equals = UInt8(ascii: "=")
    static let dot = UInt8(ascii: ".")
    static let comma = UInt8(ascii: ",")
    static let openBracket = UInt8(ascii: "[")
    static let closeBracket = UInt8(ascii: "]")
    static let openBrace = UInt8(ascii: "{")
    static let closeBrace = UInt8(ascii: "}")
    static let quote = UInt8(ascii: "\"")
    static let apostrophe = UInt8(ascii: "'")
    static let backslash = UInt8(ascii: "\\")

    /// What the letter after a backslash stands for.
    static let escaped: [UInt8: UInt8] = [
        UInt8(ascii: "b"): 0x08, UInt8(ascii: "t"): 0x09, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "r"): 0x0D,
        quote: quote, backslash: backslash,
    ]

    static func isBareKey(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    static func beginsKey(_ byte: UInt8) -> Bool { byte == quote || byte == apostrophe || isBareKey(byte) }

    /// Whether it can be in a number, a date or one of the words true, false, inf and nan.
    static func isInWord(_ byte: UInt8) -> Bool {
        isBareKey(byte) || byte == dot || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ":")
    }
}
