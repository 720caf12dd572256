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

    /// Adds what is to be seen after the next step. O(the nodes of the broadcasts that are watched).
    public mutating func record(_ view: NetworkPoolView) {
        position += 1
        let readings = watch.readings(in: view)
        for reading in readings { note(reading.value, of: reading.id) }
        for line in lines where line.points.last?.value != nil && !readings.contains(where: { $0.id == line.id }) {
            note(nil, of: line.id)
        }
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
    ///   - limit: the most steps to go over; the courses may end before the position then.
    /// - Complexity: O(limit + the distance of two checkpoints).
    public func follow(_ courses: inout [WatchCourse], limit: Int) {
        guard let start = courses.map(\.position).min(), start < position else { return }
        if start == position - 1 {
            let view = world.view
            for place in courses.indices where courses[place].position == start { courses[place].record(view) }
            return
        }
        var scout = self
        scout.go(to: start)
        var view = scout.world.view
        for _ in 0..<min(limit, position - start) {
            guard let step = scout.stepForward() else { return }
            view = scout.world.view(after: view, step)
            for place in courses.indices where courses[place].position == step.number - 1 { courses[place].record(view) }
        }
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
