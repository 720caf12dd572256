#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A file of conformance scenarios, one JSON object a line.
public struct ConformanceFile: Sendable {
    /// A line that is no scenario.
    public struct Malformed: Error, CustomStringConvertible {
        /// The name of the file.
        public let source: String
        /// The number of the line, from 1 on.
        public let line: Int
        /// What is wrong with it.
        public let problem: String

        public var description: String { "\(source):\(line): \(problem)" }
    }

    /// The scenarios, in the order of the file.
    public let scenarios: [ConformanceScenario]

    /// Reads the scenarios from the text of a file. Empty lines are passed over.
    ///
    /// - Parameter source: the name of the file, for errors.
    /// - Throws: the first line that is no scenario, and why.
    public init(text: String, source: String) throws(Malformed) {
        var scenarios: [ConformanceScenario] = []
        let decoder = JSONDecoder()
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" }).enumerated() {
            guard line.contains(where: { !$0.isWhitespace }) else { continue }
            let scenario: ConformanceScenario
            do {
                scenario = try decoder.decode(ConformanceScenario.self, from: Data(line.utf8))
            } catch {
                throw Malformed(source: source, line: index + 1, problem: Self.explain(error))
            }
            if let problem = scenario.problem() { throw Malformed(source: source, line: index + 1, problem: problem) }
            scenarios.append(scenario)
        }
        guard !scenarios.isEmpty else {
            throw Malformed(source: source, line: 1, problem: "there is no scenario in the file; write one JSON object a line")
        }
        self.scenarios = scenarios
    }

    private static func explain(_ error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, let context):
            return "\(path(context.codingPath + [key])) is missing"
        case DecodingError.typeMismatch(let type, let context) where !context.codingPath.isEmpty:
            return "\(path(context.codingPath)) is not of the type \(type)"
        case DecodingError.valueNotFound(let type, let context):
            return "\(path(context.codingPath)) is null, not of the type \(type)"
        case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
            return "\(path(context.codingPath)): \(context.debugDescription)"
        default:
            return "the line is not a JSON object, or a number in it is out of range"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.reduce(into: "") { text, key in
            if let index = key.intValue { text += "[\(index)]" } else { text += (text.isEmpty ? "" : ".") + key.stringValue }
        }
    }
}
