internal import Kademlia

/// Why something is as it is: the rule that made it so, and the earlier steps that led there.
public struct Explanation: Equatable, Sendable {
    /// A step that led here: one may go there and look.
    public struct Cause: Hashable, Sendable {
        /// The number of the step.
        public let step: Int
        /// What happened there.
        public let what: String
    }

    /// What is explained, in a line.
    public internal(set) var title: String
    /// The explanation, in plain sentences.
    public internal(set) var paragraphs: [String] = []
    /// The rule that fired; `nil` where none did.
    public internal(set) var rule: Rule?
    /// The steps that led here, the earliest first, each once; none is after the position.
    public private(set) var causes: [Cause] = []

    /// An explanation that has yet to be told.
    init(_ title: String, _ rule: Rule? = nil) {
        self.title = title
        self.rule = rule
    }

    /// Adds a paragraph, unless there is nothing to say.
    mutating func say(_ paragraph: String?) {
        if let paragraph, !paragraph.isEmpty { paragraphs.append(paragraph) }
    }

    /// Adds a step that led here; of one that is there already, more may be said.
    mutating func because(_ step: Int?, _ what: String) {
        guard let step, step >= 1 else { return }
        let place = causes.firstIndex { $0.step >= step } ?? causes.count
        guard place < causes.count, causes[place].step == step else {
            causes.insert(Cause(step: step, what: what), at: place)
            return
        }
        let parts = causes[place].what.split(separator: "; ").map(String.init)
        if !parts.contains(what) { causes[place] = Cause(step: step, what: (parts + [what]).joined(separator: "; ")) }
    }
}
