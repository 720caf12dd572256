/// What is wrong with the text of a ``Filter`` or a ``Watch``, and where.
public struct FilterError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong and what would be right, in a sentence.
    public let message: String
    /// The characters that are wrong, counted from 0: what a caret points at. It is empty only at the end of the text.
    public let range: Range<Int>

    /// An error at this place.
    public init(_ message: String, at range: Range<Int>) {
        self.message = message
        self.range = range
    }

    /// The message with its place, counted from 1.
    public var description: String { "character \(range.lowerBound + 1): \(message)" }

    /// The error with a range of characters for one of Unicode scalars.
    func inCharacters(of text: String) -> FilterError {
        FilterError(message, at: text.characters(ofScalars: range))
    }
}

extension String {
    /// The characters that these Unicode scalars are part of, both counted from 0. O(length).
    func characters(ofScalars range: Range<Int>) -> Range<Int> {
        var (scalars, lower, upper, count) = (0, Int?.none, Int?.none, 0)
        for character in self {
            scalars += character.unicodeScalars.count
            if lower == nil, range.lowerBound < scalars { lower = count }
            if upper == nil, range.upperBound <= scalars { upper = count + 1 }
            count += 1
        }
        let start = lower ?? count
        return start..<(range.isEmpty ? start : max(start, upper ?? count))
    }

    /// The number of Unicode scalars before a character: for 0 or less none, beyond the end all. O(length).
    func scalarOffset(ofCharacter offset: Int) -> Int {
        prefix(max(0, offset)).unicodeScalars.count
    }
}
