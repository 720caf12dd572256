public import Broadcasts
public import Coordination

/// The values that a watch has had over the steps of a run, as far as it was followed: only where they changed.
public struct WatchCourse: Hashable, Sendable {
    /// A value from a step on.
    public struct Point: Hashable, Sendable {
        /// The step that made it.
        public let step: Int
        /// The value; `nil` for none: the broadcast is over, or the measure has none in this phase.
        public let value: WatchValue?
    }

    /// The values of one broadcast.
    public struct Line: Hashable, Sendable {
        /// The broadcast.
        public let id: OperationID
        /// The values in the order of their steps; never empty, and no two in a row are the same.
        public internal(set) var points: [Point]

        /// The place of the point that holds at a position, or `nil` before the first one. O(log n).
        public func place(at position: Int) -> Int? {
            let later = points.partitioningIndex { $0.step > position }
            return later == 0 ? nil : later - 1
        }

        /// The change that made the point at a place.
        public func change(at place: Int) -> Watch.Change {
            Watch.Change(id: id, before: place > 0 ? points[place - 1].value : nil, after: points[place].value)
        }
    }

    /// What is watched.
    public let watch: Watch
    /// The broadcasts that it has found, in the order in which it first did.
    public private(set) var lines: [Line] = []
    /// The number of steps that were followed.
    public private(set) var position: Int

    private var lineOfID: [OperationID: Int] = [:]

    /// A course that begins at the start of a run, when no broadcast runs.
    public init(of watch: Watch) {
        self.watch = watch
        position = 0
    }

    /// Adds what is to be seen after the next step.
    ///
    /// - Parameter old: what was to be seen before the step, if it is known: only what differs is looked at then.
    /// - Complexity: O(broadcasts + the nodes of those that have changed); without an old view, O(the nodes of all broadcasts).
    public mutating func record(_ view: NetworkPoolView, after old: NetworkPoolView? = nil) {
        position += 1
        var known = old?.broadcasts[...] ?? []
        var gone: [OperationID] = old == nil ? lines.filter { $0.points.last?.value != nil }.map(\.id) : []
        for broadcast in view.broadcasts {
            // Both are in the order in which the broadcasts were started.
            while let first = known.first, first.id != broadcast.id {
                gone.append(first.id)
                known.removeFirst()
            }
            guard known.popFirst() != broadcast, watch.watches(broadcast.id) else { continue }
            note(watch.measure.value(of: broadcast), of: broadcast.id)
        }
        gone += known.map(\.id)
        guard !gone.isEmpty else { return }
        let running = Set(view.broadcasts.map(\.id))
        for id in gone where !running.contains(id) { note(nil, of: id) }
    }

    private mutating func note(_ value: WatchValue?, of id: OperationID) {
        guard let place = lineOfID[id] else {
            guard value != nil else { return }
            lineOfID[id] = lines.count
            lines.append(Line(id: id, points: [Point(step: position, value: value)]))
            return
        }
        guard lines[place].points.last?.value != value else { return }
        lines[place].points.append(Point(step: position, value: value))
    }

    /// Forgets what comes after a position.
    public mutating func cut(at position: Int) {
        guard position < self.position else { return }
        self.position = max(0, position)
        for place in lines.indices { lines[place].points.removeAll { $0.step > position } }
        lines.removeAll { $0.points.isEmpty }
        lineOfID = Dictionary(uniqueKeysWithValues: lines.enumerated().map { ($0.element.id, $0.offset) })
    }
}

extension History {
    /// Follows watches over the steps of this branch, each from where it stands, up to the position.
    ///
    /// The history stays where it is. One step after where the courses stand costs one view; else the steps are gone over again.
    ///
    /// - Parameters:
    ///   - courses: what was followed of this branch so far.
    ///   - effort: about the most nodes to look at, where a step alone counts for ``effortOfStep``. The courses may end before the position
    ///     then; but they always come one step further.
    /// - Complexity: O(effort + the distance of two checkpoints).
    public func follow(_ courses: inout [WatchCourse], effort: Int) {
        guard let start = courses.map(\.position).min(), start < position else { return }
        if start == position - 1 {
            let view = world.view
            for place in courses.indices where courses[place].position == start { courses[place].record(view) }
            return
        }
        var scout = self
        scout.go(to: start)
        var view = scout.world.view
        var rest = effort
        while rest >= 0, scout.position < position, let step = scout.stepForward() {
            let old = view
            view = scout.world.view(after: old, step)
            for place in courses.indices where courses[place].position == step.number - 1 { courses[place].record(view, after: old) }
            rest -= Self.effortOfStep + (1 + courses.count) * view.changeableNodeCount
        }
    }

    /// What a step costs, in nodes to look at, if nothing is looked at.
    public static var effortOfStep: Int { 32 }
}

extension PoolView {
    /// The number of nodes that a view after a step may have looked at: those of an Optimistic are always looked at.
    fileprivate var changeableNodeCount: Int {
        broadcasts.reduce(0) { $0 + ($1.strategy == .optimistic ? 1 + ($1.query?.candidates.count ?? 0) + $1.stores.count : 1) }
    }
}

extension Branch {
    /// The number of steps that are the same on two branches of one run, as far as the choices on them tell: `.max` if they make the same
    /// choices.
    public func agreement(with other: [Deviation]) -> Int {
        for (own, other) in zip(deviations, other) where own != other { return min(own.position, other.position) }
        let (own, count) = (deviations, min(deviations.count, other.count))
        return (own.dropFirst(count).first ?? other.dropFirst(count).first)?.position ?? .max
    }
}
