public import Broadcasts
public import Coordination
internal import Kademlia
internal import Timeline

/// Many puts of the same kind, of records with random keys.
public struct Workload: Hashable, Sendable {
    /// When the puts start.
    public enum Pace: Hashable, Sendable {
        /// So many at the start, and another one whenever one has ended.
        case atOnce(Int)
        /// One after another in this time, more than 0, however long they take.
        case every(Nanoseconds)
    }

    /// The number of puts, 1 or more.
    public var count: Int
    /// When they start.
    public var pace: Pace
    /// The strategies and their options; each put takes the next one, in turn.
    public var configurations: [BroadcastConfiguration]

    /// Puts of the same kind.
    public init(count: Int, pace: Pace, configurations: [BroadcastConfiguration]) {
        self.count = count
        self.pace = pace
        self.configurations = configurations
    }

    /// The id of the last put, which is as long as any.
    public var lastID: OperationID { OperationID(Self.name(count - 1)) }

    /// What the id and the record of a put are called, counted from 0: p1, p2, ….
    private static func name(_ number: Int) -> String { "p\(number + 1)" }

    /// The start of a put, counted from 0.
    func start(_ number: Int, in network: VirtualNetwork, at now: Instant) -> NetworkEvent {
        var generator = SplitMix64(seed: SplitMix64.hash(network.seed, 0x776f_726b, UInt64(number)))
        let target = generator.nextKey(bits: network.configuration.keyBits)
        let name = Self.name(number)
        return .startBroadcast(
            id: OperationID(name), target: target, message: Record(name: name), seed: network.localClosest(to: target, at: now),
            configuration: configurations[number % configurations.count])
    }
}

/// How far a workload has come.
struct WorkloadProgress: Sendable {
    let workload: Workload
    /// The number of puts that have been started.
    private(set) var started = 0
    /// The number of puts that are to start at once.
    private var due = 0
    /// The puts that run, where another one starts when one ends.
    private var running: Set<OperationID> = []

    init(_ workload: Workload) {
        self.workload = workload
        if case .atOnce(let count) = workload.pace { due = count }
    }

    /// When the next put starts, at the earliest; `nil` if none is due.
    var nextTime: Instant? {
        guard started < workload.count else { return nil }
        switch workload.pace {
        case .atOnce: return due > 0 ? .start : nil
        case .every(let time):
            let (sum, overflow) = time.count.multipliedReportingOverflow(by: Int64(started))
            return overflow ? .distantFuture : Instant(nanoseconds: sum)
        }
    }

    /// Starts the next put.
    mutating func takeStart(in network: VirtualNetwork, at now: Instant) -> NetworkEvent {
        let event = workload.start(started, in: network, at: now)
        started += 1
        if case .atOnce = workload.pace {
            due -= 1
            if let id = event.id { running.insert(id) }
        }
        return event
    }

    /// Notes that a broadcast has ended, or was refused.
    mutating func end(_ id: OperationID) {
        if case .atOnce = workload.pace, running.remove(id) != nil { due += 1 }
    }
}
