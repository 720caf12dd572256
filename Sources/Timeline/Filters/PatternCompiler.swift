/// Makes the program of a ``TextPattern`` of its text.
///
///     either := all ("|" all)*
///     all    := (one ("*" | "+" | "?")*)*
///     one    := "(" either ")" | "[" kinds "]" | "^" | "$" | "." | "\" character | character
struct PatternCompiler {
    private typealias Program = [TextPattern.Instruction]
    private typealias Kind = TextPattern.CharacterKind

    private let scalars: [Unicode.Scalar]
    private var next = 0

    /// A compiler of this text.
    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    /// The program.
    ///
    /// - Throws: what is wrong with the text, and where, in Unicode scalars.
    mutating func compile() throws(FilterError) -> [TextPattern.Instruction] {
        let program = try either(depth: 0)
        if next < scalars.count { throw FilterError("there is no ( for this ); write \\) for the sign itself", at: next..<(next + 1)) }
        return program
    }

    private mutating func either(depth: Int) throws(FilterError) -> Program {
        let first = try all(depth: depth)
        guard next < scalars.count, scalars[next] == "|" else { return first }
        next += 1
        let second = try either(depth: depth + 1)
        return [.fork(first.count + 2)] + first + [.jump(second.count + 1)] + second
    }

    private mutating func all(depth: Int) throws(FilterError) -> Program {
        var program: Program = []
        while next < scalars.count, scalars[next] != "|", scalars[next] != ")" {
            var part = try one(depth: depth)
            while next < scalars.count, let repeated = Self.repeated(part, scalars[next]) {
                part = repeated
                next += 1
            }
            program += part
        }
        return program
    }

    /// A part with the sign behind it that says how often it comes; `nil` if it is no such sign.
    private static func repeated(_ part: Program, _ sign: Unicode.Scalar) -> Program? {
        switch sign {
        case "*": [.fork(part.count + 2)] + part + [.jump(-part.count - 1)]
        case "+": part + [.fork(2), .jump(-part.count - 1)]
        case "?": [.fork(part.count + 1)] + part
        default: nil
        }
    }

    private mutating func one(depth: Int) throws(FilterError) -> Program {
        let place = next
        guard depth <= FilterParser.deepest else {
            throw FilterError("more than \(FilterParser.deepest) parts stand in each other here; use fewer", at: place..<(place + 1))
        }
        next += 1
        switch scalars[place] {
        case "(":
            let program = try either(depth: depth + 1)
            guard next < scalars.count else {
                throw FilterError("this ( is never closed; add ), or write \\( for the sign itself", at: place..<(place + 1))
            }
            next += 1
            return program
        case "[": return [.take(try kind(from: place))]
        case "^": return [.begin]
        case "$": return [.end]
        case ".": return [.take(Kind(ranges: [], isInverse: true))]
        case "*", "+", "?":
            throw FilterError(
                "nothing stands before this \(scalars[place]); write \\\(scalars[place]) for the sign itself", at: place..<(place + 1))
        case "\\":
            return [.take(try escaped(from: place))]
        case let scalar: return [.take(Self.letter(scalar))]
        }
    }

    /// What stands in brackets, up to the closing one.
    private mutating func kind(from start: Int) throws(FilterError) -> Kind {
        var kind = Kind(ranges: [])
        if next < scalars.count, scalars[next] == "^" {
            kind.isInverse = true
            next += 1
        }
        while next < scalars.count, scalars[next] != "]" {
            let place = next
            next += 1
            guard scalars[place] != "\\" else {
                let more = try escaped(from: place)
                guard !more.isInverse else {
                    throw FilterError("this can't stand in brackets; write [^...] with the small letter", at: place..<next)
                }
                kind.ranges += more.ranges
                continue
            }
            guard next + 1 < scalars.count, scalars[next] == "-", scalars[next + 1] != "]" else {
                kind.ranges += Self.letter(scalars[place]).ranges
                continue
            }
            let (from, to) = (Self.lowercased(scalars[place]), Self.lowercased(scalars[next + 1]))
            guard from <= to else {
                throw FilterError("the greater one stands first; write them the other way round", at: place..<(next + 2))
            }
            kind.ranges.append(from...to)
            next += 2
        }
        guard next < scalars.count else {
            throw FilterError("this [ is never closed; add ], or write \\[ for the sign itself", at: start..<(start + 1))
        }
        next += 1
        return kind
    }

    /// What the character behind a `\` stands for.
    private mutating func escaped(from place: Int) throws(FilterError) -> Kind {
        guard next < scalars.count else {
            throw FilterError("a character is missing behind this \\; write \\\\ for the sign itself", at: place..<(place + 1))
        }
        let scalar = scalars[next]
        next += 1
        switch scalar {
        case "d", "D": return Kind(ranges: ["0"..."9"], isInverse: scalar == "D")
        case "w", "W": return Kind(ranges: ["0"..."9", "a"..."z", "_"..."_"], isInverse: scalar == "W")
        case "s", "S": return Kind(ranges: [" "..." ", "\t"..."\r"], isInverse: scalar == "S")
        default: return Self.letter(scalar)
        }
    }

    private static func letter(_ scalar: Unicode.Scalar) -> Kind {
        let letter = lowercased(scalar)
        return Kind(ranges: [letter...letter])
    }

    /// The letter in lower case, as the text that is looked through is; itself if that is more than one.
    private static func lowercased(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let letters = scalar.properties.lowercaseMapping.unicodeScalars
        return letters.count == 1 ? letters.first ?? scalar : scalar
    }
}
