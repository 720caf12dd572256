/// What went wrong with a request to a node.
public enum RequestError: Error, Hashable, Sendable, Codable {
    /// The node did not answer before the deadline.
    case timedOut
    /// The operation was stopped while the request was awaited.
    case cancelled
    /// The node, or the way to it, failed; in the words of whoever noticed.
    case failed(String)
}

extension RequestError: CustomStringConvertible {
    /// What went wrong, in few words.
    public var description: String {
        switch self {
        case .timedOut: "timed out"
        case .cancelled: "cancelled"
        case .failed(let reason): reason
        }
    }
}
