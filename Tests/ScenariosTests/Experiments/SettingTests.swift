import Broadcasts
import Coordination
import Queries
import Simulation
import TOMLFields
import Testing

@testable import Scenarios

@Suite("Scenarios with settings from outside")
struct ScenarioSettingTests {
    private func race(_ texts: String..., seed: UInt64? = nil) throws -> Scenario {
        let text = try #require(BuiltInScenario.named("race")).text
        return try Scenario(text: text, name: "race", source: "race", seed: seed, settings: try texts.map { try TOMLSetting($0) })
    }

    private func sentence(_ setting: String) -> String? {
        do {
            _ = try race(setting)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test("They count more than the file; the text stays as it is")
    func effect() throws {
        let plain = try race()
        let scenario = try race(
            "pool.queryConcurrency=10", "network.latency=30ms", "broadcast[0].strategy=static", "broadcast.storeTimeout=1s")
        #expect(
            scenario.pool.queries.queryConcurrency == 10
                && scenario.network.configuration.conditions.latency == .constant(.milliseconds(30)))
        #expect(scenario.broadcasts.map(\.configuration.strategy) == [.static, .optimistic])
        #expect(scenario.broadcasts.allSatisfy { $0.configuration.stores.storeTimeout == .seconds(1) })
        #expect(scenario.text == plain.text && scenario.fingerprint == plain.fingerprint && plain.settings.isEmpty)
        #expect(
            scenario.settings.map(\.path) == [
                "pool.queryConcurrency", "network.latency", "broadcast[0].strategy", "broadcast.storeTimeout",
            ])
        #expect(try race("network.seed=5").seed == 5)
        #expect(try race("network.seed=5", seed: 6).seed == 6)
    }

    @Test(
        "What is wrong with a setting",
        arguments: [
            ("pool.queryConcurrency=0", "0 is too small; use 1 to 10000"),
            ("pool.queryConcurency=1", "unknown field; did you mean \"queryConcurrency\"?"),
            ("pol.queryConcurrency=1", "unknown field; did you mean \"pool\"?"),
            ("broadcast.strategy=optimist", "\"optimist\" is unknown; did you mean \"optimistic\"?"),
            ("broadcast[2].strategy=static", "there is no broadcast[2]; use broadcast[0] to broadcast[1]"),
            ("network.latency=30", "30 has no unit; write it with one of ns, us, ms, s, min, h, such as \"30ms\""),
            ("network.size.x=3", "network.size is an integer, which has no fields; set network.size as a whole"),
        ])
    func wrong(setting: String, expected: String) {
        #expect(sentence(setting) == "--set \(setting): \(expected)")
    }
}
