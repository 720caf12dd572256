public import Canvas
internal import TOMLFields

/// Why a text is not the name of a key that can have a meaning.
public struct KeyNameError: Error, Equatable, Sendable {
    /// What is wrong, such as `"PageUp" is no key`.
    public let problem: String
    /// What would be right, such as `did you mean "PgUp"?`.
    public let remedy: String
}

extension KeyPress {
    /// The keys that are not called by a character, F and a number, or `^` and a letter.
    private static let named: [KeyPress] = [
        .character(" "), .up, .down, .left, .right, .shiftLeft, .shiftRight, .home, .end, .pageUp, .pageDown, .insert, .delete,
        .backspace, .tab, .backTab, .enter, .escape,
    ]

    /// What keys are called in other programs, and here.
    private static let otherNames = [
        "pageup": "PgUp", "pagedown": "PgDn", "return": "Enter", "escape": "Esc", "insert": "Ins", "delete": "Del", "spacebar": "space",
        "backtab": "S-Tab", "shift-tab": "S-Tab", "shift-left": "S-Left", "shift-right": "S-Right",
    ]

    /// The key that ``name`` writes so. Upper and lower case are the same where the name is a word.
    ///
    /// - Throws: for what is no key, for keys that the terminal keeps for itself, and for those that arrive as other keys.
    public init(named name: String) throws(KeyNameError) {
        let shown = "\"\(name.prefix(20))\""
        if let key = Self.named.first(where: { $0.name.lowercased() == name.lowercased() }) {
            self = key
        } else if name.unicodeScalars.count == 1, let scalar = name.unicodeScalars.first {
            guard !scalar.properties.isWhitespace, scalar.value >= 32, scalar.value != 127 else {
                throw KeyNameError(problem: "\(shown) is no key that can be seen", remedy: "use its name, such as Tab or Enter")
            }
            self = .character(Character(scalar))
        } else if name.count == 2, name.hasPrefix("^"), let letter = name.lowercased().last {
            self = try Self.controlKey(letter)
        } else if let letter = Self.controlLetter(of: name) {
            throw KeyNameError(problem: "\(shown) is no key", remedy: "write \"^\(letter.uppercased())\"")
        } else if let number = Self.functionNumber(of: name, after: "f") {
            guard (1...63).contains(number) else { throw KeyNameError(problem: "\(shown) is no key", remedy: "use F1 to F63") }
            self = .function(number)
        } else if let number = Self.functionNumber(of: name, after: "s-f"), (1...12).contains(number) {
            throw KeyNameError(problem: "\(shown) is no key", remedy: "write \"F\(number + 12)\": with Shift, terminals count 12 further")
        } else if ["m-", "alt-", "alt+", "a-"].contains(where: { name.lowercased().hasPrefix($0) }) {
            throw KeyNameError(problem: "\(shown) is no key: with Alt, terminals send Esc and then the key", remedy: "use one without Alt")
        } else {
            let names = Self.named.map(\.name)
            let near = Self.otherNames[name.lowercased()] ?? closestMatch(to: name, among: names)
            throw KeyNameError(
                problem: "\(shown) is no key",
                remedy: near.map { "did you mean \"\($0)\"?" } ?? "use a character, ^D, F5 or one of \(names.joined(separator: ", "))")
        }
    }

    /// The key of a letter together with Ctrl, if it can have a meaning.
    private static func controlKey(_ letter: Character) throws(KeyNameError) -> KeyPress {
        let shown = "^\(letter.uppercased())"
        let others: [Character: String] = ["h": "Backspace", "i": "Tab", "j": "Enter", "m": "Enter", "[": "Esc"]
        let kept: [Character: String] = [
            "c": "pauses and quits", "z": "lays the program aside", "s": "stops the output", "q": "lets it go on",
            "\\": "kills the program",
        ]
        if let other = others[letter] {
            throw KeyNameError(problem: "\(shown) arrives as \(other)", remedy: "use \(other), or another key")
        }
        if let use = kept[letter] {
            throw KeyNameError(problem: "\(shown) keeps its meaning: it \(use)", remedy: "use another key")
        }
        guard letter.isASCII, letter.isLetter || "@]^_".contains(letter) else {
            throw KeyNameError(problem: "\(shown) is no key", remedy: "after ^ write a letter, or one of @ ] ^ _")
        }
        return .control(letter)
    }

    /// The letter of a name such as `Ctrl-D` or `C-d`.
    private static func controlLetter(of name: String) -> Character? {
        let prefixes = ["ctrl-", "ctrl+", "control-", "c-"]
        guard let prefix = prefixes.first(where: { name.lowercased().hasPrefix($0) }), name.count == prefix.count + 1 else { return nil }
        return name.last
    }

    private static func functionNumber(of name: String, after prefix: String) -> Int? {
        name.lowercased().hasPrefix(prefix) ? Int(name.dropFirst(prefix.count)) : nil
    }
}
