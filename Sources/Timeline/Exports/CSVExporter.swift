internal import Broadcasts
internal import Coordination
internal import Kademlia

/// A table: a row for each step, with a heading. Source: RFC 4180.
struct CSVExporter: TraceExporter {
    private let keyBits: Int
    private var hasHeading = false

    init(_ header: TraceHeader) {
        keyBits = header.keyBits
    }

    private static let heading = [
        "step", "time_ns", "cause", "event", "event_broadcast", "event_node", "ignored", "closer", "error", "state", "state_broadcast",
        "state_node", "hash",
    ]

    mutating func add(_ line: TraceLine) -> String {
        guard case .step(let recorded, _) = line else { return "" }
        let step = recorded.step
        var (closer, error) = ("", "")
        switch step.event {
        case .getCloserNodesSuccess(_, _, _, let nodes): closer = nodes.map { $0.key.shown(keyBits) }.joined(separator: " ")
        case .getCloserNodesFailure(_, _, _, let failure), .storeRecordFailure(_, _, _, let failure): error = failure.traceText
        case .startBroadcast, .stopBroadcast, .storeRecordSuccess, .poll: break
        }
        let cells = [
            "\(step.number)", "\(step.time.nanoseconds)", step.trigger.traceName, step.event.traceName, step.event.id?.name ?? "",
            step.event.node?.key.shown(keyBits) ?? "", step.isIgnored ? "true" : "false", closer, error, step.state.traceName,
            step.state.id?.name ?? "", step.state.node?.key.shown(keyBits) ?? "", recorded.hash?.description ?? "",
        ]
        defer { hasHeading = true }
        return (hasHeading ? "" : row(Self.heading)) + row(cells)
    }

    mutating func finish() -> String { hasHeading ? "" : row(Self.heading) }

    private func row(_ cells: [String]) -> String { cells.map(Self.cell).joined(separator: ",") + "\n" }

    private static func cell(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else { return text }
        return "\"\(text.replacing("\"", with: "\"\""))\""
    }
}
