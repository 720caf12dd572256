public import Coordination

/// What the word at a cursor may be completed to.
public struct Completion: Hashable, Sendable {
    /// The characters to replace, counted from 0.
    public let range: Range<Int>
    /// What to replace them with.
    public let text: String
    /// What it stands for, in few words; empty for a name.
    public let meaning: String
}

extension Filter {
    /// The names of a run that may be part of a filter.
    public struct Names: Sendable {
        /// The broadcasts.
        public var broadcasts: [OperationID]
        /// The keys of nodes that begin with some hexadecimal digits, or as many of their first digits as are needed.
        public var nodes: @Sendable (_ digits: String) -> [String]

        /// These names.
        public init(broadcasts: [OperationID] = [], nodes: @escaping @Sendable (_ digits: String) -> [String] = { _ in [] }) {
            self.broadcasts = broadcasts
            self.nodes = nodes
        }
    }

    /// What the word at the cursor may become, in the order of the reference and of the names.
    ///
    /// - Parameters:
    ///   - text: what is written so far; it need not be right.
    ///   - cursor: the number of characters before the cursor.
    ///   - names: the names of the run.
    public static func completions(for text: String, at cursor: Int, names: Names) -> [Completion] {
        let word = UnfinishedWord(text, cursor: text.scalarOffset(ofCharacter: cursor))
        guard let colon = word.beforeCursor.firstIndex(where: { $0 == ":" }) else {
            return termNames(beginning: String(word.beforeCursor)).map { name, meaning in
                Completion(range: text.characters(ofScalars: word.range), text: name, meaning: meaning)
            }
        }
        guard let term = FilterTermName(name: String(word.beforeCursor[..<colon])) else { return [] }
        let written = word.beforeCursor[..<colon].count + 1
        let range = text.characters(ofScalars: (word.range.lowerBound + written)..<word.range.upperBound)
        var typed = String(word.beforeCursor[colon...].dropFirst())
        typed.unicodeScalars.removeAll { $0 == "\"" }
        return values(of: term, beginning: typed, names: names).filter { $0.name.lowercased().hasPrefix(typed.lowercased()) }.map { value in
            Completion(range: range, text: value.text, meaning: value.meaning)
        }
    }

    /// The terms whose name begins so, with the sign that follows it.
    private static func termNames(beginning start: String) -> [(text: String, meaning: String)] {
        FilterTermName.allCases.filter { $0.rawValue.hasPrefix(start.lowercased()) }.map { name in
            switch name.value {
            case .none: (name.rawValue, name.meaning)
            case .text, .word, .key: ("\(name.rawValue):", name.meaning)
            case .distance: ("\(name.rawValue)<", name.meaning)
            case .number, .time: ("\(name.rawValue)>", name.meaning)
            }
        }
    }

    /// What may stand after the colon of a term.
    private static func values(
        of term: FilterTermName, beginning typed: String, names: Names
    ) -> [(name: String, text: String, meaning: String)] {
        switch term.value {
        case .word(let words): words.map { ($0.word, $0.word, $0.meaning) }
        case .key: names.nodes(typed).map { ($0, $0, "") }
        case .text: term == .bc ? names.broadcasts.map { ($0.name, Glob(exactly: $0.name).description, "") } : []
        case .none, .distance, .number, .time: []
        }
    }
}

/// The word of a text that a cursor stands in.
private struct UnfinishedWord {
    /// What of it stands before the cursor.
    let beforeCursor: Substring.UnicodeScalarView
    /// The place of all of it, in Unicode scalars.
    let range: Range<Int>

    init(_ text: String, cursor: Int) {
        let scalars = text.unicodeScalars
        var (start, isQuoted, place) = (0, false, 0)
        for scalar in scalars.prefix(cursor) {
            place += 1
            if scalar == "\"" {
                isQuoted.toggle()
            } else if !isQuoted, scalar.endsWord || (scalar == "!" && start == place - 1) {
                start = place
            }
        }
        var end = place
        for scalar in scalars.dropFirst(cursor) {
            if scalar == "\"" {
                isQuoted.toggle()
            } else if !isQuoted, scalar.endsWord {
                break
            }
            end += 1
        }
        range = start..<end
        beforeCursor = scalars.prefix(cursor).dropFirst(start)
    }
}
