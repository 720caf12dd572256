/// A place in a text.
struct TOMLPlace: Hashable, Sendable {
    /// Counted from 1.
    let line: Int
    /// The number of characters before it on the line, and one.
    let column: Int
}

/// Where in a TOML text each of its fields stands, and in which order they come.
struct TOMLLines: Sendable {
    /// Whether complaints about fields tell the column too.
    var tellsColumns = false
    private var places: [FieldPath: TOMLPlace] = [:]
    private var children: [FieldPath: [String]] = [:]

    /// Notes that `path` begins at a place; what was noted first stays.
    mutating func note(_ path: FieldPath, at place: TOMLPlace) {
        guard places[path] == nil else { return }
        places[path] = place
        if case .key(let key)? = path.components.last { children[path.parent, default: []].append(key) }
    }

    /// The line of the field, of what it stands in if the field itself is not in the text, and 1 for the text as a whole.
    func line(of path: FieldPath) -> Int { place(of: path).line }

    /// The column of the same; nil if complaints are not to tell it.
    func column(of path: FieldPath) -> Int? { tellsColumns ? place(of: path).column : nil }

    private func place(of path: FieldPath) -> TOMLPlace {
        var path = path
        while !path.components.isEmpty {
            if let place = places[path] { return place }
            path = path.parent
        }
        return TOMLPlace(line: 1, column: 1)
    }

    /// The keys of a table in the order of their first appearance.
    func keys(of path: FieldPath) -> [String] { children[path] ?? [] }
}
