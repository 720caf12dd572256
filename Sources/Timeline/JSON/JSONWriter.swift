/// Writes a JSON object on one line, member by member.
package struct JSONWriter {
    package private(set) var bytes: [UInt8] = [UInt8(ascii: "{")]
    private var isFirst = true

    /// The object with these members.
    package static func object(_ build: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        build(&writer)
        writer.bytes.append(UInt8(ascii: "}"))
        return writer.bytes
    }

    private mutating func begin(_ name: String) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        Self.append(name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
    }

    package mutating func add(_ name: String, _ text: String) {
        begin(name)
        Self.append(text, to: &bytes)
    }

    package mutating func add(_ name: String, _ value: Int64) {
        begin(name)
        bytes += String(value).utf8
    }

    package mutating func add(_ name: String, _ value: Int) { add(name, Int64(value)) }

    package mutating func add(_ name: String, _ value: Bool) {
        begin(name)
        bytes += (value ? "true" : "false").utf8
    }

    /// A number with a fraction. One that is not finite, which JSON does not have, is written as a text.
    package mutating func add(_ name: String, _ value: Double) {
        guard value.isFinite else { return add(name, "\(value)") }
        begin(name)
        bytes += "\(value)".utf8
    }

    package mutating func add(_ name: String, _ texts: [String]) {
        begin(name)
        bytes.append(UInt8(ascii: "["))
        for (index, text) in texts.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            Self.append(text, to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// Numbers that are all finite; those without a fraction are written as whole numbers.
    package mutating func add(_ name: String, _ values: [Double]) {
        begin(name)
        let texts = values.map { value in Int64(exactly: value).map(String.init) ?? "\(value)" }
        bytes += "[\(texts.joined(separator: ","))]".utf8
    }

    package mutating func addObject(_ name: String, _ build: (inout JSONWriter) -> Void) {
        begin(name)
        bytes += Self.object(build)
    }

    package mutating func addObjects<Element>(_ name: String, _ elements: [Element], _ build: (inout JSONWriter, Element) -> Void) {
        begin(name)
        bytes.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += Self.object { build(&$0, element) }
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x0A: bytes += "\\n".utf8
            case 0x00..<0x20, 0x7F:
                let digits = String(byte, radix: 16)
                bytes += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
