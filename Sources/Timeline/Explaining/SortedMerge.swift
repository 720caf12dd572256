internal import Kademlia

/// Which of the nodes of two lists are new, and which are gone.
///
/// Both lists are as a rule closest first, so one walk over both finds it; where they are not, it is found all the same.
struct SortedMerge {
    /// The places in the new list of nodes that the old one lacks.
    private(set) var added: [Int] = []
    /// The places in the old list of nodes that the new one lacks.
    private(set) var removed: [Int] = []
    /// For each place in the new list the place in the old one.
    private(set) var oldPlace: [Int?]

    /// Compares two lists. O(n) where they are sorted by the distance to the target.
    init(_ old: [NetworkNode], _ new: [NetworkNode], target: Key256?) {
        let target = target ?? .zero
        oldPlace = [Int?](repeating: nil, count: new.count)
        var (i, j) = (0, 0)
        while i < old.count, j < new.count {
            if old[i].key == new[j].key {
                oldPlace[j] = i
                (i, j) = (i + 1, j + 1)
            } else if new[j].key.isCloser(to: target, than: old[i].key) {
                added.append(j)
                j += 1
            } else {
                removed.append(i)
                i += 1
            }
        }
        added += j..<new.count
        removed += i..<old.count
        if !added.isEmpty, !removed.isEmpty { pairUp(old, new) }
    }

    /// Finds nodes that are in both lists, but at places that the walk did not expect.
    private mutating func pairUp(_ old: [NetworkNode], _ new: [NetworkNode]) {
        var places: [Key256: Int] = [:]
        for place in removed.reversed() { places[old[place].key] = place }
        var found: Set<Int> = []
        for place in added {
            guard let match = places.removeValue(forKey: new[place].key) else { continue }
            oldPlace[place] = match
            found.insert(match)
        }
        guard !found.isEmpty else { return }
        added.removeAll { oldPlace[$0] != nil }
        removed.removeAll { found.contains($0) }
    }
}
