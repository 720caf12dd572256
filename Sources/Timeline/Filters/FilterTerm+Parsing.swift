internal import Broadcasts
internal import Coordination
internal import Kademlia

extension FilterTerm {
    /// The term that a word of a filter is. Errors are in Unicode scalars.
    init(_ letters: [FilterToken.Letter], at range: Range<Int>, keyBits: Int) throws(FilterError) {
        if let first = letters.first, !first.isQuoted, first.scalar == "~" {
            self = try FilterTerm(patternIn: letters.dropFirst(), at: range)
            return
        }
        guard let start = letters.firstIndex(where: { !$0.isQuoted && ":<>=".unicodeScalars.contains($0.scalar) }) else {
            self = try FilterTerm(alone: letters, at: range)
            return
        }
        // `!=` is the only sign that begins with something that may also be part of a name.
        let hasNot = start > 0 && letters[start].scalar == "=" && letters[start - 1].scalar == "!" && !letters[start - 1].isQuoted
        let signStart = hasNot ? start - 1 : start
        var valueStart = start + 1
        if letters[start].scalar != ":", valueStart < letters.count, !letters[valueStart].isQuoted, letters[valueStart].scalar == "=" {
            valueStart += 1
        }
        let (name, sign) = (letters[..<signStart], letters[signStart..<valueStart].text)
        let nameRange = range.lowerBound..<letters[signStart].place
        guard !name.isEmpty else {
            throw FilterError("a name is missing before \(sign); write it without a blank, as in dist<08 or bc:b1", at: range)
        }
        guard !name.contains(where: \.isQuoted) else {
            throw FilterError("a term's name stands without quotes; to search for text, put all of it in quotes", at: nameRange)
        }
        guard let term = FilterTermName(name: name.text) else { throw FilterError(Self.unknown(name.text, sign: sign), at: nameRange) }
        let signRange = letters[signStart].place..<(letters[valueStart - 1].place + 1)
        guard valueStart < letters.count || range.upperBound > signRange.upperBound else {
            throw FilterError("something is missing after \(sign), as in \(term.example)", at: range)
        }
        let value = FilterValue(
            term: term, sign: sign, text: letters[valueStart...].text, isQuoted: letters[valueStart...].contains(where: \.isQuoted),
            keyBits: keyBits, signRange: signRange, range: signRange.upperBound..<range.upperBound)
        self = try value.read()
    }

    /// A word without a sign.
    private init(alone letters: [FilterToken.Letter], at range: Range<Int>) throws(FilterError) {
        let text = letters.text
        guard !text.isEmpty else { throw FilterError("there is nothing between the quotes; write the text to search for", at: range) }
        if !letters.contains(where: \.isQuoted), let name = FilterTermName(name: text) {
            if name == .ignored {
                self = .ignored
                return
            }
            if name == .violation {
                self = .violation
                return
            }
        }
        self = .text(text.lowercased())
    }

    /// What stands behind a `~`.
    private init(patternIn letters: ArraySlice<FilterToken.Letter>, at range: Range<Int>) throws(FilterError) {
        guard !letters.isEmpty else { throw FilterError("a pattern is missing after ~, as in ~store.*fail", at: range) }
        let places = letters.map(\.place)
        do throws(FilterError) {
            self = .pattern(try TextPattern(letters.text))
        } catch {
            throw FilterError(error.message, at: places[error.range.lowerBound]..<(places[error.range.upperBound - 1] + 1))
        }
    }

    private static func unknown(_ name: String, sign: String) -> String {
        let names = FilterTermName.allCases.map(\.rawValue)
        let advice =
            nearestWord(to: name, among: names).map { "did you mean \($0)?" } ?? "the terms are \(names.joined(separator: ", "))."
        return "there is no term \"\(name)\"; \(advice) To search for text with \(sign) in it, put it in quotes."
    }
}

/// What stands after a term's name.
private struct FilterValue {
    let term: FilterTermName
    /// The sign between the name and the value.
    let sign: String
    let text: String
    /// Whether some of it stands in quotes.
    let isQuoted: Bool
    let keyBits: Int
    /// The places of the sign and of the value, in Unicode scalars.
    let signRange: Range<Int>
    let range: Range<Int>

    /// The term with its value.
    func read() throws(FilterError) -> FilterTerm {
        switch term {
        case .bc:
            try requireColon()
            return .broadcast(isQuoted ? Glob(exactly: text) : Glob(text))
        case .ev: return .event(try word())
        case .st: return .state(try word())
        case .end: return .end(try word())
        case .kind: return .strategy(try word())
        case .phase: return .phase(try word())
        case .changes: return .changes(try word())
        case .node:
            try requireColon()
            return .node(try key())
        case .told:
            try requireColon()
            return .told(try key())
        case .err:
            try requireColon()
            return .error(text == "*" && !isQuoted ? nil : text.lowercased())
        case .time: return .time(try comparison(), try time())
        case .rtt: return .roundTrip(try comparison(), try time())
        case .step: return .step(try comparison(), try number())
        case .cpl: return .commonPrefix(try comparison(), try number())
        case .dist: return .distance(try comparison(), try key())
        case .best: return .best(try comparison(), try key())
        case .known: return .count(.known, try comparison(), try number())
        case .todo: return .count(.todo, try comparison(), try number())
        case .inflight: return .count(.inflight, try comparison(), try number())
        case .stored: return .count(.stored, try comparison(), try number())
        case .failed: return .count(.failed, try comparison(), try number())
        case .ignored, .violation:
            throw FilterError("\(term.rawValue) stands alone; remove what follows it", at: signRange.lowerBound..<range.upperBound)
        }
    }

    /// An equals sign is as good as a colon.
    private func requireColon() throws(FilterError) {
        guard sign != ":", sign != "=", sign != "==" else { return }
        let remedy = sign == "!=" ? "write !\(term.rawValue):\(text) for what it is not" : "write a colon, as in \(term.example)"
        throw FilterError("\(term.rawValue) can't be compared with \(sign); \(remedy)", at: signRange)
    }

    /// A colon is as good as an equals sign.
    private func comparison() throws(FilterError) -> Comparison {
        if sign == ":" || sign == "==" { return .equal }
        if let comparison = Comparison(rawValue: sign) { return comparison }
        let signs = Comparison.allCases.map(\.rawValue).joined(separator: " ")
        throw FilterError("\(sign) is no comparison; use one of \(signs)", at: signRange)
    }

    private func word<Word: FilterWord>() throws(FilterError) -> Word {
        try requireColon()
        let wanted = text.lowercased()
        if let word = Word.allCases.first(where: { $0.word == wanted }) { return word }
        let words = Word.allCases.map(\.word)
        let advice = nearestWord(to: text, among: words).map { "did you mean \($0)?" } ?? "use one of \(words.joined(separator: ", "))"
        throw FilterError("\(term.rawValue) knows no \"\(text)\"; \(advice)", at: range)
    }

    private func number() throws(FilterError) -> Int {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            throw FilterError("\"\(text)\" is not a number; write digits, as in \(term.example)", at: range)
        }
        guard let number = Int(text) else { throw FilterError("\(text) is too large; use at most \(Int.max)", at: range) }
        return number
    }

    private func time() throws(FilterError) -> Nanoseconds {
        if let time = Nanoseconds(filterText: text) { return time }
        throw FilterError("\"\(text)\" is not a time; write a number and one of ns, us, ms, s, m, h, as in \(term.example)", at: range)
    }

    private func key() throws(FilterError) -> KeyPrefix {
        guard let prefix = KeyPrefix(text) else {
            let problem = text.utf8.count > 64 ? "is longer than any key" : "is not hexadecimal"
            throw FilterError("\"\(text)\" \(problem); write the first digits, 0-9 and a-f, as in \(term.example)", at: range)
        }
        guard 4 * prefix.digits <= keyBits else {
            throw FilterError("\"\(text)\" is longer than the keys of this run; write at most \(keyBits / 4) digits", at: range)
        }
        return prefix
    }
}
