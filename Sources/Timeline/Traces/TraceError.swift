/// Why the reading of a trace stopped, and where.
public struct TraceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What it means for whoever reads.
    public enum Kind: Hashable, Sendable {
        /// It is no trace at all, or one of a version that is not known: nothing was read.
        case notReadable
        /// The last line is not whole: the recording was interrupted. All lines before it were read.
        case cutOff
        /// A line is not what it should be. All lines before it were read.
        case damaged
    }

    /// What it means for whoever reads.
    public let kind: Kind
    /// The number of the line, from 1 on.
    public let line: Int
    /// What is wrong there, and where there is one, the remedy; without an end.
    public let problem: String

    /// The line and what is wrong there.
    public var description: String { "line \(line): \(problem)" }
}
