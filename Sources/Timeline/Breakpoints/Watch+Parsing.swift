extension Watch {
    /// The watch that a text describes: a measure and a broadcast's name, as in `best b1`. In the name `*` stands for any text; without
    /// a name all broadcasts are watched.
    ///
    /// - Throws: an error that tells the place in the text and what would be right.
    public static func parse(_ text: String) throws(FilterError) -> Watch {
        do {
            return try parse(try FilterToken.tokens(of: text))
        } catch {
            throw error.inCharacters(of: text)
        }
    }

    /// The watch of these pieces of a text. Errors are in Unicode scalars.
    private static func parse(_ tokens: [FilterToken]) throws(FilterError) -> Watch {
        let list = Measure.allCases.map(\.word).joined(separator: ", ")
        guard let first = tokens.first else { throw FilterError("there is nothing to watch; write one of \(list)", at: 0..<0) }
        guard case .word(let letters) = first.kind else {
            throw FilterError("a watch begins with one of \(list), as in best b1", at: first.range)
        }
        let written = letters.text.lowercased()
        guard let measure = Measure.allCases.first(where: { $0.word == written }) else {
            let advice = nearestWord(to: written, among: Measure.allCases.map(\.word)).map { "did you mean \($0)?" } ?? "use one of \(list)"
            throw FilterError("\"\(letters.text)\" can't be watched; \(advice)", at: first.range)
        }
        guard tokens.count > 1 else { return Watch(measure, names: nil) }
        guard case .word(var name) = tokens[1].kind else {
            throw FilterError(
                "a broadcast's name belongs here, as in \(measure.word) b1; put it in quotes if it has signs", at: tokens[1].range)
        }
        if name.prefix(3).text.lowercased() == "bc:", !name.prefix(3).contains(where: \.isQuoted) {
            guard tokens[1].range.count > 3 else {
                throw FilterError("the broadcast's name is missing, as in \(measure.word) b1", at: tokens[1].range)
            }
            name.removeFirst(3)
        }
        guard tokens.count == 2 else {
            throw FilterError(
                "a watch is of one broadcast; remove this, or put a name with blanks in quotes",
                at: tokens[2].range.lowerBound..<tokens[tokens.count - 1].range.upperBound)
        }
        return Watch(measure, names: name.contains(where: \.isQuoted) ? Glob(exactly: name.text) : Glob(name.text))
    }
}
