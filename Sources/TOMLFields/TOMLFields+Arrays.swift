extension TOMLFields {
    /// An array of texts.
    public func strings(_ key: String) throws(TOMLFieldError) -> [String]? {
        try array(key, "an array of strings", "write [\"…\", \"…\"]") { field throws(TOMLFieldError) in try field.string() }
    }

    /// An array of whole numbers, each in `range`.
    public func integers(_ key: String, in range: ClosedRange<Int>) throws(TOMLFieldError) -> [Int]? {
        try array(key, "an array of whole numbers", "write [1, 2]") { field throws(TOMLFieldError) in try field.integer(in: range) }
    }

    /// An array of numbers, each in `range` and finite.
    public func numbers(_ key: String, in range: ClosedRange<Double>) throws(TOMLFieldError) -> [Double]? {
        try array(key, "an array of numbers", "write [0.5, 1]") { field throws(TOMLFieldError) in try field.number(in: range) }
    }

    /// An array of durations, each in `range`.
    public func durations(_ key: String, in range: ClosedRange<Duration>) throws(TOMLFieldError) -> [Duration]? {
        try array(key, "an array of durations", "write [\"80ms\", \"1.5s\"]") { field throws(TOMLFieldError) in
            try field.duration(in: range)
        }
    }

    /// An array of rows of durations, each in `range`.
    public func durationRows(_ key: String, in range: ClosedRange<Duration>) throws(TOMLFieldError) -> [[Duration]]? {
        let (wanted, remedy) = ("an array of durations", "write [\"80ms\", \"1.5s\"]")
        return try array(key, "an array of rows of durations", "write [[\"1ms\", \"80ms\"], [\"80ms\", \"1ms\"]]") {
            (row) throws(TOMLFieldError) in
            var durations: [Duration] = []
            for field in try row.elements(wanted, remedy) { durations.append(try field.duration(in: range)) }
            return durations
        }
    }

    /// An array of words that are the raw values of a type.
    public func choices<Choice: RawRepresentable & CaseIterable>(
        _ key: String, of type: Choice.Type
    ) throws(TOMLFieldError) -> [Choice]? where Choice.RawValue == String {
        try array(key, "an array of strings", "write [\"…\", \"…\"]") { field throws(TOMLFieldError) in try field.choice(of: type) }
    }

    /// The table under a key, `[key]` or inline.
    public func table(_ key: String) throws(TOMLFieldError) -> TOMLFields? {
        try field(key)?.table()
    }

    /// The tables of an array of tables, `[[key]]` or inline; none if it is absent.
    public func tables(_ key: String) throws(TOMLFieldError) -> [TOMLFields] {
        let remedy = "write [[\(path(of: key))]] once for each"
        return try array(key, "an array of tables", remedy) { field throws(TOMLFieldError) in try field.table() } ?? []
    }

    private func array<Element>(
        _ key: String, _ wanted: String, _ remedy: String, _ read: (TOMLField) throws(TOMLFieldError) -> Element
    ) throws(TOMLFieldError) -> [Element]? {
        guard let fields = try field(key)?.elements(wanted, remedy) else { return nil }
        var elements: [Element] = []
        for field in fields { elements.append(try read(field)) }
        return elements
    }
}
