internal import Canvas

/// A machine as a chart: its states by phase, and the ways from one to another. It is data; how it is drawn is told elsewhere.
struct Statechart: Equatable, Sendable {
    /// States that belong together: one box of the chart.
    struct Phase: Equatable, Sendable {
        /// What it is called, in capitals.
        let name: String
        /// Its states as they stand above each other where there is room for that.
        let rows: [[MachineState]]
        /// Whether no way leads from one of its states to another, so that one of them stands for all.
        var isChoice = false
        /// What leads from the upper states down to those below, and back.
        var downWords = ""
        var upWords = ""

        /// Its states, in order.
        var states: [MachineState] { rows.flatMap(\.self) }
        /// The columns of the arrows between its upper and its lower states, with the words beside them.
        var wordColumns: Int { downWords.columns + upWords.columns + 8 }
    }

    /// What leads from a phase to the next one.
    struct Link: Equatable, Sendable {
        /// The condition, in one or two words.
        let words: [String]
        /// The condition in a word of five letters at most.
        let shortWord: String
        /// Whether a way leads back as well.
        var isTwoWay = false
    }

    /// A way from a state to another one, or back to itself.
    struct Edge: Hashable, Sendable {
        let from: MachineState
        let to: MachineState
    }

    /// The phases, in the order in which a machine goes through them.
    let phases: [Phase]
    /// What leads from each phase to the next one; one less than there are phases.
    let links: [Link]
    /// All ways.
    let edges: Set<Edge>

    /// Whether it begins outside of the phases: with nothing.
    var hasBeginning: Bool { !phases.contains { $0.states.contains(.idle) } }

    /// The place of the phase that a state belongs to; `nil` for a state that belongs to none: the beginning.
    func phase(of state: MachineState) -> Int? {
        phases.firstIndex { $0.states.contains(state) }
    }
}
