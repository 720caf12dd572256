internal import Broadcasts
internal import Coordination
internal import Kademlia

/// A step while it is compared with a filter.
struct FilterMatch {
    private let context: FilterContext
    private var step: Step { context.step }

    init(_ context: FilterContext) {
        self.context = context
    }

    /// Whether an expression holds.
    func matches(_ expression: FilterExpression, _ scope: FilterScope = FilterScope()) -> Bool {
        switch expression {
        case .term(let term): return holds(term, scope)
        case .not(let expression): return !matches(expression, scope)
        case .any(let expressions): return expressions.contains { matches($0, scope) }
        case .all(let expressions):
            let narrowed = narrow(scope, to: expressions)
            return expressions.allSatisfy { matches($0, narrowed) }
        }
    }

    /// The sides that terms side by side can hold for.
    private func narrow(_ scope: FilterScope, to expressions: [FilterExpression]) -> FilterScope {
        var narrowed = scope
        var certain: FilterSides = []
        for expression in expressions {
            if let side = expression.side { certain.formUnion(side) }
            guard case .term(let term) = expression, term.isName else { continue }
            narrowed.named = narrowed.named.filtered { holds(term, FilterScope(named: $0, subjects: $0)) }
        }
        narrowed.subjects.formIntersection(narrowed.named)
        if !certain.isEmpty { narrowed.subjects.formIntersection(certain) }
        return narrowed
    }

    /// Whether a term holds for one of the sides.
    private func holds(_ term: FilterTerm, _ scope: FilterScope) -> Bool {
        let (event, state, sides) = (scope.named.contains(.event), scope.named.contains(.state), scope.subjects)
        return switch term {
        case .event(let word): event && word.matches(step)
        case .state(let word): state && word.matches(step.state)
        case .end(let word): state && end == word
        case .told(let prefix): event && step.told.contains { prefix.begins($0.key, keyBits: context.keyBits) }
        case .roundTrip(let comparison, let time): event && step.roundTrip.map { comparison.holds($0, time) } ?? false
        case .ignored: event && step.isIgnored
        case .time(let comparison, let time): comparison.holds(Instant.start.duration(to: step.time), time)
        case .step(let comparison, let number): comparison.holds(step.number, number)
        case .violation: context.isViolation
        case .text(let text): context.searchedText.hasWithin(text)
        case .pattern(let pattern): pattern.isFound(in: context.searchedText)
        case .error(let text): sides.contains { step.errors(of: $0).contains { text.map($0.lowercased().hasWithin) ?? true } }
        case .node(let prefix): sides.contains { step.node(of: $0).map { prefix.begins($0.key, keyBits: context.keyBits) } ?? false }
        case .distance(let comparison, let prefix): sides.contains { distance($0).map { prefix.compares($0, comparison) } ?? false }
        case .commonPrefix(let comparison, let count):
            sides.contains { distance($0).map { comparison.holds(min($0.leadingZeroBitCount, context.keyBits), count) } ?? false }
        case .broadcast(let glob): sides.contains { step.id(of: $0).map { glob.matches($0.name) } ?? false }
        case .strategy(let strategy): sides.contains { self.strategy($0) == strategy }
        case .phase(let word): sides.contains { phase($0) == word }
        case .best(let comparison, let prefix):
            sides.contains { value(.best, $0)?.distance.map { prefix.compares($0, comparison) } ?? false }
        case .count(let measure, let comparison, let count):
            sides.contains { value(measure, $0)?.count.map { comparison.holds($0, count) } ?? false }
        case .changes(let measure): sides.contains { changes(measure, $0) }
        }
    }

    private var end: EndWord? {
        guard case .broadcastFinished(_, let outcome) = step.state else { return nil }
        return EndWord(outcome.reason)
    }

    /// The strategy of the broadcast that a side is about.
    private func strategy(_ side: FilterSides) -> BroadcastStrategy? {
        // A start that is rejected may have the id of another broadcast.
        if case .startBroadcast(_, _, _, _, let configuration) = step.event, side == .event || step.state.isRejection {
            return configuration.strategy
        }
        return step.id(of: side).flatMap { context.journal.entry($0, at: step)?.strategy }
    }

    /// The distance of a side's node to the target of the side's broadcast.
    private func distance(_ side: FilterSides) -> Key256? {
        guard let node = step.node(of: side), let id = step.id(of: side) else { return nil }
        // The target that a reply carries is only what the replier says it is.
        return context.journal.entry(id, at: step).map { node.key.distance(to: $0.target) }
    }

    private func phase(_ side: FilterSides) -> PhaseWord? {
        step.id(of: side).map { PhaseWord(context.viewAfter.broadcast($0)?.phase) }
    }

    /// A value of the broadcast that a side is about, after the step: at its end that of the outcome.
    private func value(_ measure: Measure, _ side: FilterSides) -> WatchValue? {
        guard let id = step.id(of: side) else { return nil }
        if case .broadcastFinished(id, let outcome) = step.state { return measure.value(of: outcome) }
        return context.viewAfter.broadcast(id).flatMap { measure.value(of: $0) }
    }

    private func changes(_ measure: Measure, _ side: FilterSides) -> Bool {
        guard let id = step.id(of: side) else { return false }
        let before = context.viewBefore.broadcast(id).flatMap { measure.value(of: $0) }
        return before != context.viewAfter.broadcast(id).flatMap { measure.value(of: $0) }
    }
}

/// The sides of a step that the terms of a group are about.
struct FilterScope {
    /// The sides of the broadcasts and nodes that the group names: what its events and states have to be of.
    var named = FilterSides.both
    /// Those of them that its other terms are about: only the event's if it tells an event and no state, and the other way round.
    var subjects = FilterSides.both
}

extension FilterSides {
    /// Whether a condition holds for one of the sides.
    fileprivate func contains(where holds: (FilterSides) -> Bool) -> Bool {
        Self.each.contains { contains($0) && holds($0) }
    }

    /// The sides for which a condition holds.
    fileprivate func filtered(_ holds: (FilterSides) -> Bool) -> FilterSides {
        FilterSides(Self.each.filter { contains($0) && holds($0) })
    }
}

extension String {
    /// Whether another text is part of this one, compared by bytes. O(length · length) at worst.
    fileprivate func hasWithin(_ other: String) -> Bool {
        let (bytes, wanted) = (Array(utf8), Array(other.utf8))
        guard let first = wanted.first else { return true }
        guard wanted.count <= bytes.count else { return false }
        return (0...(bytes.count - wanted.count)).contains { start in
            bytes[start] == first && bytes[start..<(start + wanted.count)].elementsEqual(wanted)
        }
    }
}
