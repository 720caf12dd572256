// MARK: - Moving over the steps of a branch

extension History {
    /// Takes the next step of the branch: the one that was chosen for this position, or the world's own.
    mutating func advance() -> Step? {
        guard !isAtEnd else { return nil }
        let chosen = choices(at: position).first { $0.choice.isStep }
        var taken: Step?
        if let chosen {
            do { taken = try world.take(chosen.choice) } catch { failedDeviation = (chosen, error) }
        }
        guard let step = taken ?? world.step() else {
            lines[place].isComplete = true
            return nil
        }
        journal.record(step)
        position += 1
        if position > stepCount { lines[place].append(step) }
        lines[place].keep(.init(position: position, world: world, journal: journal), at: position)
        settle()
        return step
    }

    /// Moves to a position without having been there.
    mutating func move(to target: Int) {
        let target = max(0, target)
        if let checkpoint = checkpoint(at: target), target < position || checkpoint.position > position { rest(at: checkpoint) }
        while position < target, advance() != nil {}
    }

    /// Stands where a checkpoint was made.
    mutating func rest(at checkpoint: Line<Source>.Checkpoint) {
        world = checkpoint.world
        journal = checkpoint.journal
        position = checkpoint.position
        settle()
    }

    /// Does the choices made at the position that are no steps.
    mutating func settle() {
        for deviation in choices(at: position) where !deviation.choice.isStep {
            do { _ = try world.take(deviation.choice) } catch { failedDeviation = (deviation, error) }
        }
    }

    /// The choices made at a position, in their order.
    public func choices(at position: Int) -> ArraySlice<Deviation> {
        let all = branch.deviations
        var (low, high) = (0, all.count)
        while low < high {
            let middle = (low + high) / 2
            if all[middle].position < position { low = middle + 1 } else { high = middle }
        }
        return all[low...].prefix { $0.position == position }
    }

    /// The last checkpoint at or before a position of the branch, its ancestors' included.
    private func checkpoint(at position: Int) -> Line<Source>.Checkpoint? {
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
