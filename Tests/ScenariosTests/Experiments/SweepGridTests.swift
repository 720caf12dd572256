import TOMLFields
import Testing

@testable import Scenarios

@Suite("Seeds, grids and shards")
struct SweepGridTests {
    private func grid(_ axes: String..., seeds: String) throws -> SweepGrid {
        try SweepGrid(axes: try axes.map { try SweepGrid.Axis($0) }, seeds: try Seeds(seeds))
    }

    @Test("Seeds", arguments: [("1..4", [1, 2, 3, 4]), ("7", [7]), ("0,5..6,2", [0, 5, 6, 2])] as [(String, [UInt64])])
    func seeds(text: String, expected: [UInt64]) throws {
        let seeds = try Seeds(text)
        #expect((0..<seeds.count).map { seeds[$0] } == expected && seeds.description == text)
    }

    @Test(
        "Wrong seeds",
        arguments: [
            ("5..1", "the range 5..1 goes backwards; give 1..5"),
            ("", "\"\" is no seed and no range of seeds; give two numbers from 0 on, such as 1..10, or single ones, such as 1,2,5"),
            ("1,", "\"\" is no seed and no range of seeds; give two numbers from 0 on, such as 1..10, or single ones, such as 1,2,5"),
            (
                "-1..3",
                "\"-1..3\" is no seed and no range of seeds; give two numbers from 0 on, such as 1..10, or single ones, such as 1,2,5"
            ),
            (
                "1..2..3",
                "\"1..2..3\" is no seed and no range of seeds; give two numbers from 0 on, such as 1..10, or single ones, such as 1,2,5"
            ),
            ("1..4,3", "a seed stands there twice; give each once"),
            ("0..9223372036854775807", "these are more than 100000000 seeds; give fewer"),
        ])
    func wrongSeeds(text: String, sentence: String) {
        #expect(throws: RunError("--seeds \(text): \(sentence)")) { try Seeds(text) }
    }

    @Test(
        "An axis: commas in brackets, braces and quotation marks part nothing",
        arguments: [
            ("a=1,2", ["1", "2"]), ("a.b = x", ["x"]), ("a=[1,2],[3]", ["[1,2]", "[3]"]),
            ("a={ x = \"1,\", y = 2 },30ms", ["{ x = \"1,\", y = 2 }", "30ms"]), ("a=\"b\\\",c\",'d,\\'", ["\"b\\\",c\"", "'d,\\'"]),
        ])
    func axes(text: String, values: [String]) throws {
        #expect(try SweepGrid.Axis(text).settings.map(\.value) == values)
    }

    @Test("Every combination with every seed; the seed changes first, then the last axis")
    func cells() throws {
        let grid = try grid("a=1,2", "b=x,y", seeds: "5..6")
        #expect(grid.count == 8)
        #expect(
            (0..<8).map { grid[$0].words } == [
                "a=1, b=x, seed 5", "a=1, b=x, seed 6", "a=1, b=y, seed 5", "a=1, b=y, seed 6", "a=2, b=x, seed 5", "a=2, b=x, seed 6",
                "a=2, b=y, seed 5", "a=2, b=y, seed 6",
            ])
        #expect((0..<8).allSatisfy { grid[$0].index == $0 })
        #expect(grid.samples.map { $0.map(\.value) } == [["1", "x"], ["2", "x"], ["1", "y"]])
        let combinations = (0..<grid.combinationCount).map { grid.combination($0).map(\.value) }
        #expect(combinations == [["1", "x"], ["1", "y"], ["2", "x"], ["2", "y"]])
        let single = try self.grid(seeds: "3")
        #expect(single.count == 1 && single.combinationCount == 1 && single.combination(0).isEmpty)
    }

    @Test("The fingerprint tells grids apart")
    func fingerprint() throws {
        let grids = [
            try grid("a=1,2", seeds: "1..2"), try grid("a=1,2", seeds: "1..3"), try grid("a=1", "b=2", seeds: "1..2"),
            try grid("a=2,1", seeds: "1..2"),
            try grid(seeds: "1..2"),
        ]
        #expect(Set(grids.map(\.fingerprint)).count == grids.count && grids.allSatisfy { $0.fingerprint.count == 16 })
        #expect(try grids[0].fingerprint == grid("a = 1, 2", seeds: "1..2").fingerprint)
    }

    @Test("Wrong grids")
    func wrongGrids() {
        #expect(throws: RunError("--set a: the field is set twice; name it once, with all its values: a=A,B,C")) {
            try grid("a=1", "a=2", seeds: "1")
        }
        #expect(throws: RunError("--set a: the value 1 stands there twice; give each once")) { try grid("a=1,2,1", seeds: "1") }
        #expect(throws: RunError("the grid has more than 100000000 runs; give fewer values or seeds")) {
            try grid("a=1,2", seeds: "1..60000000")
        }
        #expect(throws: TOMLFieldError.self) { try grid("a", seeds: "1") }
        #expect(throws: TOMLFieldError.self) { try grid("a=1,,2", seeds: "1") }
    }

    @Test("Parts of a sweep are disjoint, and together they are all of it", arguments: 1...9)
    func shards(count: Int) throws {
        let grid = try grid("a=1,2", seeds: "1..4")
        let shards = try (1...count).map { try SweepShard("\($0)/\(count)") }
        #expect(shards.flatMap { Array($0.indices(of: grid)) }.sorted() == Array(0..<8))
        #expect(shards.allSatisfy { $0.size(of: grid) == Array($0.indices(of: grid)).count })
        #expect(shards.map { $0.size(of: grid) }.allSatisfy { 8 / count...(8 + count - 1) / count ~= $0 })
    }

    @Test(
        "Wrong parts",
        arguments: [
            ("3/2", "there is no part 3 of 2; give 1/2 to 2/2"), ("0/4", "there is no part 0 of 4; give 1/4 to 4/4"),
            ("1", "it is no part of a whole; give two numbers, such as 3/8 for the third of eight parts"),
            ("1/0", "it is no part of a whole; give two numbers, such as 3/8 for the third of eight parts"),
            ("a/b", "it is no part of a whole; give two numbers, such as 3/8 for the third of eight parts"),
        ])
    func wrongShards(text: String, sentence: String) {
        #expect(throws: RunError("--shard \(text): \(sentence)")) { try SweepShard(text) }
    }

    // MARK: The file of a sweep

    private func line(_ index: Int, _ grid: SweepGrid, scenario: String = "race") -> [UInt8] {
        Array(figures([], scenario: scenario, place: SweepPlace(index: index, grid: grid.fingerprint)).line.utf8)
    }

    @Test("What a file has is left out, in every part")
    func resume() throws {
        let grid = try grid("a=1,2", seeds: "1..4")
        var file = SweepFile(source: "f", grid: grid, fingerprint: fingerprintOfText("race"))
        #expect(file.rest(of: grid, .whole) == Array(0..<8))
        for index in [5, 0, 5] { try file.add(line(index, grid)) }
        try file.add([])
        #expect(file.finished == [0, 5] && file.wholeBytes == 3 * (line(0, grid).count + 1) + 1)
        #expect(file.rest(of: grid, .whole) == [1, 2, 3, 4, 6, 7])
        #expect(try file.rest(of: grid, SweepShard("2/3")) == [1, 4, 7] && file.rest(of: grid, SweepShard("1/3")) == [3, 6])
    }

    @Test("A file of another grid or scenario, or of none, is refused")
    func foreign() throws {
        let (grid, other) = (try grid("a=1,2", seeds: "1..4"), try grid("a=1,2", seeds: "1..5"))
        func refusal(_ line: [UInt8]) -> String? {
            var file = SweepFile(source: "f", grid: grid, fingerprint: fingerprintOfText("race"))
            do {
                try file.add(self.line(0, grid))
                try file.add(line)
                return nil
            } catch {
                return "\(error)"
            }
        }
        #expect(refusal(line(1, other)) == "f:2: it is a run of another grid of settings and seeds; give --output another name")
        #expect(refusal(line(8, grid)) == "f:2: it is a run of another grid of settings and seeds; give --output another name")
        #expect(
            refusal(line(1, grid, scenario: "other"))
                == "f:2: it is a run of another scenario, or of another text of this one; give --output another name")
        #expect(
            refusal(Array(figures([]).line.utf8)) == "f:2: it is a run of another grid of settings and seeds; give --output another name")
        #expect(refusal(Array("x".utf8)) == "f:2: it is not a JSON object; give --output another name")
    }
}
