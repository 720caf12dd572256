import Coordination
import Testing

@testable import Simulation

@Suite("Replies on their way, in the order of their arrival")
struct ArrivalHeapTests {
    private func arrival(_ time: Int64, _ number: UInt64) -> Traffic.Arrival {
        Traffic.Arrival(time: Instant(nanoseconds: time), number: number, slot: Int(number % 1000))
    }

    @Test("They come out as if sorted, those of one moment in the order of sending", arguments: 1...8 as ClosedRange<UInt64>)
    func sorted(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var (heap, model) = (ArrivalHeap(), [Traffic.Arrival]())
        for number in 0..<2000 as Range<UInt64> {
            // Up to a thousand first, then ever fewer.
            if model.isEmpty || generator.next(below: 2000) > Int(number) {
                let new = arrival(Int64(generator.next(below: 40)), number)
                heap.push(new)
                model.append(new)
            } else {
                model.sort()
                #expect(heap.popFirst() == model.removeFirst())
            }
            #expect(heap.count == model.count && heap.first == model.min())
            #expect(heap.unordered.sorted() == model.sorted())
        }
        var rest: [Traffic.Arrival] = []
        while let next = heap.popFirst() { rest.append(next) }
        #expect(rest == model.sorted() && heap.count == 0 && heap.first == nil && heap.popFirst() == nil)
    }

    @Test("A heap of given arrivals")
    func given() {
        let arrivals = (0..<50).map { arrival(Int64($0 * 7 % 11), UInt64($0)) }
        var heap = ArrivalHeap(arrivals.reversed())
        var all: [Traffic.Arrival] = []
        while let next = heap.popFirst() { all.append(next) }
        #expect(all == arrivals.sorted())
    }

    @Test("A slot is kept beside the order of sending")
    func slots() {
        #expect(arrival(3, 123_456).slot == 456)
        #expect(arrival(3, 1) < arrival(3, 2) && arrival(2, 9) < arrival(3, 1) && arrival(9, 1).isSent(before: arrival(1, 2)))
    }
}
