public import Canvas
public import Theming

/// What a person would do at the screen, written down: for tests, for pictures, and to show a mistake to others.
///
/// A line is one action: a key (`s`, `<Tab>`), a word with what it needs (`keys s s <PgDn>`, `snapshot end.txt`), or a command line
/// (`:break phase:store`). Empty lines and lines that begin with `#` and a blank say nothing.
public struct Script: Sendable {
    /// What a line does.
    public enum Action: Equatable, Sendable {
        /// The screen gets another size. It begins with 80 columns and 24 rows.
        case size(Size)
        /// Keys are pressed, one after the other.
        case keys([KeyPress])
        /// A text is typed, letter by letter.
        case type(String)
        /// A command line is typed and entered; if something is wrong with it, the script ends.
        case line(String)
        /// The run goes on, without waiting, until it stops by itself.
        case run
        /// The screen is written to a file.
        case snapshot(path: String, isColored: Bool)
        /// The script ends unless this text is on the screen.
        case expect(String)
        /// The screen gets another theme.
        case theme(String)
        /// The screen gets other glyphs.
        case glyphs(GlyphSet)
    }

    /// A line that does something.
    public struct Line: Equatable, Sendable {
        /// Its number, from 1 on.
        public let number: Int
        /// What it does.
        public let action: Action
    }

    /// The lines that do something, in the order of the text.
    public let lines: [Line]
}

/// What is wrong with a line of a script, or why it could not be played.
public struct ScriptError: Error, Equatable, Sendable {
    /// The number of the line, from 1 on.
    public let line: Int
    /// What is wrong, and what would be right.
    public let sentence: String
    /// What the screen showed, where that says more than the sentence.
    public var screen: String?
}
