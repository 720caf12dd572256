public import Coordination
public import Kademlia
public import Timeline

// MARK: - Who is there

extension VirtualNetwork {
    /// How a node behaves at a moment.
    public func behaviour(of node: NetworkNode, at moment: Instant = .start) -> Behaviour {
        guard nodes.indices.contains(Int(node.index)) else { return .honest }
        return behaviour(Int(node.index), book.mask(of: Int(node.index), at: moment))
    }

    /// How a node behaves that belongs to these groups.
    func behaviour(_ place: Int, _ mask: UInt64) -> Behaviour {
        if let behaviour = book.behaviour(mask) { return behaviour }
        if configuration.hasHonestNodesOnly { return .honest }
        if !configuration.silentKeys.isEmpty, configuration.silentKeys.contains(space.keys[place]) { return .silent }
        if !configuration.failingKeys.isEmpty, configuration.failingKeys.contains(space.keys[place]) { return .failing }
        let draw = SplitMix64.hash(seed, 0xbe4a, UInt64(UInt32(place))).asShare
        if draw < configuration.silentShare { return .silent }
        if draw < configuration.silentShare + configuration.failingShare { return .failing }
        return draw < configuration.silentShare + configuration.failingShare + configuration.deadShare ? .dead : .honest
    }

    /// Whether a node is there: not gone for good, and in one of its sessions.
    public func isPresent(_ node: NetworkNode, at moment: Instant) -> Bool {
        !nodes.indices.contains(Int(node.index)) || isPresent(Int(node.index), at: moment)
    }

    func isPresent(_ place: Int, at moment: Instant) -> Bool {
        book.isUniform || isPresent(place, book.mask(of: place, at: moment), at: moment)
    }

    func isPresent(_ place: Int, _ mask: UInt64, at moment: Instant) -> Bool {
        guard behaviour(place, mask) != .dead else { return false }
        return book.sessions(mask)?.isPresent(sessionStream(place), at: moment) ?? true
    }

    func sessionStream(_ place: Int) -> UInt64 { SplitMix64.hash(seed, 0x7365_7373, UInt64(place)) }

    /// Whether a node keeps a record that it is given: it is there, can be reached, and is honest.
    public func wouldKeep(_ node: NetworkNode, at moment: Instant) -> Bool {
        nodes.indices.contains(Int(node.index)) && wouldKeep(Int(node.index), at: moment)
    }

    func wouldKeep(_ place: Int, at moment: Instant) -> Bool {
        if book.isUniform { return true }
        let mask = book.mask(of: place, at: moment)
        guard behaviour(place, mask) == .honest, !book.isCutOff(mask), isPresent(place, mask, at: moment) else { return false }
        return !pretendsToStore(mask)
    }

    /// Whether a node says that it stores what it does not keep.
    func pretendsToStore(_ mask: UInt64) -> Bool {
        switch book.lie(mask)?.lie {
        case .promotion, .eclipse: true
        case .strangers, nil: false
        }
    }

    /// The nodes closest to a target among those that would keep a record at a moment, closest first.
    ///
    /// - Parameters:
    ///   - count: how many, at most.
    ///   - accepts: which of them count.
    /// - Complexity: O(k) nodes are looked at, times the inverse of the share that count.
    public func closestKeepers(
        to target: Key256, count: Int, at moment: Instant, where accepts: (NetworkNode) -> Bool = { _ in true }
    ) -> [NetworkNode] {
        nearest(to: target, count: count) { wouldKeep($0, at: moment) && accepts(nodes[$0]) }
    }

    /// The nodes closest to a target among those that count, closest first.
    func nearest(to target: Key256, count: Int, where accepts: (Int) -> Bool) -> [NetworkNode] {
        // Whoever shares more bits with the target is closer: widen the circle until enough are in it.
        var bits = min(configuration.keyBits, max(0, KeySpace.indexedBits(space.count) - KeySpace.indexedBits(max(2, count)) - 1))
        while true {
            let accepted = space.range(sharing: bits, with: target).filter(accepts)
            if accepted.count >= count || bits == 0 {
                let ranked = accepted.map { nodes[$0] }.sorted { $0.key.isCloser(to: target, than: $1.key) }
                return Array(ranked.prefix(count))
            }
            bits -= 1
        }
    }

    // MARK: Lies

    /// What a node that lies says instead of the closest nodes it knows; `nil` from one that tells the truth.
    func lie(of node: NetworkNode, about target: Key256, at moment: Instant) -> [NetworkNode]? {
        guard book.hasLies else { return nil }
        guard let (lie, group) = book.lie(book.mask(of: Int(node.index), at: moment)) else { return nil }
        switch lie {
        case .strangers:
            var generator = SplitMix64(seed: SplitMix64.hash(seed, 0x6c69_65, UInt64(node.index), target.word0))
            var named: [NetworkNode] = []
            for _ in 0..<configuration.bucketSize {
                let other = nodes[generator.next(below: nodes.count)]
                if !named.contains(other) { named.append(other) }
            }
            return named.sorted { $0.key.isCloser(to: target, than: $1.key) }
        case .promotion:
            return accomplices(group, closestTo: target)
        case .eclipse(let victim):
            return target.commonPrefixLength(with: victim) >= 16 ? accomplices(group, closestTo: target) : nil
        }
    }

    private func accomplices(_ group: Int?, closestTo target: Key256) -> [NetworkNode] {
        // A few named or planted ones may be far from the target: nobody wants to look for them among all nodes.
        if let ranges = group.flatMap({ book.ranges(of: $0) }), ranges.reduce(0, { $0 + $1.count }) <= 1000 {
            let members = Set(ranges.joined()).map { nodes[$0] }.sorted { $0.key.isCloser(to: target, than: $1.key) }
            return Array(members.prefix(configuration.bucketSize))
        }
        return nearest(to: target, count: configuration.bucketSize) { place in group.map { book.isMember(place, of: $0) } ?? true }
    }
}
