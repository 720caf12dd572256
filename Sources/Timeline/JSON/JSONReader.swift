/// Reads one JSON value from bytes.
///
/// A reader of our own rather than Foundation's: the lines of a trace come from anywhere, so the depth and the number of values are
/// bounded, and the lines of a large trace are many, so it is to be quick.
///
/// Source: RFC 8259.
package struct JSONReader {
    /// The most arrays and objects in each other.
    static let deepest = 32
    /// The most values in a text.
    static let mostValues = 250_000

    private let bytes: [UInt8]
    private var index: Int
    private let end: Int
    private var depth = 0
    private var valueCount = 0

    private init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        index = range.lowerBound
        end = range.upperBound
    }

    /// Reads the value that stands in these bytes, with nothing but white space around it.
    ///
    /// - Throws: what is wrong with the text.
    package static func value(in bytes: [UInt8], _ range: Range<Int>) throws(LineProblem) -> JSONValue {
        var reader = JSONReader(bytes, range)
        let value = try reader.readValue()
        reader.skipSpace()
        guard reader.index == reader.end else { throw LineProblem("something stands after the end of the JSON object") }
        return value
    }

    private var byte: UInt8? { index < end ? bytes[index] : nil }

    private mutating func skipSpace() {
        while index < end {
            let byte = bytes[index]
            guard byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D else { return }
            index += 1
        }
    }

    private mutating func take(_ expected: UInt8) -> Bool {
        guard byte == expected else { return false }
        index += 1
        return true
    }

    private mutating func readValue() throws(LineProblem) -> JSONValue {
        valueCount += 1
        guard valueCount <= Self.mostValues else { throw LineProblem("the line holds more than \(Self.mostValues) values") }
        skipSpace()
        switch byte {
        case UInt8(ascii: "{"): return try readObject()
        case UInt8(ascii: "["): return try readArray()
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "t"): return try readWord("true", .bool(true))
        case UInt8(ascii: "f"): return try readWord("false", .bool(false))
        case UInt8(ascii: "n"): return try readWord("null", .null)
        case nil: throw LineProblem("the JSON text ends too early")
        case .some: return try readNumber()
        }
    }

    private mutating func enter() throws(LineProblem) {
        index += 1
        depth += 1
        guard depth <= Self.deepest else { throw LineProblem("the JSON text is nested deeper than \(Self.deepest) levels") }
        skipSpace()
    }

    private mutating func readObject() throws(LineProblem) -> JSONValue {
        try enter()
        defer { depth -= 1 }
        var members: [JSONValue.Member] = []
        if take(UInt8(ascii: "}")) { return .object(members) }
        while true {
            skipSpace()
            guard byte == UInt8(ascii: "\"") else { throw malformed() }
            let name = try readString()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw malformed() }
            members.append(.init(name: name, value: try readValue()))
            skipSpace()
            if take(UInt8(ascii: "}")) { return .object(members) }
            guard take(UInt8(ascii: ",")) else { throw malformed() }
        }
    }

    private mutating func readArray() throws(LineProblem) -> JSONValue {
        try enter()
        defer { depth -= 1 }
        var elements: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            elements.append(try readValue())
            skipSpace()
            if take(UInt8(ascii: "]")) { return .array(elements) }
            guard take(UInt8(ascii: ",")) else { throw malformed() }
        }
    }

    private mutating func readWord(_ word: StaticString, _ value: JSONValue) throws(LineProblem) -> JSONValue {
        let length = word.utf8CodeUnitCount
        guard end - index >= length, (0..<length).allSatisfy({ bytes[index + $0] == word.utf8Start[$0] }) else { throw malformed() }
        index += length
        return value
    }

    private mutating func readNumber() throws(LineProblem) -> JSONValue {
        let start = index
        var isWhole = true
        if byte == UInt8(ascii: "-") { index += 1 }
        let firstDigit = index
        try readDigits()
        // JSON has no leading zeros.
        guard index - firstDigit == 1 || bytes[firstDigit] != UInt8(ascii: "0") else { throw malformed() }
        if take(UInt8(ascii: ".")) {
            isWhole = false
            try readDigits()
        }
        if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            isWhole = false
            index += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { index += 1 }
            try readDigits()
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isWhole, let value = Int64(text) { return .integer(value) }
        guard let value = Double(text) else { throw malformed() }
        return .number(value)
    }

    private mutating func readDigits() throws(LineProblem) {
        let start = index
        while let byte, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { index += 1 }
        guard index > start else { throw malformed() }
    }

    private mutating func readString() throws(LineProblem) -> String {
        index += 1
        let start = index
        while index < end {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                index += 1
                return try text(bytes[start..<index - 1])
            }
            if byte == UInt8(ascii: "\\") { return try readEscapedString(from: start) }
            guard byte >= 0x20 else { throw LineProblem("a text holds a control character") }
            index += 1
        }
        throw LineProblem("the JSON text ends within a text")
    }

    private mutating func readEscapedString(from start: Int) throws(LineProblem) -> String {
        var result = Array(bytes[start..<index])
        while index < end {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return try text(result[...])
            case UInt8(ascii: "\\"): result += try readEscape()
            case 0..<0x20: throw LineProblem("a text holds a control character")
            default: result.append(byte)
            }
        }
        throw LineProblem("the JSON text ends within a text")
    }

    private func text(_ bytes: ArraySlice<UInt8>) throws(LineProblem) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw LineProblem("a text is not UTF-8") }
        return text
    }

    private mutating func readEscape() throws(LineProblem) -> [UInt8] {
        guard let byte else { throw LineProblem("the JSON text ends within a text") }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return Array(String(try readScalar()).utf8)
        default: throw LineProblem("a text holds an unknown escape")
        }
    }

    private mutating func readScalar() throws(LineProblem) -> Unicode.Scalar {
        let first = try readHex()
        if let scalar = Unicode.Scalar(first) { return scalar }
        // The first half of a pair of surrogates; the second follows.
        guard first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw LineProblem("a text is not Unicode") }
        let second = try readHex()
        guard (0xDC00..<0xE000).contains(second), let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) else {
            throw LineProblem("a text is not Unicode")
        }
        return scalar
    }

    private mutating func readHex() throws(LineProblem) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw LineProblem("a text holds an unknown escape")
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }

    private func malformed() -> LineProblem {
        LineProblem(index < end ? "it is not a JSON object" : "the JSON text ends too early")
    }
}
