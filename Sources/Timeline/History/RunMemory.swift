/// What is remembered of a run up to a position: folds over its steps.
struct RunMemory: Sendable {
    /// What was observed of each broadcast.
    var journal = Journal()
    /// What judges the steps, if they are judged.
    var checker: InvariantChecker?
    /// What the steps have put to the test, if they are judged.
    var coverage = Coverage()

    init(checker: InvariantChecker?) {
        self.checker = checker
    }
}
