/// A piece of a filter's text.
struct FilterToken {
    /// What it is.
    enum Kind {
        /// `(`
        case open
        /// `)`
        case close
        /// `|` or `or`
        case or
        /// `&` or `and`; it may be left out
        case and
        /// `!` or `not`
        case not
        /// Anything else.
        case word([Letter])
    }

    /// A Unicode scalar of a word, without the quotes around it.
    struct Letter {
        let scalar: Unicode.Scalar
        /// Whether it stands in quotes, so that it means nothing but itself.
        let isQuoted: Bool
        /// Its place in the text, in Unicode scalars.
        let place: Int
    }

    let kind: Kind
    /// Its place in the text, in Unicode scalars.
    let range: Range<Int>

    /// The pieces of a text.
    ///
    /// - Throws: an error, in Unicode scalars, if a quote is not closed.
    static func tokens(of text: String) throws(FilterError) -> [FilterToken] {
        let scalars = Array(text.unicodeScalars)
        var (tokens, next) = ([FilterToken](), 0)
        while next < scalars.count {
            let start = next
            next += 1
            switch scalars[start] {
            case "(": tokens.append(FilterToken(kind: .open, range: start..<next))
            case ")": tokens.append(FilterToken(kind: .close, range: start..<next))
            case "!": tokens.append(FilterToken(kind: .not, range: start..<next))
            case "|", "&":
                // Doubled it means the same.
                if next < scalars.count, scalars[next] == scalars[start] { next += 1 }
                tokens.append(FilterToken(kind: scalars[start] == "|" ? .or : .and, range: start..<next))
            case let scalar where scalar.properties.isWhitespace: break
            default:
                next = start
                let letters = try word(scalars, &next)
                tokens.append(FilterToken(kind: keyword(letters) ?? .word(letters), range: start..<next))
            }
        }
        return tokens
    }

    private static func word(_ scalars: [Unicode.Scalar], _ next: inout Int) throws(FilterError) -> [Letter] {
        var letters: [Letter] = []
        var quote: Int?
        while next < scalars.count {
            let scalar = scalars[next]
            if scalar == "\"" {
                quote = quote == nil ? next : nil
            } else if quote != nil, scalar == "\\", next + 1 < scalars.count, scalars[next + 1] == "\"" || scalars[next + 1] == "\\" {
                next += 1
                letters.append(Letter(scalar: scalars[next], isQuoted: true, place: next))
            } else if quote == nil, scalar.endsWord {
                return letters
            } else {
                letters.append(Letter(scalar: scalar, isQuoted: quote != nil, place: next))
            }
            next += 1
        }
        if let quote { throw FilterError("this quote is never closed; add \" at its end", at: quote..<(quote + 1)) }
        return letters
    }

    private static func keyword(_ letters: [Letter]) -> Kind? {
        guard letters.count <= 3, !letters.contains(where: \.isQuoted) else { return nil }
        return switch letters.text.lowercased() {
        case "or": .or
        case "and": .and
        case "not": .not
        default: nil
        }
    }

    /// The text in quotes.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted.unicodeScalars.append("\\") }
            quoted.unicodeScalars.append(scalar)
        }
        quoted.unicodeScalars.append("\"")
        return quoted
    }

    /// The text as it stands after a colon: in quotes if it would not be one word.
    static func quotedValue(_ text: String) -> String {
        text.isEmpty || text.unicodeScalars.contains { $0.endsWord || $0 == "\"" } ? quoted(text) : text
    }

    /// The text as it stands alone: in quotes if it would be anything but text.
    static func quotedText(_ text: String) -> String {
        let reserved = ["or", "and", "not", FilterTermName.ignored.rawValue, FilterTermName.violation.rawValue]
        let isPlain =
            !reserved.contains(text) && text.unicodeScalars.first != "~"
            && !text.unicodeScalars.contains { "!:<>=".unicodeScalars.contains($0) }
        return isPlain ? quotedValue(text) : quoted(text)
    }
}

extension Unicode.Scalar {
    /// Whether a word ends before it, unless it stands in quotes.
    var endsWord: Bool {
        switch self {
        case "(", ")", "|", "&": true
        default: properties.isWhitespace
        }
    }
}

extension Collection<FilterToken.Letter> {
    /// The letters as text.
    var text: String {
        var text = ""
        for letter in self { text.unicodeScalars.append(letter.scalar) }
        return text
    }
}
