/// A configuration that can't be used: which field, what is wrong with it, what would be right.
public struct ConfigurationError: Error, Hashable, Sendable, Codable, CustomStringConvertible {
    /// The name of the field, as it is written in Swift.
    public let field: String
    /// What is wrong with its value.
    public let problem: String
    /// Which values are right.
    public let remedy: String

    /// An error about this field.
    public init(field: String, problem: String, remedy: String) {
        self.field = field
        self.problem = problem
        self.remedy = remedy
    }

    /// The field, its problem and the remedy, in a line.
    public var description: String { "\(field): \(problem); \(remedy)" }

    /// Refuses a count below 1.
    ///
    /// - Throws: an error that names the field.
    public static func requirePositive(_ value: Int, _ field: String) throws(ConfigurationError) {
        guard value >= 1 else { throw ConfigurationError(field: field, problem: "\(value) is too small", remedy: "use 1 or more") }
    }

    /// Refuses a count below 1 or above another one.
    ///
    /// - Throws: an error that names the field, and the other one.
    public static func requirePositive(_ value: Int, _ field: String, upTo limit: Int, _ limitField: String) throws(ConfigurationError) {
        try requirePositive(value, field)
        guard value <= limit else {
            throw ConfigurationError(field: field, problem: "\(value) is more than \(limitField)", remedy: "use 1 to \(limit)")
        }
    }

    /// Refuses a length of time of zero or less.
    ///
    /// - Throws: an error that names the field.
    public static func requirePositive(_ value: Nanoseconds, _ field: String) throws(ConfigurationError) {
        guard value > .zero else {
            throw ConfigurationError(field: field, problem: "\(value.count) ns is not a time to wait", remedy: "use more than 0")
        }
    }
}
