public import Coordination
public import HeapModule

/// When the broadcasts of a pool must be looked at.
///
/// A place has a deadline, and a moment in a heap that is never later. Deadlines mostly move away, so a moment is left where it is until
/// it comes first; only then is it made exact. A place has one valid moment at most. When its moment has come it is *overdue* until somebody looks at it, so that no deadline is forgotten meanwhile.
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

    /// The deadline of each place; `nil` for a place without one.
    @usableFromInline var deadlines: [Instant?] = []
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
        deadlines.append(nil)
        moments.append(nil)
        isOverdue.append(false)
    }

    /// Gives a place another deadline. O(log n), or O(1) when the place is looked at before that anyway.
    @inlinable
    mutating func schedule(_ place: Int, by deadline: Instant?) {
        deadlines[place] = deadline
        guard let deadline else { return }
        if let moment = moments[place], moment <= deadline { return }
        moments[place] = deadline
        coming.insert(Entry(instant: deadline, place: place))
    }

    /// Notes that somebody looks at a place: if it was overdue, it no longer is, and has no moment.
    @inlinable
    mutating func look(at place: Int) {
        guard isOverdue[place] else { return }
        isOverdue[place] = false
        moments[place] = nil
    }

    /// Takes the deadline away from a place.
    @inlinable
    mutating func cancel(_ place: Int) {
        deadlines[place] = nil
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

    /// Makes the earliest moment exact: from then on ``earliest`` is the earliest deadline. O(log n) amortised.
    @inlinable
    mutating func settle() {
        while let entry = earliest {
            let isCurrent = moments[entry.place] == entry.instant
            if isCurrent, deadlines[entry.place] == entry.instant { return }
            removeEarliest()
            if isCurrent {
                moments[entry.place] = nil
                isOverdue[entry.place] = false
                schedule(entry.place, by: deadlines[entry.place])
            }
        }
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
        let (keptDeadlines, kept) = (places.map { deadlines[$0] }, places.map { moments[$0] })
        self = DeadlineQueue()
        deadlines = keptDeadlines
        moments = kept
        isOverdue = kept.map { _ in false }
        coming = Heap(kept.enumerated().compactMap { place, moment in moment.map { Entry(instant: $0, place: place) } })
    }
}
