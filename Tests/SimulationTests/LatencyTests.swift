import Coordination
import Testing

@testable import Simulation

@Suite("Latency tables")
struct LatencyTests {
    /// The draw that stands exactly at a quantile, in 256ths; 256 itself is as near as draws come.
    private func quantile(_ index: Int, of table: QuantileTable) -> Int64 {
        table.draw(index == 256 ? .max : UInt64(index) << 56).count
    }

    @Test("A constant is what every draw gives", arguments: [0, 1, 17, 3_600_000_000_000] as [Int64])
    func constant(time: Int64) {
        let table = QuantileTable(constant: Nanoseconds(time))
        for random in [0, 1, 1 << 55, 0xabcd_ef01_2345_6789, .max] as [UInt64] { #expect(table.draw(random).count == time) }
    }

    @Test("A uniform latency goes in a straight line from minimum to maximum")
    func uniform() {
        let table = QuantileTable(from: .milliseconds(10), to: .milliseconds(60))
        for index in 0..<256 { #expect(quantile(index, of: table) == 10_000_000 + 50_000_000 * Int64(index) / 256) }
        #expect((59_999_900..<60_000_000).contains(quantile(256, of: table)))
        #expect(table.draw(0xbf << 56 | 0x80 << 48).count == 10_000_000 + 50_000_000 * 383 / 512)
        #expect(QuantileTable(from: Nanoseconds(5), to: Nanoseconds(5)).draw(.max).count == 5)
    }

    /// Median, 95th percentile, and quantiles in 256ths as `median * exp(sigma * scipy.stats.norm.ppf(share))` gives them;
    /// those at 0 and 256 stand for 1/1024 and 1023/1024.
    static let lognormals: [(median: Int64, p95: Int64, quantiles: [(Int, Int64)])] = [
        (
            40_000_000, 120_000_000,
            [
                (0, 5_054_030), (1, 6_767_940), (2, 7_957_941), (13, 13_400_544), (26, 17_095_799), (64, 25_492_436), (100, 33_228_487),
                (128, 40_000_000), (150, 46_241_936), (192, 62_763_715), (230, 93_590_242), (243, 119_398_132), (244, 122_517_566),
                (250, 150_852_135), (254, 201_057_011), (255, 236_408_690), (256, 316_579_017),
            ]
        ),
        (
            80_000_000, 400_000_000,
            [
                (0, 3_863_005), (1, 5_925_313), (13, 16_118_293), (64, 41_349_464), (128, 80_000_000), (192, 154_778_303),
                (243, 397_064_364), (244, 412_353_636), (255, 1_080_111_537), (256, 1_656_741_024),
            ]
        ),
        (
            1_000_000, 1_000_000_000,
            [
                (0, 2), (1, 14), (13, 1032), (64, 58_859), (128, 1_000_000), (192, 16_989_553), (243, 968_878_809),
                (244, 1_139_454_565), (255, 71_058_915_118), (256, 445_674_400_618),
            ]
        ),
    ]

    @Test("A lognormal latency has the quantiles that SciPy computes", arguments: lognormals)
    func lognormal(median: Int64, p95: Int64, quantiles: [(Int, Int64)]) {
        let table = QuantileTable(median: Nanoseconds(median), p95: Nanoseconds(p95))
        for (index, expected) in quantiles {
            // The last one is reached up to 2^-24 of the way to it.
            let slack = max(2, Double(expected) * (index == 256 ? 1e-6 : 1e-9))
            let got = quantile(index, of: table)
            #expect(abs(Double(got - expected)) <= slack, "quantile \(index): \(got), not \(expected)")
        }
    }

    @Test("The share of draws below the median and the 95th percentile")
    func shares() {
        let table = QuantileTable(median: .milliseconds(40), p95: .milliseconds(120))
        var generator = SplitMix64(seed: 3)
        let draws = (0..<20_000).map { _ in table.draw(generator.next()) }
        #expect(abs(Double(draws.count { $0 < .milliseconds(40) }) / 20_000 - 0.5) < 0.012)
        #expect(abs(Double(draws.count { $0 < .milliseconds(120) }) / 20_000 - 0.95) < 0.006)
    }

    @Test(
        "A larger random number never gives a shorter latency, and none is negative",
        arguments: [
            .constant(Nanoseconds(1)), .uniform(minimum: Nanoseconds(1), maximum: .seconds(3600)),
            .lognormal(median: .milliseconds(40), p95: .milliseconds(120)), .lognormal(median: Nanoseconds(1), p95: Nanoseconds(1000)),
            .lognormal(median: .milliseconds(3600), p95: .seconds(3600)), .lognormal(median: .seconds(1), p95: .seconds(1)),
        ] as [Latency])
    func monotone(latency: Latency) {
        let model = LatencyModel(latency)
        var last: Int64 = 0
        for index in 0..<256 as Range<UInt64> {
            for fraction in [0, 1, 0x7f_ffff, 0xff_ffff] as [UInt64] {
                let drawn = model.draw(index << 56 | fraction << 32, region: 0).count
                #expect(drawn >= last)
                last = drawn
            }
        }
    }

    @Test(
        "The exponential of our own",
        arguments: [
            (-30, 9.357622968840175e-14), (-13.5, 1.3709590863840845e-06), (-4.25, 0.014264233908999256), (-1, 0.36787944117144233),
            (-0.001, 0.999000499833375), (0, 1), (1e-06, 1.0000010000005), (0.5, 1.6487212707001282), (1, 2.718281828459045),
            (2.718281828, 15.15426223452277), (5, 148.4131591025766), (13.1, 488942.41461545986), (20, 485165195.4097903),
        ])
    func exponential(x: Double, expected: Double) {
        #expect(abs(QuantileTable.exponential(x) / expected - 1) < 1e-12)
    }

    @Test(
        "The logarithm of our own",
        arguments: [
            (1e-06, -13.815510557964274), (0.01, -4.605170185988091), (0.5, -0.6931471805599453), (0.75, -0.2876820724517809),
            (1.5, 0.4054651081081644), (2, 0.6931471805599453), (2.718281828459045, 1), (3, 1.0986122886681098),
            (7.75, 2.0476928433652555), (10, 2.302585092994046), (100, 4.605170185988092), (999.5, 6.907255153940455),
            (1_000_000, 13.815510557964274), (123456789.125, 18.631401767180517),
        ])
    func logarithm(x: Double, expected: Double) {
        #expect(abs(QuantileTable.logarithm(x) / expected - 1) < 1e-12)
        #expect(QuantileTable.logarithm(1) == 0)
    }
}
