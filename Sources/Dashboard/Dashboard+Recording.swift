public import Scenarios
public import Timeline

// MARK: - For whoever records the run

extension Dashboard {
    /// The run with its branches, at the place that is shown.
    public var recordedHistory: History<Scenario.World> { history }

    /// Says something in the line for messages.
    public mutating func say(_ sentence: String) {
        message = sentence
    }
}
