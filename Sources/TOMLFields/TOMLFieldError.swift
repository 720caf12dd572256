/// What is wrong with one field of a TOML text, where, and what would be right.
public struct TOMLFieldError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name of the text, usually a file name.
    public let source: String
    /// The line of the field, counted from 1; the line of its table if the field is missing.
    public let line: Int
    /// The column, counted from 1, of a syntax error, and of everything else if the document tells columns; nil if not.
    public let column: Int?
    /// The dotted path, such as `network.latency.median`; elements of arrays are counted from 0, as in `broadcast[2].id`.
    /// Empty for a syntax error and for the text as a whole.
    public let field: String
    /// What is wrong, such as `0 is too small`.
    public let problem: String
    /// What would be right, such as `use 1 to 4096`.
    public let remedy: String

    public init(source: String, line: Int, column: Int? = nil, field: String, problem: String, remedy: String) {
        self.source = source
        self.line = line
        self.column = column
        self.field = field
        self.problem = problem
        self.remedy = remedy
    }

    /// One sentence: `FILE:LINE: FIELD: PROBLEM; REMEDY`, with `:COLUMN` after the line if it is known.
    public var description: String {
        let place = column.map { "\(source):\(line):\($0): " } ?? "\(source):\(line): "
        let subject = field.isEmpty ? "" : "\(field): "
        return "\(place)\(subject)\(problem); \(remedy)"
    }
}
