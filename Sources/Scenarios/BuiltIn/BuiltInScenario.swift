public import TOMLFields

/// A scenario that comes with the program.
public struct BuiltInScenario: Sendable {
    /// What it is called on the command line.
    public let name: String
    /// The text of its file, commented, ready to be changed.
    public let text: String

    /// The scenarios that come with the program; the first is the one that opens when none is named.
    public static let all: [BuiltInScenario] = [
        swarm, byHand, strategies, slots, outOfTime, stopped, race, oncePerReply, amino, million, churn, experiment,
    ]

    /// The scenario of this name, or `nil`.
    public static func named(_ name: String) -> BuiltInScenario? {
        all.first { $0.name == name }
    }

    /// Reads the scenario.
    ///
    /// - Throws: never for the scenarios of ``all``: a test reads each of them.
    public func scenario() throws(TOMLFieldError) -> Scenario {
        try Scenario(text: text, name: name, source: name)
    }
}
