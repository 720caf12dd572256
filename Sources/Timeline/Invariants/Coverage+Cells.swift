internal import Broadcasts

extension Coverage.Cell {
    /// How far a broadcast is.
    typealias Phase = BroadcastView<NetworkNode>.Phase

    /// A cell, in fewer words.
    init(_ strategy: BroadcastStrategy, _ phase: Phase?, _ event: Coverage.EventKind, _ reception: Coverage.Reception) {
        self.init(strategy: strategy, phase: phase, event: event, reception: reception)
    }

    /// The phases of a broadcast, and none.
    static let phases: [Phase?] = [nil] + Phase.allCases

    /// The number of places: one for each combination, whether it can come up or not.
    static var placeCount: Int {
        BroadcastStrategy.allCases.count * phases.count * Coverage.EventKind.allCases.count * Coverage.Reception.allCases.count
    }

    /// The number of the cell, from 0 on.
    var place: Int {
        var place = strategy.place
        place = place * 5 + phase.place
        place = place * 7 + event.place
        return place * 3 + reception.place
    }

    /// All cells that can come up, by strategy, phase, event and reception.
    public static let possible: [Coverage.Cell] = BroadcastStrategy.allCases.flatMap { strategy in
        phases.flatMap { phase in
            Coverage.EventKind.allCases.flatMap { event in
                Coverage.Reception.allCases.map { Coverage.Cell(strategy, phase, event, $0) }.filter(\.canComeUp)
            }
        }
    }

    /// Whether a pool that keeps to the semantics can come into this situation.
    public var canComeUp: Bool {
        guard let phase else { return canComeUpWithoutBroadcast }
        if strategy == .static, phase == .queued || phase == .finding { return false }
        switch event {
        case .start: return reception == .ignored
        case .stop, .poll: return reception == .taken
        case .closerSuccess, .closerFailure: return reception == .ignored || phase == .finding
        case .storeSuccess, .storeFailure:
            // Only an Optimistic may store while it looks, or while it waits in line for its first question.
            let stores = phase == .storing || phase == .awaitingStores || strategy == .optimistic
            return reception == .ignored || stores
        }
    }

    /// A start begins a broadcast or is refused; all else is for nobody.
    private var canComeUpWithoutBroadcast: Bool {
        switch event {
        case .start: reception != .late
        case .stop, .closerSuccess, .closerFailure, .storeSuccess, .storeFailure: reception == .ignored
        case .poll: false
        }
    }
}

extension Coverage.Cell: CustomStringConvertible {
    /// The cell in words.
    public var description: String {
        "\(strategy.rawValue), \(phase?.title ?? "not running"): \(event.rawValue), \(reception.rawValue)"
    }
}

extension BroadcastStrategy {
    fileprivate var place: Int {
        switch self {
        case .followUp: 0
        case .static: 1
        case .optimistic: 2
        }
    }
}

extension BroadcastView<NetworkNode>.Phase? {
    fileprivate var place: Int {
        switch self {
        case nil: 0
        case .queued: 1
        case .finding: 2
        case .storing: 3
        case .awaitingStores: 4
        }
    }
}

extension Coverage.EventKind {
    fileprivate var place: Int {
        switch self {
        case .start: 0
        case .stop: 1
        case .closerSuccess: 2
        case .closerFailure: 3
        case .storeSuccess: 4
        case .storeFailure: 5
        case .poll: 6
        }
    }
}

extension Coverage.Reception {
    fileprivate var place: Int {
        switch self {
        case .taken: 0
        case .late: 1
        case .ignored: 2
        }
    }
}
