import Canvas

/// Keeps pasted text together, so that it is not taken for keys.
struct PasteFilter {
    /// The pasted text up to now; nil outside pasted text.
    private var text: [Unicode.Scalar]?
    /// When the last part of it came.
    private var last: ContinuousClock.Instant?

    /// How long pasted text may pause. Whatever comes later is typed: its end mark was lost.
    private static let patience = Duration.seconds(1)
    /// The number of characters that are kept of a pasted text.
    static let limit = 1 << 16

    /// What comes of something that was read at `now`.
    mutating func pass(_ code: KeyCode, at now: ContinuousClock.Instant) -> [Input] {
        if code == .key(KeyCode.pasteBegin) {
            let lost = end()
            (text, last) = ([], now)
            return lost
        }
        if code == .key(KeyCode.pasteEnd) { return end() }
        let lost = last.map { now - $0 > PasteFilter.patience } ?? false ? end() : []
        guard text != nil else { return lost + (code.input.map { [$0] } ?? []) }
        last = now
        if case .character(let value) = code, let scalar = Unicode.Scalar(value), text?.count ?? 0 < PasteFilter.limit {
            text?.append(scalar)
        }
        return []
    }

    private mutating func end() -> [Input] {
        defer { (text, last) = (nil, nil) }
        guard let text else { return [] }
        var pasted = String.UnicodeScalarView()
        pasted.append(contentsOf: text)
        return [.pasted(String(pasted))]
    }
}
