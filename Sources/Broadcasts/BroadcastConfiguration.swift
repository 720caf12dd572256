public import Coordination

/// The strategy of a broadcast, with its options. The reference's `Config`.
public enum BroadcastConfiguration: Hashable, Sendable, Codable {
    /// Find the closest nodes, then store with them.
    case followUp(FollowUpConfiguration)
    /// Store with the seed nodes.
    case `static`(StaticConfiguration)
    /// Store while still looking, as soon as a node is close enough.
    indirect case optimistic(OptimisticConfiguration)

    /// The strategy without its options.
    public var strategy: BroadcastStrategy {
        switch self {
        case .followUp: .followUp
        case .static: .static
        case .optimistic: .optimistic
        }
    }

    /// How the stores are sent, whatever the strategy.
    public var stores: StoreOptions {
        switch self {
        case .followUp(let configuration): configuration.stores
        case .static(let configuration): configuration.stores
        case .optimistic(let configuration): configuration.stores
        }
    }

    /// Checks each field.
    ///
    /// - Throws: an error that names the first field out of its range.
    public func validate() throws(ConfigurationError) {
        switch self {
        case .followUp(let configuration): try configuration.validate()
        case .static(let configuration): try configuration.validate()
        case .optimistic(let configuration): try configuration.validate()
        }
    }
}

/// The ways to broadcast a record.
public enum BroadcastStrategy: String, Hashable, Sendable, Codable, CaseIterable {
    /// Find the closest nodes, then store with them: the classic put.
    case followUp
    /// Store with the seed nodes.
    case `static`
    /// Store while still looking.
    case optimistic
}

/// The configuration of ``FollowUp``. The reference's `ConfigFollowUp`.
public struct FollowUpConfiguration: Hashable, Sendable, Codable {
    /// How the stores are sent.
    public var stores: StoreOptions

    /// A configuration with the defaults for what is not given.
    public init(stores: StoreOptions = StoreOptions()) {
        self.stores = stores
    }

    /// Checks each field.
    ///
    /// - Throws: an error that names the first field out of its range.
    public func validate() throws(ConfigurationError) {
        try stores.validate()
    }
}

/// The configuration of ``Static``. The reference's `ConfigStatic`.
public struct StaticConfiguration: Hashable, Sendable, Codable {
    /// How the stores are sent.
    public var stores: StoreOptions

    /// A configuration with the defaults for what is not given.
    public init(stores: StoreOptions = StoreOptions()) {
        self.stores = stores
    }

    /// Checks each field.
    ///
    /// - Throws: an error that names the first field out of its range.
    public func validate() throws(ConfigurationError) {
        try stores.validate()
    }
}

/// The configuration of the Optimistic strategy. The reference's `ConfigOptimistic`.
///
/// Source: Trautwein et al., "IPFS in the Fast Lane: Accelerating Record Storage with Optimistic Provide", INFOCOM 2024.
public struct OptimisticConfiguration: Hashable, Sendable, Codable {
    /// How sure to be that a node is among the k closest before storing with it early: between 0 and 1, both excluded. The default is 0.9.
    public var individualCertainty: Double

    /// How unlikely closer nodes must be before the walk ends early: between 0 and 1, both excluded. The default is 0.1.
    public var setStrictness: Double

    /// The share of the k stores that must be answered before the broadcast is finished: more than 0, at most 1. The default is 0.75.
    public var returnRatio: Double

    /// The number of nodes in the network, 1 or more; `nil` asks the pool's estimator. The default is `nil`.
    public var networkSize: Int?

    /// How the stores are sent.
    public var stores: StoreOptions

    /// A configuration with the defaults for what is not given.
    public init(
        individualCertainty: Double = 0.9, setStrictness: Double = 0.1, returnRatio: Double = 0.75, networkSize: Int? = nil,
        stores: StoreOptions = StoreOptions()
    ) {
        self.individualCertainty = individualCertainty
        self.setStrictness = setStrictness
        self.returnRatio = returnRatio
        self.networkSize = networkSize
        self.stores = stores
    }

    /// Checks each field.
    ///
    /// - Throws: an error that names the first field out of its range.
    public func validate() throws(ConfigurationError) {
        try Self.requireShare(individualCertainty, "individualCertainty", canBeOne: false)
        try Self.requireShare(setStrictness, "setStrictness", canBeOne: false)
        try Self.requireShare(returnRatio, "returnRatio", canBeOne: true)
        if let networkSize { try ConfigurationError.requirePositive(networkSize, "networkSize") }
        try stores.validate()
    }

    private static func requireShare(_ value: Double, _ field: String, canBeOne: Bool) throws(ConfigurationError) {
        guard value > 0, value < 1 || (canBeOne && value == 1) else {
            throw ConfigurationError(
                field: field, problem: "\(value) is out of range",
                remedy: canBeOne ? "use more than 0 and at most 1" : "use more than 0 and less than 1")
        }
    }
}
