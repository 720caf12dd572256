internal import Broadcasts
internal import Coordination
internal import Kademlia

/// Something that can happen next in a run.
struct SearchOption: Hashable, Sendable {
    /// What would have to be chosen for it.
    let choice: Choice
    /// Whether it happens anyway, if nothing is chosen.
    let isUsual: Bool
}

extension SearchWalk {
    /// Whether nobody will start or stop anything any more.
    var isPlanDone: Bool { world.obstacle(to: .actNow) != nil }

    /// What can happen next: first what the world would do by itself, then each other reply that is on its way, the next deadline, and
    /// the next act of the plan. Empty at the end of the run.
    ///
    /// - Parameter usual: the step that the world would take by itself.
    func options(usual: Step?) -> [SearchOption] {
        guard let usual else { return [] }
        var first = Choice.poll
        var others: [Choice] = []
        var replies: [PendingMessage] = []
        // Two copies of a reply, at the same time: which of them comes does not matter.
        for message in world.pending where message.event != nil {
            let isCopy = replies.contains { $0.event == message.event && $0.sent == message.sent && $0.arrives == message.arrives }
            if !isCopy { replies.append(message) }
        }
        if case .reply(let sent) = usual.trigger,
            let place = replies.firstIndex(where: { $0.event == usual.event && $0.sent == sent })
        {
            first = .deliver(replies.remove(at: place).name)
        }
        others += replies.map { .deliver($0.name) }
        if usual.trigger == .deadline {
            first = .fireDeadline
        } else if world.nextDeadline.map({ $0 < .distantFuture }) ?? false {
            others.append(.fireDeadline)
        }
        if usual.trigger == .act {
            first = .actNow
        } else if !isPlanDone {
            others.append(.actNow)
        }
        return [SearchOption(choice: first, isUsual: true)] + others.map { SearchOption(choice: $0, isUsual: false) }
    }

    /// What can go wrong now: for each reply on its way that it is lost, comes twice, is an error or comes from another node; and for
    /// each node that it crashes.
    ///
    /// - Parameter nodes: the nodes of the network.
    func faultChoices(among nodes: [NetworkNode]) -> [Choice] {
        var choices: [Choice] = []
        for message in world.pending where message.event != nil {
            let name = message.name
            choices.append(.drop(name))
            if name.copy == 0 { choices.append(.duplicate(name)) }
            if message.event?.isSuccess == true { choices.append(.edit(name, .failure("made up"))) }
            choices += nodes.filter { $0 != message.event?.sender }.map { .edit(name, .from($0.index)) }
        }
        let faulty = world.faults.map(\.node)
        return choices + nodes.filter { !faulty.contains($0.index) }.map { .fail($0.index, .crashed) }
    }

    /// Takes an option, and goes on up to the next moment at which something is to be decided.
    ///
    /// - Returns: whether it could be taken.
    mutating func take(_ option: SearchOption, usual: Step?, limit: Int) -> Bool {
        if option.isUsual { return goOn(limit: limit) }
        do {
            try take(option.choice, usual: usual, limit: limit)
            return true
        } catch {
            return false
        }
    }
}

extension NetworkEvent {
    /// Whether it is a reply that says that all went well.
    fileprivate var isSuccess: Bool {
        switch self {
        case .getCloserNodesSuccess, .storeRecordSuccess: true
        case .startBroadcast, .stopBroadcast, .getCloserNodesFailure, .storeRecordFailure, .poll: false
        }
    }

    /// The node that a reply comes from.
    fileprivate var sender: NetworkNode? {
        switch self {
        case .getCloserNodesSuccess(_, let node, _, _), .getCloserNodesFailure(_, let node, _, _),
            .storeRecordSuccess(_, let node, _, _), .storeRecordFailure(_, let node, _, _):
            node
        case .startBroadcast, .stopBroadcast, .poll: nil
        }
    }
}
