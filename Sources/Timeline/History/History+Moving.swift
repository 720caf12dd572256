internal import Broadcasts
internal import Queries

// MARK: - Moving over the steps of a branch

extension History {
    /// Takes the next step of the branch: the one that was chosen for this position, or the world's own.
    mutating func advance() -> Step? {
        guard !isAtEnd else { return nil }
        let chosen = choices(at: position).first { $0.choice.isStep }
        let isNew = position == stepCount
        if isNew { catchUp() }
        let isJudged = memory.checker != nil && (isNew || isCatchingUp)
        let before = isJudged ? knownView ?? world.view : nil
        var taken: Step?
        if let chosen {
            do { taken = try world.take(chosen.choice) } catch { failedDeviation = (chosen, error) }
        }
        guard let step = taken ?? world.step() else {
            complete()
            return nil
        }
        memory.journal.record(step)
        position += 1
        (earlierView, knownView) = (before ?? knownView, nil)
        if let before { judge(step, before: before, isNew: isNew) }
        if isNew { lines[place].append(step) }
        lines[place].keep(.init(position: position, world: world, memory: memory), at: position)
        settle()
        if !isNew, !isCatchingUp { takeFrontier(for: position) }
        return step
    }

    private mutating func judge(_ step: Step, before: NetworkPoolView, isNew: Bool) {
        let after = world.view(after: before, step)
        knownView = after
        guard var checker = memory.checker.take() else { return }
        memory.coverage.record(step, before: before, replication: checker.configuration.queries.replication)
        let violations = checker.check(step, before: before, after: after)
        memory.checker = checker
        judged = position
        if isNew, !violations.isEmpty { lines[place].append(violations) }
    }

    /// Judges again the steps that were gone over without judging them, before a new one is judged.
    ///
    /// Known steps are judged when they are first taken, so going over them again costs nothing; only a new branch needs this.
    private mutating func catchUp() {
        guard memory.checker != nil, judged != position, !isCatchingUp else { return }
        var past = self
        past.isCatchingUp = true
        guard let checkpoint = past.checkpoint(at: position) else { return }
        past.rest(at: checkpoint)
        while past.position < position, past.advance() != nil {}
        (memory.checker, memory.coverage, judged) = (past.memory.checker, past.memory.coverage, position)
    }

    /// What the run up to the position has put to the test; empty without a checker.
    public mutating func coverage() -> Coverage {
        catchUp()
        return memory.coverage
    }

    /// Notes that nothing comes after the position, and judges whether all that began has ended.
    private mutating func complete() {
        lines[place].isComplete = true
        guard let checker = memory.checker else { return }
        let travelling = world.pending.filter { $0.obstacle == nil }
        let report = StuckReport(
            view: world.view, configuration: checker.configuration,
            travelling: travelling.map { .init(id: $0.name.id, node: $0.node, isStore: $0.name.isStore) }, nextDeadline: nil,
            at: world.now, step: position, keyBits: checker.keyBits)
        lines[place].append(checker.check(report))
    }

    /// The laws that a step of this branch breaks, as far as the branch is known.
    public func violations(at number: Int) -> [Violation] {
        var line = place
        while number <= lines[line].fork, let parent = parentPlace(of: line) { line = parent }
        return lines[line].violations.filter { $0.step == number }
    }

    /// All laws that steps of this branch break, as far as it is known, in the order of the steps.
    public var violations: [Violation] {
        var found: [Violation] = []
        var (line, limit) = (place, Int.max)
        while true {
            found = lines[line].violations.filter { $0.step <= limit } + found
            guard let parent = parentPlace(of: line) else { return found }
            limit = min(limit, lines[line].fork)
            line = parent
        }
    }

    /// Moves to a position without having been there.
    mutating func move(to target: Int) {
        let target = max(0, target)
        if target < position { keepFrontier() }
        takeFrontier(for: target)
        if let checkpoint = checkpoint(at: target), target < position || checkpoint.position > position { rest(at: checkpoint) }
        while position < target, advance() != nil {}
    }

    /// Stands where a checkpoint was made.
    mutating func rest(at checkpoint: Line<Source>.Checkpoint) {
        world = checkpoint.world
        memory = checkpoint.memory
        (knownView, earlierView) = (nil, nil)
        (position, judged) = (checkpoint.position, checkpoint.position)
        settle()
    }

    /// Does the choices made at the position that are no steps.
    mutating func settle() {
        for deviation in choices(at: position) where !deviation.choice.isStep {
            do {
                _ = try world.take(deviation.choice)
                memory.checker?.expect(deviation.choice)
            } catch {
                failedDeviation = (deviation, error)
            }
        }
    }

    /// The choices made at a position, in their order.
    public func choices(at position: Int) -> ArraySlice<Deviation> {
        let all = branch.deviations
        return all[all.partitioningIndex { $0.position >= position }...].prefix { $0.position == position }
    }

    /// The last checkpoint at or before a position of the branch, its ancestors' included.
    func checkpoint(at position: Int) -> Line<Source>.Checkpoint? {
        var line = place
        var limit = position
        while true {
            if let found = lines[line].checkpoint(at: limit) { return found }
            guard let parent = parentPlace(of: line) else { return nil }
            limit = min(limit, lines[line].fork)
            line = parent
        }
    }

    /// The place of the parent of a branch.
    func parentPlace(of place: Int) -> Int? {
        branches[place].parent.flatMap { id in branches.firstIndex { $0.id == id } }
    }
}
