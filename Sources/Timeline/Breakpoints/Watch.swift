public import Broadcasts
public import Coordination

/// A value to stop at when it changes: of one broadcast, of those whose names a pattern describes, or of all.
public struct Watch: Hashable, Sendable {
    /// The value of a broadcast at a moment.
    public struct Reading: Hashable, Sendable {
        /// The broadcast.
        public let id: OperationID
        /// Its value; `nil` if it has none at this moment.
        public let value: WatchValue?
    }

    /// The value of a broadcast at two moments.
    public struct Change: Hashable, Sendable {
        /// The broadcast.
        public let id: OperationID
        /// The value before; `nil` if the broadcast had none, or was not running.
        public let before: WatchValue?
        /// The value after; `nil` if the broadcast has none, or is not running any more.
        public let after: WatchValue?

        /// The change in words, for keys of so many bits: `b1: 0a -> 03`.
        public func text(keyBits: Int) -> String {
            func text(_ value: WatchValue?) -> String { value?.text(keyBits: keyBits) ?? "none" }
            return "\(id): \(text(before)) -> \(text(after))"
        }
    }

    /// What is watched.
    public let measure: Measure

    /// Whose, if not that of all broadcasts.
    let names: Glob?

    /// A watch of a value of one broadcast, or with `nil` of all.
    public init(_ measure: Measure, of id: OperationID? = nil) {
        self.measure = measure
        names = id.map { Glob(exactly: $0.name) }
    }

    init(_ measure: Measure, names: Glob?) {
        self.measure = measure
        self.names = names
    }

    /// Whether the watch is about this broadcast.
    public func watches(_ id: OperationID) -> Bool {
        names?.matches(id.name) ?? true
    }

    /// The values in a pool, in the order in which the broadcasts were started; none for broadcasts that are not running.
    ///
    /// Keep them and compare with the next ones: it costs one view a step, where a view before and one after cost two.
    public func readings(in view: NetworkPoolView) -> [Reading] {
        view.broadcasts.filter { watches($0.id) }.map { Reading(id: $0.id, value: measure.value(of: $0)) }
    }

    /// What has changed from one moment to another: first what is running now, then what is running no more.
    ///
    /// A broadcast that begins or ends changes too, if it has a value then.
    public func changes(from before: [Reading], to after: [Reading]) -> [Change] {
        var changes: [Change] = []
        for reading in after {
            let old = before.first { $0.id == reading.id }?.value
            if old != reading.value { changes.append(Change(id: reading.id, before: old, after: reading.value)) }
        }
        for reading in before where reading.value != nil && !after.contains(where: { $0.id == reading.id }) {
            changes.append(Change(id: reading.id, before: reading.value, after: nil))
        }
        return changes
    }

    /// What has changed from one view of the pool to another.
    public func changes(before: NetworkPoolView, after: NetworkPoolView) -> [Change] {
        changes(from: readings(in: before), to: readings(in: after))
    }
}

extension Watch: CustomStringConvertible {
    /// The watch as text. It reads as an equal watch.
    public var description: String {
        guard let names else { return measure.word }
        // A name that would be read as something else is written as in a filter.
        let (text, start) = (names.text.lowercased(), names.text.unicodeScalars.first)
        let isOther = ["or", "and", "not"].contains(text) || start == "!" || text.unicodeScalars.starts(with: "bc:".unicodeScalars)
        return "\(measure.word) \(isOther ? "bc:" : "")\(names)"
    }
}
