/// A way to compare a value with a given one.
enum Comparison: String, Hashable, Sendable, CaseIterable {
    case less = "<"
    case atMost = "<="
    case more = ">"
    case atLeast = ">="
    case equal = "="
    case unequal = "!="

    /// Whether the value compares so with the given one.
    func holds<Value: Comparable>(_ value: Value, _ given: Value) -> Bool {
        switch self {
        case .less: value < given
        case .atMost: value <= given
        case .more: value > given
        case .atLeast: value >= given
        case .equal: value == given
        case .unequal: value != given
        }
    }
}
