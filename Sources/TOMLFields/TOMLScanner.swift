/// Walks over a TOML text to find the line of each field, which the parser does not tell, and what the parser would not survive: it
/// asserts where it should complain, and those assertions hold in release builds too.
///
/// It runs before the parser and takes any text. At the first thing that is no TOML it stops: there the parser stops too, and complains.
/// It uses no recursion. Time is linear in the text.
struct TOMLScanner {
    /// Something the parser must not see.
    struct Obstacle: Error {
        let line: Int
        let problem: String
        let remedy: String
    }

    /// Why a scan ends before the end of the text.
    private enum Halt: Error {
        case obstacle(Obstacle)
        case syntax
    }

    /// An array or inline table whose end is still to come.
    private struct Container {
        let path: FieldPath
        let isTable: Bool
        var count = 0
    }

    /// A part of a dotted key.
    private struct KeyPart {
        let name: String
        let place: TOMLPlace
    }

    /// How deep tables and arrays may be nested, dotted keys counted.
    static let depthLimit = 64

    private var bytes: ByteReader
    private var lines = TOMLLines()
    /// How many tables an array of tables has so far.
    private var tableCounts: [FieldPath: Int] = [:]

    /// The lines of a text's fields, up to the first syntax error.
    static func lines(of text: String) throws(Obstacle) -> TOMLLines {
        var scanner = TOMLScanner(bytes: ByteReader(text))
        do throws(Halt) {
            try scanner.scan()
        } catch {
            if case .obstacle(let obstacle) = error { throw obstacle }
        }
        return scanner.lines
    }

    private init(bytes: ByteReader) { self.bytes = bytes }

    private func obstacle(_ problem: String, _ remedy: String) -> Halt {
        .obstacle(Obstacle(line: bytes.line, problem: problem, remedy: remedy))
    }

    // MARK: Statements

    private mutating func scan() throws(Halt) {
        var table = FieldPath.root
        while true {
            bytes.skipBlanks(andLines: true)
            guard let byte = bytes.peek() else { return }
            if byte == Byte.openBracket {
                table = try scanHeader()
            } else {
                let key = try scanKey()
                try expect(Byte.equals)
                try scanValue(at: try extend(table, by: key))
            }
            bytes.skipBlanks(andLines: false)
            guard bytes.atLineEnd else { throw .syntax }
        }
    }

    /// `[a.b]` or `[[a.b]]`: the table that the lines below belong to.
    private mutating func scanHeader() throws(Halt) -> FieldPath {
        let start = bytes.place()
        try expect(Byte.openBracket)
        let isArray = bytes.take(Byte.openBracket)
        bytes.skipBlanks(andLines: false)
        // The parser takes for granted that a name begins here.
        guard let byte = bytes.peek(), Byte.beginsKey(byte) else { throw obstacle("a table's header without a name", "write [name]") }
        let key = try scanKey()
        try expect(Byte.closeBracket)
        if isArray { try expect(Byte.closeBracket) }
        var path = FieldPath.root
        for (offset, part) in key.enumerated() {
            path = try extend(path, by: [part])
            if isArray, offset == key.count - 1 {
                let index = tableCounts[path, default: 0]
                tableCounts[path] = index + 1
                path = path.appending(index)
                lines.note(path, at: start)
            } else if let count = tableCounts[path] {
                path = path.appending(count - 1)
            }
        }
        return path
    }

    /// The path below `base`, each part of it noted.
    private mutating func extend(_ base: FieldPath, by key: [KeyPart]) throws(Halt) -> FieldPath {
        try checkDepth(base.components.count + key.count)
        var path = base
        for part in key {
            path = path.appending(part.name)
            lines.note(path, at: part.place)
        }
        return path
    }

    private func checkDepth(_ depth: Int) throws(Halt) {
        guard depth <= TOMLScanner.depthLimit else {
            throw obstacle("tables and arrays are nested too deep", "use at most \(TOMLScanner.depthLimit) levels")
        }
    }

    private mutating func expect(_ byte: UInt8) throws(Halt) {
        guard bytes.take(byte) else { throw .syntax }
    }

    // MARK: Values

    private mutating func scanValue(at path: FieldPath) throws(Halt) {
        var stack: [Container] = []
        var expected: FieldPath? = path
        repeat {
            if let place = expected {
                expected = nil
                bytes.skipBlanks(andLines: false)
                lines.note(place, at: bytes.place())
                if let container = try beginContainer(at: place) {
                    stack.append(container)
                    expected = try nextPlace(in: &stack, mayClose: true)
                }
            } else {
                bytes.skipBlanks(andLines: stack.last?.isTable == false)
                if bytes.take(Byte.comma) {
                    expected = try nextPlace(in: &stack, mayClose: stack.last?.isTable == false)
                } else {
                    try close(&stack)
                }
            }
        } while expected != nil || !stack.isEmpty
    }

    /// Scans a value without parts, or the beginning of one with parts.
    private mutating func beginContainer(at place: FieldPath) throws(Halt) -> Container? {
        switch bytes.peek() {
        case Byte.openBracket, Byte.openBrace:
            try checkDepth(place.components.count + 1)
            let isTable = bytes.take(Byte.openBrace)
            if !isTable { try expect(Byte.openBracket) }
            return Container(path: place, isTable: isTable)
        case Byte.quote, Byte.apostrophe:
            _ = try scanString()
        case let byte? where Byte.isInWord(byte):
            try scanWord()
        default:
            throw obstacle("a value is missing", "write a number, true, false, a \"string\", an [array] or a { table }")
        }
        return nil
    }

    private mutating func close(_ stack: inout [Container]) throws(Halt) {
        guard let container = stack.popLast() else { throw .syntax }
        try expect(container.isTable ? Byte.closeBrace : Byte.closeBracket)
    }

    /// Where the next value of the innermost container goes: the next index of an array, the next key of an inline table. Nil at its end.
    private mutating func nextPlace(in stack: inout [Container], mayClose: Bool) throws(Halt) -> FieldPath? {
        guard let container = stack.last else { throw .syntax }
        bytes.skipBlanks(andLines: !container.isTable)
        if mayClose, bytes.peek() == (container.isTable ? Byte.closeBrace : Byte.closeBracket) { return nil }
        guard container.isTable else {
            stack[stack.count - 1].count += 1
            return container.path.appending(container.count)
        }
        let key = try scanKey()
        try expect(Byte.equals)
        return try extend(container.path, by: key)
    }

    /// A number or a word. Dates are refused: the parser does not survive all of them, and nothing here wants one.
    private mutating func scanWord() throws(Halt) {
        let word = bytes.take(while: Byte.isInWord)
        guard let first = word.first, first >= UInt8(ascii: "0"), first <= UInt8(ascii: "9") else { return }
        var previous: UInt8 = 0
        for byte in word {
            if byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-") && previous | 0x20 != UInt8(ascii: "e") {
                throw obstacle("dates and times have no use here", "write a string or a number")
            }
            previous = byte
        }
    }

    // MARK: Keys and strings

    /// A dotted key and the blanks around it.
    private mutating func scanKey() throws(Halt) -> [KeyPart] {
        var parts: [KeyPart] = []
        repeat {
            bytes.skipBlanks(andLines: false)
            let place = bytes.place()
            parts.append(KeyPart(name: try scanKeyPart(), place: place))
            try checkDepth(parts.count)
            bytes.skipBlanks(andLines: false)
        } while bytes.take(Byte.dot)
        return parts
    }

    private mutating func scanKeyPart() throws(Halt) -> String {
        guard let byte = bytes.peek(), Byte.beginsKey(byte) else { throw .syntax }
        if byte == Byte.quote || byte == Byte.apostrophe {
            guard !bytes.hasThree(byte) else { throw .syntax }
            return try scanString()
        }
        return String(decoding: bytes.take(while: Byte.isBareKey), as: UTF8.self)
    }

    /// A string of any of the four forms, its escapes resolved.
    private mutating func scanString() throws(Halt) -> String {
        guard let delimiter = bytes.peek() else { throw .syntax }
        let isLong = bytes.hasThree(delimiter)
        bytes.advance(isLong ? 3 : 1)
        var content: [UInt8] = []
        while let byte = bytes.peek() {
            if byte == delimiter, !isLong || bytes.hasThree(delimiter) {
                bytes.advance(isLong ? 3 : 1)
                // A long string may end in one or two quotation marks of its own.
                if isLong { for _ in 0..<2 where bytes.take(delimiter) { content.append(delimiter) } }
                return String(decoding: content, as: UTF8.self)
            }
            if byte == Byte.newline, !isLong { throw .syntax }
            bytes.advance()
            if byte == Byte.backslash, delimiter == Byte.quote {
                try scanEscape(into: &content, isLong: isLong)
            } else {
                content.append(byte)
            }
        }
        throw .syntax
    }

    private mutating func scanEscape(into content: inout [UInt8], isLong: Bool) throws(Halt) {
        guard let byte = bytes.peek() else { throw .syntax }
        if let plain = Byte.escaped[byte] {
            bytes.advance()
            content.append(plain)
        } else if byte == UInt8(ascii: "u") || byte == UInt8(ascii: "U") {
            bytes.advance()
            guard let value = bytes.takeHex(digits: byte == UInt8(ascii: "u") ? 4 : 8), let scalar = Unicode.Scalar(value) else {
                throw .syntax
            }
            guard value != 0 else { throw obstacle("a string holds the character NUL", "leave it out") }
            content.append(contentsOf: Array(String(Character(scalar)).utf8))
        } else {
            // A backslash at the end of a line joins it with the next.
            bytes.skipBlanks(andLines: false)
            guard isLong, bytes.peek() == Byte.newline else { throw .syntax }
        }
    }
}
