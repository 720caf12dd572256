/// Arrivals, of which the first is at hand: a heap in which each stands above four.
///
/// Of our own, because a simulated network does little else than put in and take out: the heap of swift-collections, which can be taken
/// from at both ends, takes a tenth of the whole time.
struct ArrivalHeap: Sendable {
    private(set) var unordered: [Traffic.Arrival] = []

    init() {}

    /// A heap of these. O(n log n).
    init(_ arrivals: [Traffic.Arrival]) {
        unordered = arrivals.sorted()
    }

    /// The number of arrivals.
    var count: Int { unordered.count }

    /// The first arrival.
    var first: Traffic.Arrival? { unordered.first }

    /// Puts an arrival in. O(log n).
    mutating func push(_ arrival: Traffic.Arrival) {
        unordered.append(arrival)
        unordered.withUnsafeMutableBufferPointer { heap in
            var hole = heap.count &- 1
            while hole > 0 {
                let parent = (hole &- 1) &>> 2
                guard arrival < heap[parent] else { break }
                heap[hole] = heap[parent]
                hole = parent
            }
            heap[hole] = arrival
        }
    }

    /// Takes the first arrival out. O(log n).
    mutating func popFirst() -> Traffic.Arrival? {
        guard let last = unordered.popLast() else { return nil }
        guard let first = unordered.first else { return last }
        unordered.withUnsafeMutableBufferPointer { heap in
            var hole = 0
            while true {
                var child = 4 &* hole &+ 1
                guard child < heap.count else { break }
                let end = min(child &+ 4, heap.count)
                var least = child
                while true {
                    child &+= 1
                    guard child < end else { break }
                    if heap[child] < heap[least] { least = child }
                }
                guard heap[least] < last else { break }
                heap[hole] = heap[least]
                hole = least
            }
            heap[hole] = last
        }
        return first
    }
}
