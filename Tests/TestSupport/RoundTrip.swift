internal import Foundation

/// The value after it was written as JSON and read again.
public func afterRoundTrip<Value: Codable>(_ value: Value) throws -> Value {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try JSONDecoder().decode(Value.self, from: encoder.encode(value))
}

/// The value as JSON text, with sorted keys.
public func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}

/// A value of JSON text.
public func decoded<Value: Decodable>(_ type: Value.Type, from json: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(json.utf8))
}

/// Whether the long runs were asked for: with `KADSCOPE_LONG=1` in the environment.
public var longRunsWanted: Bool {
    ProcessInfo.processInfo.environment["KADSCOPE_LONG"] == "1"
}
