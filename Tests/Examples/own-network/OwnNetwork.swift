import Broadcasts
import Coordination
import Kademlia
import Queries

/// A network in a dictionary: hosts with their contacts and records, and answers on their way back, 60 ms after the request.
struct OwnNetwork {
    var contacts: [Host: [Host]] = [:]
    var records: [Host: [Record]] = [:]
    var answers: [(arrival: Instant, event: PoolEvent<Host, Record>)] = []
    let broken = Host(name: "host-5.example")  // it never answers

    /// Hosts that know up to four others for each length of the prefix that their keys share.
    init(size: Int) {
        let hosts = (0..<size).map { Host(name: "host-\($0).example") }
        for host in hosts {
            let buckets = Dictionary(grouping: hosts) { $0.key.commonPrefixLength(with: host.key) }
            contacts[host] = buckets.values.flatMap { $0.prefix(4) }
        }
    }

    /// Carries out what the pool wants, and sends the answer back; what it returns is to be printed.
    mutating func act(on state: PoolState<Host, Record>, at now: Instant) -> String? {
        let arrival = now.advanced(by: .milliseconds(60))
        switch state {
        case .findCloser(let id, let target, let node) where node != broken:
            answers.append((arrival, .getCloserNodesSuccess(id: id, node: node, target: target, closer: contacts[node] ?? [])))
        case .storeRecord(let id, let node, let record) where node != broken:
            records[node, default: []].append(record)
            answers.append((arrival, .storeRecordSuccess(id: id, node: node, request: record, response: nil)))
        case .broadcastFinished(let id, let outcome):
            let errors = outcome.errors.map { ", \($0.node.name) \($0.error)" }.joined()
            return "\(id): \(outcome.reason) after \(now.nanoseconds / 1_000_000) ms\(errors)"
        case .broadcastRejected(let id, let reason): return "\(id): \(reason)"
        case .findCloser, .storeRecord, .idle, .waiting: break
        }
        return nil
    }
}

/// Puts two records into the network, and prints where they are.
@main
enum Example {
    static func main() throws { print(try run().joined(separator: "\n")) }

    static func run() throws -> [String] {
        var network = OwnNetwork(size: 40)
        var pool = try BroadcastPool<Host, Record>(
            localNode: Host(name: "me.example"), configuration: .init(queries: .init(replication: 4, requestTimeout: .milliseconds(500))))
        var lines: [String] = []
        func feed(_ event: PoolEvent<Host, Record>, at now: Instant) {
            var state = pool.advance(event, at: now)
            while !state.isAtRest {
                if let line = network.act(on: state, at: now) { lines.append(line) }
                state = pool.advance(.poll, at: now)
            }
        }
        func put(_ record: Record, _ configuration: BroadcastConfiguration) {
            let seed = ["host-0.example", "host-5.example"].map(Host.init)
            let (id, target) = (OperationID(record.name), digest(of: record.name))
            feed(.startBroadcast(id: id, target: target, message: record, seed: seed, configuration: configuration), at: .start)
        }
        put(Record(name: "poem", text: "Roses are red"), .followUp(.init()))
        put(Record(name: "list", text: "milk, bread"), .static(.init(stores: .init(storeTimeout: .seconds(1)))))
        while pool.count > 0 {
            let deadline = pool.nextDeadline ?? .distantFuture
            let isAnswered = network.answers.first.map { $0.arrival <= deadline } ?? false
            let (moment, event) = isAnswered ? network.answers.removeFirst() : (deadline, .poll)
            feed(event, at: moment)
        }
        return lines + network.records.flatMap { host, records in records.map { "\($0.name) is with \(host.name)" } }.sorted()
    }
}
