public import Broadcasts
internal import Coordination
internal import Queries

/// Judges one run of a search, step by step and as a whole.
public struct LawJudge: Sendable {
    private var checker: InvariantChecker
    private let keyBits: Int
    private let exceptions: Set<InvariantID>
    private let isolation: @Sendable ([Step]) -> [Violation]

    /// A judge for runs from their start.
    ///
    /// - Parameters:
    ///   - pool: the pool as it is before a run: any machine of the pool's shape.
    ///   - localNode: the node that broadcasts.
    ///   - configuration: how the pool runs its broadcasts.
    ///   - keyBits: the width of the keys in bits: so many are shown where a node is named, 32 at most.
    ///   - allowsCopies: whether the network may have a reply arrive twice.
    ///   - exceptions: laws that may be broken. With faults N1 is one: it is about the network, which then does what it should not.
    public init<Machine: BroadcastPoolMachine>(
        of pool: Machine, localNode: NetworkNode, configuration: PoolConfiguration, keyBits: Int = 256,
        allowsCopies: Bool = false, except exceptions: Set<InvariantID> = []
    ) where Machine.Node == NetworkNode, Machine.Message == Record {
        checker = InvariantChecker(localNode: localNode, configuration: configuration, keyBits: keyBits)
        checker.allowsCopies = allowsCopies
        self.keyBits = keyBits
        self.exceptions = exceptions
        isolation = { isolationViolations(of: $0, in: pool, configuration: configuration, keyBits: keyBits) }
    }

    /// The number of nodes that a record is to be stored with.
    var replication: Int { checker.configuration.queries.replication }

    /// Judges the next step.
    mutating func judge(_ step: Step, before: NetworkPoolView, after: NetworkPoolView) -> [Violation] {
        counted(checker.check(step, before: before, after: after))
    }

    /// Judges the steps so far as a whole: S17.
    func judge(_ steps: [Step]) -> [Violation] {
        guard !exceptions.contains(.s17) else { return [] }
        return isolation(steps)
    }

    /// Judges the end of a run, when nothing will happen any more: L1.
    func judgeEnd(of world: some World, after step: Int) -> [Violation] {
        counted(
            checker.check(
                StuckReport(
                    view: world.view, configuration: checker.configuration, travelling: [], nextDeadline: nil, at: world.now, step: step,
                    keyBits: keyBits)))
    }

    private func counted(_ violations: [Violation]) -> [Violation] {
        exceptions.isEmpty ? violations : violations.filter { !exceptions.contains($0.law) }
    }
}
