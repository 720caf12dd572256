internal import Kademlia
internal import Scenarios
internal import Simulation
internal import Timeline

/// The nodes that a half-written name may mean: a few dozen at most, of the run rather than of the rest of the network.
struct OfferedNodes: Sendable {
    /// The most that are offered.
    static let limit = 48

    /// The network.
    let network: VirtualNetwork
    /// The nodes of the run, by index.
    let known: [Int32]

    /// The nodes whose keys begin so, in ascending order.
    ///
    /// Where too many do, those of the run count; where it has none, some from the first to the last, so that what all of them begin
    /// with is what all nodes begin with.
    func nodes(beginning digits: String, keyBits: Int) -> [NetworkNode] {
        if network.countOfNodes(beginning: digits, keyBits: keyBits) > Self.limit {
            let ofRun = known.compactMap { network.node($0) }.filter {
                $0.index != network.local.index && $0.key.shown(keyBits).hasPrefix(digits.lowercased())
            }
            if !ofRun.isEmpty { return ofRun.sorted().spread(over: Self.limit) }
        }
        return network.nodes(beginning: digits, keyBits: keyBits, atMost: Self.limit)
    }

    /// The names of these nodes: as many digits as tell each from all others.
    func names(beginning digits: String, keyBits: Int) -> [String] {
        nodes(beginning: digits, keyBits: keyBits).map { network.shortName(of: $0, keyBits: keyBits) }
    }
}

extension Dashboard {
    /// The nodes that a half-written name may mean; of the run those that the broadcast that is shown has heard of.
    var offeredNodes: OfferedNodes {
        OfferedNodes(network: scenario.network, known: shownBroadcast?.heardOf ?? [])
    }
}
