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

    /// What a search that is being typed would find.
    struct SearchPreview: Sendable {
        /// What is looked for; `nil` while it is no filter yet.
        var filter: Filter?
        /// What was selected in the log before.
        let selected: Int?
        /// The last step that was looked at.
        var seen = 0
        /// What walks through the steps, for a filter that looks into the pool.
        var walker: History<Scenario.World>?
        /// Whether nothing is to be looked for any more.
        var isDone = true
    }

    /// The number of steps that are looked through while a search is being typed.
    private static let previewLength = 2000

    /// Shows in the log where the search that is being typed would go: once it is found.
    mutating func previewSearch() {
        guard let prompt, prompt.purpose == .search else { return }
        if preview == nil { preview = SearchPreview(selected: selectedStep) }
        selectedStep = preview?.selected
        let filter = prompt.text.trimmed.isEmpty ? nil : try? Filter.parse(prompt.text, keyBits: scenario.keyBits)
        preview?.filter = filter
        preview?.seen = history.position
        preview?.walker = nil
        preview?.isDone = filter == nil
    }

    /// Goes on looking for the step that a search would go to.
    mutating func goOnPreviewing(_ isOver: () -> Bool) {
        guard var current = preview, !current.isDone, let filter = current.filter else { return }
        preview = nil
        let end = min(history.stepCount, history.position + Self.previewLength)
        while !current.isDone, !isOver() {
            let number = current.seen + 1
            guard number <= end else {
                current.isDone = true
                message = "no step that is known matches yet; Enter looks further"
                break
            }
            if filter.needsView, current.walker == nil { current.walker = history }
            let before = filter.needsViewBefore ? current.walker?.world.view : nil
            current.walker?.stepForward()
            let step = history.step(number)
            current.seen = number
            guard filter.matches(context(of: step, before: before, world: current.walker?.world ?? history.world)) else { continue }
            current.isDone = true
            if number <= history.position + comingCount { selectedStep = number }
            message = "step \(number): \(StepText(eventOf: step, plainWords).line(plainWords))"
        }
        if current.isDone { current.walker = nil }
        preview = current
    }

    /// Selects again what was selected before a search was typed.
    mutating func endPreview() {
        guard let preview else { return }
        selectedStep = preview.selected
        self.preview = nil
    }

    /// Whether a step is one that is looked for; only of searches that the step alone can tell.
    func isSearched(_ step: Step) -> Bool {
        guard let filter = preview.map(\.filter) ?? searched, !filter.needsView else { return false }
        return filter.matches(context(of: step, before: nil, world: history.world))
    }

    /// Goes to the next or previous step that is looked for.
    mutating func search(forward: Bool) {
        guard let searched else {
            message = "nothing to look for yet: / opens a line for it"
            return
        }
        selectedStep = nil
        let sentence = "no \(forward ? "later" : "earlier") step matches \(searched)"
        begin(.step(.matching(searched), orSay: sentence), forward: forward, returns: true)
    }
}
