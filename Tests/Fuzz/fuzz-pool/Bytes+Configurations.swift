import Broadcasts
import Coordination
import Kademlia
import Queries

/// What starts a pool or a broadcast: values inside their ranges, at their ends and outside.
extension Bytes {
    mutating func poolConfiguration() -> PoolConfiguration {
        PoolConfiguration(
            queries: QueryPoolConfiguration(
                concurrency: count(), timeout: duration(), replication: count(), queryConcurrency: count(), requestTimeout: duration()),
            maxBroadcasts: pick([nil, nil, nil, nil, nil, 1, 2, 4, .max, 0]))
    }

    mutating func broadcastConfiguration() -> BroadcastConfiguration {
        let choice = next()
        let stores = StoreOptions(
            storeTimeout: choice & 0x80 == 0 ? duration() : nil, storeConcurrency: choice & 0x40 == 0 ? nil : count())
        switch choice & 7 {
        case 0...2: return .followUp(FollowUpConfiguration(stores: stores))
        case 3...4: return .static(StaticConfiguration(stores: stores))
        default:
            return .optimistic(
                OptimisticConfiguration(
                    individualCertainty: share(), setStrictness: share(), returnRatio: share(),
                    networkSize: pick([nil, 8, 1, 2, 30, 64, 1000, .max, 0, -1]), stores: stores))
        }
    }

    private mutating func count() -> Int {
        pick([3, 1, 2, 4, 5, 8, 20, 3, 1, 2, 4, .max, 3, 2, 1, 0, 3, 2, 1, .min])
    }

    private mutating func duration() -> Nanoseconds {
        Nanoseconds(pick([60, 1, 2, 3, 5, 10, 17, 100, 1_000, 60, 20, .max, .max - 1, 5, 9, 0, 8, 7, 60, -1]))
    }

    private mutating func share() -> Double {
        pick([0.9, 0.1, 0.75, 0.5, 0.999, 0.001, 0.9, 0.1, 1e-300, 1.0.nextDown, 0.3, 0.6, 1, 0, .nan, -.infinity])
    }

    mutating func operationID() -> OperationID {
        let byte = next()
        let id = byte < 0xc0 ? OperationID(["a", "b", "c", "d", "e", "", "a", "b"][Int(byte & 7)]) : OperationID("n\(byte)")
        return byte & 0x38 == 0x38 ? id.hinted(at: Int(next())) : id
    }

    mutating func nodes<Key>(_ count: Int) -> [FuzzNode<Key>] {
        (0..<count).map { _ in FuzzNode(next()) }
    }
}
