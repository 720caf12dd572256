internal import Broadcasts
internal import Canvas
internal import Coordination
internal import Scenarios
internal import Simulation
internal import Theming
internal import Timeline

// MARK: - Where a run stops by itself: breakpoints, watches and broken laws

extension Dashboard {
    /// A watch of the list, with its number.
    struct NumberedWatch: Sendable {
        let id: Int
        let watch: Watch
        var isEnabled = true
        var hits = 0
    }

    /// A line of the pane Breakpoints.
    enum Stop: Sendable {
        case breakpoint(Breakpoint)
        case watch(NumberedWatch)
    }

    /// The breakpoints, then the watches.
    var stops: [Stop] { breakpoints.all.map(Stop.breakpoint) + watches.map(Stop.watch) }

    // MARK: Forward

    /// Takes a step and finds out why to stop at it.
    ///
    /// - Returns: the reasons, none for a step like any other; `nil` at the end of the run.
    mutating func advance() -> [String]? {
        guard let (step, before) = takeStep(lookingBefore: breakpoints.needsViewBefore) else { return nil }
        var reasons = history.violations(at: step.number).map { "\($0.law.rawValue) is broken: \($0.why)" }
        if !breakpoints.all.isEmpty {
            let context = context(of: step, before: before, world: history.world)
            reasons += breakpoints.hits(context).map { "breakpoint \($0.id): \($0.filter)" }
        }
        reasons += readWatches()
        if !reasons.isEmpty { stoppedAt.insert(step.number) }
        return reasons
    }

    /// Words without glyphs: for texts that are searched.
    var plainWords: Words { Words(keyBits: scenario.keyBits, ellipsis: "~", dot: ".") }

    /// Looks at the watched values again.
    ///
    /// - Returns: what has changed, in words.
    private mutating func readWatches() -> [String] {
        guard !watches.isEmpty else { return [] }
        let view = history.view
        var reasons: [String] = []
        for place in watches.indices {
            let (id, watch) = (watches[place].id, watches[place].watch)
            let now = watch.readings(in: view)
            if let old = readings[id], watches[place].isEnabled {
                let changes = watch.changes(from: old, to: now)
                reasons += changes.map { "watch \(watch): \($0.text(keyBits: scenario.keyBits))" }
                if !changes.isEmpty { watches[place].hits += 1 }
            }
            readings[id] = now
        }
        return reasons
    }

    /// Reads the watched values without comparing, after the position has jumped.
    mutating func resetReadings() {
        let view = watches.isEmpty ? nil : history.view
        for watch in watches { readings[watch.id] = view.map { watch.watch.readings(in: $0) } }
    }

    /// Why the run has stopped, in a sentence: the first reason, the keys that say more, the other reasons.
    func sentence(_ reasons: [String]) -> String? {
        guard let first = reasons.first else { return nil }
        var way: [Command] = []
        if explainedStep != history.position {
            if focus != .log { way.append(.focus(.log)) }
            if selectedStep != nil { way.append(.last) }
        }
        let advice = (way + [.why]).map { keys.name(of: $0) }.joined(separator: ", then ") + " explains"
        return ([first + (first.hasSuffix(".") ? " " : "; ") + advice] + reasons.dropFirst()).joined(separator: "; ")
    }

    // MARK: Continuing

    /// Begins to look for the next or the previous place to stop at.
    mutating func startSeeking(forward: Bool) {
        pause()
        if forward, history.isAtEnd {
            message = endMessage
        } else if !forward, history.position == 0 {
            message = "this is the start; \(keys.name(of: .continueForward)) continues forward"
        } else {
            resetReadings()
            begin(.stop, forward: forward)
        }
    }

    /// Why a step is one to stop at on the way back.
    ///
    /// - Parameters:
    ///   - before: the pool before it, if it is needed.
    ///   - world: the world after it.
    func reasonsBack(for step: Step, before: NetworkPoolView?, world: Scenario.World) -> [String] {
        var reasons = history.violations(at: step.number).map { "\($0.law.rawValue) is broken: \($0.why)" }
        if !breakpoints.all.isEmpty {
            reasons += breakpoints.matches(context(of: step, before: before, world: world)).map {
                "breakpoint \($0.id): \($0.filter)"
            }
        }
        guard let before, watches.contains(where: \.isEnabled) else { return reasons }
        let after = world.view
        for watch in watches where watch.isEnabled {
            reasons += watch.watch.changes(before: before, after: after).map {
                "watch \(watch.watch): \($0.text(keyBits: scenario.keyBits))"
            }
        }
        return reasons
    }

    // MARK: Setting

    /// Adds a breakpoint on the selected thing, or removes it.
    ///
    /// - Parameter isOneShot: whether it is gone once it has stopped the run.
    mutating func toggleBreakpoint(isOneShot: Bool) {
        guard let filter = filterOfSelection else {
            message = "nothing is selected to stop at; :break FILTER sets any breakpoint"
            return
        }
        if isOneShot {
            let added = breakpoints.add(filter, isOneShot: true)
            message = "breakpoint \(added.id), once: \(inShort(filter)); \(keys.name(of: .continueForward)) continues"
        } else if let added = breakpoints.toggle(filter) {
            let (next, list) = (keys.name(of: .continueForward), keys.name(of: .focus(.breakpoints)))
            message = "breakpoint \(added.id): \(inShort(filter)); \(next) continues, \(list) shows all"
        } else {
            message = "no breakpoint at \(inShort(filter)) any more"
        }
    }

    /// A filter as a message has room for it: a whole key is cut.
    private func inShort(_ filter: Filter) -> String { "\(filter)".clipped(to: 32, ellipsis: Self.plainLook.glyphs.ellipsis) }

    /// The steps that the selected thing is about.
    var filterOfSelection: Filter? {
        switch selection {
        case .broadcast(let entry): .naming(entry.id)
        case .request(let request): .naming(request.node.key, keyBits: scenario.keyBits)
        case .message(let message): .naming(message.node.key, keyBits: scenario.keyBits)
        case .node(let row, _): .naming(row.node.key, keyBits: scenario.keyBits)
        case .step(let step): filter(like: history.step(step))
        case .branch, .breakpoint, .watch, nil: nil
        }
    }

    /// The steps with the same kind of event; of polls, those with the same kind of state.
    func filter(like step: Step) -> Filter? {
        let term =
            switch step.event {
            case .startBroadcast: "ev:start"
            case .stopBroadcast: "ev:stop"
            case .getCloserNodesSuccess: "ev:closer"
            case .getCloserNodesFailure: "ev:closer-fail"
            case .storeRecordSuccess: "ev:store-ok"
            case .storeRecordFailure: "ev:store-fail"
            case .poll:
                switch step.state {
                case .findCloser: "st:find"
                case .storeRecord: "st:store"
                case .broadcastFinished: "st:finished"
                case .broadcastRejected: "st:rejected"
                case .waiting: "st:waiting"
                case .idle: "st:idle"
                }
            }
        return try? Filter.parse(term, keyBits: scenario.keyBits)
    }

    /// Sets a breakpoint as a command line says: a filter, with `from 3` or `every 3` before it for some of its hits.
    mutating func setBreakpoint(_ text: String, isOneShot: Bool) throws(FilterError) {
        var (words, condition) = (text.split(separator: " ").map(String.init), Breakpoint.HitCondition.always)
        var offset = 0
        if words.count >= 2, ["from", "every"].contains(words[0]), let count = Int(words[1]), count > 0 {
            condition = words[0] == "from" ? .from(count) : .every(count)
            offset = words[0].count + words[1].count + 2
            words.removeFirst(2)
        }
        do throws(FilterError) {
            let filter = try Filter.parse(words.joined(separator: " "), keyBits: scenario.keyBits)
            let added = breakpoints.add(filter, isOneShot: isOneShot, condition: condition)
            message =
                "breakpoint \(added.id)\(isOneShot ? ", once" : ""): \(filter)\(condition == .always ? "" : ", \(condition)"); "
                + "\(keys.name(of: .continueForward)) continues"
        } catch {
            throw FilterError(error.message, at: (error.range.lowerBound + offset)..<(error.range.upperBound + offset))
        }
    }

    /// Sets a watch as a command line says.
    mutating func setWatch(_ text: String) throws(FilterError) {
        let watch = try Watch.parse(text)
        watchCount += 1
        watches.append(NumberedWatch(id: watchCount, watch: watch))
        resetReadings()
        message = "watch w\(watchCount): \(watch); \(keys.name(of: .continueForward)) continues to where it changes"
    }

    /// Enables or disables a breakpoint by its number, or a watch by `w` and its number.
    ///
    /// - Returns: whether there is one.
    mutating func toggleStop(_ name: String) -> Bool {
        if let id = Int(name) {
            guard let isEnabled = breakpoints.toggle(id) else { return false }
            message = "breakpoint \(id) is \(isEnabled ? "on" : "off")"
            return true
        }
        guard let place = watches.firstIndex(where: { "w\($0.id)" == name }) else { return false }
        watches[place].isEnabled.toggle()
        message = "watch \(name) is \(watches[place].isEnabled ? "on" : "off")"
        return true
    }

    /// Removes a breakpoint by its number, or a watch by `w` and its number.
    ///
    /// - Returns: whether there was one.
    mutating func removeStop(_ name: String) -> Bool {
        if let id = Int(name) { return breakpoints.remove(id) != nil }
        guard let place = watches.firstIndex(where: { "w\($0.id)" == name }) else { return false }
        watches.remove(at: place)
        return true
    }
}
