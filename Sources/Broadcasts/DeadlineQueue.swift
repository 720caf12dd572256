public import Coordination
public import HeapModule

/// When the broadcasts of a pool must be looked at.
///
/// A place has a deadline, and a moment in a heap that is never later. Deadlines mostly move away, so a moment is left where it is until
/// it comes first; only then is it made exact. A place has one valid moment at most. When its moment has come it is *overdue* until
/// somebody looks at it, so that no deadline is forgotten meanwhile.
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

    /// What is known of a place.
    @usableFromInline struct Watch: Sendable {
        /// The deadline, or `nil`.
        @usableFromInline var deadline: Instant?
        /// The current moment, or `nil`.
        @usableFromInline var moment: Instant?
        /// Whether the moment has come, and nobody has looked at the place since.
        @usableFromInline var isOverdue = false

        @inlinable init() {}

        /// Sets another deadline.
        ///
        /// - Returns: the moment that the heap must hold from now on, or `nil` if the one that it holds is early enough.
        @inlinable
        mutating func set(_ deadline: Instant?) -> Instant? {
            self.deadline = deadline
            guard let deadline else { return nil }
            if let moment, moment <= deadline { return nil }
            moment = deadline
            return deadline
        }

        /// Forgets the moment that has come: somebody looks at the place.
        @inlinable
        mutating func look() {
            guard isOverdue else { return }
            isOverdue = false
            moment = nil
        }
    }

    @usableFromInline var watches: [Watch] = []
    @usableFromInline var coming = Heap<Entry>()
    @usableFromInline var overdue = Heap<Entry>()

    /// Whether nothing has changed since ``settle()``.
    @usableFromInline var isSettled = true

    /// Nothing to look at.
    @inlinable init() {}

    /// Makes room for one more place, without a moment.
    @inlinable
    mutating func appendPlace() {
        watches.append(Watch())
    }

    /// Notes that somebody has looked at a place, and has found this deadline. O(log n), or O(1) when it is the same as before or the
    /// place is looked at before that anyway.
    @inlinable
    mutating func look(at place: Int, deadline: Instant?) {
        if watches[place].deadline == deadline, !watches[place].isOverdue { return }
        isSettled = false
        if let moment = Self.look(at: &watches[place], deadline: deadline) { coming.insert(Entry(instant: moment, place: place)) }
    }

    @inlinable
    static func look(at watch: inout Watch, deadline: Instant?) -> Instant? {
        watch.look()
        return watch.set(deadline)
    }

    /// Takes the deadline away from a place.
    @inlinable
    mutating func cancel(_ place: Int) {
        watches[place] = Watch()
        isSettled = false
    }

    /// Takes a place whose moment has come; it is overdue from then on. O(log n) amortised.
    @inlinable
    mutating func popDue(at now: Instant) -> Int? {
        while let entry = coming.min, entry.instant <= now {
            coming.removeMin()
            isSettled = false
            if watches[entry.place].moment == entry.instant {
                overdue.insert(entry)
                watches[entry.place].isOverdue = true
                return entry.place
            }
        }
        return nil
    }

    /// Makes the earliest moment exact: from then on ``earliest`` is the earliest deadline. O(log n) amortised.
    @inlinable
    mutating func settle() {
        guard !isSettled else { return }
        removeStaleEntries()
        isSettled = true
    }

    /// Removes the earliest entries that are stale or not exact, and puts exact ones in their stead.
    @inlinable
    mutating func removeStaleEntries() {
        while let entry = earliest {
            let watch = watches[entry.place]
            let isCurrent = watch.moment == entry.instant
            if isCurrent, watch.deadline == entry.instant { return }
            removeEarliest()
            if isCurrent {
                cancel(entry.place)
                look(at: entry.place, deadline: watch.deadline)
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
        watches = places.map { watches[$0] }
        for place in watches.indices { watches[place].isOverdue = false }
        overdue = Heap()
        isSettled = false
        coming = Heap(watches.enumerated().compactMap { place, watch in watch.moment.map { Entry(instant: $0, place: place) } })
    }
}
