internal import Broadcasts

/// The terms that have a name.
enum FilterTermName: String, CaseIterable {
    case bc
    case ev
    case st
    case end
    case node
    case told
    case kind
    case phase
    case err
    case changes
    case time
    case step
    case rtt
    case dist
    case cpl
    case best
    case known
    case todo
    case inflight
    case stored
    case failed
    case ignored
    case violation

    /// What is written after the name.
    enum Value {
        /// Nothing.
        case none
        /// A colon and a name, or a text.
        case text
        /// A colon and one of these words.
        case word([any FilterWord])
        /// A colon and the first digits of a key.
        case key
        /// A comparison with the first digits of a distance.
        case distance
        /// A comparison with a number.
        case number
        /// A comparison with a time.
        case time
    }

    /// The term of this name or of its other name, in upper or lower case.
    init?(name: String) {
        let name = name.lowercased()
        guard let found = Self(rawValue: name) ?? Self.allCases.first(where: { $0.otherName == name }) else { return nil }
        self = found
    }

    /// Another name for the same.
    var otherName: String? {
        self == .kind ? "strategy" : nil
    }

    /// What is written after the name.
    var value: Value {
        switch self {
        case .bc, .err: .text
        case .ev: .word(EventWord.allCases)
        case .st: .word(StateWord.allCases)
        case .end: .word(EndWord.allCases)
        case .kind: .word(BroadcastStrategy.allCases)
        case .phase: .word(PhaseWord.allCases)
        case .changes: .word(Measure.allCases)
        case .node, .told: .key
        case .dist, .best: .distance
        case .step, .cpl, .known, .todo, .inflight, .stored, .failed: .number
        case .time, .rtt: .time
        case .ignored, .violation: .none
        }
    }

    /// A filter of this term alone.
    var example: String {
        switch self {
        case .bc: "bc:b2"
        case .ev: "ev:fail"
        case .st: "st:sent"
        case .end: "end:stopped"
        case .node: "node:9f"
        case .told: "told:9f"
        case .kind: "kind:static"
        case .phase: "phase:storing"
        case .err: "err:refused"
        case .changes: "changes:phase"
        case .time: "time>1.5s"
        case .step: "step>=100"
        case .rtt: "rtt>500ms"
        case .dist: "dist<08"
        case .cpl: "cpl>=3"
        case .best: "best<08"
        case .known: "known>=20"
        case .todo: "todo>3"
        case .inflight: "inflight>=3"
        case .stored: "stored=20"
        case .failed: "failed>0"
        case .ignored: "ignored"
        case .violation: "violation"
        }
    }

    /// How it is written.
    var form: String {
        switch value {
        case .none: rawValue
        case .text: self == .bc ? "bc:name" : "err:text"
        case .word: "\(rawValue):word"
        case .key: "\(rawValue):key"
        case .distance: "\(rawValue)<distance"
        case .number: "\(rawValue)>number"
        case .time: "\(rawValue)>time"
        }
    }

    /// What it stands for.
    var meaning: String {
        switch self {
        case .bc: "a broadcast of this name; * stands for any text"
        case .ev: "an event of this kind goes in"
        case .st: "a state of this kind comes out"
        case .end: "a broadcast ends for this reason"
        case .node: "a node whose key begins with these hexadecimal digits replies, or is sent to"
        case .told: "a start or an answer tells of a node whose key begins so"
        case .kind: "a broadcast of this strategy; strategy: is the same"
        case .phase: "the broadcast is in this phase after the step"
        case .err: "something went wrong, with this in its words; err:* is any error"
        case .changes: "the step changes this value of the broadcast"
        case .time: "the time of the step, in ns, us, ms, s, m or h"
        case .step: "the number of the step"
        case .rtt: "the time from the request to this reply"
        case .dist: "the distance of the node to the target: as many digits of it are compared as are given"
        case .cpl: "the number of leading bits that the node's key shares with the target"
        case .best: Measure.best.meaning
        case .known: Measure.known.meaning
        case .todo: Measure.todo.meaning
        case .inflight: Measure.inflight.meaning
        case .stored: Measure.stored.meaning
        case .failed: Measure.failed.meaning
        case .ignored: "the event came late, twice or from a stranger, and changed nothing"
        case .violation: "the step breaks an invariant"
        }
    }
}
