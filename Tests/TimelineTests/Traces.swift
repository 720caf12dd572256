import Broadcasts
import Coordination
import Kademlia
import Queries
import Simulation
import Testing
import Timeline

/// A run of ten nodes with keys of eight bits, of which one is silent: some forty steps.
func smallWorld() throws -> PoolWorld {
    let keys: [UInt64] = [0x04, 0x22, 0x28, 0x2e, 0x3b, 0x55, 0x61, 0x8c, 0xb0, 0xe7]
    let network = VirtualNetwork(
        NetworkConfiguration(
            nodes: .keys(keys.map { Key256($0 << 56, 0, 0, 0) }), keyBits: 8, bucketSize: 2, seed: 1,
            latency: .constant(.milliseconds(10)), silentKeys: [Key256(0x22 << 56, 0, 0, 0)], localKey: Key256(0xc3 << 56, 0, 0, 0)))
    let start = PoolWorld.Act(
        time: .start,
        event: .startBroadcast(
            id: "put", target: Key256(0x2a << 56, 0, 0, 0), message: Record(name: "r"), seed: [network.nodes[7], network.nodes[9]],
            configuration: .followUp(FollowUpConfiguration(stores: StoreOptions(storeTimeout: .milliseconds(100))))))
    let pool = try BroadcastPool<NetworkNode, Record>(localNode: network.local, configuration: smallPool)
    return PoolWorld(network: network, pool: pool, plan: [start])
}

let smallPool = PoolConfiguration(
    queries: .init(concurrency: 1, timeout: .seconds(10), replication: 3, queryConcurrency: 2, requestTimeout: .milliseconds(100)))

/// The header of a run of this world.
func header(_ world: PoolWorld) -> TraceHeader {
    let network = world.network
    var header = TraceHeader(keyBits: network.configuration.keyBits, localKey: network.local.key, pool: world.pool.configuration)
    header.tool = ("test", "1")
    header.seed = network.configuration.seed
    header.nodes = network.nodes.map { .init(key: $0.key, behaviour: network.behaviour(of: $0).rawValue) }
    return header
}

/// The trace of a history.
func trace(_ history: History<PoolWorld>, _ header: TraceHeader) -> [UInt8] {
    var recorder = TraceRecorder(header)
    return recorder.headerLine + recorder.lines(for: history) + recorder.endLine(.idle)
}

/// A history of the small world with branches, faults and every kind of choice that fits, walked to the end of each.
func branchedHistory() throws -> History<PoolWorld> {
    var history = History(try smallWorld())
    history.go(to: .max)
    history.go(to: 6)
    try history.choose(.fail(2, .crashed))
    try history.choose(.advanceClock(.milliseconds(3)))
    history.go(to: .max)
    history.nameBranch(1, "28 \"is\" gone")
    history.go(to: 9)
    try history.choose(.fireDeadline)
    history.stepForward()
    history.switchBranch(to: 0)
    history.go(to: 4)
    try history.choose(.stop("put"))
    history.go(to: .max)
    return history
}

/// What a trace holds, read in pieces of this size, and why the reading stopped.
func read(_ bytes: [UInt8], inPiecesOf size: Int = 1000) -> (lines: [TraceLine], error: TraceError?, reader: TraceReader) {
    var (reader, lines) = (TraceReader(), [] as [TraceLine])
    do {
        for start in stride(from: 0, to: bytes.count, by: size) {
            reader.feed(bytes[start..<min(start + size, bytes.count)])
            while let line = try reader.next() { lines.append(line) }
        }
        reader.finish()
        while let line = try reader.next() { lines.append(line) }
        return (lines, nil, reader)
    } catch {
        return (lines, error, reader)
    }
}

/// What a trace holds, kept in memory.
func recording(_ bytes: [UInt8], limit: Int = 1000) throws -> Recording {
    let (lines, error, reader) = read(bytes)
    if let error { throw error }
    var recording = Recording(try #require(reader.header), limit: limit)
    for line in lines { guard recording.add(line) else { break } }
    return recording
}

/// The first line of a trace that differs when it is run again, and the number of those that do not.
func verify(_ bytes: [UInt8], _ world: PoolWorld) -> (TraceVerifier<PoolWorld>.Difference?, Int) {
    var verifier = TraceVerifier(world)
    for line in read(bytes).lines {
        if let difference = verifier.check(line) { return (difference, verifier.verified) }
    }
    return (nil, verifier.verified)
}
