/// Makes an expression of the pieces of a filter's text.
///
///     either := all (("|" | "or") all)*
///     all    := one (("&" | "and")? one)*
///     one    := ("!" | "not") one | "(" either ")" | word
///
/// Errors are in Unicode scalars.
struct FilterParser {
    /// How deep parentheses and negations may stand in each other.
    static let deepest = 50

    private let tokens: [FilterToken]
    private let keyBits: Int
    private var next = 0

    /// A parser of these pieces, for keys of so many bits.
    init(_ tokens: [FilterToken], keyBits: Int) {
        self.tokens = tokens
        self.keyBits = keyBits
    }

    /// The expression that the pieces are.
    mutating func parse() throws(FilterError) -> FilterExpression {
        guard !tokens.isEmpty else { throw FilterError("there is nothing to look for; write a term such as bc:b1 or ev:fail", at: 0..<0) }
        let expression = try either(depth: 0)
        if next < tokens.count { throw FilterError("there is no ( for this ); remove it", at: tokens[next].range) }
        return expression
    }

    private mutating func either(depth: Int) throws(FilterError) -> FilterExpression {
        var choices = [try all(depth: depth)]
        while next < tokens.count, case .or = tokens[next].kind {
            next += 1
            choices.append(try all(depth: depth))
        }
        guard choices.count > 1 else { return choices[0] }
        return .any(
            choices.flatMap { choice in
                if case .any(let inner) = choice { inner } else { [choice] }
            })
    }

    private mutating func all(depth: Int) throws(FilterError) -> FilterExpression {
        var parts = [try one(depth: depth)]
        scan: while next < tokens.count {
            switch tokens[next].kind {
            case .or, .close: break scan
            case .and: next += 1
            case .open, .not, .word: break
            }
            parts.append(try one(depth: depth))
        }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func one(depth: Int) throws(FilterError) -> FilterExpression {
        guard next < tokens.count else {
            throw FilterError("a term is missing after this, such as bc:b1 or ev:fail", at: tokens[next - 1].range)
        }
        let token = tokens[next]
        guard depth <= Self.deepest else {
            throw FilterError("more than \(Self.deepest) parentheses and negations stand in each other here; use fewer", at: token.range)
        }
        next += 1
        switch token.kind {
        case .word(let letters):
            return .term(try FilterTerm(letters, at: token.range, keyBits: keyBits))
        case .not:
            let expression = try one(depth: depth + 1)
            // Twice is not at all.
            if case .not(let inner) = expression { return inner }
            return .not(expression)
        case .open:
            if next == tokens.count { throw FilterError("this ( is never closed; add )", at: token.range) }
            let expression = try either(depth: depth + 1)
            guard next < tokens.count else { throw FilterError("this ( is never closed; add )", at: token.range) }
            next += 1
            return expression
        case .close:
            throw FilterError(depth == 0 ? "there is no ( for this ); remove it" : "a term is missing before this )", at: token.range)
        case .or, .and:
            throw FilterError("a term is missing before this, such as bc:b1 or ev:fail", at: token.range)
        }
    }
}
