/// A value of a JSON text.
package enum JSONValue: Equatable, Sendable {
    /// A member of an object.
    package struct Member: Equatable, Sendable {
        package let name: String
        package let value: JSONValue
    }

    case null
    case bool(Bool)
    /// A number without fraction and exponent that fits 64 bits.
    case integer(Int64)
    /// Any other number.
    case number(Double)
    case string(String)
    case array([JSONValue])
    /// The members in the order of the text.
    case object([Member])

    /// The first member of this name, unless it is null; `nil` for a value that is no object.
    package subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        for member in members where member.name == name { return member.value == .null ? nil : member.value }
        return nil
    }

    /// The text, if it is one.
    package var text: String? { if case .string(let text) = self { text } else { nil } }

    /// The whole number, also when it is written as a text, as those above 2^53 are.
    package var whole: Int64? {
        switch self {
        case .integer(let value): value
        case .string(let text): Int64(text)
        case .null, .bool, .number, .array, .object: nil
        }
    }

    /// The number, also when it is written as a text, as those that are not finite are.
    package var real: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        case .string(let text): Double(text)
        case .null, .bool, .array, .object: nil
        }
    }

    /// The elements, if it is an array.
    package var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }

    /// The members, if it is an object.
    package var members: [Member]? { if case .object(let members) = self { members } else { nil } }
}

/// What is wrong with a line, in a sentence without its place.
package struct LineProblem: Error, Equatable {
    package let sentence: String

    package init(_ sentence: String) {
        self.sentence = sentence
    }
}

// MARK: - Fields of a line

extension JSONValue {
    /// The text of a field that has to be there.
    package func requireText(_ name: String) throws(LineProblem) -> String {
        guard let value = self[name] else { throw LineProblem("the field \(name) is missing") }
        guard let text = value.text else { throw LineProblem("the field \(name) is not a text") }
        return text
    }

    /// The whole number of a field that has to be there and in this range.
    package func requireWhole(_ name: String, in range: ClosedRange<Int64>) throws(LineProblem) -> Int64 {
        guard let value = try whole(name, in: range) else { throw LineProblem("the field \(name) is missing") }
        return value
    }

    /// The whole number of a field, which has to be in this range; `nil` if it is not there.
    package func whole(_ name: String, in range: ClosedRange<Int64>) throws(LineProblem) -> Int64? {
        guard let value = self[name] else { return nil }
        guard let number = value.whole else { throw LineProblem("the field \(name) is not a whole number of 64 bits") }
        guard range.contains(number) else { throw LineProblem("the field \(name) is \(number), which is out of its range") }
        return number
    }

    /// The elements of a field; none if it is not there.
    package func list(_ name: String) throws(LineProblem) -> [JSONValue] {
        guard let value = self[name] else { return [] }
        guard let elements = value.elements else { throw LineProblem("the field \(name) is not a list") }
        return elements
    }
}
