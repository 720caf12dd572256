import Coordination
import Kademlia
import TestSupport
import Testing

@testable import Broadcasts

@Suite("The network size estimator")
struct OptimisticEstimatorTests {
    /// The keys of the `k` closest nodes, when the i-th is exactly at i/(n + 1).
    private func expectedKeys(of n: Int, k: Int) -> [Key256] {
        (1...k).map { Key256(UInt64(Double($0) / Double(n + 1) * 0x1p64), 0, 0, 0) }
    }

    /// The `k` keys closest to the target, closest first.
    private func closest<K: TestKey>(_ k: Int, to target: K, of keys: [K]) -> [K] {
        var best: [K] = []
        for key in keys {
            if best.count == k, !key.isCloser(to: target, than: best[k - 1]) { continue }
            if best.count == k { best.removeLast() }
            let place = best.firstIndex { key.isCloser(to: target, than: $0) } ?? best.count
            best.insert(key, at: place)
        }
        return best
    }

    @Test("Nodes at the expected distances give the size itself", arguments: [20, 1000, 10_000, 25_000_000])
    func exact(n: Int) throws {
        var estimator = NetworkSizeEstimator<Key256>(replication: 20)
        for _ in 0..<5 { estimator.record(target: .zero, closest: expectedKeys(of: n, k: 20), at: .start) }
        let estimate = try #require(estimator.estimate(at: .start))
        #expect(abs(estimate / Double(n) - 1) < 1e-9)
    }

    @Test("The slope is that of the line through the means of the ranks")
    func leastSquares() throws {
        var random = SplitMix64(seed: 7)
        var estimator = NetworkSizeEstimator<Key256>(replication: 4)
        var sums = [0.0, 0, 0, 0]
        let lookups = 9
        for _ in 0..<lookups {
            let keys = (0..<4).map { _ in Key256(random.next() >> 4, 0, 0, 0) }.sorted()
            estimator.record(target: .zero, closest: keys, at: .start)
            for (rank, key) in keys.enumerated() { sums[rank] += key.normed }
        }
        var slope = 0.0
        for (rank, sum) in sums.enumerated() { slope += Double(rank + 1) * (sum / Double(lookups)) / 30 }  // 30 = 1 + 4 + 9 + 16
        let estimate = try #require(estimator.estimate(at: .start))
        #expect(abs((estimate + 1) * slope - 1) < 1e-12)
    }

    @Test("Fewer than five lookups give no estimate, nor do lookups with another number of results")
    func tooFew() {
        var estimator = NetworkSizeEstimator<Key256>(replication: 20)
        for count in 0..<5 {
            #expect(estimator.measurementCount(at: .start) == count)
            #expect(estimator.estimate(at: .start) == nil)
            estimator.record(target: .zero, closest: expectedKeys(of: 500, k: 19), at: .start)
            estimator.record(target: .zero, closest: expectedKeys(of: 500, k: 21), at: .start)
            estimator.record(target: .zero, closest: [], at: .start)
            estimator.record(target: .zero, closest: expectedKeys(of: 500, k: 20), at: .start)
        }
        #expect(estimator.estimate(at: .start) != nil)
    }

    @Test("A lookup counts for two hours and no longer")
    func ageing() throws {
        var estimator = NetworkSizeEstimator<Key256>(replication: 20)
        func moment(_ minutes: Int64) -> Instant { .start.advanced(by: .minutes(minutes)) }
        for minute in 0..<10 {
            estimator.record(target: .zero, closest: expectedKeys(of: minute < 5 ? 100 : 900, k: 20), at: moment(Int64(minute)))
        }
        #expect(estimator.measurementCount(at: moment(120)) == 10)
        #expect(estimator.measurementCount(at: moment(120).firstMomentPast) == 9)
        #expect(estimator.measurementCount(at: moment(124)) == 6)
        let later = moment(124).firstMomentPast
        #expect(abs(try #require(estimator.estimate(at: later)) - 900) < 1e-6)
        #expect(estimator.estimate(at: moment(125).firstMomentPast) == nil)
        #expect(estimator.estimate(at: .distantFuture) == nil)
        #expect(estimator.measurementCount(at: Instant(nanoseconds: .min)) == 10, "a clock that goes back harms nothing")
    }

    @Test("Only the latest 150 lookups count")
    func cap() throws {
        var estimator = NetworkSizeEstimator<Key256>(replication: 20)
        for _ in 0..<149 { estimator.record(target: .zero, closest: expectedKeys(of: 100, k: 20), at: .start) }
        for _ in 0..<149 { estimator.record(target: .zero, closest: expectedKeys(of: 900, k: 20), at: .start) }
        #expect(estimator.measurementCount(at: .start) == 150)
        #expect(try #require(estimator.estimate(at: .start)) < 860, "one of the first is left")
        estimator.record(target: .zero, closest: expectedKeys(of: 900, k: 20), at: .start)
        #expect(estimator.measurementCount(at: .start) == 150)
        #expect(abs(try #require(estimator.estimate(at: .start)) - 900) < 1e-6)
    }

    @Test("No estimate is below 1, infinite or not a number")
    func ends() throws {
        var atTarget = NetworkSizeEstimator<Key8>(replication: 1)
        for _ in 0..<5 { atTarget.record(target: 7, closest: [7], at: .start) }
        #expect(atTarget.estimate(at: .start) == nil)
        var far = NetworkSizeEstimator<Key256>(replication: 1)
        for _ in 0..<5 { far.record(target: .zero, closest: [Key256(.max, .max, .max, .max)], at: .start) }
        #expect(far.estimate(at: .start) == 1)
        var near = NetworkSizeEstimator<Key256>(replication: 1)
        for _ in 0..<5 { near.record(target: .zero, closest: [Key256(0, 0, 0, 1)], at: .start) }
        #expect(try #require(near.estimate(at: .start)) == 0x1p256)
        for replication in [0, -1, Int.min] {
            var useless = NetworkSizeEstimator<Key256>(replication: replication)
            for _ in 0..<5 { useless.record(target: .zero, closest: [], at: .start) }
            #expect(useless.estimate(at: .start) == nil)
        }
    }

    /// The errors of the estimate after 15 lookups of the true 20 closest, one for each seed, in order of size.
    private func errors<K: TestKey>(_: K.Type, nodes: Int, seeds: Int, key: (inout SplitMix64) -> K) -> [Double] {
        (0..<seeds).map { seed in
            var random = SplitMix64(seed: UInt64(seed))
            let keys = (0..<nodes).map { _ in key(&random) }
            var estimator = NetworkSizeEstimator<K>(replication: 20)
            for _ in 0..<15 {
                let target = key(&random)
                estimator.record(target: target, closest: closest(20, to: target, of: keys), at: .start)
            }
            return abs((estimator.estimate(at: .start) ?? .infinity) / Double(nodes) - 1)
        }.sorted()
    }

    @Test("After 15 lookups the median error is within 15 %, in 256 bits", arguments: [1000, 10_000])
    func median256(nodes: Int) {
        let errors = errors(Key256.self, nodes: nodes, seeds: longRunsWanted ? 100 : 20) {
            Key256($0.next(), $0.next(), $0.next(), $0.next())
        }
        #expect(errors[errors.count / 2] <= 0.15, "\(errors)")
    }

    @Test("And in 160 bits")
    func median160() {
        let errors = errors(Key160.self, nodes: 1000, seeds: 20) { Key160($0.next(), $0.next(), UInt32($0.next() >> 32)) }
        #expect(errors[errors.count / 2] <= 0.15, "\(errors)")
    }

    @Test("And in 8 bits, with 100 of the 256 keys")
    func median8() {
        let errors: [Double] = (0..<20).map { seed in
            var random = SplitMix64(seed: UInt64(seed))
            let keys = random.shuffled((0...255).map { Key8(UInt8($0)) }).prefix(100)
            var estimator = NetworkSizeEstimator<Key8>(replication: 20)
            for _ in 0..<15 {
                let target = Key8(UInt8(truncatingIfNeeded: random.next()))
                estimator.record(target: target, closest: closest(20, to: target, of: Array(keys)), at: .start)
            }
            return abs((estimator.estimate(at: .start) ?? .infinity) / 100 - 1)
        }.sorted()
        #expect(errors[10] <= 0.15, "\(errors)")
    }
}
