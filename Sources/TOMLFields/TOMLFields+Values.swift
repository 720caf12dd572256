extension TOMLFields {
    /// A text.
    public func string(_ key: String) throws(TOMLFieldError) -> String? {
        try field(key)?.string()
    }

    /// A whole number in `range`.
    public func integer(_ key: String, in range: ClosedRange<Int>) throws(TOMLFieldError) -> Int? {
        try field(key)?.integer(in: range)
    }

    /// A whole or decimal number in `range`; not-a-number and infinity are refused.
    public func number(_ key: String, in range: ClosedRange<Double>) throws(TOMLFieldError) -> Double? {
        try field(key)?.number(in: range)
    }

    /// `true` or `false`.
    public func boolean(_ key: String) throws(TOMLFieldError) -> Bool? {
        try field(key)?.boolean()
    }

    /// A duration in `range`, written as a text of a decimal number and a unit: `80ms`, `1.5s`, `2min`, `1h`, `250us`, `10ns`.
    ///
    /// It is exact, and a whole number of nanoseconds. A number without a unit is refused.
    public func duration(_ key: String, in range: ClosedRange<Duration>) throws(TOMLFieldError) -> Duration? {
        try field(key)?.duration(in: range)
    }

    /// One of the words that are the raw values of a type.
    public func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, of type: Choice.Type
    ) throws(TOMLFieldError) -> Choice? where Choice.RawValue == String {
        try field(key)?.choice(of: type)
    }
}
