// MARK: - Choosing another way

extension History {
    /// Does what somebody chose at the position, on a branch of its own: what was recorded stays as it was.
    ///
    /// A choice on a branch that nobody has seen more of goes on that branch instead of on a new one.
    ///
    /// - Returns: the step that it was, or `nil` for a choice that is none.
    /// - Throws: why it cannot be taken; nothing has changed then.
    @discardableResult
    public mutating func choose(_ choice: Choice) throws(ChoiceError) -> Step? {
        var trial = world
        let outcome = try trial.take(choice)
        // What would have happened anyway is no deviation.
        if let outcome, outcome == next { return stepForward() }
        let isOpen = branch.parent != nil && branch.visited == position && position >= branch.fork
        if isOpen, !choices(at: position).contains(where: { $0.choice.isStep }) {
            lines[place].cut(at: position)
        } else {
            fork()
        }
        let deviation = Deviation(position: position, choice: choice)
        branch.deviations.removeAll { $0.position > position || ($0.position == position && $0.choice.isStep) }
        branch.deviations.append(deviation)
        branches[place] = branch
        guard choice.isStep else {
            world = trial
            memory.checker?.expect(choice)
            return nil
        }
        return stepForward()
    }

    /// Leaves the branch at the position.
    private mutating func fork() {
        let line = Line<Source>(fork: position, interval: Self.checkpointInterval)
        branch = Branch(
            id: branchCount, parent: branch.id, fork: position,
            deviations: branch.deviations.filter { $0.position < position || ($0.position == position && !$0.choice.isStep) }, name: "",
            visited: position)
        branchCount += 1
        branches.append(branch)
        lines.append(line)
        place = lines.count - 1
    }

    /// The branch of this number.
    public func branch(_ id: Int) -> Branch? {
        branches.first { $0.id == id }
    }

    /// The number of steps of a branch that are known; 0 if there is no such branch.
    public func stepCount(of id: Int) -> Int {
        branches.firstIndex { $0.id == id }.map { lines[$0].end } ?? 0
    }

    /// Goes to another branch: to the same position there, or to the end of what is known of it.
    ///
    /// - Returns: whether there is such a branch.
    @discardableResult
    public mutating func switchBranch(to id: Int) -> Bool {
        guard let target = branches.firstIndex(where: { $0.id == id }) else { return false }
        guard target != place else { return true }
        let wanted = position
        place = target
        branch = branches[target]
        position = .max
        move(to: min(wanted, max(branch.visited, branch.fork)))
        visit()
        return true
    }

    /// Gives a branch a name.
    public mutating func nameBranch(_ id: Int, _ name: String) {
        guard let place = branches.firstIndex(where: { $0.id == id }) else { return }
        branches[place].name = name
        branch = branches[self.place]
    }

    /// Deletes a branch and all that left it. The first one stays; of a branch that is deleted around the position, the parent is next.
    ///
    /// - Returns: the number of branches that are gone.
    @discardableResult
    public mutating func deleteBranch(_ id: Int) -> Int {
        guard let branch = branch(id), let parent = branch.parent else { return 0 }
        var doomed: Set<Int> = [id]
        // A branch comes after its parent.
        for branch in branches where branch.parent.map(doomed.contains) ?? false { doomed.insert(branch.id) }
        if doomed.contains(self.branch.id) {
            position = min(position, branch.fork)
            switchBranch(to: parent)
        }
        let kept = branches.indices.filter { !doomed.contains(branches[$0].id) }
        branches = kept.map { branches[$0] }
        lines = kept.map { lines[$0] }
        place = branches.firstIndex { $0.id == self.branch.id } ?? 0
        return doomed.count
    }

    /// The steps that two branches share, and the first step of each that the other does not have.
    public func difference(between a: Int, and b: Int) -> (shared: Int, first: Step?, second: Step?)? {
        guard let a = branches.firstIndex(where: { $0.id == a }), let b = branches.firstIndex(where: { $0.id == b }) else { return nil }
        var (one, other) = (self, self)
        (one.place, other.place) = (a, b)
        let limit = min(one.stepCount, other.stepCount)
        var shared = 0
        while shared < limit, one.step(shared + 1) == other.step(shared + 1) { shared += 1 }
        return (
            shared, shared < one.stepCount ? one.step(shared + 1) : nil, shared < other.stepCount ? other.step(shared + 1) : nil
        )
    }
}
