internal import Broadcasts
internal import Coordination

extension StuckReport: CustomStringConvertible {
    /// A line for each broadcast: what it waits for, and whether in vain.
    public var description: String {
        broadcasts.isEmpty ? "No broadcast runs." : broadcasts.map(sentence(about:)).joined(separator: "\n")
    }

    /// What a broadcast waits for, and whether in vain: one sentence.
    public func sentence(about wait: Wait) -> String { sentence(about: wait, name) }

    /// The same sentence with other names of nodes.
    func sentence(about wait: Wait, _ name: NodeNames) -> String {
        var parts: [String] = []
        let questions = wait.awaited.filter { !$0.isStore }
        let stores = wait.awaited.filter(\.isStore)
        if !questions.isEmpty { parts.append("for the answer of \(list(questions, name))") }
        if !stores.isEmpty { parts.append("for the confirmation of \(list(stores, name))") }
        if !wait.todo.isEmpty { parts.append("for its turn to store with \(name(wait.todo))") }
        if !wait.slotHolders.isEmpty {
            parts.append("for a slot, held by \(wait.slotHolders.map(\.name).joined(separator: ", "))")
        }
        if let deadline = wait.deadline { parts.append("until \(Self.seconds(deadline)) s at most") }
        let what = parts.isEmpty ? "for nothing" : parts.joined(separator: " and ")
        return "\(wait.id) (\(wait.phase.title)) waits \(what)\(wait.canGoOn ? "" : "; nothing of that will ever come")."
    }

    private func list(_ awaited: [Awaited], _ name: NodeNames) -> String {
        let travelling = awaited.filter(\.isTravelling).count
        let state = travelling == awaited.count ? "on the way" : travelling == 0 ? "not on the way" : "\(travelling) on the way"
        return "\(name(awaited.map(\.node))) (\(state))"
    }

    /// The time in seconds, without zeros at the end.
    private static func seconds(_ moment: Instant) -> String {
        let (whole, part) = moment.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        guard part != 0 else { return "\(whole)" }
        var digits = String(String(abs(part) + 1_000_000_000).dropFirst())
        while digits.last == "0" { digits.removeLast() }
        return "\(moment.nanoseconds < 0 && whole == 0 ? "-" : "")\(whole).\(digits)"
    }
}

extension BroadcastView.Phase {
    /// The phase in a word or two.
    var title: String {
        switch self {
        case .queued: "in line"
        case .finding: "looking"
        case .storing: "storing"
        case .awaitingStores: "awaiting stores"
        }
    }
}
