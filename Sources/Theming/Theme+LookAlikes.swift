public import Canvas

/// Two roles of a theme that have to be told apart and look the same.
public struct LookAlike: Hashable, Sendable, CustomStringConvertible {
    public let first: Role
    public let second: Role
    /// The number of colours at which they do.
    public let depth: ColorDepth

    /// One sentence: the roles, and what would tell them apart.
    public var description: String {
        let remedy =
            switch depth {
            case .none: "give one of them other attributes with mono"
            case .ansi16: "give one of them another c16, or an attribute"
            case .palette256, .trueColor: "give one of them another colour, or an attribute"
            }
        return "\(first.rawValue) and \(second.rawValue) look the same; \(remedy)"
    }
}

extension Theme {
    /// The pairs of roles that have to be told apart and look the same, in the order of the roles.
    ///
    /// These are the states of a node, the phases, the parts of the timeline, what was added and taken away, and the marks of where the keys
    /// go: the focus, the selection, the buttons. The glyphs and words of the first ones differ too; this is for whoever looks at styles.
    public func lookAlikes() -> [LookAlike] {
        Role.toldApart.flatMap { group in
            group.enumerated().flatMap { index, second in
                group[..<index].filter { shown($0) == shown(second) }.map { LookAlike(first: $0, second: second, depth: depth) }
            }
        }
    }

    /// A role as it stands on the screen: a selection is laid over text.
    private func shown(_ role: Role) -> Style {
        let isLaid = role == .selection || role == .selectionInactive
        return (isLaid ? style(.text).overlaid(with: style(role)) : style(role)).painted(on: ground)
    }
}

extension Role {
    /// Groups whose members a person must tell apart.
    fileprivate static let toldApart: [[Role]] = [
        [.text, .selection, .selectionInactive], [.paneBorder, .paneBorderFocus], [.header, .headerPaused], [.hintKey, .hintText],
        [.stateTodo, .stateWaiting, .stateStored, .stateFailed], [.phaseFind, .phaseStore, .phaseWait, .phaseDone],
        [.timelinePast, .timelineFuture], [.diffAdd, .diffDelete], [.dialogBackground, .dialogButton, .dialogFocus],
    ]
}
