/// The word that is most likely meant by a misspelt one; `nil` when none is near.
///
/// Near is at most one edit (a letter too many, too few, another, or two swapped) for every three letters, and one at least. Of
/// equally near words it is the first. A word of more than 32 letters is near none.
public func nearestWord(to word: String, among words: [String]) -> String? {
    let letters = Array(word.lowercased().unicodeScalars)
    guard !letters.isEmpty, letters.count <= 32 else { return nil }
    var nearest: (edits: Int, word: String)?
    for candidate in words {
        let others = Array(candidate.unicodeScalars)
        let edits = edits(from: letters, to: others)
        if edits <= max(1, letters.count / 3), edits < others.count, edits < nearest?.edits ?? .max { nearest = (edits, candidate) }
    }
    return nearest?.word
}

/// The number of edits from one word to another (optimal string alignment).
private func edits(from left: [Unicode.Scalar], to right: [Unicode.Scalar]) -> Int {
    var (beforePrevious, previous) = ([Int](), Array(0...right.count))
    for (row, letter) in left.enumerated() {
        var current = [row + 1]
        for (column, other) in right.enumerated() {
            var count = min(previous[column + 1] + 1, current[column] + 1, previous[column] + (letter == other ? 0 : 1))
            if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                count = min(count, beforePrevious[column - 1] + 1)
            }
            current.append(count)
        }
        (beforePrevious, previous) = (previous, current)
    }
    return previous[right.count]
}
