internal import Broadcasts
internal import Canvas
internal import Coordination
internal import Scenarios
internal import Simulation
internal import Timeline

// MARK: - What the commands do

extension Dashboard {
    mutating func perform(_ command: Command) -> Effect {
        if command.isMove { lastMove = command }
        switch command {
        case .stepForward: stepForward()
        case .stepBack: stepBack()
        case .stepOver: stepOver(forward: true)
        case .stepOverBack: stepOver(forward: false)
        case .nextNetworkEvent: seekStep(.networkEvent, forward: true, "event of the network")
        case .previousNetworkEvent: seekStep(.networkEvent, forward: false, "event of the network")
        case .microForward: stepMicro(forward: true)
        case .microBack: stepMicro(forward: false)
        case .why: explainSelection()
        case .differences: toggleDifferences()
        case .endOfPhase: finishPhase(forward: true)
        case .tenForward: goFromHere(by: 10)
        case .tenBack: goFromHere(by: -10)
        case .scrubForward: scrub(forward: true)
        case .scrubBack: scrub(forward: false)
        case .runToSelection, .open: openSelection()
        case .repeatMove:
            guard let lastMove else {
                message = "no stepping command to repeat yet; \(keys.name(of: .stepForward)) steps forward"
                return .draw
            }
            return perform(lastMove)
        case .continueForward: startSeeking(forward: true)
        case .continueBack: startSeeking(forward: false)
        case .breakpoint: toggleBreakpoint(isOneShot: false)
        case .oneShotBreakpoint: toggleBreakpoint(isOneShot: true)
        case .breakpointList: go(to: .breakpoints)
        case .mark: ask(for: .mark)
        case .jumpToMark: ask(for: .jump)
        case .nextMark: goToOutstanding(forward: true)
        case .previousMark: goToOutstanding(forward: false)
        case .search: open(Prompt(.search))
        case .filter: open(Prompt(.filter, text: filtered?.filter.description ?? ""))
        case .nextMatch: search(forward: true)
        case .previousMatch: search(forward: false)
        case .actions: openMenu()
        case .commandLine: open(Prompt(.command))
        case .runOrPause:
            if history.isAtEnd { message = endMessage } else { startOrPause() }
        case .faster: changeSpeed(to: speed + 1)
        case .slower: changeSpeed(to: speed - 1)
        case .normalSpeed: changeSpeed(to: Self.normalSpeed)
        case .restart:
            pause()
            go(to: 0)
            message = "the start; the same seed gives the same run"
        case .focus(let pane): go(to: pane)
        case .paneList: openPaneList()
        case .focusNext: changeFocus(by: 1)
        case .focusPrevious: changeFocus(by: -1)
        case .nextTab: changeTab(by: 1)
        case .previousTab: changeTab(by: -1)
        case .zoom: toggleZoom()
        case .nextPreset: changePreset(by: 1)
        case .previousPreset: changePreset(by: -1)
        case .view: changeView()
        case .up: move(by: -1)
        case .down: move(by: 1)
        case .pageUp: move(by: -pageLength)
        case .pageDown: move(by: pageLength)
        case .halfPageUp: move(by: -max(1, pageLength / 2))
        case .halfPageDown: move(by: max(1, pageLength / 2))
        case .first: move(by: -rowCount(focus))
        case .last: if focus == .log || focus == .ladder { followSteps() } else { move(by: rowCount(focus)) }
        case .left: scrollSideways(by: -8)
        case .right: scrollSideways(by: 8)
        case .follow: followSteps()
        case .sortNext: sortByNext()
        case .sortReverse: sortReversed()
        case .themes: openThemePicker()
        case .settings: openSettings()
        case .reload: return reload()
        case .mouse: return toggleMouse()
        case .copyField: return copy(.field)
        case .copyRow: return copy(.row)
        case .export: openExport()
        case .quitLeavingScreen: return quitLeavingScreen()
        case .help: help = Help()
        case .repaint: return .repaint
        case .close: if isZoomed { toggleZoom() } else { message = "nothing is open; \(keys.name(of: .quit)) quits" }
        case .quit:
            if !isZoomed { return .quit }
            toggleZoom()
        }
        return .draw
    }

    // MARK: Stepping

    private mutating func stepForward() {
        pause()
        resetReadings()
        if let reasons = advance() {
            if !reasons.isEmpty { message = sentence(reasons) }
        } else {
            message = endMessage
        }
        observe()
    }

    private mutating func stepBack() {
        pause()
        if history.position == 0 { message = "this is the start; \(keys.name(of: .stepForward)) steps forward" }
        go(to: history.position - 1)
    }

    mutating func go(to position: Int) {
        history.go(to: position)
        observe()
    }

    private mutating func stepOver(forward: Bool) {
        guard let id = shownBroadcast?.id ?? scenario.broadcasts.first?.id else {
            message = noBroadcast
            return
        }
        seekStep(.naming(id), forward: forward, "step that names \(id)")
    }

    /// Goes to the nearest later or earlier step that fits; if there is none, says so and stays.
    mutating func seekStep(_ wanted: Work.Wanted, forward: Bool, _ what: String) {
        begin(.step(wanted, orSay: "no \(forward ? "later" : "earlier") \(what)"), forward: forward)
    }

    /// Goes to where the phase of the broadcast that is shown becomes another one, or back to where it last did.
    mutating func finishPhase(forward: Bool) {
        guard let id = shownBroadcast?.id ?? scenario.broadcasts.first?.id else {
            message = noBroadcast
            return
        }
        let sentence = forward ? "the phase of \(id) does not end any more" : "the phase of \(id) has not changed before"
        begin(.step(.matching(.change(of: .phase, in: id)), orSay: sentence), forward: forward)
    }

    private var noBroadcast: String {
        "there is no broadcast; \(keys.name(of: .commandLine)) and start begins one"
    }

    private mutating func goFromHere(by distance: Int) {
        pause()
        if distance < 0, history.position == 0 { message = "this is the start; \(keys.name(of: .stepForward)) steps forward" }
        go(to: history.position + distance)
        if distance > 0, history.isAtEnd { message = endMessage }
    }

    /// Lets the log follow the steps.
    private mutating func followSteps() {
        message = "the log follows the steps\(selectedStep == nil ? " already" : "")"
        selectedStep = nil
    }

    /// Goes to a place that may be far ahead of all that is known.
    mutating func goFar(to position: Int) {
        guard position > history.stepCount else {
            pause()
            return go(to: position)
        }
        begin(.position(position), forward: true)
    }

    private mutating func changeSpeed(to place: Int) {
        speed = min(max(place, 0), Self.speeds.count - 1)
        message = "\(Self.speeds[speed]) events a second" + (isRunning ? "" : "; \(keys.name(of: .runOrPause)) runs")
    }

    // MARK: Selecting

    private var pageLength: Int { max(1, visibleRows(focus) / rowHeight(focus)) }

    private mutating func move(by distance: Int) {
        let count = rowCount(focus)
        guard count > 0 else {
            message = "\(focus.title) has no lines to select now"
            return
        }
        let target = min(max(selectedRow(focus) + distance, 0), count - 1)
        if target == selectedRow(focus) { message = "this is the \(distance < 0 ? "first" : "last") line of \(focus.title)" }
        select(focus, row: target)
        if focus == .log, logStep(target) == history.position { selectedStep = nil }
    }

    mutating func select(_ pane: Pane, row: Int) {
        switch pane {
        case .pool:
            selectedBroadcast = observation.pool[row].entry.id
            selectedNode = nil
        case .inFlight: selectedRequest = observation.requests[row].name
        case .closest: selectedNode = shownNodes[row].node.index
        case .log: selectedStep = logStep(row)
        case .queue: selectedMessage = pending[row].name
        case .branches: selectedBranch = branchRows[row].id
        case .breakpoints: selectedStop = row
        case .map: selectMap(row: row)
        case .state: selectedChange = row
        case .metrics: selectMetrics(row: row)
        case .watches: selectWatches(row: row)
        case .convergence: selectConvergence(row: row)
        case .ladder: selectLadder(row: row)
        case .beside: selectedBeside = row
        }
    }

    /// The number of things in a pane.
    func rowCount(_ pane: Pane) -> Int {
        switch pane {
        case .pool: observation.pool.count
        case .inFlight: observation.requests.count
        case .closest: shownNodes.count
        case .log: (logSteps?.count ?? history.position) + comingCount
        case .queue: pending.count
        case .branches: branchRows.count
        case .breakpoints: stops.count
        case .map: mapRowCount
        case .state: changes?.lines.count ?? 0
        case .metrics: metricsRowCount
        case .watches: watchesRowCount
        case .convergence: convergenceRowCount
        case .ladder: ladderRowCount
        case .beside: beside?.lines.count ?? 0
        }
    }

    /// The place of the selected thing of a pane; the first one if that is gone.
    func selectedRow(_ pane: Pane) -> Int {
        switch pane {
        case .pool: observation.pool.firstIndex { $0.entry.id == shownBroadcast?.id } ?? 0
        case .inFlight: observation.requests.firstIndex { $0.name == selectedRequest } ?? 0
        case .closest: shownNodes.firstIndex { $0.node.index == selectedNode } ?? 0
        case .log: logRow(of: min(selectedStep ?? history.position, history.position + comingCount))
        case .queue: pending.firstIndex { $0.name == selectedMessage } ?? 0
        case .branches: branchRows.firstIndex { $0.id == selectedBranch ?? history.branch.id } ?? 0
        case .breakpoints: min(selectedStop, max(0, stops.count - 1))
        case .map: selectedMapRow
        case .state: min(selectedChange, max(0, rowCount(.state) - 1))
        case .metrics: selectedMetricsRow
        case .watches: selectedWatchesRow
        case .convergence: selectedConvergenceRow
        case .ladder: selectedLadderRow
        case .beside: min(selectedBeside, max(0, rowCount(.beside) - 1))
        }
    }

    /// The number of steps to come that the log shows below the current one: those that are known, as far as one can see.
    var comingCount: Int { filtered == nil ? min(history.stepCount - history.position, 500) : 0 }

    /// The step of a line of the log.
    func logStep(_ row: Int) -> Int { logSteps?[row] ?? row + 1 }

    /// The line of the log of a step, or of the last one before it.
    private func logRow(of step: Int) -> Int {
        guard let shown = logSteps else { return step - 1 }
        return (shown.firstIndex { $0 > step } ?? shown.endIndex) - 1
    }

    // MARK: Scrolling

    /// The number of lines that a thing of a pane takes.
    func rowHeight(_ pane: Pane) -> Int { pane == .log ? 2 : 1 }

    /// Scrolls each pane so far that the selected thing is visible, and no further.
    mutating func settleScroll() {
        updateChanges()
        updateLadder()
        for pane in layout.order {
            let (height, visible) = (rowHeight(pane), visibleRows(pane))
            let first = max(0, selectedRow(pane)) * height
            let limit = max(0, rowCount(pane) * height - visible)
            // The log shows the step to come below the current one, if there is room.
            let shown = pane == .log && selectedStep == nil && comingCount > 0 && visible >= 2 * height ? 2 * height : height
            var top = min(scroll[pane] ?? 0, first)
            if first + shown > top + visible { top = first + shown - visible }
            scroll[pane] = min(max(top, 0), limit)
        }
        settleHelp()
    }
}
