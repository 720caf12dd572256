/// A field that is set from outside, over what a text says: `pool.queryConcurrency=10`.
///
/// The path is one of keys and of indices of arrays, as in `broadcast[0].strategy`; without an index it means the field of every element.
/// The value is a TOML value; a text without marks of TOML (`2s`, `followUp`) may stand without quotation marks.
public struct TOMLSetting: Hashable, Sendable, CustomStringConvertible {
    /// The path, as it was written.
    public let path: String
    /// The value, as it was written.
    public let value: String

    let components: [FieldPath.Component]
    let node: TOMLNode

    /// Reads `PATH=VALUE`.
    ///
    /// - Throws: what is wrong with the path or the value.
    public init(_ text: String) throws(TOMLFieldError) {
        guard let equals = text.firstIndex(of: "=") else {
            throw Self.error(text, "there is no value", "write PATH=VALUE, such as pool.queryConcurrency=10")
        }
        try self.init(path: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
    }

    /// A setting of this path to this value.
    ///
    /// - Throws: what is wrong with the path or the value.
    public init(path: String, value: String) throws(TOMLFieldError) {
        self.path = path.trimmed
        self.value = value.trimmed
        let text = "\(self.path)=\(self.value)"
        guard let components = Self.components(of: self.path) else {
            throw Self.error(
                text, "\(self.path.quoted) is no path", "write keys with points between them, such as network.size or broadcast[0].strategy"
            )
        }
        guard !self.value.isEmpty else { throw Self.error(text, "there is no value", "write one after the =, or \"\" for an empty text") }
        self.components = components
        node = try Self.node(of: self.value, text)
    }

    /// `PATH=VALUE`.
    public var description: String { "\(path)=\(value)" }

    /// What messages call it.
    var label: String { Self.label(description) }

    private static func label(_ text: String) -> String { "--set \(text)" }

    static func error(_ text: String, _ problem: String, _ remedy: String) -> TOMLFieldError {
        TOMLFieldError(source: label(text), line: 1, field: "", problem: problem, remedy: remedy, setting: label(text))
    }

    /// Whether both are written the same.
    public static func == (a: TOMLSetting, b: TOMLSetting) -> Bool { a.path == b.path && a.value == b.value }

    /// Hashes what is written.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(path)
        hasher.combine(value)
    }

    /// The parts of a path; nil if it is none.
    private static func components(of path: String) -> [FieldPath.Component]? {
        var components: [FieldPath.Component] = []
        for part in path.split(separator: ".", omittingEmptySubsequences: false) {
            let key = part.prefix { $0 != "[" }
            guard String(key).isBareKey, components.count < TOMLScanner.depthLimit else { return nil }
            components.append(.key(String(key)))
            let rest = part.dropFirst(key.count)
            guard !rest.isEmpty else { continue }
            guard rest.last == "]", let index = Int(rest.dropFirst().dropLast()), index >= 0 else { return nil }
            components.append(.index(index))
        }
        return components.isEmpty ? nil : components
    }

    /// The value that a text means.
    private static func node(of value: String, _ text: String) throws(TOMLFieldError) -> TOMLNode {
        let isMarked = value.first.map { "[{\"'".contains($0) } ?? false
        do throws(TOMLFieldError) {
            let root = try TOMLDocument(text: "value = \(value)", source: text).root
            if root.keys == ["value"], let field = root.field("value") { return field.node }
        } catch {
            guard !isMarked else { throw Self.error(text, "\(value.quoted) is no TOML value: \(error.problem)", "put it in order") }
        }
        guard !isMarked else { throw Self.error(text, "\(value.quoted) is more than one TOML value", "give one") }
        return .string(value)
    }
}

extension String {
    /// Without white space at its ends.
    fileprivate var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(self[first...last])
    }
}

// MARK: - Over a text

extension TOMLNode {
    /// Sets a field; tables that are not there come to be.
    ///
    /// - Parameter lines: notes that the field stands in no line.
    /// - Throws: if the path leads through something that has no fields, or to an element that there is none of.
    mutating func set(_ setting: TOMLSetting, in lines: inout TOMLLines) throws(TOMLFieldError) {
        try set(setting, setting.components[...], at: .root, &lines)
    }

    private mutating func set(
        _ setting: TOMLSetting, _ rest: ArraySlice<FieldPath.Component>, at path: FieldPath, _ lines: inout TOMLLines
    ) throws(TOMLFieldError) {
        guard let next = rest.first else {
            self = setting.node
            lines.note(setting.label, over: path)
            return
        }
        switch (next, self) {
        case (.key(let key), .table(var fields)):
            // A table that only the setting makes is the setting's.
            if fields[key] == nil { lines.note(setting.label, over: path.appending(key)) }
            var field = fields[key] ?? .table([:])
            try field.set(setting, rest.dropFirst(), at: path.appending(key), &lines)
            fields[key] = field
            self = .table(fields)
        case (.key, .array(var elements)):
            guard !elements.isEmpty else { throw TOMLSetting.error(setting.description, "\(path) has no elements", "leave it out") }
            for index in elements.indices { try elements[index].set(setting, rest, at: path.appending(index), &lines) }
            self = .array(elements)
        case (.index(let index), .array(var elements)):
            guard elements.indices.contains(index) else {
                throw TOMLSetting.error(
                    setting.description, "there is no \(path)[\(index)]",
                    elements.isEmpty ? "\(path) has no elements" : "use \(path)[0] to \(path)[\(elements.count - 1)]")
            }
            try elements[index].set(setting, rest.dropFirst(), at: path.appending(index), &lines)
            self = .array(elements)
        case (.key, .string), (.key, .integer), (.key, .number), (.key, .boolean):
            throw TOMLSetting.error(setting.description, "\(path) is \(kind.name), which has no fields", "set \(path) as a whole")
        case (.index, .string), (.index, .integer), (.index, .number), (.index, .boolean), (.index, .table):
            throw TOMLSetting.error(setting.description, "\(path) is no array in the file", "leave out the index")
        }
    }
}
