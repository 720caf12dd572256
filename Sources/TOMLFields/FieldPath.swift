/// Where a value stands in a TOML text: keys, and indices of arrays.
struct FieldPath: Hashable, Sendable, CustomStringConvertible {
    enum Component: Hashable, Sendable {
        case key(String)
        /// Counted from 0.
        case index(Int)
    }

    var components: [Component] = []

    static let root = FieldPath()

    func appending(_ key: String) -> FieldPath { FieldPath(components: components + [.key(key)]) }
    func appending(_ index: Int) -> FieldPath { FieldPath(components: components + [.index(index)]) }

    /// The path of the table or array it stands in; the root's is the root.
    var parent: FieldPath { FieldPath(components: Array(components.dropLast())) }

    /// `a.b[2]."a key"`: keys are quoted where TOML wants it.
    var description: String {
        var result = ""
        for component in components {
            switch component {
            case .key(let key):
                if !result.isEmpty { result += "." }
                result += key.isBareKey ? key : key.quoted
            case .index(let index):
                result += "[\(index)]"
            }
        }
        return result
    }
}

extension String {
    /// Whether TOML takes it as a key without quotes.
    var isBareKey: Bool {
        !isEmpty && utf8.count <= 60
            && unicodeScalars.allSatisfy { scalar in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
                default: false
                }
            }
    }

    /// The text in quotation marks for a message: on one line, without controls, cut after 40 scalars.
    public var quoted: String {
        var result = "\""
        for scalar in unicodeScalars.prefix(40) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        if unicodeScalars.dropFirst(40).first != nil { result += "…" }
        return result + "\""
    }
}
