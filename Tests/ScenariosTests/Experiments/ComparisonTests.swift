import Broadcasts
import Testing

@testable import Scenarios

@Suite("Comparisons of strategies")
struct ComparisonTests {
    private func comparison(_ strategies: [BroadcastStrategy], seeds: ClosedRange<UInt64>) throws -> Comparison {
        let text = try #require(BuiltInScenario.named("race")).text
        var comparison = Comparison(strategies)
        for seed in seeds {
            let scenario = try Scenario(text: text, name: "race", source: "race", seed: seed)
            for strategy in strategies {
                var run = try HeadlessRun(scenario.withAllPuts(by: strategy))
                while run.advance(steps: 1000) {}
                comparison.add(run, by: strategy, seed: seed)
            }
        }
        return comparison
    }

    @Test("Puts are paired by seed and id, and differences are those of the pairs")
    func pairs() throws {
        let comparison = try comparison([.followUp, .static], seeds: 1...3)
        #expect(comparison.figures.map(\.count) == [6, 6] && comparison.unfinishedPuts(by: .static) == 0)
        let difference = try #require(comparison.differences.first)
        #expect(comparison.differences.count == 1 && difference.strategy == .static && difference.pairs == 6)
        let (first, second) = (comparison.figures[0], comparison.figures[1])
        for measure in Comparison.measures {
            let mean = try #require(difference.means[measure])
            #expect(mean.count == 6)
            #expect(try abs(mean.mean - (#require(second[measure].mean) - #require(first[measure].mean))) < 1e-9)
        }
        #expect(difference.medianRatio == second[.duration].quantile(0.5)! / first[.duration].quantile(0.5)!)
    }

    @Test("A strategy against itself is no different")
    func same() throws {
        var comparison = try comparison([.followUp], seeds: 1...2)
        #expect(comparison.differences.isEmpty)
        comparison = Comparison([.followUp, .static])
        #expect(comparison.differences.map(\.pairs) == [0] && comparison.differences[0].means.isEmpty)
    }

    @Test("Broken off before a seed was through, it tells of no figures")
    func empty() throws {
        let scenario = try #require(BuiltInScenario.named("race")).scenario()
        let lines = FigureTable.lines(of: Comparison([.followUp, .static]), scenario: scenario, try Seeds("1..3"), isPartial: true)
        #expect(
            lines.suffix(2) == [
                "partial: the comparison was broken off before one seed had run under each", "  strategy: there are no figures",
            ])
    }

    @Test("A put without holders has no regret, and its pair counts for the other measures")
    func withoutHolders() throws {
        let eclipse = """
            [network]
            size = 200
            latency = "10ms"
            [[broadcast]]
            id = "lost"
            strategy = "followUp"
            record = "a page"
            [[network.nodes]]
            join = 20
            near = "a page"
            bits = 24
            lies = { eclipse = "a page" }
            """
        let scenario = try Scenario(text: eclipse, name: "eclipse", source: "eclipse")
        var comparison = Comparison([.followUp, .optimistic])
        for strategy in comparison.strategies {
            var run = try HeadlessRun(scenario.withAllPuts(by: strategy))
            while run.advance(steps: 1000) {}
            comparison.add(run, by: strategy, seed: 1)
        }
        let figures = comparison.figures[0]
        #expect(figures[.holders].mean == 0 && figures[.overlap].mean == 0 && figures[.regret].count == 0)
        let difference = comparison.differences[0]
        #expect(difference.pairs == 1 && difference.means[.holders]?.count == 1 && difference.means[.regret] == nil)
    }

    @Test("As lines, and as JSON")
    func output() throws {
        let comparison = try comparison([.followUp, .optimistic], seeds: 1...3)
        let scenario = try #require(BuiltInScenario.named("race")).scenario()
        let lines = FigureTable.lines(of: comparison, scenario: scenario, try Seeds("1..3"), isPartial: false)
        #expect(lines.allSatisfy { $0.count <= 80 })
        #expect(lines.contains("followUp: 6 puts: 6 completed") && lines.contains("optimistic minus followUp: 6 pairs of puts"))
        let json = comparison.line(of: scenario, try Seeds("1..3"), isPartial: true)
        #expect(
            json.hasPrefix("{\"format\":\"kadscope-comparison\",\"version\":1,\"scenario\":\"race\",") && json.contains("\"partial\":true"))
        #expect(json.contains("\"differences\":[{\"strategy\":\"optimistic\",\"minus\":\"followUp\",\"pairs\":6,\"duration_s\":{\"mean\":"))
    }
}
