/// A value, its place and its text: what a complaint needs.
struct TOMLField {
    let node: TOMLNode
    let path: FieldPath
    let source: String
    let lines: TOMLLines

    func error(_ problem: String, _ remedy: String) -> TOMLFieldError {
        lines.error(about: path, of: source, problem, remedy)
    }

    /// The complaint about a value of another kind.
    private func mismatch(_ wanted: String, _ remedy: String) -> TOMLFieldError {
        switch node {
        case .array, .table: error("it is \(node.kind.name), not \(wanted)", remedy)
        case .string, .integer, .number, .boolean: error("\(node.shown) is \(node.kind.name), not \(wanted)", remedy)
        }
    }

    private func checked<Value: Comparable>(
        _ value: Value, in range: ClosedRange<Value>, _ shown: (Value) -> String
    ) throws(TOMLFieldError) -> Value {
        let remedy = "use \(shown(range.lowerBound)) to \(shown(range.upperBound))"
        if value < range.lowerBound { throw error("\(node.shown) is too small", remedy) }
        if value > range.upperBound { throw error("\(node.shown) is too large", remedy) }
        return value
    }

    func string() throws(TOMLFieldError) -> String {
        guard case .string(let text) = node else { throw mismatch("a string", "write it in quotation marks") }
        return text
    }

    func integer(in range: ClosedRange<Int>) throws(TOMLFieldError) -> Int {
        guard case .integer(let value) = node else {
            if case .string(let text) = node, let isNegative = text.isNegativeBeyondBounds {
                throw error("\(text) is too \(isNegative ? "small" : "large")", "use \(range.lowerBound) to \(range.upperBound)")
            }
            throw mismatch("a whole number", "use \(range.lowerBound) to \(range.upperBound)")
        }
        return try checked(value, in: range) { String($0) }
    }

    func number(in range: ClosedRange<Double>) throws(TOMLFieldError) -> Double {
        let value: Double
        switch node {
        case .integer(let whole): value = Double(whole)
        case .number(let decimal): value = decimal
        case .string, .boolean, .array, .table:
            throw mismatch("a number", "use \(range.lowerBound.shown) to \(range.upperBound.shown)")
        }
        guard value.isFinite else {
            throw error("\(node.shown) is not a finite number", "use \(range.lowerBound.shown) to \(range.upperBound.shown)")
        }
        return try checked(value, in: range, \.shown)
    }

    func boolean() throws(TOMLFieldError) -> Bool {
        guard case .boolean(let value) = node else { throw mismatch("a boolean", "write true or false") }
        return value
    }

    func duration(in range: ClosedRange<Duration>) throws(TOMLFieldError) -> Duration {
        switch node {
        case .integer, .number:
            throw error("\(node.shown) has no unit", "write it with one of \(DurationUnit.list), such as \"\(node.shown)ms\"")
        case .boolean, .array, .table:
            throw mismatch("a duration", "write a number and one of \(DurationUnit.list), such as \"80ms\"")
        case .string(let text):
            guard let value = Duration(toml: text) else {
                if let seconds = DurationUnit.roughSeconds(text) {
                    throw error(
                        "\(text.quoted) \(seconds.magnitude < 1 ? "has too many digits" : seconds < 0 ? "is too small" : "is too large")",
                        "use \(range.lowerBound.tomlText) to \(range.upperBound.tomlText)")
                }
                throw error("\(text.quoted) is not a duration", "write a number and one of \(DurationUnit.list), such as \"80ms\"")
            }
            return try checked(value, in: range, \.tomlText)
        }
    }

    func choice<Choice: RawRepresentable & CaseIterable>(of type: Choice.Type) throws(TOMLFieldError) -> Choice
    where Choice.RawValue == String {
        let names = type.allCases.map(\.rawValue)
        guard case .string(let text) = node else { throw mismatch("a string", "use one of \(names.joined(separator: ", "))") }
        guard let choice = Choice(rawValue: text) else {
            throw error("\(text.quoted) is unknown", correction(of: text, among: names))
        }
        return choice
    }

    func correction(of word: String, among names: [String]) -> String {
        if let near = closestMatch(to: word, among: names) { return "did you mean \"\(near)\"?" }
        return names.isEmpty ? "leave it out" : "use one of \(names.joined(separator: ", "))"
    }

    func table() throws(TOMLFieldError) -> TOMLFields {
        guard case .table = node else {
            let isElement = if case .index = path.components.last { true } else { false }
            throw mismatch("a table", "write \(isElement ? "[[\(path.parent)]]" : "[\(path)]") with its fields below it")
        }
        return TOMLFields(node: node, path: path, source: source, lines: lines)
    }

    /// The elements of an array. `wanted` is what the array should hold, such as `an array of strings`.
    func elements(_ wanted: String, _ remedy: String) throws(TOMLFieldError) -> [TOMLField] {
        guard case .array(let nodes) = node else { throw mismatch(wanted, remedy) }
        return nodes.enumerated().map { index, node in
            TOMLField(node: node, path: path.appending(index), source: source, lines: lines)
        }
    }
}

extension String {
    /// Of a whole number that is beyond 64 bits: whether it is negative. Nil for any other text.
    fileprivate var isNegativeBeyondBounds: Bool? {
        let isNegative = hasPrefix("-")
        let digits = isNegative ? dropFirst() : self[...]
        guard Int(self) == nil, !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return isNegative
    }
}
