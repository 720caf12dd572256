internal import Broadcasts
internal import Scenarios
internal import Simulation
internal import Timeline

// MARK: - What the log shows, and looking for a step

extension Dashboard {
    /// The steps of the log that a filter lets through, found as the run goes.
    struct FilteredLog: Sendable {
        /// What is let through.
        let filter: Filter
        /// The branch that was looked at.
        var branch: Int
        /// The number of steps that were looked at.
        var seen = 0
        /// Those that are let through, ascending.
        var steps: [Int] = []
        /// What walks through the steps again, for a filter that looks into the pool.
        var walker: History<Scenario.World>?
        /// Whether it has been said how many there are.
        var isAnnounced = true
    }

    /// The numbers of the steps that the log shows: those up to the position.
    var logSteps: ArraySlice<Int>? {
        guard let filtered else { return nil }
        return filtered.steps[..<filtered.steps.partitioningIndex { $0 > history.position }]
    }

    func context(of step: Step, before: NetworkPoolView?, world: Scenario.World) -> FilterContext {
        let words = plainWords
        return FilterContext(
            step: step, keyBits: scenario.keyBits, journal: history.journal, isViolation: !history.violations(at: step.number).isEmpty,
            text: "\(StepText(eventOf: step, words).line(words)) \(StepText(stateOf: step, words).line(words))",
            viewBefore: before ?? world.view, viewAfter: world.view)
    }

    /// Shows only the steps that a filter lets through; an empty text shows all.
    mutating func setFilter(_ text: String) throws(FilterError) {
        guard !text.trimmed.isEmpty else {
            message = filtered == nil ? "the log shows all steps" : "no filter any more: the log shows all steps"
            filtered = nil
            return
        }
        filtered = FilteredLog(filter: try Filter.parse(text, keyBits: scenario.keyBits), branch: history.branch.id)
        selectedStep = nil
        focus = .log
        // The count follows when all steps up to here have been looked at.
        filtered?.isAnnounced = false
    }

    /// Looks for a step and goes to it.
    mutating func setSearch(_ text: String) throws(FilterError) {
        searched = try Filter.parse(text, keyBits: scenario.keyBits)
        search(forward: true)
    }

    /// Goes to the next or previous step that is looked for.
    mutating func search(forward: Bool) {
        guard let searched else {
            message = "nothing to look for yet: / opens a line for it"
            return
        }
        let sentence = "no \(forward ? "later" : "earlier") step matches \(searched)"
        begin(.step(.matching(searched), orSay: sentence), forward: forward, returns: true)
    }
}
