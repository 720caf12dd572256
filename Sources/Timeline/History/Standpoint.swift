/// Where a history stands: all that moves with its position, the choices made there included.
struct Standpoint<Source: World>: Sendable {
    var position: Int
    var world: Source
    var memory: RunMemory
    /// The position that the checker has judged the steps up to.
    var judged: Int
    var knownView: NetworkPoolView?
    var earlierView: NetworkPoolView?
}

// MARK: - Learning the steps to come, a little at a time

extension History {
    /// Learns the steps to come, up to a number of them, without moving.
    ///
    /// Where it stops it is gone on the next time, so that a long run can be learnt in many short pieces.
    ///
    /// - Parameter isOver: asked before every step; once it says yes, no further one is learnt. The default never does.
    public mutating func lookAhead(upTo limit: Int, isOver: () -> Bool = { false }) {
        guard !isComplete, stepCount < limit, !isOver() else { return }
        let here = standpoint
        move(to: stepCount)
        while advance() != nil, stepCount < limit, !isOver() {}
        if position > here.position { lines[place].frontier = standpoint }
        standpoint = here
    }

    /// Where the history stands.
    var standpoint: Standpoint<Source> {
        get {
            Standpoint(
                position: position, world: world, memory: memory, judged: judged, knownView: knownView, earlierView: earlierView)
        }
        set {
            (position, world, memory, judged) = (newValue.position, newValue.world, newValue.memory, newValue.judged)
            (knownView, earlierView) = (newValue.knownView, newValue.earlierView)
        }
    }

    /// Stands at the last step that is known, as it was left there, if a position at or beyond it is wanted.
    mutating func takeFrontier(for target: Int) {
        guard let frontier = lines[place].frontier, frontier.position == stepCount, position <= frontier.position,
            target >= frontier.position
        else { return }
        lines[place].frontier = nil
        standpoint = frontier
    }

    /// Remembers how things are at the last step that is known, before it is left for an earlier one: so that it need not be judged anew.
    mutating func keepFrontier() {
        guard position == stepCount, judged == position || memory.checker == nil else { return }
        lines[place].frontier = standpoint
    }
}
