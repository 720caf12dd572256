internal import Broadcasts
internal import Coordination
internal import Kademlia

/// A timeline in Chrome's trace format: a track for each node with its requests, one for the pool with its broadcasts, two counters.
///
/// Source: "Trace Event Format", docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU.
struct PerfettoExporter: TraceExporter {
    /// A request that is not answered yet.
    private struct Request: Hashable {
        let id: OperationID
        let node: Int32
        let isStore: Bool
    }

    /// The most requests and the most broadcasts that are followed at once.
    static let mostOpen = 10_000

    private let header: TraceHeader
    private var isEmpty = true
    private var named: Set<Int32> = []
    private var running: Set<OperationID> = []
    /// In the order in which they were sent.
    private var open: [Request] = []
    private var last = Instant.start

    init(_ header: TraceHeader) {
        self.header = header
    }

    mutating func add(_ line: TraceLine) -> String {
        guard case .step(let recorded, _) = line else { return "" }
        let step = recorded.step
        last = step.time
        var events = isEmpty ? heading : []
        let before = (open.count, running.count)
        switch step.event {
        case .startBroadcast(let id, _, _, _, let configuration):
            if running.count < Self.mostOpen, running.insert(id).inserted {
                events.append(span("b", id.name, "broadcast", "broadcast \(id)", 0, detail: configuration.strategy.rawValue))
            }
        case .stopBroadcast(let id): events.append(mark("stop \(id)"))
        case .getCloserNodesSuccess(let id, let node, _, let closer): events += close(id, node, isStore: false, "\(closer.count) closer")
        case .getCloserNodesFailure(let id, let node, _, let error): events += close(id, node, isStore: false, error.description)
        case .storeRecordSuccess(let id, let node, _, _): events += close(id, node, isStore: true, "stored")
        case .storeRecordFailure(let id, let node, _, let error): events += close(id, node, isStore: true, error.description)
        case .poll: break
        }
        switch step.state {
        case .idle, .waiting: break
        case .findCloser(let id, _, let node): events += begin(id, node, isStore: false)
        case .storeRecord(let id, let node, _): events += begin(id, node, isStore: true)
        case .broadcastFinished(let id, let outcome): events += end(id, outcome.reason.rawValue)
        case .broadcastRejected(let id, let reason):
            events.append(mark("\(id) rejected: \(reason)"))
            if reason != .idInUse { events += end(id, "rejected") }
        }
        if before != (open.count, running.count) {
            events.append(counter("requests in flight", open.count))
            events.append(counter("broadcasts", running.count))
        }
        return text(events)
    }

    mutating func finish() -> String {
        // What never ends is shown until the last step.
        var events = isEmpty ? heading : []
        for request in open {
            events.append(span("e", name(request), category(request), key(request), request.node + 1, detail: "no answer"))
        }
        return text(events) + "\n]}\n"
    }

    private mutating func text(_ events: [[UInt8]]) -> String {
        var text = ""
        for event in events {
            text += isEmpty ? "{\"traceEvents\":[\n" : ",\n"
            isEmpty = false
            text += String(decoding: event, as: UTF8.self)
        }
        return text
    }

    private var heading: [[UInt8]] {
        [
            meta("process_name", 0, header.scenario?.name ?? "trace"),
            meta("thread_name", 0, "pool \(header.localKey.shown(header.keyBits).prefix(8))"),
        ]
    }

    // MARK: Requests

    private mutating func begin(_ id: OperationID, _ node: NetworkNode, isStore: Bool) -> [[UInt8]] {
        guard open.count < Self.mostOpen else { return [] }
        let request = Request(id: id, node: node.index, isStore: isStore)
        open.append(request)
        let name = named.insert(node.index).inserted ? [meta("thread_name", node.index + 1, node.key.shown(header.keyBits))] : []
        return name + [span("b", self.name(request), category(request), key(request), node.index + 1, detail: "")]
    }

    private mutating func close(_ id: OperationID, _ node: NetworkNode, isStore: Bool, _ detail: String) -> [[UInt8]] {
        let request = Request(id: id, node: node.index, isStore: isStore)
        guard let place = open.firstIndex(of: request) else {
            return [mark("\(name(request)) from \(node.key.shown(header.keyBits).prefix(8)), ignored")]
        }
        open.remove(at: place)
        return [span("e", name(request), category(request), key(request), node.index + 1, detail: detail)]
    }

    private mutating func end(_ id: OperationID, _ detail: String) -> [[UInt8]] {
        let over = open.filter { $0.id == id }
        open.removeAll { $0.id == id }
        guard running.remove(id) != nil else { return [] }
        return over.map { span("e", name($0), category($0), key($0), $0.node + 1, detail: "no answer") }
            + [span("e", id.name, "broadcast", "broadcast \(id)", 0, detail: detail)]
    }

    private func name(_ request: Request) -> String { "\(request.isStore ? "store" : "find closer") \(request.id)" }
    private func category(_ request: Request) -> String { request.isStore ? "store" : "find" }
    private func key(_ request: Request) -> String { "\(request.id)/\(request.node)/\(category(request))" }

    // MARK: Events

    private func event(_ phase: String, _ thread: Int32, _ build: (inout JSONWriter) -> Void) -> [UInt8] {
        JSONWriter.object {
            $0.add("ph", phase)
            $0.add("pid", 1)
            $0.add("tid", Int(thread))
            // Microseconds.
            $0.add("ts", Double(last.nanoseconds) / 1000)
            build(&$0)
        }
    }

    private func meta(_ kind: String, _ thread: Int32, _ name: String) -> [UInt8] {
        event("M", thread) {
            $0.add("name", kind)
            $0.addObject("args") { $0.add("name", name) }
        }
    }

    private func span(_ phase: String, _ name: String, _ category: String, _ id: String, _ thread: Int32, detail: String) -> [UInt8] {
        event(phase, thread) {
            $0.add("name", name)
            $0.add("cat", category)
            $0.add("id", id)
            if !detail.isEmpty { $0.addObject("args") { $0.add("detail", detail) } }
        }
    }

    private func mark(_ name: String) -> [UInt8] {
        event("i", 0) {
            $0.add("name", name)
            $0.add("s", "t")
        }
    }

    private func counter(_ name: String, _ value: Int) -> [UInt8] {
        event("C", 0) {
            $0.add("name", name)
            $0.addObject("args") { $0.add("value", value) }
        }
    }
}
