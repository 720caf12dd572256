public import Coordination

/// Why a broadcast was not started.
public enum BroadcastRejection: Error, Hashable, Sendable, Codable {
    /// A broadcast of that id is running. It goes on untouched.
    case idInUse
    /// An id may not be empty.
    case emptyID
    /// A field of the configuration is out of its range.
    case invalidConfiguration(ConfigurationError)
    /// As many broadcasts are running as the pool's configuration allows.
    case poolFull(limit: Int)
}

extension BroadcastRejection: CustomStringConvertible {
    /// The reason in few words, with what would be right.
    public var description: String {
        switch self {
        case .idInUse: "a broadcast of this id is running; wait for its end or use another id"
        case .emptyID: "the id is empty; use any other text"
        case .invalidConfiguration(let error): error.description
        case .poolFull(let limit): "the pool is full: maxBroadcasts is \(limit)"
        }
    }
}
