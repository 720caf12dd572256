/// A regular expression that is looked for in a text of lower-case letters.
///
/// It knows `.` (any character), `*` `+` `?` (any number, one or more, none or one of what stands before), `|`, `( )`, `[a-z]` and `[^a-z]`, `^`
/// and `$` (the text's two ends), `\d` `\w` `\s` (a digit, a letter or digit or `_`, a blank) and their opposites in upper case; behind any other
/// character, `\` takes its meaning away. All ways through it are followed at once, so that no pattern takes long.
struct TextPattern: Hashable, Sendable {
    /// The pattern as it was written.
    let text: String
    /// What is to be done from the start on, one after the other.
    private let program: [Instruction]

    /// A pattern.
    ///
    /// - Throws: what is wrong with it, in a sentence, and where in the text, in Unicode scalars.
    init(_ text: String) throws(FilterError) {
        self.text = text
        var compiler = PatternCompiler(text)
        program = try compiler.compile()
    }

    /// Whether some part of a text fits. O(length of text · length of pattern).
    func isFound(in text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        var here = Set<Int>()
        for place in 0...scalars.count {
            // It may begin anywhere.
            if follow(from: 0, at: place, of: scalars.count, &here) { return true }
            guard place < scalars.count else { return false }
            var next = Set<Int>()
            for step in here {
                guard case .take(let kind) = program[step], kind.contains(scalars[place]) else { continue }
                if follow(from: step + 1, at: place + 1, of: scalars.count, &next) { return true }
            }
            here = next
        }
        return false
    }

    /// Adds all instructions that can be reached without taking a character.
    ///
    /// - Returns: whether the end is among them.
    private func follow(from start: Int, at place: Int, of count: Int, _ reached: inout Set<Int>) -> Bool {
        var open = [start]
        while let step = open.popLast() {
            guard step < program.count else { return true }
            guard reached.insert(step).inserted else { continue }
            switch program[step] {
            case .take: break
            case .begin: if place == 0 { open.append(step + 1) }
            case .end: if place == count { open.append(step + 1) }
            case .jump(let offset): open.append(step + offset)
            case .fork(let offset): open += [step + 1, step + offset]
            }
        }
        return false
    }

    /// A part of the program; behind its last one the text fits.
    enum Instruction: Hashable, Sendable {
        /// A character of this kind.
        case take(CharacterKind)
        /// Goes on only at the start of the text.
        case begin
        /// Goes on only at its end.
        case end
        /// Goes on so many instructions from here.
        case jump(Int)
        /// Goes on behind here, and as well so many instructions from here.
        case fork(Int)
    }

    /// Some of all characters.
    struct CharacterKind: Hashable, Sendable {
        /// Those that it is made of.
        var ranges: [ClosedRange<Unicode.Scalar>]
        /// Whether it is all but those.
        var isInverse = false

        /// Whether a character is of this kind.
        func contains(_ scalar: Unicode.Scalar) -> Bool {
            ranges.contains { $0.contains(scalar) } != isInverse
        }
    }
}
