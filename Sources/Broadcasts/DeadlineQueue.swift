public import Coordination
public import HeapModule

/// When the broadcasts of a pool must be looked at: for each place a moment that is never later than its real deadline.
///
/// Deadlines mostly move away, so a moment is left where it is until it comes first; only then is it made exact. A place has one valid
/// moment at most. When its moment has come it is *overdue* until somebody looks at it, so that no deadline is forgotten meanwhile.
@usableFromInline
struct DeadlineQueue: Sendable {
    /// A moment for a place; stale if it is not the place's current one.
    @usableFromInline struct Entry: Comparable, Sendable {
        @usableFromInline let instant: Instant
        @usableFromInline let place: Int

        @inlinable init(instant: Instant, place: Int) {
            self.instant = instant
            self.place = place
        }

        @inlinable static func < (a: Entry, b: Entry) -> Bool {
            a.instant == b.instant ? a.place < b.place : a.instant < b.instant
        }
    }

    /// The current moment of each place; `nil` for a place without one.
    @usableFromInline var moments: [Instant?] = []
    /// Whether the moment of a place has come, and nobody has looked at the place since.
    @usableFromInline var isOverdue: [Bool] = []
    @usableFromInline var coming = Heap<Entry>()
    @usableFromInline var overdue = Heap<Entry>()

    /// Nothing to look at.
    @inlinable init() {}

    /// Makes room for one more place, without a moment.
    @inlinable
    mutating func appendPlace() {
        moments.append(nil)
        isOverdue.append(false)
    }

    /// Sees to it that a place is looked at by a moment at the latest. O(log n), or O(1) when it is looked at before anyway.
    @inlinable
    mutating func schedule(_ place: Int, by instant: Instant) {
        if let moment = moments[place], moment <= instant { return }
        moments[place] = instant
        coming.insert(Entry(instant: instant, place: place))
    }

    /// Notes that somebody looks at a place: if it was overdue, it no longer is, and has no moment.
    @inlinable
    mutating func look(at place: Int) {
        guard isOverdue[place] else { return }
        isOverdue[place] = false
        moments[place] = nil
    }

    /// Forgets the moment of a place.
    @inlinable
    mutating func cancel(_ place: Int) {
        moments[place] = nil
        isOverdue[place] = false
    }

    /// Takes a place whose moment has come; it is overdue from then on. O(log n) amortised.
    @inlinable
    mutating func popDue(at now: Instant) -> Int? {
        while let entry = coming.min, entry.instant <= now {
            coming.removeMin()
            if moments[entry.place] == entry.instant {
                overdue.insert(entry)
                isOverdue[entry.place] = true
                return entry.place
            }
        }
        return nil
    }

    /// The place with the earliest moment, stale entries being dropped. O(log n) amortised.
    @inlinable
    mutating func first() -> (place: Int, instant: Instant)? {
        while let entry = earliest {
            if moments[entry.place] == entry.instant { return (entry.place, entry.instant) }
            removeEarliest()
        }
        return nil
    }

    /// The earliest entry, stale or not. O(1).
    @inlinable
    var earliest: Entry? {
        guard let late = overdue.min else { return coming.min }
        guard let soon = coming.min else { return late }
        return late < soon ? late : soon
    }

    @inlinable
    mutating func removeEarliest() {
        if let late = overdue.min, coming.min.map({ late < $0 }) ?? true { overdue.removeMin() } else { coming.removeMin() }
    }

    /// Keeps the moments of some places only, which become the places 0, 1, 2, … in the order given.
    mutating func keep(_ places: [Int]) {
        let kept = places.map { moments[$0] }
        self = DeadlineQueue()
        moments = kept
        isOverdue = kept.map { _ in false }
        coming = Heap(kept.enumerated().compactMap { place, moment in moment.map { Entry(instant: $0, place: place) } })
    }
}
