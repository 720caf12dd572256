internal import Broadcasts
internal import Coordination
internal import Kademlia

/// A broadcast as its steps tell it, up to the position: what is looked up once for all questions about it.
struct Story {
    /// What the journal has of it.
    let entry: JournalEntry
    /// The broadcast at the position, while it runs.
    let view: BroadcastView<NetworkNode>?
    /// The numbers of the steps that name it, in ascending order, from its start to its end.
    fileprivate(set) var numbers: [Int] = []
    /// The step that ended it.
    let end: Int?
    /// The step that started it, or refused to.
    fileprivate(set) var start: Int?
    /// How it goes about it, as its start said.
    fileprivate(set) var configuration: BroadcastConfiguration?
    /// The step of its first request.
    fileprivate(set) var firstAsk: Int?
    /// The step that sent its first store.
    fileprivate(set) var firstStore: Int?
    /// The step after which its lookup was over: the first store after the last request, or the end.
    fileprivate(set) var lookupEnd: Int?

    /// The operation's id.
    var id: OperationID { entry.id }
    /// The outcome, once it has ended; `nil` for one that was refused.
    var outcome: BroadcastOutcome<NetworkNode>? {
        if case .finished(let outcome) = entry.end { outcome } else { nil }
    }

    /// How its stores are sent, as its start said.
    var stores: StoreOptions? { configuration?.stores }

    /// The nodes to store with, closest first: those chosen so far.
    var chosen: [NetworkNode] {
        if let view { return view.stores.map(\.node) }
        guard let outcome else { return [] }
        return (outcome.contacted + outcome.notContacted).sorted { $0.key.isCloser(to: entry.target, than: $1.key) }
    }

    /// How far a node is from the target.
    func distance(_ node: NetworkNode) -> Key256 { entry.target ^ node.key }
}

extension Explainer {
    /// The story of the broadcast at this place of the journal. O(steps since its start).
    func story(of place: Int) -> Story? {
        guard journal.entries.indices.contains(place) else { return nil }
        let entry = journal.entries[place]
        let end = entry.ended.flatMap { $0.step <= position ? $0.step : nil }
        var story = Story(entry: entry, view: entry.end == nil ? view.broadcast(entry.id) : nil, end: end)
        var (nextStore, hasAsked) = (nil as Int?, false)
        scan(from: end ?? position, naming: [entry.id]) { step in
            guard step.time >= entry.started else { return false }
            story.numbers.append(step.number)
            switch step.state {
            case .findCloser(entry.id, _, _):
                story.firstAsk = step.number
                if !hasAsked { (hasAsked, story.lookupEnd) = (true, nextStore) }
            case .storeRecord(entry.id, _, _):
                story.firstStore = step.number
                nextStore = step.number
            case .findCloser, .storeRecord, .idle, .waiting, .broadcastFinished, .broadcastRejected: break
            }
            guard case .startBroadcast(entry.id, _, _, _, let configuration) = step.event, entry.isStart(step) else { return true }
            story.start = step.number
            story.configuration = configuration
            return false
        }
        story.numbers.reverse()
        if !hasAsked { story.lookupEnd = nextStore }
        story.lookupEnd = story.view?.query == nil ? story.lookupEnd ?? end : nil
        return story
    }

    /// The place in the journal of the broadcast of an id that a step is about: the first one that had not ended before it.
    func place(of id: OperationID, at number: Int) -> Int? {
        journal.entries.firstIndex { $0.id == id && $0.ended?.step ?? .max >= number }
    }

    /// What the steps of a broadcast tell of a node. O(steps that name the broadcast).
    ///
    /// - Parameter last: steps after this one are left out.
    func nodeStory(_ node: NetworkNode, _ story: Story, upTo last: Int = .max) -> NodeStory {
        var result = NodeStory()
        result.isSeed = story.entry.seed.contains { $0.key == node.key }
        for number in story.numbers where number <= last {
            let step = step(number)
            if step.event.id == story.id { result.note(step, node) }
            switch step.state {
            case .findCloser(story.id, _, let asked) where asked.key == node.key: result.asked = result.asked ?? number
            case .storeRecord(story.id, let sent, _) where sent.key == node.key: result.sent = result.sent ?? number
            case .findCloser, .storeRecord, .idle, .waiting, .broadcastFinished, .broadcastRejected: break
            }
        }
        if let told = result.told, finalSet(of: story, before: told.step) != nil { (result.told, result.toldTooLate) = (nil, told) }
        return result
    }

    /// Looks at the steps from one backwards, as long as the closure says so.
    func scan(from number: Int, _ look: (Step) -> Bool) {
        var number = min(number, position)
        while number >= 1, look(step(number)) { number -= 1 }
    }

    /// The first step after a moment, up to the position. O(log n).
    func firstStep(after moment: Instant) -> Int? {
        let numbers = 1..<position + 1
        let first = numbers.partitioningIndex { step($0).time > moment }
        return first < numbers.endIndex ? first : nil
    }
}

extension JournalEntry {
    /// Whether a step is the start of this very broadcast, and not one that was refused while it ran.
    fileprivate func isStart(_ step: Step) -> Bool {
        if case .broadcastRejected(id, .idInUse) = step.state { false } else { true }
    }
}
