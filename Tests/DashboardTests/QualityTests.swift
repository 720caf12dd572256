import Broadcasts
import Canvas
import Coordination
import Kademlia
import Scenarios
import Simulation
import Testing
import Theming
import Timeline

@testable import Dashboard

@Suite("How well a record is placed, on the screen")
struct QualityTests {
    private func done(_ scenario: String = "race", size: Size = Screens.sizes[1]) throws -> Dashboard {
        var dashboard = try Screens.dashboard(scenario, size: size)
        dashboard.type(":100%\r")
        return dashboard
    }

    @Test("Long words where there is room, short ones where there is not, none before the first store")
    func words() throws {
        let nodes = (0..<4).map { NetworkNode(index: $0, key: Key256(UInt64($0) << 56, 0, 0, 0)) }
        let quality = PutQuality(of: [nodes[0], nodes[2]], around: .zero, count: 2) { Array(nodes.prefix($0)) }
        #expect(Words.quality(quality, width: 60, dot: "·") == "quality 1/2 of the true closest hold it, 0.5 ranks off")
        #expect(Words.quality(quality, width: 30, dot: "·") == "holds 1/2 · +0.5")
        let nobody = PutQuality(of: [], around: .zero, count: 2) { Array(nodes.prefix($0)) }
        #expect(Words.quality(nobody, width: 60, dot: "·") == "quality 0/2 of the true closest hold it")
        #expect(Words.quality(nobody, width: 0, dot: ".") == "holds 0/2")
        #expect(!(try Screens.dashboard("race", size: Screens.sizes[1])).text().contains("quality"))
        #expect(try done(size: Screens.sizes[2]).text().contains("of the true closest hold it"))
        #expect(try done().text().contains("holds "))
        #expect(try done(size: Screens.sizes[0]).text().contains("holds "))
        #expect(try done(size: Screens.sizes[0]).text(Screens.look(.ascii)).contains(" . +") == true)
    }

    @Test("v marks the true closest nodes, and lists below those that were never heard of")
    func truth() throws {
        var dashboard = try done("churn")
        let plain = dashboard.shownNodes
        dashboard.type("3v")
        let quality = try #require(dashboard.qualitySeen?.quality)
        let entry = try #require(dashboard.shownBroadcast)
        let heardOf = Set(entry.heardOf)
        let missing = quality.trueClosest.filter { !heardOf.contains($0.index) }
        #expect(dashboard.shownNodes.map(\.node) == plain.map(\.node) + missing)
        #expect(dashboard.shownNodes.suffix(missing.count).allSatisfy { $0.status == .unheard && $0.rank == nil })
        #expect(dashboard.text().contains("★"))
        if !missing.isEmpty { #expect(dashboard.text().contains("should hold, never heard of")) }
        dashboard.type("Gw")
        #expect(dashboard.dialog != nil)
        dashboard.type("qv")
        #expect(dashboard.shownNodes.map(\.node) == plain.map(\.node))
    }

    @Test("Wide screens say it for every put, and for each strategy")
    func columns() throws {
        var dashboard = try done(size: Screens.sizes[2])
        dashboard.type("1z")
        #expect(dashboard.text().contains(" held "))
        dashboard.type("z8z")
        #expect(dashboard.figures.overlaps[.followUp] != nil && dashboard.text().contains(" held "))
        let narrow = try done(size: Screens.sizes[0])
        #expect(!narrow.text().contains(" held "))
    }
}
