import Broadcasts
import Coordination
import Foundation
import Testing

@testable import Scenarios

@Suite("Reports: groups, tables and pictures")
struct ReportTests {
    /// Runs of a sweep over two fields, of which one does not change.
    private static let runs: [RunFigures] = [10, 1, 3].flatMap { concurrency in
        [UInt64(1), 2].map { seed in
            figures(
                results(.followUp, count: 40, milliseconds: Int64(900 / concurrency))
                    + results(.optimistic, count: 30, milliseconds: 20 + Int64(concurrency)),
                settings: [.init(path: "pool.queryConcurrency", value: "\(concurrency)"), .init(path: "network.loss", value: "0.1")],
                seed: seed)
        }
    }

    private static var groups: [ReportGroup] { ReportGroup.groups(of: runs, by: ReportGroup.differences(of: runs)) }

    @Test("Told apart by strategy and by what differs, in the order of the numbers")
    func groups() throws {
        #expect(
            Self.groups.map(\.name) == [
                "followUp, pool.queryConcurrency=1", "followUp, pool.queryConcurrency=3", "followUp, pool.queryConcurrency=10",
                "optimistic, pool.queryConcurrency=1", "optimistic, pool.queryConcurrency=3", "optimistic, pool.queryConcurrency=10",
            ])
        #expect(Self.groups.allSatisfy { $0.runs == 2 && $0.unfinishedPuts == 4 && $0.partialRuns == 0 })
        #expect(Self.groups.map(\.figures.count) == [80, 80, 80, 60, 60, 60])
    }

    @Test("By what somebody wants")
    func criteria() throws {
        func names(_ words: String...) throws -> [String] {
            ReportGroup.groups(of: Self.runs, by: try ReportGroup.criteria(words, for: Self.runs)).map(\.name)
        }
        #expect(try names("strategy", "strategy") == ["followUp", "optimistic"])
        #expect(try names("network.loss", "scenario", "nodes") == ["network.loss=0.1, race, 1,000 nodes"])
        #expect(try names() == ["all puts"])
        #expect(throws: RunError("--by network.los: no run has such a setting; did you mean network.loss?")) { try names("network.los") }
        #expect(
            throws: RunError("--by x: no run has such a setting; use one of strategy, scenario, nodes, pool.queryConcurrency, network.loss")
        ) { try names("x") }
    }

    @Test("Scenarios of one name but different texts; settings that only some runs have")
    func scenarios() {
        let one = figures(results(.static, count: 1))
        let two = RunFigures(
            scenario: "race", fingerprint: "0123456789abcdef", settings: [.init(path: "a", value: "1")], seed: 1, networkSize: 1,
            simulatedTime: .start,
            steps: 1, unfinishedPuts: 0, isPartial: true, strategies: PutFigures.byStrategy(results(.static, count: 1)))
        let groups = ReportGroup.groups(of: [one, two], by: ReportGroup.differences(of: [one, two]))
        #expect(groups.map(\.name) == ["static, race \(one.fingerprint.prefix(8)), a=as in the file", "static, race 01234567, a=1"])
        #expect(groups.map(\.partialRuns) == [0, 1])
    }

    // MARK: Tables and pictures

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Pictures")

    /// Compares with a file that is kept, or writes it if asked to.
    private func expectFile(_ text: String, _ name: String) throws {
        let file = Self.folder.appending(path: name)
        if ProcessInfo.processInfo.environment["KADSCOPE_UPDATE_SNAPSHOTS"] == "1" { try Data(text.utf8).write(to: file) }
        #expect(try String(contentsOf: file, encoding: .utf8) == text, "\(name) differs; KADSCOPE_UPDATE_SNAPSHOTS=1 writes it anew")
    }

    @Test("The table of a run")
    func runTable() throws {
        let run = figures(
            results(.followUp, count: 40) + results(.static, count: 1), settings: [.init(path: "pool.queryConcurrency", value: "3")],
            isPartial: true)
        let lines = FigureTable.lines(of: run, title: "The same record twice: a classic put against an optimistic one")
        #expect(lines.allSatisfy { $0.count <= 80 })
        try expectFile(lines.joined(separator: "\n") + "\n", "run.txt")
    }

    @Test("The table of a report")
    func reportTable() throws {
        let lines = FigureTable.lines(of: Self.groups)
        #expect(lines.allSatisfy { $0.count <= 80 })
        try expectFile(lines.joined(separator: "\n") + "\n", "report.txt")
    }

    @Test("Pictures on the terminal", arguments: Plot.Kind.allCases, [true, false])
    func text(kind: Plot.Kind, isASCII: Bool) throws {
        let lines = TextPlot(try Plot(kind, of: .duration, Self.groups), width: 80, isASCII: isASCII).lines
        #expect(lines.allSatisfy { $0.count <= 80 && (!isASCII || $0.utf8.allSatisfy { $0 < 0x80 }) })
        try expectFile(lines.joined(separator: "\n") + "\n", "\(kind.rawValue)\(isASCII ? "-ascii" : "").txt")
    }

    @Test("Pictures as SVG", arguments: Plot.Kind.allCases)
    func svg(kind: Plot.Kind) throws {
        try expectFile(SVGPlot(try Plot(kind, of: .duration, Self.groups), caption: "race").text, "\(kind.rawValue).svg")
    }

    @Test("Every kind of every measure: well formed, nothing beyond the width", arguments: Plot.Kind.allCases, PutMeasure.allCases)
    func all(kind: Plot.Kind, measure: PutMeasure) throws {
        for groups in [Self.groups, ReportGroup.groups(of: [figures(results(.static, count: 1))], by: [.strategy])] {
            let plot = try Plot(kind, of: measure, groups)
            for series in plot.series { #expect(plot.counts(series.tally).reduce(0, +) == series.tally.count) }
            for tally in plot.series.map(\.tally) { #expect(plot.axis.range.contains(tally.min) && plot.axis.range.contains(tally.max)) }
            #expect(plot.axis.ticks.count >= 2 || plot.axis.bins.count == 1, "\(plot.axis.ticks)")
            #expect(plot.axis.ticks.allSatisfy { plot.axis.range.contains($0) })
            for width in [40, 80, 133] { #expect(TextPlot(plot, width: width, isASCII: false).lines.allSatisfy { $0.count <= width }) }
            let svg = SVGPlot(plot, caption: "<&\">\u{1}").text
            #expect(svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>\n") && svg.count { $0 == "<" } == svg.count { $0 == ">" })
            #expect(svg.contains(">&lt;&amp;&quot;&gt; </text>"))
        }
    }

    @Test("A logarithmic axis")
    func axis() {
        let axis = PlotAxis(.duration, [Tally([0.3, 4, 45])])
        #expect(axis.isLogarithmic && axis.range == 0.25...50 && axis.ticks == [0.5, 1, 2, 5, 10, 20, 50])
        #expect(axis.place(of: 0.25) == 0 && axis.place(of: 50) == 1 && axis.place(of: 0.01) == 0 && axis.place(of: 99) == 1)
        #expect(abs(axis.place(of: 2.5) - 0.4345876) < 1e-6 && abs(axis.value(at: axis.place(of: 7)) - 7) < 1e-6)
        #expect(PlotAxis(.duration, [Tally([0.001, 900])]).ticks == [0.001, 0.01, 0.1, 1, 10, 100, 1000])
    }

    @Test("What cannot be drawn")
    func nothing() {
        #expect(throws: RunError("--of hops: no put has ended, so there is nothing to draw; let the runs go on longer")) {
            try Plot(.boxes, of: .hops, [])
        }
        let many = (1...9).map { number in figures(results(.static, count: 2), settings: [.init(path: "a", value: "\(number)")]) }
        #expect(throws: RunError("--plot cumulative: 9 groups are more than the 8 that it can tell apart; name fewer settings with --by")) {
            try Plot(.cumulative, of: .hops, ReportGroup.groups(of: many, by: ReportGroup.differences(of: many)))
        }
    }
}
