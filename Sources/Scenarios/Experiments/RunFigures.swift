public import Coordination
internal import Kademlia
internal import Simulation
internal import TOMLFields
internal import Timeline

/// The figures of a run: what ran, for how long, and what came of its puts.
public struct RunFigures: Hashable, Sendable {
    /// A field that was set over what the file says.
    public struct Setting: Hashable, Sendable {
        /// The path of the field.
        public let path: String
        /// The value, as it was written.
        public let value: String
    }

    /// The name of the scenario.
    public let scenario: String
    /// The fingerprint of the scenario's text: 16 hexadecimal digits.
    public let fingerprint: String
    /// What was set over the text, in the order of the command line.
    public let settings: [Setting]
    /// Where all that was random came from.
    public let seed: UInt64
    /// The number of nodes of the network.
    public let networkSize: Int
    /// The time of the last step.
    public let simulatedTime: Instant
    /// The number of steps.
    public let steps: Int
    /// The puts of the scenario that have not ended, or were refused.
    public let unfinishedPuts: Int
    /// Whether the run was broken off, so that these are the figures of its beginning.
    public let isPartial: Bool
    /// The figures of its puts, by strategy.
    public let strategies: [PutFigures]
    /// The place of the run in a sweep; nil for a run by itself.
    public var place: SweepPlace?

    /// The figures of a run.
    ///
    /// - Parameter isPartial: whether it was broken off.
    public init(_ run: HeadlessRun, of scenario: Scenario, isPartial: Bool) {
        self.init(
            scenario: scenario.name, fingerprint: scenario.fingerprint,
            settings: Self.settings(of: scenario), seed: scenario.seed,
            networkSize: scenario.network.nodes.count, simulatedTime: run.simulatedTime, steps: run.steps,
            unfinishedPuts: run.plannedPuts - run.results.count, isPartial: isPartial, strategies: PutFigures.byStrategy(run.results))
    }

    init(
        scenario: String, fingerprint: String, settings: [Setting], seed: UInt64, networkSize: Int, simulatedTime: Instant, steps: Int,
        unfinishedPuts: Int, isPartial: Bool, strategies: [PutFigures], place: SweepPlace? = nil
    ) {
        (self.scenario, self.fingerprint, self.settings, self.seed) = (scenario, fingerprint, settings, seed)
        (self.networkSize, self.simulatedTime, self.steps) = (networkSize, simulatedTime, steps)
        (self.unfinishedPuts, self.isPartial, self.strategies, self.place) = (unfinishedPuts, isPartial, strategies, place)
    }

    /// Reads the figures of a run from its line.
    ///
    /// - Throws: a sentence: what is wrong with the line.
    public init(reading line: [UInt8]) throws(RunError) {
        do throws(LineProblem) { try self.init(line: line) } catch { throw RunError(error.sentence) }
    }

    /// What was set over the text of a scenario, each path once: of two settings of the same path the later one counts.
    static func settings(of scenario: Scenario) -> [Setting] {
        var settings: [Setting] = []
        for setting in scenario.settings {
            settings.removeAll { $0.path == setting.path }
            settings.append(Setting(path: setting.path, value: setting.value))
        }
        return settings
    }

    /// The number of puts that have ended.
    public var puts: Int { strategies.reduce(0) { $0 + $1.count } }

    /// What a path was set to; nil if it was not.
    public func value(of path: String) -> String? { settings.first { $0.path == path }?.value }
}

/// Where a run stands in a sweep.
public struct SweepPlace: Hashable, Sendable {
    /// The run's index in the grid, from 0 on.
    public let index: Int
    /// The fingerprint of the grid: 16 hexadecimal digits.
    public let grid: String

    /// A place.
    public init(index: Int, grid: String) {
        self.index = index
        self.grid = grid
    }
}

extension Scenario {
    /// The fingerprint of the scenario's text, whatever was set over it: 16 hexadecimal digits.
    public var fingerprint: String { fingerprintOfText(text) }
}

/// The first 64 bits of a text's SHA-256, in hexadecimal digits.
func fingerprintOfText(_ text: String) -> String { Key256(sha256Of: text, bits: 64 * 4).shown(64) }
