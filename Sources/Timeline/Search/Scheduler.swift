/// Decides what happens next in a run.
protocol Scheduler {
    /// One of these options; the first is the usual one, and there is one at least.
    mutating func pick(from options: [SearchOption], dice: inout Dice) -> SearchOption
}

/// Mostly what is usual, now and then something else. How often, is drawn for each run.
struct RandomScheduler: Scheduler {
    /// Something else happens once in so many times.
    private let spacing: Int

    init(dice: inout Dice) {
        spacing = 2 << dice.next(below: 4)
    }

    mutating func pick(from options: [SearchOption], dice: inout Dice) -> SearchOption {
        guard options.count > 1, dice.next(below: spacing) == 0 else { return options[0] }
        let choice = options.dropFirst().map(\.choice).drawn(with: &dice)
        return SearchOption(choice: choice, isUsual: false)
    }
}

/// Always what has the highest priority, which is drawn when it first comes up. Now and then the highest becomes the lowest.
struct PriorityScheduler: Scheduler {
    /// The priorities of what could be chosen so far.
    private var priorities: [Choice: UInt64] = [:]
    /// The moments at which the highest becomes the lowest.
    private var changes: Set<Int> = []
    private var moment = 0
    /// Less than all priorities so far.
    private var lowest: UInt64 = 1 << 32

    /// A scheduler for a run of about this length.
    init(changes: Int, length: Int, dice: inout Dice) {
        for _ in 0..<changes { self.changes.insert(dice.next(below: max(1, length))) }
    }

    mutating func pick(from options: [SearchOption], dice: inout Dice) -> SearchOption {
        for option in options where priorities[option.choice] == nil { priorities[option.choice] = dice.next() | 1 << 63 }
        if changes.contains(moment) {
            lowest -= 1
            priorities[highest(of: options).choice] = lowest
        }
        moment += 1
        let chosen = highest(of: options)
        // The next deadline, and the next act, are others.
        if chosen.choice.message == nil { priorities[chosen.choice] = nil }
        return chosen
    }

    private func highest(of options: [SearchOption]) -> SearchOption {
        var best = options[0]
        for option in options where priorities[option.choice, default: 0] > priorities[best.choice, default: 0] { best = option }
        return best
    }
}

extension [Choice] {
    /// One of the choices, of which there is one at least: first a kind of choice is drawn, then one of that kind.
    func drawn(with dice: inout Dice) -> Choice {
        var kinds: [Int] = []
        for choice in self where !kinds.contains(choice.kind) { kinds.append(choice.kind) }
        let kind = kinds[dice.next(below: kinds.count)]
        let choices = filter { $0.kind == kind }
        return choices[dice.next(below: choices.count)]
    }
}

extension Choice {
    /// A number for what kind of choice it is.
    fileprivate var kind: Int {
        switch self {
        case .deliver: 0
        case .fireDeadline: 1
        case .advanceClock: 2
        case .start: 3
        case .stop: 4
        case .actNow: 5
        case .poll: 6
        case .drop: 7
        case .duplicate: 8
        case .delay: 9
        case .edit(_, .closer): 10
        case .edit(_, .from): 11
        case .edit(_, .failure): 12
        case .edit(_, .success): 13
        case .fail: 14
        case .restart: 15
        }
    }
}
