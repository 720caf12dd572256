internal import Kademlia

/// A sequence diagram in the language of Mermaid.
struct MermaidExporter: TraceExporter {
    private var ladder: Ladder

    init(_ header: TraceHeader) {
        ladder = Ladder(header)
    }

    mutating func add(_ line: TraceLine) -> String {
        if case .step(let recorded, _) = line { ladder.add(recorded.step) }
        return ""
    }

    mutating func finish() -> String {
        var lines = [
            "---", "title: \(Self.quoted(ladder.title))", "---", "sequenceDiagram",
            "    participant p as pool \(ladder.name(ladder.header.localKey))",
        ]
        lines += ladder.participants.map { "    participant n\($0.index) as \(ladder.name($0.key))" }
        for row in ladder.rows {
            let text = "\(row.time.seconds) \(Self.text(row.text))"
            let node = row.node.map { "n\($0.index)" } ?? "p"
            switch row.kind {
            case .request: lines.append("    p->>\(node): \(text)")
            case .reply: lines.append("    \(node)-->>p: \(text)")
            case .failure: lines.append("    \(node)--xp: \(text)")
            case .ignored: lines.append("    \(node)--)p: \(text), ignored")
            case .note: lines.append("    Note over p: \(text)")
            }
        }
        if let remark = ladder.remark { lines.append("    Note over p: \(remark)") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A text without anything that means something to Mermaid.
    private static func text(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "#", ";", "<", ">", "\"", "\\", "%", "{", "}", "&": result += "#\(scalar.value);"
            case _ where scalar.properties.generalCategory == .control: result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A text in the quotes of YAML.
    private static func quoted(_ text: String) -> String {
        let plain = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : String($0) }.joined()
        return "\"\(plain.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
}
