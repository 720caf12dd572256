/// A name, or a pattern of names in which `*` stands for any text.
struct Glob: Hashable, Sendable, CustomStringConvertible {
    /// The name or the pattern.
    let text: String
    /// Whether a `*` stands only for itself.
    let isLiteral: Bool

    /// A pattern.
    init(_ text: String) {
        self.text = text
        isLiteral = !text.utf8.contains(star)
    }

    /// A name.
    init(exactly text: String) {
        self.text = text
        isLiteral = true
    }

    /// Whether a name is meant. O(length of name · length of pattern) at worst.
    func matches(_ name: String) -> Bool {
        guard !isLiteral else { return name == text }
        let (pattern, bytes) = (Array(text.utf8), Array(name.utf8))
        var (place, next) = (0, 0)
        var retry: (place: Int, next: Int)?
        while next < bytes.count {
            if place < pattern.count, pattern[place] == star {
                place += 1
                retry = (place, next)
            } else if place < pattern.count, pattern[place] == bytes[next] {
                place += 1
                next += 1
            } else if let last = retry {
                // The star takes one byte more.
                retry = (last.place, last.next + 1)
                (place, next) = (last.place, last.next + 1)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == star }
    }

    /// The text as it is written in a filter: in quotes, if its stars are no stars.
    var description: String {
        isLiteral && text.utf8.contains(star) ? FilterToken.quoted(text) : FilterToken.quotedValue(text)
    }
}

private let star = UInt8(ascii: "*")
