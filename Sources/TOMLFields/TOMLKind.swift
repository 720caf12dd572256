/// The kinds of values a TOML text can hold.
public enum TOMLKind: Hashable, Sendable {
    case string, integer, number, boolean, array, table

    /// As a message names it.
    var name: String {
        switch self {
        case .string: "a string"
        case .integer: "an integer"
        case .number: "a decimal number"
        case .boolean: "a boolean"
        case .array: "an array"
        case .table: "a table"
        }
    }
}
