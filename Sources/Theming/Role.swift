/// What a style is for. The raw values are the keys of a theme file's `[roles]`; a role that a theme does not name takes the style of
/// its longest named prefix: `state.failed` that of `state`.
public enum Role: String, CaseIterable, Hashable, Sendable {
    /// Anything that has no role of its own.
    case text
    /// What is there but matters less: column titles, distances.
    case textDim = "text.dim"
    /// What matters more: the name of the program, figures that are looked for.
    case textStrong = "text.strong"

    /// The line at the top.
    case header
    /// The word in the header while a run goes on.
    case headerLive = "header.live"
    /// The word in the header while it does not.
    case headerPaused = "header.paused"

    /// A key in the hint line at the bottom.
    case hintKey = "hint.key"
    /// What the key does.
    case hintText = "hint.text"

    /// The name of a pane, in its upper border.
    case paneTitle = "pane.title"
    /// The border of a pane.
    case paneBorder = "pane.border"
    /// The border of the pane that has the keys, and the number in a title.
    case paneBorderFocus = "pane.border.focus"
    /// `3 of 20` in a pane's lower border.
    case paneCount = "pane.count"

    /// The selected line of the pane that has the keys; laid over the line's own styles.
    case selection
    /// The selected line of another pane.
    case selectionInactive = "selection.inactive"
    /// Where typed text goes.
    case cursor
    /// What a search found.
    case searchMatch = "search.match"

    /// A node that still has to be asked or given the record.
    case stateTodo = "state.todo"
    /// A node whose answer is awaited.
    case stateWaiting = "state.waiting"
    /// A node that told which closer nodes it knows.
    case stateAnswered = "state.answered"
    /// A node that has the record.
    case stateStored = "state.stored"
    /// A node that failed.
    case stateFailed = "state.failed"
    /// A broadcast that is over.
    case stateFinished = "state.finished"
    /// A machine that has nothing to do.
    case stateIdle = "state.idle"

    /// The phase of a broadcast that looks for the closest nodes.
    case phaseFind = "phase.find"
    /// The phase that stores the record at them.
    case phaseStore = "phase.store"
    /// The phase that waits for the last answers.
    case phaseWait = "phase.wait"
    /// No phase is left.
    case phaseDone = "phase.done"

    /// An event that goes into a machine.
    case logIn = "log.in"
    /// A state that comes out of it.
    case logOut = "log.out"
    /// An event that only asks how things are.
    case logPoll = "log.poll"
    /// A step's number.
    case logStep = "log.step"
    /// A step's time.
    case logTime = "log.time"

    /// An event that is due now.
    case queueDue = "queue.due"
    /// An event that is due later.
    case queueFuture = "queue.future"

    /// How much time is left: a gradient from all (0) to none (1).
    case deadline
    /// Little bar charts: a gradient from low (0) to high (1).
    case spark

    /// A node that is known but takes no part.
    case mapKnown = "map.known"
    /// The target on the map.
    case mapTarget = "map.target"
    /// The bar of a bucket.
    case mapBucket = "map.bucket"

    /// The part of the timeline before the current step.
    case timelinePast = "timeline.past"
    /// The part after it.
    case timelineFuture = "timeline.future"
    /// The current step.
    case timelineNow = "timeline.now"
    /// A breakpoint's place.
    case timelineBreakpoint = "timeline.bp"
    /// A bookmark's place.
    case timelineMark = "timeline.mark"

    /// What a step added.
    case diffAdd = "diff.add"
    /// What a step took away.
    case diffDelete = "diff.del"

    /// A passing message.
    case toastInfo = "toast.info"
    /// A passing message about something odd.
    case toastWarn = "toast.warn"
    /// A passing message about something that failed.
    case toastError = "toast.error"

    /// The body of a dialog.
    case dialogBackground = "dialog.bg"
    /// A choice in a dialog.
    case dialogButton = "dialog.button"
    /// The choice that Enter takes.
    case dialogFocus = "dialog.focus"

    /// A node's id.
    case node
    /// The key of the record that is put.
    case keyTarget = "key.target"

    /// The keys a theme may name the role by, its own first, then its prefixes from the longest on.
    var fallbacks: [String] {
        var keys = [rawValue]
        while let dot = keys[keys.count - 1].lastIndex(of: ".") { keys.append(String(keys[keys.count - 1][..<dot])) }
        return keys
    }

    /// Every key that `[roles]` may hold: all roles and their prefixes.
    static let allKeys: [String] = {
        var keys: [String] = []
        for key in allCases.flatMap(\.fallbacks) where !keys.contains(key) { keys.append(key) }
        return keys
    }()
}
