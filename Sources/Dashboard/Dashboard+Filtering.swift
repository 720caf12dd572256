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
    }

    /// The numbers of the steps that the log shows: those up to the position.
    var logSteps: ArraySlice<Int>? {
        guard let filtered else { return nil }
        return filtered.steps[..<filtered.steps.partitioningIndex { $0 > history.position }]
    }

    /// Looks at the steps that are new to the filter of the log.
    mutating func updateFilteredLog() {
        guard var log = filtered else { return }
        if log.branch != history.branch.id {
            log = FilteredLog(filter: log.filter, branch: history.branch.id)
        }
        if history.position > log.seen {
            log.steps += matches(of: log.filter, in: (log.seen + 1)...history.position)
            log.seen = history.position
        }
        filtered = log
    }

    /// The steps of a range that match a filter. Those that need a view of the pool are gone through again.
    private func matches(of filter: Filter, in range: ClosedRange<Int>) -> [Int] {
        var found: [Int] = []
        var walker = history
        if filter.needsView { walker.go(to: range.lowerBound - 1) }
        for number in range {
            let before = filter.needsViewBefore ? walker.world.view : nil
            if filter.needsView { walker.stepForward() }
            if filter.matches(context(of: history.step(number), before: before, world: walker.world)) { found.append(number) }
        }
        return found
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
        updateFilteredLog()
        focus = .log
        let count = filtered?.steps.count ?? 0
        message = "\(count) of \(history.position) steps; \\ and Enter shows all again"
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
    }

    /// The number of steps that are looked through while a search is being typed.
    private static let previewLength = 2000

    /// Shows in the log where the search that is being typed would go.
    mutating func previewSearch() {
        guard let prompt, prompt.purpose == .search else { return }
        if preview == nil { preview = SearchPreview(selected: selectedStep) }
        selectedStep = preview?.selected
        preview?.filter = prompt.text.trimmed.isEmpty ? nil : try? Filter.parse(prompt.text, keyBits: scenario.keyBits)
        guard let filter = preview?.filter else { return }
        let end = min(history.stepCount, history.position + Self.previewLength)
        guard history.position < end, let found = matches(of: filter, in: (history.position + 1)...end).first else {
            message = "no step that is known matches yet; Enter looks further"
            return
        }
        if found <= history.position + comingCount { selectedStep = found }
        let step = history.step(found)
        message = "step \(found): \(StepText(eventOf: step, plainWords).line(plainWords))"
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
        goToMatch(of: searched, forward: forward, orSay: "no \(forward ? "later" : "earlier") step matches \(searched)")
    }

    /// Goes to the next or previous step that matches a filter; if there is none, says so and stays.
    mutating func goToMatch(of filter: Filter, forward: Bool, orSay sentence: String) {
        pause()
        let place = history.position
        if forward {
            while true {
                let before = filter.needsViewBefore ? history.world.view : nil
                guard let step = history.stepForward() else { break }
                if filter.matches(context(of: step, before: before, world: history.world)) { return observe() }
            }
            go(to: place)
        } else {
            var end = place - 1
            while end > 0 {
                let start = max(1, end - Self.seekLength + 1)
                if let last = matches(of: filter, in: start...end).last { return go(to: last) }
                end = start - 1
            }
        }
        message = sentence
    }
}
