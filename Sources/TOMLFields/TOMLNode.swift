internal import TOMLKit

/// A value of a TOML text.
indirect enum TOMLNode: Sendable {
    case string(String)
    case integer(Int)
    case number(Double)
    case boolean(Bool)
    case array([TOMLNode])
    case table([String: TOMLNode])

    /// Copies what the parser read. The depth of the recursion is that of the text, which ``TOMLScanner`` limits.
    init(_ value: any TOMLValueConvertible) {
        switch value.type {
        case .string: self = .string(value.string ?? "")
        case .int: self = .integer(value.int ?? 0)
        case .double: self = .number(value.double ?? 0)
        case .bool: self = .boolean(value.bool ?? false)
        // The scanner lets none through.
        case .date, .time, .dateTime: self = .string(value.debugDescription)
        case .array: self = .array(value.array?.map { TOMLNode($0) } ?? [])
        case .table: self = value.table.map { TOMLNode($0) } ?? .table([:])
        }
    }

    init(_ table: TOMLTable) {
        var fields: [String: TOMLNode] = [:]
        for key in table.keys {
            if let value = table[key] { fields[key] = TOMLNode(value) }
        }
        self = .table(fields)
    }

    /// What kind of value it is.
    var kind: TOMLKind {
        switch self {
        case .string: .string
        case .integer: .integer
        case .number: .number
        case .boolean: .boolean
        case .array: .array
        case .table: .table
        }
    }

    /// The value as a message shows it: itself if it is short, its kind otherwise.
    var shown: String {
        switch self {
        case .string(let text): text.quoted
        case .integer(let value): String(value)
        case .number(let value): value.shown
        case .boolean(let value): String(value)
        case .array: "the array"
        case .table: "the table"
        }
    }
}

extension Double {
    /// Without the fraction of a whole number.
    var shown: String {
        let text = description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
