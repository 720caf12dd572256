public import Kademlia
public import Timeline

extension VirtualNetwork: NodeRegistry {
    public func countOfNodes(sharing bits: Int, with key: Key256) -> Int { nodes(sharing: bits, with: key).count }

    public func nodes(sharing bits: Int, with key: Key256, atMost limit: Int) -> [NetworkNode] {
        nodes(sharing: bits, with: key).spread(over: limit)
    }

    /// The nodes closest to a target, closest first, whatever they are like.
    public func closestNodes(to target: Key256, count: Int) -> [NetworkNode] {
        nearest(to: target, count: count) { _ in true }
    }
}
