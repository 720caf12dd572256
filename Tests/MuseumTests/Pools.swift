import Broadcasts
import Coordination
import Kademlia
import Museum
import Queries
import Timeline

/// Our own pool.
typealias Pool = BroadcastPool<NetworkNode, Record>

extension Bench<ReferencePool> {
    /// The pool of the museum.
    static func reference(_ queries: QueryPoolConfiguration = .init()) throws -> Self {
        Self(try ReferencePool(localNode: node(0xff), configuration: PoolConfiguration(queries: queries)))
    }
}

extension Bench<Pool> {
    /// Our own pool.
    static func ours(_ queries: QueryPoolConfiguration = .init()) throws -> Self {
        Self(try Pool(localNode: node(0xff), configuration: PoolConfiguration(queries: queries)))
    }
}
