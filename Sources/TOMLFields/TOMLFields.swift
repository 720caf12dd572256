/// One table of a TOML text, read field by field.
///
/// Every reader gives nil for a field that is absent and throws a ``TOMLFieldError`` for one that is not as it should be.
public struct TOMLFields: Sendable {
    let node: TOMLNode
    let path: FieldPath
    let source: String
    let lines: TOMLLines

    private var values: [String: TOMLNode] {
        guard case .table(let values) = node else { return [:] }
        return values
    }

    func field(_ key: String) -> TOMLField? {
        values[key].map { TOMLField(node: $0, path: path.appending(key), source: source, lines: lines) }
    }

    /// The keys of the table in the order of their first appearance in the text.
    public var keys: [String] {
        let ordered = lines.keys(of: path).filter { values[$0] != nil }
        guard ordered.count != values.count else { return ordered }
        let known = Set(ordered)
        return ordered + values.keys.filter { !known.contains($0) }.sorted()
    }

    /// The dotted path of a field of this table, as messages show it.
    public func path(of key: String) -> String { path.appending(key).description }

    /// The line of a field, counted from 1; the line of the table if it has no such field.
    public func line(of key: String) -> Int { lines.line(of: path.appending(key)) }

    /// What kind of value a field has; nil if it is absent.
    public func kind(of key: String) -> TOMLKind? { values[key]?.kind }

    /// A complaint about a field of this table, present or not.
    public func error(_ key: String, _ problem: String, remedy: String) -> TOMLFieldError {
        lines.error(about: path.appending(key), of: source, problem, remedy)
    }

    /// The value of a field that must not be absent.
    ///
    /// - Parameter remedy: what to write, such as `write a number of nodes`.
    /// - Throws: if `value` is nil.
    public func require<Value>(_ value: Value?, _ key: String, remedy: String) throws(TOMLFieldError) -> Value {
        guard let value else { throw error(key, "it is missing", remedy: remedy) }
        return value
    }

    /// Refuses fields that nobody reads, which are misspelt ones as a rule.
    ///
    /// - Throws: for the first field whose key is not among `known`, with the nearest of those or else with all of them.
    public func refuseOthers(than known: [String]) throws(TOMLFieldError) {
        guard let key = keys.first(where: { !known.contains($0) }), let field = field(key) else { return }
        throw field.error("unknown field", field.correction(of: key, among: known))
    }
}
