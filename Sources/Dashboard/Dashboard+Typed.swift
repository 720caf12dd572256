// MARK: - The lines that were typed, for whoever keeps them from one run of the program to the next

extension Dashboard {
    /// The number of lines of each kind that can be brought back.
    static let keptLines = 200

    /// The lines that were typed since the last call, the oldest first: each with the sign before it, such as `:break ev:fail`.
    public mutating func takeTypedLines() -> [String] {
        defer { unkeptLines = [] }
        return unkeptLines
    }

    /// Takes over lines that were typed before, the oldest first, each with its sign; what has none is left out.
    public mutating func recall(_ lines: [String]) {
        for line in lines {
            guard let purpose = Prompt.Purpose.allCases.first(where: { line.hasPrefix($0.sign) }) else { continue }
            let text = String(line.dropFirst()).trimmed
            guard !text.isEmpty else { continue }
            var known = typed[purpose] ?? []
            known.removeAll { $0 == text }
            typed[purpose] = Array((known + [text]).suffix(Self.keptLines))
        }
    }
}
