/// On which line of a TOML text each of its fields stands, and in which order they come.
struct TOMLLines: Sendable {
    private var lines: [FieldPath: Int] = [:]
    private var children: [FieldPath: [String]] = [:]

    /// Notes that `path` begins on `line`; what was noted first stays.
    mutating func note(_ path: FieldPath, line: Int) {
        guard lines[path] == nil else { return }
        lines[path] = line
        if case .key(let key)? = path.components.last { children[path.parent, default: []].append(key) }
    }

    /// The line of the field, of what it stands in if the field itself is not in the text, and 1 for the text as a whole.
    func line(of path: FieldPath) -> Int {
        var path = path
        while !path.components.isEmpty {
            if let line = lines[path] { return line }
            path = path.parent
        }
        return 1
    }

    /// The keys of a table in the order of their first appearance.
    func keys(of path: FieldPath) -> [String] { children[path] ?? [] }
}
