internal import Canvas
internal import Theming
internal import Timeline

extension Script {
    /// Reads a script.
    ///
    /// - Throws: the first line that is wrong.
    public init(_ text: String) throws(ScriptError) {
        var lines: [Line] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = String(line).replacing("\t", with: " ").trimmed
            guard !line.isEmpty, line != "#", !line.hasPrefix("# ") else { continue }
            do throws(Problem) {
                lines.append(Line(number: index + 1, action: try Self.action(line)))
            } catch {
                throw ScriptError(line: index + 1, sentence: error.sentence)
            }
        }
        self.lines = lines
    }

    /// What is wrong with a line, without its number.
    private struct Problem: Error {
        let sentence: String
    }

    /// The words that a line can begin with, and what comes after each.
    private enum Word: String, CaseIterable {
        case size, keys, type, run, snapshot, expect, theme, glyphs

        var usage: String {
            switch self {
            case .size: "size 120x40"
            case .keys: "keys s s <Tab>"
            case .type: "type 9f3c"
            case .run: "run"
            case .snapshot: "snapshot end.txt, or snapshot --colors end.txt"
            case .expect: "expect THE END"
            case .theme: "theme nord"
            case .glyphs: "glyphs ascii"
            }
        }
    }

    private static func action(_ line: String) throws(Problem) -> Action {
        if line.count == 1 { return .keys([try key(line)]) }
        if line.hasPrefix(":") { return .line(String(line.dropFirst()).trimmed) }
        let first = String(line.prefix { $0 != " " })
        if first == line, line.hasPrefix("<"), line.hasSuffix(">") { return .keys([try key(line)]) }
        guard let word = Word(rawValue: first) else {
            let near = nearestWord(to: first, among: Word.allCases.map(\.rawValue)).map { "did you mean \($0)?" }
            throw Problem(
                sentence: "\"\(first.prefix(30))\" is no word of a script; "
                    + (near
                        ?? "write a key such as s or <Tab>, a line such as :412, or \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
            )
        }
        return try action(word, String(line.dropFirst(first.count)).trimmed)
    }

    private static func action(_ word: Word, _ rest: String) throws(Problem) -> Action {
        if word == .run {
            guard rest.isEmpty else { throw Problem(sentence: "run stands alone; to go to a step, write a line such as :412") }
            return .run
        }
        guard !rest.isEmpty else { throw Problem(sentence: "\(word.rawValue) needs more: such as \(word.usage)") }
        switch word {
        case .size:
            let numbers = rest.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
            guard numbers.count == 2, let columns = numbers[0], let rows = numbers[1], (1...1000).contains(columns),
                (1...1000).contains(rows)
            else { throw Problem(sentence: "\"\(rest)\" is no size; write columns and rows from 1 to 1000, such as 120x40") }
            return .size(Size(columns: columns, rows: rows))
        case .keys:
            var keys: [KeyPress] = []
            for name in rest.split(separator: " ") { keys.append(try key(String(name))) }
            return .keys(keys)
        case .type: return .type(rest)
        case .run: return .run
        case .snapshot:
            var words = rest.split(separator: " ").map(String.init)
            let isColored = words.contains("--colors")
            words.removeAll { $0 == "--colors" }
            let path = words.joined(separator: " ")
            guard !path.isEmpty else { throw Problem(sentence: "snapshot needs a file: such as \(word.usage)") }
            return .snapshot(path: path, isColored: isColored || path.hasSuffix(".ansi"))
        case .expect: return .expect(rest)
        case .theme: return .theme(rest)
        case .glyphs:
            guard let set = GlyphSet(rawValue: rest) else {
                throw Problem(
                    sentence: "there are no glyphs \"\(rest)\"; there are \(GlyphSet.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            return .glyphs(set)
        }
    }

    /// A key by its name, with or without `<` and `>` around it.
    private static func key(_ word: String) throws(Problem) -> KeyPress {
        let isBracketed = word.count > 2 && word.hasPrefix("<") && word.hasSuffix(">")
        do throws(KeyNameError) {
            return try KeyPress(named: isBracketed ? String(word.dropFirst().dropLast()) : word)
        } catch {
            throw Problem(sentence: "\(error.problem); \(error.remedy)")
        }
    }
}
