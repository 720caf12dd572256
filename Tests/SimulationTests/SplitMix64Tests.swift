import Testing

@testable import Simulation

@Suite("SplitMix64")
struct SplitMix64Tests {
    @Test(
        "The numbers of the reference implementation",
        arguments: [
            (0, [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4, 0x06c4_5d18_8009_454f, 0xf88b_b8a8_724c_81ec, 0x1b39_896a_51a8_749b]),
            (
                1_234_567,
                [
                    6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
                    16_408_922_859_458_223_821,
                ]
            ),
        ] as [(UInt64, [UInt64])])
    func reference(seed: UInt64, numbers: [UInt64]) {
        var generator = SplitMix64(seed: seed)
        #expect(numbers.map { _ in generator.next() } == numbers)
    }

    @Test("FNV-1a of texts")
    func texts() {
        #expect(SplitMix64.hash("") == 0xcbf2_9ce4_8422_2325)
        #expect(SplitMix64.hash("a") == 0xaf63_dc4c_8601_ec8c)
        #expect(SplitMix64.hash("foobar") == 0x8594_4171_f739_67e8)
    }

    @Test("A hash depends on each number and on their order")
    func lists() {
        let hashes = [
            SplitMix64.hash(1), SplitMix64.hash(2), SplitMix64.hash(1, 2), SplitMix64.hash(2, 1), SplitMix64.hash(1, 2, 0),
            SplitMix64.hash(0, 1, 2), SplitMix64.hash(0, 0), SplitMix64.hash(0),
        ]
        #expect(Set(hashes).count == hashes.count)
    }

    @Test("A share is at least 0 and less than 1")
    func shares() {
        #expect(UInt64.min.asShare == 0)
        #expect(UInt64.max.asShare == 1 - 0x1p-53)
        #expect((1 << 63 as UInt64).asShare == 0.5)
    }

    @Test("Numbers below a bound: all of them, each about as often")
    func bounded() {
        var generator = SplitMix64(seed: 9)
        for bound in [1, 2, 3, 7, 20] {
            var counts = [Int](repeating: 0, count: bound)
            for _ in 0..<bound * 1000 { counts[generator.next(below: bound)] += 1 }
            #expect(counts.allSatisfy { (850...1150).contains($0) }, "\(bound): \(counts)")
        }
        #expect(generator.next(below: .max) >= 0)
    }

    @Test("The standard library's shuffle and ranges may change; a bounded draw may not")
    func fixed() {
        var generator = SplitMix64(seed: 1)
        #expect((0..<8).map { _ in generator.next(below: 1000) } == [566, 745, 971, 444, 444, 762, 877, 523])
    }
}
