/// A law that every history of a pool keeps.
public struct Invariant<K: TestKey>: Sendable {
    /// Its id in the design: P1, S17, …
    public let id: String
    /// What it says.
    public let sentence: String
    /// Looks for the first place where a history breaks it.
    let firstProblem: @Sendable (Chronicle<K>) -> String?

    init(_ id: String, _ sentence: String, _ firstProblem: @escaping @Sendable (Chronicle<K>) -> String?) {
        self.id = id
        self.sentence = sentence
        self.firstProblem = firstProblem
    }

    /// All laws.
    public static var all: [Invariant] {
        poolLaws + runLaws + outcomeLaws + lookupLaws + optimisticLaws + turnLaws + replayLaws
    }
}

/// A law that a history breaks.
public struct Violation: Hashable, Sendable, CustomStringConvertible {
    /// The law's id.
    public let id: String
    /// The law.
    public let sentence: String
    /// Where and how it is broken.
    public let problem: String

    public var description: String { "\(id) (\(sentence)): \(problem)" }
}

extension History {
    /// The laws that this history breaks.
    public func violations() -> [Violation] {
        let chronicle = Chronicle(self)
        return Invariant<K>.all.compactMap { law in
            law.firstProblem(chronicle).map { Violation(id: law.id, sentence: law.sentence, problem: $0) }
        }
    }
}

/// The first problem that the closure finds in one of the elements.
func first<Elements: Sequence>(of elements: Elements, _ problem: (Elements.Element) -> String?) -> String? {
    for element in elements {
        if let found = problem(element) { return found }
    }
    return nil
}
