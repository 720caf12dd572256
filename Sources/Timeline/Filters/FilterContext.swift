public import Broadcasts
internal import Coordination

/// A step with what a ``Filter`` may want to know of it.
///
/// Texts and views are made when a filter first asks for them, and once at most.
public struct FilterContext {
    /// The step.
    public let step: Step
    /// The width of the run's keys in bits.
    public let keyBits: Int
    /// Whether the step breaks an invariant.
    public let isViolation: Bool

    /// What was observed of the run, at least up to the step.
    let journal: Journal

    private let lowercasedText: Lazily<String>
    private let before: Lazily<NetworkPoolView>
    private let after: Lazily<NetworkPoolView>

    /// A step to be looked at.
    ///
    /// - Parameters:
    ///   - step: the step.
    ///   - keyBits: the width of the run's keys in bits.
    ///   - journal: what was observed of the run, up to the step or beyond it.
    ///   - isViolation: whether the step breaks an invariant.
    ///   - text: the step in words: what a search looks through.
    ///   - viewBefore: the pool before the step.
    ///   - viewAfter: the pool after the step.
    public init(
        step: Step, keyBits: Int, journal: Journal, isViolation: Bool = false, text: @escaping @autoclosure () -> String,
        viewBefore: @escaping @autoclosure () -> NetworkPoolView, viewAfter: @escaping @autoclosure () -> NetworkPoolView
    ) {
        self.step = step
        self.keyBits = keyBits
        self.journal = journal
        self.isViolation = isViolation
        lowercasedText = Lazily { text().lowercased() }
        before = Lazily(viewBefore)
        after = Lazily(viewAfter)
    }

    /// The step in words, in lower case.
    var searchedText: String { lowercasedText.value }

    /// The pool before the step.
    var viewBefore: NetworkPoolView { before.value }

    /// The pool after the step.
    var viewAfter: NetworkPoolView { after.value }
}

/// A value that is made when it is first asked for.
private final class Lazily<Value> {
    private let make: () -> Value
    private(set) lazy var value = make()

    init(_ make: @escaping () -> Value) {
        self.make = make
    }
}
