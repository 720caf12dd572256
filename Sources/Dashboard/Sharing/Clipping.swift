/// A text for the clipboard.
public struct Clipping: Equatable, Sendable {
    /// What is put there.
    public let text: String
    /// What it is, in a few words: `the key of node 9f3c…0a`.
    public let name: String

    /// What is said when it is there.
    public var confirmation: String {
        "copied \(name): \(text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: " "))"
    }
}
