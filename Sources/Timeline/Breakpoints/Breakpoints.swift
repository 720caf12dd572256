/// The breakpoints of a run, by number.
public struct Breakpoints: Hashable, Sendable {
    /// All of them, in the order in which they were added.
    public private(set) var all: [Breakpoint] = []

    private var nextID = 1

    /// No breakpoints.
    public init() {}

    /// Whether one that is enabled may take a view of the pool.
    public var needsView: Bool { all.contains { $0.isEnabled && $0.filter.needsView } }

    /// Whether one that is enabled may take the view of the pool before a step.
    public var needsViewBefore: Bool { all.contains { $0.isEnabled && $0.filter.needsViewBefore } }

    /// The breakpoint of this number. A change of it is kept; a number that no breakpoint has is `nil`, and `nil` removes it.
    public subscript(id: Int) -> Breakpoint? {
        get { all.first { $0.id == id } }
        set {
            guard let place = all.firstIndex(where: { $0.id == id }) else { return }
            if let newValue, newValue.id == id { all[place] = newValue } else if newValue == nil { all.remove(at: place) }
        }
    }

    /// Adds a breakpoint.
    ///
    /// - Returns: the breakpoint with its number.
    @discardableResult
    public mutating func add(
        _ filter: Filter, isOneShot: Bool = false, condition: Breakpoint.HitCondition = .always
    ) -> Breakpoint {
        let breakpoint = Breakpoint(id: nextID, filter: filter, isOneShot: isOneShot, condition: condition)
        nextID += 1
        all.append(breakpoint)
        return breakpoint
    }

    /// Removes a breakpoint.
    ///
    /// - Returns: the breakpoint, or `nil` if no one has this number.
    @discardableResult
    public mutating func remove(_ id: Int) -> Breakpoint? {
        guard let place = all.firstIndex(where: { $0.id == id }) else { return nil }
        return all.remove(at: place)
    }

    /// Enables a breakpoint, or disables it if it is enabled.
    ///
    /// - Returns: whether it is enabled now, or `nil` if no one has this number.
    @discardableResult
    public mutating func toggle(_ id: Int) -> Bool? {
        guard let place = all.firstIndex(where: { $0.id == id }) else { return nil }
        all[place].isEnabled.toggle()
        return all[place].isEnabled
    }

    /// Adds a breakpoint, or removes those with an equal filter if there are any: what a key on the selected thing does.
    ///
    /// - Returns: the breakpoint that was added, or `nil`.
    @discardableResult
    public mutating func toggle(_ filter: Filter) -> Breakpoint? {
        let count = all.count
        all.removeAll { $0.filter == filter }
        return all.count == count ? add(filter) : nil
    }

    /// Sets all counts to 0: for a run that begins anew.
    public mutating func forgetHits() {
        for place in all.indices { all[place].hits = 0 }
    }

    /// Counts a step on the way forward. One-shot breakpoints that it stops at are removed.
    ///
    /// - Returns: the breakpoints to stop at, as they were when they stopped.
    public mutating func hits(_ context: FilterContext) -> [Breakpoint] {
        var stopping: [Breakpoint] = []
        for place in all.indices where all[place].stops(at: context) { stopping.append(all[place]) }
        if stopping.contains(where: \.isOneShot) { all.removeAll { one in one.isOneShot && stopping.contains { $0.id == one.id } } }
        return stopping
    }

    /// The enabled breakpoints that match a step on the way back. Nothing is counted, removed or passed over: hits are counted from the
    /// start of a run, so how many of them are to come is known only forward.
    public func matches(_ context: FilterContext) -> [Breakpoint] {
        all.filter { $0.isEnabled && $0.filter.matches(context) }
    }
}
