internal import Broadcasts
internal import Coordination

/// A step that is being judged: what an observer saw of it, and what was found wrong with it.
struct Examination {
    /// The step.
    let step: Step
    /// The pool before the step.
    let before: NetworkPoolView
    /// The pool after the step.
    let after: NetworkPoolView
    /// How sentences name nodes.
    let name: NodeNames
    /// The laws that it breaks, as far as they were found.
    private(set) var violations: [Violation] = []

    /// A step of which nothing was found yet.
    init(_ step: Step, before: NetworkPoolView, after: NetworkPoolView, name: NodeNames) {
        self.step = step
        self.before = before
        self.after = after
        self.name = name
    }

    /// The time of the step.
    var now: Instant { step.time }

    /// Notes that the step breaks a law.
    mutating func report(_ law: InvariantID, _ broadcast: OperationID?, _ node: NetworkNode? = nil, _ why: String) {
        violations.append(Violation(law: law, step: step.number, broadcast: broadcast, node: node, why: why))
    }
}
