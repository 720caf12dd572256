internal import Broadcasts

extension Statechart {
    /// The chart of a broadcast.
    init(of strategy: BroadcastStrategy) {
        switch strategy {
        case .followUp: self = .followUp
        case .static: self = .staticSeeds
        case .optimistic: self = .optimistic
        }
    }

    private static let line = Phase(name: "LINE", rows: [[.inLine]])
    private static let find = Phase(
        name: "FIND", rows: [[.findCloser], [.awaitAnswers]], downWords: "all asked", upWords: "an answer")
    private static let store = Phase(name: "STORE", rows: [[.storeRecord], [.awaitStores]], downWords: "all sent", upWords: "an answer")
    private static let done = Phase(name: "DONE", rows: [[.finished], [.stopped], [.rejected]], isChoice: true)

    /// The classic put: look, then store.
    private static let followUp = Statechart(
        phases: [line, find, store, done],
        links: [
            Link(words: ["a slot", "is free"], shortWord: "slot"), Link(words: ["lookup", "over"], shortWord: "over"),
            Link(words: ["all", "answered"], shortWord: "all"),
        ],
        edges: edges(from: .idle, to: [.inLine, .findCloser, .finished, .rejected])
            .union(edges(from: .inLine, to: [.inLine, .findCloser, .finished, .stopped]))
            .union(edges(from: .findCloser, to: [.findCloser, .awaitAnswers, .storeRecord, .finished, .stopped]))
            .union(edges(from: .awaitAnswers, to: [.findCloser, .awaitAnswers, .storeRecord, .finished, .stopped]))
            .union(storeEdges))

    /// Stores with the seed, asks nobody.
    private static let staticSeeds = Statechart(
        phases: [store, done], links: [Link(words: ["all", "answered"], shortWord: "all")],
        edges: edges(from: .idle, to: [.storeRecord, .finished, .rejected]).union(storeEdges))

    /// Stores while it looks. Without an estimate of the network's size it never comes to store early, and goes the way of a FollowUp.
    private static let optimistic = Statechart(
        phases: [
            line,
            Phase(
                name: "FIND+", rows: [[.findCloser, .storeEarly], [.awaitAnswers]], downWords: "all asked or sent", upWords: "an answer"),
            store, done,
        ],
        links: [
            Link(words: ["a slot", "is free"], shortWord: "slot"), Link(words: ["walk", "over"], shortWord: "over"),
            Link(words: ["enough", "answered"], shortWord: "done"),
        ],
        edges: edges(from: .idle, to: [.inLine, .findCloser, .storeEarly, .storeRecord, .finished, .rejected])
            .union(edges(from: .inLine, to: [.inLine, .findCloser, .storeEarly, .finished, .stopped]))
            .union(
                [MachineState.findCloser, .storeEarly, .awaitAnswers].flatMap { state in
                    edges(
                        from: state,
                        to: [.findCloser, .storeEarly, .awaitAnswers, .storeRecord, .awaitStores, .finished, .stopped])
                }
            )
            .union(storeEdges))

    private static let storeEdges = edges(from: .storeRecord, to: [.storeRecord, .awaitStores, .finished, .stopped])
        .union(edges(from: .awaitStores, to: [.storeRecord, .awaitStores, .finished, .stopped]))

    /// The query of a broadcast.
    static let lookup = Statechart(
        phases: [
            line,
            Phase(
                name: "FIND", rows: [[.findCloser], [.atCapacity, .withCapacity]], downWords: "to wait for", upWords: "an answer"),
            Phase(name: "DONE", rows: [[.finished]]),
        ],
        links: [Link(words: ["a slot", "is free"], shortWord: "slot"), Link(words: ["k closest", "answered"], shortWord: "k")],
        edges: edges(from: .idle, to: [.inLine, .findCloser, .atCapacity, .withCapacity, .finished])
            .union(edges(from: .inLine, to: [.inLine, .findCloser, .atCapacity, .withCapacity, .finished]))
            .union(
                [MachineState.findCloser, .atCapacity, .withCapacity].flatMap { state in
                    edges(from: state, to: [.findCloser, .atCapacity, .withCapacity, .finished])
                }))

    /// The pool: what it says to its driver. From each state it comes to each.
    static let pool = Statechart(
        phases: [
            Phase(name: "REST", rows: [[.idle], [.waiting]]),
            Phase(name: "WORK", rows: [[.findCloser, .storeRecord], [.broadcastFinished, .rejected]]),
        ],
        links: [Link(words: ["work", "no work"], shortWord: "work", isTwoWay: true)],
        edges: Set(
            poolStates.flatMap { state in edges(from: state, to: poolStates) }))

    private static let poolStates: [MachineState] = [.idle, .waiting, .findCloser, .storeRecord, .broadcastFinished, .rejected]

    private static func edges(from state: MachineState, to others: [MachineState]) -> Set<Edge> {
        Set(others.map { Edge(from: state, to: $0) })
    }
}
