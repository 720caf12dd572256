/// The bytes of an input, read from its beginning; after its end there are zeros.
struct Bytes {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        rest = ArraySlice(bytes)
    }

    /// Whether all bytes have been read.
    var isAtEnd: Bool { rest.isEmpty }

    mutating func next() -> UInt8 {
        rest.popFirst() ?? 0
    }

    /// A number in 0..<`limit`.
    mutating func below(_ limit: Int) -> Int {
        Int(next()) % limit
    }

    /// One of the values.
    mutating func pick<Value>(_ values: [Value]) -> Value {
        values[below(values.count)]
    }

    /// Eight bytes as a number.
    mutating func number() -> Int64 {
        var number: UInt64 = 0
        for _ in 0..<8 { number = number << 8 | UInt64(next()) }
        return Int64(bitPattern: number)
    }
}
