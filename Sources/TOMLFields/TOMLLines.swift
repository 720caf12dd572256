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
    /// What messages call the settings from outside, by the path of what they set.
    private var settings: [FieldPath: String] = [:]

    /// Notes that `path` begins at a place; what was noted first stays.
    mutating func note(_ path: FieldPath, at place: TOMLPlace) {
        guard places[path] == nil else { return }
        places[path] = place
        if case .key(let key)? = path.components.last { children[path.parent, default: []].append(key) }
    }

    /// Notes that what stands at `path` is set from outside, by something that messages call `setting`.
    mutating func note(_ setting: String, over path: FieldPath) { settings[path] = setting }

    /// The setting that the field comes from, and the path of what it sets; nil if it comes from the text.
    func setting(of path: FieldPath) -> (label: String, path: FieldPath)? {
        guard !settings.isEmpty else { return nil }
        var path = path
        while !path.components.isEmpty {
            if let label = settings[path] { return (label, path) }
            path = path.parent
        }
        return nil
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

    /// A complaint about a field of the text that is called `source`.
    func error(about path: FieldPath, of source: String, _ problem: String, _ remedy: String) -> TOMLFieldError {
        let setting = setting(of: path)
        return TOMLFieldError(
            source: source, line: line(of: path), column: column(of: path), field: setting?.path == path ? "" : path.description,
            problem: problem, remedy: remedy, setting: setting?.label)
    }

    /// The keys of a table in the order of their first appearance.
    func keys(of path: FieldPath) -> [String] { children[path] ?? [] }
}
