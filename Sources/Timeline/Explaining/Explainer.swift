public import Broadcasts
public import Coordination
internal import Queries

/// Answers questions about a run at a position: from its steps, what is seen of the pool, and the journal.
///
/// It knows the rules but no machine, so it explains recorded runs and flawed machines, too: then it says what is recorded, and where
/// nothing is.
public struct Explainer {
    /// The number of steps before the position.
    public let position: Int
    /// What was observed up to the position.
    public let journal: Journal
    /// The pool at the position.
    public let view: NetworkPoolView
    /// The time of the last step.
    public let now: Instant
    /// The requests that are not answered, if the world knows.
    public var pending: [PendingMessage] { pendingNow() }
    /// The first moment at which a poll could change anything, if the world knows of one.
    public let nextDeadline: Instant?
    /// How nodes, distances and times are written.
    public let names: Names
    /// Whether lookups may follow up: whether their resiliency is set, or nobody knows.
    private(set) var mayFollowUp: Bool
    private let pendingNow: () -> [PendingMessage]
    /// A step by its number, 1…`position`.
    let step: (Int) -> Step
    /// The broadcasts that a step names, by its number.
    private let namesInStep: (Int) -> StepNames
    /// The pool as it was before a step; asked for only where nothing else tells, because it may take a while.
    let earlierView: (Int) -> NetworkPoolView?

    /// An explainer for anything that has steps.
    ///
    /// - Parameters:
    ///   - position: the number of steps before the position.
    ///   - step: gives a step by its number, 1…`position`.
    ///   - journal: what was observed up to the position.
    ///   - view: the pool at the position.
    ///   - viewBefore: gives the pool as it was before a step, or `nil` if nobody knows.
    ///   - pending: the requests that are not answered; empty if nobody knows.
    ///   - nextDeadline: the first moment at which a poll could change anything, if there is one.
    ///   - names: how nodes, distances and times are written.
    public init(
        position: Int, step: @escaping (Int) -> Step, journal: Journal, view: NetworkPoolView,
        viewBefore: @escaping (Int) -> NetworkPoolView?, pending: [PendingMessage] = [], nextDeadline: Instant? = nil, names: Names
    ) {
        self.init(
            position: position, step: step, namesInStep: { StepNames(step($0)) }, journal: journal, view: view, viewBefore: viewBefore,
            pending: { pending }, nextDeadline: nextDeadline, names: names)
    }

    /// An explainer for the position of a history.
    public init(_ history: History<some World>, names: Names) {
        let steps = StepList(history)
        self.init(
            position: history.position, step: { steps[$0] }, namesInStep: { steps.names(inStep: $0) }, journal: history.journal,
            view: history.view,
            viewBefore: { number in
                if number == history.position, let view = history.earlierView { return view }
                var past = history
                past.go(to: number - 1)
                return past.world.view
            }, pending: { history.pending }, nextDeadline: history.world.nextDeadline, names: names)
        if let checker = history.memory.checker { mayFollowUp = checker.configuration.queries.resiliency != nil }
    }

    private init(
        position: Int, step: @escaping (Int) -> Step, namesInStep: @escaping (Int) -> StepNames, journal: Journal, view: NetworkPoolView,
        viewBefore: @escaping (Int) -> NetworkPoolView?, pending: @escaping () -> [PendingMessage], nextDeadline: Instant?, names: Names
    ) {
        self.position = position
        self.journal = journal
        self.view = view
        pendingNow = pending
        self.nextDeadline = nextDeadline
        self.names = names
        self.step = step
        self.namesInStep = namesInStep
        earlierView = viewBefore
        mayFollowUp = view.broadcasts.lazy.compactMap(\.query).first.map { $0.configuration.resiliency != nil } ?? true
        now = position > 0 ? step(position).time : .start
    }

    /// Looks at the steps from one backwards, as long as the closure says so; only at those that name one of these broadcasts.
    func scan(from number: Int, naming ids: [OperationID], _ look: (Step) -> Bool) {
        var number = min(number, position)
        while number >= 1 {
            let names = namesInStep(number)
            if names.event.map(ids.contains) ?? false || names.state.map(ids.contains) ?? false, !look(step(number)) { return }
            number -= 1
        }
    }

    /// Answers a question.
    ///
    /// - Complexity: O(steps since the start of the broadcast). A broadcast or a step that is not there is answered with a sentence.
    public func explain(_ question: Question) -> Explanation {
        switch question {
        case .event(let step): whenTaken(step) { explainEvent(of: $0) }
        case .state(let step): whenTaken(step) { explainState(of: $0) }
        case .node(let node, let place): withStory(place) { explainNode(node, $0) }
        case .phase(let place): withStory(place) { explainPhase($0) }
        case .notClosest(let node, let place): withStory(place) { explainNotClosest(node, $0) }
        case .notFinished(let place): withStory(place) { explainNotFinished($0) }
        }
    }

    /// What a step up to the position changed; `nil` if nobody knows how it was before.
    public func difference(of number: Int) -> Difference? {
        guard let (step, before, after) = surroundings(of: number) else { return nil }
        return Difference(of: step, before: before, after: after)
    }

    /// The messages within a step up to the position; `nil` if nobody knows how it was before.
    public func microSteps(of number: Int) -> MicroSteps? {
        guard let (step, before, after) = surroundings(of: number) else { return nil }
        return MicroSteps(of: step, before: before, after: after, ringBeginsAt: ringBegin(before: number, before))
    }

    private func surroundings(of number: Int) -> (Step, NetworkPoolView, NetworkPoolView)? {
        guard (1...max(1, position)).contains(number), position > 0 else { return nil }
        guard let before = viewBefore(number), let after = viewAfter(number) else { return nil }
        return (step(number), before, after)
    }

    private func whenTaken(_ number: Int, _ answer: (Step) -> Explanation) -> Explanation {
        guard number >= 1, number <= position else { return Explanation("Step \(number) has not been taken here") }
        return answer(step(number))
    }

    private func withStory(_ place: Int, _ answer: (Story) -> Explanation) -> Explanation {
        guard let story = story(of: place) else { return Explanation("There is no such broadcast here") }
        return answer(story)
    }

    /// The pool before a step.
    func viewBefore(_ number: Int) -> NetworkPoolView? {
        number == position + 1 ? view : earlierView(number)
    }

    /// The pool after a step.
    func viewAfter(_ number: Int) -> NetworkPoolView? { viewBefore(number + 1) }
}
