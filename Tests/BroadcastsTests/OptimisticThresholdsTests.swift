import Kademlia
import TestSupport
import Testing

@testable import Broadcasts

@Suite("The thresholds of Optimistic")
struct OptimisticThresholdsTests {
    @Test("Those of the paper for k = 20")
    func paper() throws {
        let thresholds = try #require(OptimisticThresholds<Key256>(networkSize: 10_000, replication: 20))
        #expect(abs(thresholds.individual * 10_000 - 14.525) < 0.0005)
        #expect(abs(thresholds.set * 10_000 - 15.407) < 0.0005)
        #expect(thresholds == OptimisticThresholds(networkSize: 10_000, replication: 20, configuration: OptimisticConfiguration()))
        // An odd k: P⁻¹(k/2 + 1, …) with k/2 as it is.
        let odd = try #require(OptimisticThresholds<Key256>(networkSize: 1, replication: 3))
        #expect(odd.set == IncompleteGamma.inverseLower(2.5, 0.9))
    }

    @Test("8 bits by hand: a network of 100 and k = 4")
    func byHand() throws {
        // P⁻¹(4, 0.1) = 1.7448 and P⁻¹(3, 0.9) = 5.3223: distances below 4.4666 of 256, sums of four below 54.5006.
        let thresholds = try #require(OptimisticThresholds<Key8>(networkSize: 100, replication: 4))
        #expect(thresholds.isWithinIndividual(0) && thresholds.isWithinIndividual(4) && !thresholds.isWithinIndividual(5))
        #expect(thresholds.isWithinSet(DistanceSum([1, 2, 3, 48])))
        #expect(!thresholds.isWithinSet(DistanceSum([1, 2, 3, 49])))
        #expect(!thresholds.isWithinSet(DistanceSum([1, 2, 3])), "three are too few")
        #expect(!thresholds.isWithinSet(DistanceSum([0, 1, 2, 3, 4])), "five are another question")
    }

    @Test("A threshold that is a distance is not below itself")
    func strict() {
        // 2⁻³ of 256 is 32: the greatest below is 31.
        #expect(DistanceSum<Key8>(of: 1, below: 0.125).asDistance == 31)
        #expect(DistanceSum<Key8>(of: 1, below: 0.125.nextUp).asDistance == 32)
        #expect(DistanceSum<Key8>(of: 1, below: 1).asDistance == 255)
        #expect(DistanceSum<Key256>(of: 1, below: 1).asDistance == Key256(.max, .max, .max, .max))
        #expect(DistanceSum<Key256>(of: 1, below: 0x1p-256).asDistance == .zero)
        #expect(DistanceSum<Key256>(of: 1, below: (0x1p-256).nextUp).asDistance == Key256(0, 0, 0, 1))
        #expect(DistanceSum<Key256>(of: 1, below: .leastNormalMagnitude).asDistance == .zero)
        #expect(DistanceSum<Key256>(of: 1, below: 0x1p-192).asDistance == Key256(0, 0, 0, .max))
        #expect(DistanceSum<Key160>(of: 1, below: 0x1p-159).asDistance == Key160(0, 0, 1))
    }

    @Test("In a network smaller than the threshold every distance is near", arguments: [1e-300, 1, 7, 14])
    func tinyNetwork(size: Double) throws {
        let thresholds = try #require(OptimisticThresholds<Key8>(networkSize: size, replication: 20))
        #expect(thresholds.isWithinIndividual(255))
        #expect(thresholds.isWithinSet(DistanceSum(repeatElement(255, count: 20))))
        let wide = try #require(OptimisticThresholds<Key256>(networkSize: size, replication: 20))
        #expect(wide.isWithinIndividual(Key256(.max, .max, .max, .max)))
        #expect(wide.isWithinSet(DistanceSum(repeatElement(Key256(.max, .max, .max, .max), count: 20))))
    }

    @Test("In a network larger than all keys only the target itself is near")
    func hugeNetwork() throws {
        let thresholds = try #require(OptimisticThresholds<Key256>(networkSize: 1e308, replication: 20))
        #expect(thresholds.isWithinIndividual(.zero) && !thresholds.isWithinIndividual(Key256(0, 0, 0, 1)))
        #expect(!thresholds.isWithinSet(DistanceSum(repeatElement(Key256(0, 0, 0, 1), count: 20))))
    }

    @Test("A key of 8 or 160 bits at the top of 256 is judged like the key itself")
    func widths() throws {
        var random = SplitMix64(seed: 20)
        for _ in 0..<300 {
            let size = Double(random.number(1...2000)) / 4
            let k = random.number(1...20)
            let narrow = try #require(OptimisticThresholds<Key8>(networkSize: size, replication: k))
            let middle = try #require(OptimisticThresholds<Key160>(networkSize: size, replication: k))
            let wide = try #require(OptimisticThresholds<Key256>(networkSize: size, replication: k))
            let limit = random.number(1...256)
            let distances = (0..<k).map { _ in Key8(UInt8(random.below(limit))) }
            for distance in distances {
                let answer = Double(distance.value) / 256 < wide.individual
                #expect(narrow.isWithinIndividual(distance) == answer)
                #expect(middle.isWithinIndividual(Key160(distance.leadingBits, 0, 0)) == answer)
                #expect(wide.isWithinIndividual(Key256(distance.leadingBits, 0, 0, 0)) == answer)
            }
            let answer = Double(distances.reduce(0) { $0 + Int($1.value) }) / 256 < Double(k) * wide.set
            #expect(narrow.isWithinSet(DistanceSum(distances)) == answer)
            #expect(middle.isWithinSet(DistanceSum(distances.map { Key160($0.leadingBits, 0, 0) })) == answer)
            #expect(wide.isWithinSet(DistanceSum(distances.map { Key256($0.leadingBits, 0, 0, 0) })) == answer)
        }
    }

    @Test("Numbers out of range give no thresholds", arguments: [0, -1, -.infinity, .infinity, .nan] as [Double])
    func outOfRange(bad: Double) {
        #expect(OptimisticThresholds<Key256>(networkSize: bad, replication: 20) == nil)
        #expect(OptimisticThresholds<Key256>(networkSize: 1000, replication: 20, individualCertainty: bad) == nil)
        #expect(OptimisticThresholds<Key256>(networkSize: 1000, replication: 20, setStrictness: bad) == nil)
        #expect(OptimisticThresholds<Key256>(networkSize: 1000, replication: 20, individualCertainty: 1) == nil)
        #expect(OptimisticThresholds<Key256>(networkSize: 1000, replication: 20, setStrictness: 1) == nil)
        #expect(OptimisticThresholds<Key256>(networkSize: 1000, replication: 0) == nil)
        #expect(OptimisticThresholds<Key256>(networkSize: 1000, replication: .min) == nil)
    }

    @Test("The ends of what is in range give some")
    func ends() {
        for share in [.leastNonzeroMagnitude, 1e-300, 0.5, 1.0.nextDown] {
            for replication in [1, 2, 1_000_000, Int.max] {
                for size in [.leastNonzeroMagnitude, 1, .greatestFiniteMagnitude] {
                    let thresholds = OptimisticThresholds<Key256>(
                        networkSize: size, replication: replication, individualCertainty: share, setStrictness: share)
                    #expect(thresholds.map { $0.individual > 0 && $0.set > 0 && $0.isWithinIndividual(.zero) } == true)
                }
            }
        }
    }
}

@Suite("Sums of distances")
struct OptimisticDistanceSumTests {
    @Test("A sum is that of schoolbook addition, carries and all")
    func carries() {
        var random = SplitMix64(seed: 5)
        let words: [UInt64] = [0, 1, .max, .max - 1, 1 << 63]
        for count in [0, 1, 2, 20, 300] {
            let keys = (0..<count).map { _ in Key256(random.pick(words), random.pick(words), random.pick(words), random.pick(words)) }
            let sum = DistanceSum(keys)
            // Little-endian halves, so that nothing overflows.
            var halves = [UInt64](repeating: 0, count: 10)
            for key in keys {
                for (index, word) in [key.word3, key.word2, key.word1, key.word0].enumerated() {
                    halves[2 * index] += word & 0xffff_ffff
                    halves[2 * index + 1] += word >> 32
                }
            }
            for index in 0..<9 {
                halves[index + 1] += halves[index] >> 32
                halves[index] &= 0xffff_ffff
            }
            let expected = stride(from: 8, through: 0, by: -2).map { halves[$0] | halves[$0 + 1] << 32 }
            #expect([sum.carry, sum.word0, sum.word1, sum.word2, sum.word3] == expected)
            #expect(sum.count == count)
        }
    }

    @Test("The order is that of the integers")
    func order() {
        let places: [DistanceSum<Key256>] = [
            DistanceSum(), DistanceSum([Key256(0, 0, 0, 1)]), DistanceSum([Key256(0, 0, 1, 0)]), DistanceSum([Key256(0, 1, 0, 0)]),
            DistanceSum([Key256(1, 0, 0, 0)]), DistanceSum(repeatElement(Key256(1 << 63, 0, 0, 0), count: 2)),
        ]
        for (index, a) in places.enumerated() {
            for (other, b) in places.enumerated() { #expect(a.isAtMost(b) == (index <= other)) }
        }
    }
}
