internal import Canvas

/// A line that a person types at the bottom of the screen.
struct Prompt: Sendable {
    /// What the line is for.
    enum Purpose: Sendable, Hashable, CaseIterable {
        /// A command.
        case command
        /// What the log is to show only.
        case filter
        /// What to look for in the log.
        case search

        /// What stands before the line.
        var sign: String {
            switch self {
            case .command: ":"
            case .filter: "\\"
            case .search: "/"
            }
        }
    }

    /// What came of a key.
    enum Outcome: Equatable, Sendable {
        /// The line goes on.
        case edited
        /// The line is done.
        case entered
        /// Nobody wants it any more.
        case cancelled
        /// The word before the cursor is to be completed.
        case complete
        /// An earlier (-1) or later (1) line of the same purpose is wanted.
        case recall(Int)
        /// The key does nothing on a line.
        case ignored
    }

    /// What the line is for.
    let purpose: Purpose
    /// The line.
    private(set) var text: String
    /// The number of characters before the cursor.
    private(set) var cursor: Int
    /// What is wrong with the line, and with which characters of it.
    var problem: (text: String, range: Range<Int>)?

    /// A line to begin with.
    init(_ purpose: Purpose, text: String = "") {
        self.purpose = purpose
        self.text = text
        cursor = text.count
    }

    /// Replaces the line.
    mutating func set(_ text: String) {
        self.text = text
        cursor = text.count
        problem = nil
    }

    /// Puts a completed word in place of the characters before the cursor, from `start` on.
    mutating func complete(from start: Int, with word: String) {
        let characters = Array(text)
        let before = String(characters[..<min(start, cursor)]) + word
        set(before + String(characters[cursor...]))
        cursor = before.count
    }

    /// Puts a text at the cursor, which then stands behind it.
    mutating func insert(_ text: String) {
        let characters = Array(self.text)
        let before = String(characters[..<cursor]) + text
        set(before + String(characters[cursor...]))
        cursor = before.count
    }

    /// Takes a key.
    mutating func press(_ key: KeyPress) -> Outcome {
        problem = nil
        var characters = Array(text)
        switch key {
        case .character(let character):
            characters.insert(character, at: cursor)
            cursor += 1
        case .backspace:
            guard cursor > 0 else { return characters.isEmpty ? .cancelled : .edited }
            characters.remove(at: cursor - 1)
            cursor -= 1
        case .delete: if cursor < characters.count { characters.remove(at: cursor) }
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(characters.count, cursor + 1)
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): cursor = characters.count
        case .control("u"):
            characters.removeFirst(cursor)
            cursor = 0
        case .control("w"):
            let blank = characters[..<cursor].lastIndex { $0 != " " } ?? 0
            let start = characters[..<blank].lastIndex(of: " ").map { $0 + 1 } ?? 0
            characters.removeSubrange(start..<cursor)
            cursor = start
        case .enter: return .entered
        case .escape: return .cancelled
        case .tab: return .complete
        case .up: return .recall(-1)
        case .down: return .recall(1)
        case .backTab, .pageUp, .pageDown, .insert, .control, .function, .shiftLeft, .shiftRight: return .ignored
        }
        text = String(characters)
        return .edited
    }
}
