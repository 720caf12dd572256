import TestSupport
import Testing

@testable import Broadcasts

@Suite("PlaceSet against a sorted list")
struct PlaceSetTests {
    private func expectSame(_ places: PlaceSet, _ model: Set<Int>, probes: [Int]) {
        let sorted = model.sorted()
        #expect(places.isEmpty == model.isEmpty)
        for probe in probes {
            #expect(places.contains(probe) == model.contains(probe))
            #expect(places.first(from: probe) == sorted.first { $0 >= probe })
            #expect(places.next(after: probe) == sorted.first { $0 > probe } ?? sorted.first)
        }
        #expect(places.next(after: -1) == sorted.first)
    }

    @Test("Every subset of places around the ends of words")
    func subsets() {
        let edges = [0, 1, 62, 63, 64, 127, 128, 4095, 4096]
        for bits in 0..<(1 << edges.count) {
            let model = Set(edges.indices.filter { bits & (1 << $0) != 0 }.map { edges[$0] })
            var places = PlaceSet()
            for place in model.sorted(by: >) { places.insert(place) }
            expectSame(places, model, probes: bits.isMultiple(of: 16) ? edges + [4097, 100_000] : [63, 64, 4095])
        }
    }

    @Test("Insertions and removals at random, in one word, one block of words, and many", arguments: [60, 3_000, 200_000, 20_000_000])
    func random(range: Int) {
        var random = SplitMix64(seed: UInt64(range))
        var places = PlaceSet()
        var model: Set<Int> = []
        for _ in 0..<1_500 {
            let place = random.chance(percent: 60) ? random.below(range) : model.min() ?? 0
            if random.chance(percent: 50) {
                places.insert(place)
                model.insert(place)
            } else {
                places.remove(place)
                model.remove(place)
            }
            let probe = random.below(range)
            #expect(places.contains(place) == model.contains(place))
            #expect(places.next(after: probe) == model.filter { $0 > probe }.min() ?? model.min())
        }
        expectSame(places, model, probes: [0, 63, 64, range - 1, range, range * 70])
        for place in model { places.remove(place) }
        expectSame(places, [], probes: [0, 63, 64, range])
    }
}
