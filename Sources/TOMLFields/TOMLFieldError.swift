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
    /// The setting from outside that is wrong, such as `--set network.size=0`; nil if it is the text.
    public let setting: String?

    public init(
        source: String, line: Int, column: Int? = nil, field: String, problem: String, remedy: String, setting: String? = nil
    ) {
        self.source = source
        self.line = line
        self.column = column
        self.field = field
        self.problem = problem
        self.remedy = remedy
        self.setting = setting
    }

    /// One sentence: `FILE:LINE: FIELD: PROBLEM; REMEDY`, with `:COLUMN` after the line if it is known. About a setting from outside
    /// it is `SETTING: PROBLEM; REMEDY`, with the field before the problem if it is another than the one that is set.
    public var description: String {
        let place = setting.map { "\($0): " } ?? column.map { "\(source):\(line):\($0): " } ?? "\(source):\(line): "
        let subject = field.isEmpty ? "" : "\(field): "
        return "\(place)\(subject)\(problem); \(remedy)"
    }
}
