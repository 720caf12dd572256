public import Coordination
public import Timeline

// MARK: - What happens to nodes

extension VirtualNetwork {
    /// Something that happens to a node by itself: by its sessions, or because a group of the scenario begins or ends.
    public enum Happening: Hashable, Sendable {
        /// It is there again.
        case joined
        /// It is gone.
        case left
        /// It answers no more, though it is there.
        case muted
        /// It answers with errors from now on.
        case failing
        /// It answers again.
        case recovered
        /// No message gets to it or from it.
        case cutOff
        /// Messages get through again.
        case reconnected
    }

    /// Whether anything can happen to a node by itself.
    public var changesByItself: Bool { !book.hasNoGroups || book.base.sessions != nil }

    /// What is wrong with a node at a moment: what has happened to it, or would have had it been well at first; `nil` if it answers.
    public func trouble(of node: NetworkNode, at moment: Instant) -> Happening? {
        guard nodes.indices.contains(Int(node.index)), !book.isUniform else { return nil }
        let standing = standing(Int(node.index), at: moment)
        if !standing.isPresent { return .left }
        if standing.isCutOff { return .cutOff }
        switch standing.behaviour {
        case .honest: return nil
        case .silent: return .muted
        case .failing: return .failing
        case .dead: return .left
        }
    }

    /// What happens to a node after one moment and up to another, by time.
    public func happenings(to node: NetworkNode, after first: Instant, upTo last: Instant) -> [(time: Instant, what: Happening)] {
        guard first < last, nodes.indices.contains(Int(node.index)), !book.isUniform else { return [] }
        let place = Int(node.index)
        var times = book.changes(of: place).filter { $0 > first && $0 <= last }
        for mask in Set(([first] + times).map { book.mask(of: place, at: $0) }) {
            times += book.sessions(mask)?.changes(sessionStream(place), after: first, upTo: last).map(\.time) ?? []
        }
        var happenings: [(time: Instant, what: Happening)] = []
        var before = standing(place, at: first)
        for time in Set(times).sorted() {
            let after = standing(place, at: time)
            if let what = before.change(to: after) { happenings.append((time, what)) }
            before = after
        }
        return happenings
    }

    /// What a node is to us at a moment.
    private struct Standing {
        let isPresent: Bool
        let isCutOff: Bool
        let behaviour: Behaviour

        func change(to next: Standing) -> Happening? {
            if isPresent != next.isPresent { return next.isPresent ? .joined : .left }
            guard next.isPresent else { return nil }
            if isCutOff != next.isCutOff { return next.isCutOff ? .cutOff : .reconnected }
            guard behaviour != next.behaviour else { return nil }
            switch next.behaviour {
            case .honest: return .recovered
            case .silent: return .muted
            case .failing: return .failing
            case .dead: return .left
            }
        }
    }

    private func standing(_ place: Int, at moment: Instant) -> Standing {
        let mask = book.mask(of: place, at: moment)
        return Standing(
            isPresent: isPresent(place, mask, at: moment), isCutOff: book.isCutOff(mask), behaviour: behaviour(place, mask))
    }
}
