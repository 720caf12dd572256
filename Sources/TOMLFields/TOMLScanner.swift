/// Walks over a TOML text to find the line of each field, which the parser does not tell, and what the parser could not survive.
///
/// It runs before the parser and therefore takes any text: what is not TOML is skipped, never trapped on, and left to the parser to
/// complain about. It uses no recursion. Time is linear in the text.
struct TOMLScanner {
    /// Something the parser must not see.
    struct Obstacle: Error {
        let line: Int
        let problem: String
        let remedy: String
    }

    /// How deep tables and arrays may be nested, dotted keys counted.
    static let depthLimit = 64

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var lines = TOMLLines()
    /// How many tables an array of tables has so far.
    private var tableCounts: [FieldPath: Int] = [:]

    /// The lines of a text's fields.
    static func lines(of text: String) throws(Obstacle) -> TOMLLines {
        var scanner = TOMLScanner(bytes: Array(text.utf8))
        try scanner.scan()
        return scanner.lines
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    // MARK: Statements

    private mutating func scan() throws(Obstacle) {
        var table = FieldPath.root
        while true {
            skipBlanks(newlines: true)
            guard let byte = peek() else { return }
            let start = line
            if byte == Byte.openBracket {
                table = try scanHeader(startingOn: start)
            } else if let key = try scanKey(), take(Byte.equals) {
                let path = try extend(table, by: key, on: start)
                try scanValue(at: path)
            }
            skipLine()
        }
    }

    /// `[a.b]` or `[[a.b]]`: the table that the lines below belong to.
    private mutating func scanHeader(startingOn start: Int) throws(Obstacle) -> FieldPath {
        _ = take(Byte.openBracket)
        let isArray = take(Byte.openBracket)
        skipBlanks(newlines: false)
        guard let key = try scanKey() else { return .root }
        var path = FieldPath.root
        for (offset, part) in key.enumerated() {
            path = try extend(path, by: [part], on: start)
            if isArray, offset == key.count - 1 {
                let index = tableCounts[path, default: 0]
                tableCounts[path] = index + 1
                path = path.appending(index)
                lines.note(path, line: start)
            } else if let count = tableCounts[path] {
                path = path.appending(count - 1)
            }
        }
        return path
    }

    /// The path below `base`, each part of it noted.
    private mutating func extend(_ base: FieldPath, by key: [String], on line: Int) throws(Obstacle) -> FieldPath {
        guard base.components.count + key.count <= TOMLScanner.depthLimit else { throw tooDeep(line) }
        var path = base
        for part in key {
            path = path.appending(part)
            lines.note(path, line: line)
        }
        return path
    }

    private func tooDeep(_ line: Int) -> Obstacle {
        Obstacle(line: line, problem: "tables and arrays are nested too deep", remedy: "use at most \(TOMLScanner.depthLimit) levels")
    }

    // MARK: Values

    /// An array or inline table whose end is still to come.
    private struct Container {
        let path: FieldPath
        let isTable: Bool
        var count = 0
    }

    private mutating func scanValue(at path: FieldPath) throws(Obstacle) {
        var stack: [Container] = []
        var expected: FieldPath? = path
        while expected != nil || !stack.isEmpty {
            skipBlanks(newlines: !stack.isEmpty)
            guard let byte = peek() else { return }
            if let place = expected {
                expected = nil
                switch byte {
                case Byte.openBracket, Byte.openBrace:
                    guard place.components.count < TOMLScanner.depthLimit else { throw tooDeep(line) }
                    lines.note(place, line: line)
                    advance()
                    stack.append(Container(path: place, isTable: byte == Byte.openBrace))
                    expected = try nextPlace(in: &stack)
                case Byte.closeBracket, Byte.closeBrace, Byte.comma, Byte.newline:
                    continue
                case Byte.quote, Byte.apostrophe:
                    lines.note(place, line: line)
                    _ = try scanString()
                default:
                    lines.note(place, line: line)
                    skipBareValue()
                }
            } else if stack.isEmpty {
                return
            } else {
                advance()
                if byte == Byte.comma {
                    expected = try nextPlace(in: &stack)
                } else if byte == Byte.closeBracket || byte == Byte.closeBrace {
                    stack.removeLast()
                }
            }
        }
    }

    /// Where the next value of the innermost container goes: the next index of an array, the next key of an inline table.
    private mutating func nextPlace(in stack: inout [Container]) throws(Obstacle) -> FieldPath? {
        guard let container = stack.last else { return nil }
        guard container.isTable else {
            stack[stack.count - 1].count += 1
            return container.path.appending(container.count)
        }
        skipBlanks(newlines: true)
        let start = line
        guard let key = try scanKey(), take(Byte.equals) else { return nil }
        return try extend(container.path, by: key, on: start)
    }

    private mutating func skipBareValue() {
        while let byte = peek(), ![Byte.comma, Byte.closeBracket, Byte.closeBrace, Byte.hash, Byte.newline].contains(byte) { advance() }
    }

    // MARK: Keys and strings

    /// A dotted key and the blanks after it; nil if there is none.
    private mutating func scanKey() throws(Obstacle) -> [String]? {
        var parts: [String] = []
        repeat {
            skipBlanks(newlines: false)
            guard let part = try scanKeyPart() else { return nil }
            parts.append(part)
            guard parts.count <= TOMLScanner.depthLimit else { throw tooDeep(line) }
            skipBlanks(newlines: false)
        } while take(Byte.dot)
        return parts
    }

    private mutating func scanKeyPart() throws(Obstacle) -> String? {
        guard let byte = peek() else { return nil }
        if byte == Byte.quote || byte == Byte.apostrophe { return try scanString() }
        let start = position
        while let byte = peek(), Byte.isBareKey(byte) { advance() }
        return position == start ? nil : String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// A string of any of the four forms, its escapes resolved.
    private mutating func scanString() throws(Obstacle) -> String {
        let delimiter = bytes[position]
        let isLong = hasThree(delimiter)
        advance(isLong ? 3 : 1)
        var content: [UInt8] = []
        while let byte = peek() {
            if byte == delimiter, !isLong || hasThree(delimiter) {
                advance(isLong ? 3 : 1)
                // A long string may end in one or two quotation marks of its own.
                if isLong { for _ in 0..<2 where take(delimiter) { content.append(delimiter) } }
                break
            }
            if byte == Byte.newline, !isLong { break }
            if byte == Byte.backslash, delimiter == Byte.quote {
                try scanEscape(into: &content)
            } else {
                content.append(byte)
                advance()
            }
        }
        return String(decoding: content, as: UTF8.self)
    }

    private mutating func scanEscape(into content: inout [UInt8]) throws(Obstacle) {
        advance()
        guard let byte = peek(), byte != Byte.newline else { return }
        advance()
        switch byte {
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let digits = bytes[position..<min(position + (byte == UInt8(ascii: "u") ? 4 : 8), bytes.count)]
            guard let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16) else { return }
            guard value != 0 else { throw Obstacle(line: line, problem: "a string holds the character NUL", remedy: "leave it out") }
            advance(digits.count)
            if let scalar = Unicode.Scalar(value) { content.append(contentsOf: Array(String(Character(scalar)).utf8)) }
        default: content.append(byte)
        }
    }

    // MARK: Bytes

    private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private func hasThree(_ byte: UInt8) -> Bool {
        position + 2 < bytes.count && bytes[position] == byte && bytes[position + 1] == byte && bytes[position + 2] == byte
    }

    private mutating func advance(_ count: Int = 1) {
        for _ in 0..<count where position < bytes.count {
            if bytes[position] == Byte.newline { line += 1 }
            position += 1
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        advance()
        return true
    }

    /// Spaces, tabs and carriage returns; with `newlines` also line ends and comments.
    private mutating func skipBlanks(newlines: Bool) {
        while let byte = peek() {
            switch byte {
            case 0x20, 0x09, 0x0D: advance()
            case Byte.newline where newlines: advance()
            case Byte.hash where newlines:
                while let next = peek(), next != Byte.newline { advance() }
            default: return
            }
        }
    }

    private mutating func skipLine() {
        while let byte = peek(), byte != Byte.newline { advance() }
    }
}

/// The bytes that mean something in TOML.
private enum Byte {
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

    static func isBareKey(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "-"), 0x80...:
            true
        default: false
        }
    }
}
