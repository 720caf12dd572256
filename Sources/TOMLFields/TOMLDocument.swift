internal import TOMLKit

/// A TOML text, read field by field.
///
/// Any text, however hostile, ends in a value or a ``TOMLFieldError``.
public struct TOMLDocument: Sendable {
    /// The longest text that is read, in bytes.
    public static let sizeLimit = 1 << 20

    /// The table at the top.
    public let root: TOMLFields

    /// Parses a text.
    ///
    /// - Parameters:
    ///   - source: what messages call the text, usually a file name.
    ///   - tellsColumns: whether complaints about fields tell the column too. The default is no: the line and the field are enough to find it.
    ///   - settings: fields that are set from outside, over what the text says; of two that set the same the later one counts.
    /// - Throws: at the first syntax error; for a text longer than ``sizeLimit``, with NUL characters, with dates, or nested deeper than
    ///   64 levels.
    public init(text: String, source: String, tellsColumns: Bool = false, settings: [TOMLSetting] = []) throws(TOMLFieldError) {
        func complaint(_ problem: String, _ remedy: String, line: Int, column: Int? = nil) -> TOMLFieldError {
            TOMLFieldError(source: source, line: line, column: column, field: "", problem: problem, remedy: remedy)
        }
        guard text.utf8.count <= TOMLDocument.sizeLimit else {
            throw complaint("the text has \(text.utf8.count) bytes", "use at most \(TOMLDocument.sizeLimit)", line: 1)
        }
        if let place = text.utf8.firstIndex(of: 0) {
            let line = text.utf8[..<place].reduce(into: 1) { count, byte in if byte == UInt8(ascii: "\n") { count += 1 } }
            throw complaint("the text holds the character NUL", "leave it out", line: line)
        }
        var lines: TOMLLines
        do {
            lines = try TOMLScanner.lines(of: text)
            lines.tellsColumns = tellsColumns
        } catch {
            throw complaint(error.problem, error.remedy, line: error.line)
        }
        var node: TOMLNode
        do {
            node = TOMLNode(try TOMLTable(string: text))
        } catch let error as TOMLParseError {
            let place = error.source.begin
            throw complaint(TOMLDocument.shortened(error.description), "correct the TOML", line: place.line, column: place.column)
        } catch {
            throw complaint("\(error)", "correct the TOML", line: 1)
        }
        for setting in settings { try node.set(setting, in: &lines) }
        root = TOMLFields(node: node, path: .root, source: source, lines: lines)
    }

    /// The parser's complaint without its introduction, "Error while parsing a key: ", and on one line.
    private static func shortened(_ description: String) -> String {
        let line = description.split(whereSeparator: \.isNewline).joined(separator: " ")
        guard line.hasPrefix("Error while parsing "), let colon = line.firstIndex(of: ":") else { return line }
        return String(line[line.index(after: colon)...].drop { $0 == " " })
    }
}
