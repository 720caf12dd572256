internal import Coordination
public import Simulation

/// What is measured of a put.
public enum PutMeasure: String, Hashable, Sendable, CaseIterable {
    /// The time from its start to its end, in seconds.
    case duration
    /// All requests that it sent.
    case requests
    /// The find-closer requests that it sent.
    case finds
    /// The stores that it sent.
    case stores
    /// The requests that no answer came to in time.
    case timeouts
    /// The answers between the seed and each node stored with: a value for each of those nodes.
    case hops
    /// The nodes that have the record at the end.
    case holders
    /// The share of the true closest nodes that have it.
    case overlap
    /// By how many ranks its holders stand further out than the best; no value without holders.
    case regret
    /// The share of the duration that went into the lookup.
    case walk

    /// What it is called in files.
    public var fieldName: String {
        switch self {
        case .duration: "duration_s"
        case .walk: "walk_share"
        case .overlap: "overlap_share"
        case .regret: "regret_ranks"
        case .requests, .finds, .stores, .timeouts, .hops, .holders: rawValue
        }
    }

    /// What it is called in tables, with its unit.
    public var title: String {
        switch self {
        case .duration: "duration, s"
        case .requests: "requests"
        case .finds: "finds"
        case .stores: "stores"
        case .timeouts: "timeouts"
        case .hops: "hops to a store"
        case .holders: "holders"
        case .overlap: "overlap"
        case .regret: "regret, ranks"
        case .walk: "walk share"
        }
    }

    /// What stands at the axis of a picture.
    public var axisTitle: String {
        switch self {
        case .duration: "duration of a put (s)"
        case .requests: "requests per put"
        case .finds: "find-closer requests per put"
        case .stores: "stores per put"
        case .timeouts: "timeouts per put"
        case .hops: "hops from the seed to a node stored with"
        case .holders: "nodes that hold the record"
        case .overlap: "share of the k closest that hold the record"
        case .regret: "ranks further out than the best holders (mean)"
        case .walk: "share of the duration in the lookup"
        }
    }

    /// Whether its values are whole numbers, each a bar of its own.
    public var isCount: Bool {
        switch self {
        case .requests, .finds, .stores, .timeouts, .hops, .holders: true
        case .duration, .overlap, .regret, .walk: false
        }
    }

    /// Whether its values are shares of 1.
    public var isShare: Bool {
        switch self {
        case .overlap, .walk: true
        case .duration, .requests, .finds, .stores, .timeouts, .hops, .holders, .regret: false
        }
    }

    /// The values of a put: one, but for the hops, and for the regret of a put without holders.
    public func values(of result: PutResult) -> [Double] {
        switch self {
        case .duration: [Double(result.duration.count) / 1e9]
        case .requests: [Double(result.finds + result.stores)]
        case .finds: [Double(result.finds)]
        case .stores: [Double(result.stores)]
        case .timeouts: [Double(result.timeouts)]
        case .hops: result.hops.map(Double.init)
        case .holders: [Double(result.holders)]
        case .overlap: [result.overlap]
        case .regret: result.regret.map { [$0] } ?? []
        case .walk: [result.walkShare]
        }
    }
}
