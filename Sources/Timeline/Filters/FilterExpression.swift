/// Terms of a filter, joined.
indirect enum FilterExpression: Hashable, Sendable {
    /// A single term.
    case term(FilterTerm)
    /// What does not hold.
    case not(FilterExpression)
    /// Two or more of which all hold, for the same side of the step. A group in it is a group of its own: it is not the same without
    /// its parentheses.
    case all([FilterExpression])
    /// Two or more of which one holds.
    case any([FilterExpression])

    /// What it costs to find out whether it holds.
    var cost: FilterCost {
        switch self {
        case .term(let term): term.cost
        case .not(let expression): expression.cost
        case .all(let expressions), .any(let expressions): expressions.map(\.cost).max() ?? .step
        }
    }

    /// The same with the cheap ones in front.
    var cheapestFirst: FilterExpression {
        func sorted(_ expressions: [FilterExpression]) -> [FilterExpression] {
            let costs = expressions.map(\.cost)
            let order = expressions.indices.sorted { (costs[$0], $0) < (costs[$1], $1) }
            return order.map { expressions[$0].cheapestFirst }
        }
        return switch self {
        case .term: self
        case .not(let expression): .not(expression.cheapestFirst)
        case .all(let expressions): .all(sorted(expressions))
        case .any(let expressions): .any(sorted(expressions))
        }
    }

    /// The side of the step that it is about, if that is certain.
    var side: FilterSides? {
        switch self {
        case .term(let term): return term.side
        case .not, .all: return nil
        case .any(let expressions):
            guard let side = expressions.first?.side else { return nil }
            return expressions.allSatisfy { $0.side == side } ? side : nil
        }
    }
}

extension FilterExpression: CustomStringConvertible {
    var description: String {
        switch self {
        case .term(let term): term.description
        case .not(let expression): "!\(expression.asOne)"
        case .all(let expressions): expressions.map(\.asOne).joined(separator: " ")
        case .any(let expressions): expressions.map(\.description).joined(separator: " | ")
        }
    }

    /// The text in parentheses, if it needs them beside others.
    private var asOne: String {
        switch self {
        case .term, .not: description
        case .all, .any: "(\(description))"
        }
    }
}

/// What it costs to find out whether a term holds.
enum FilterCost: Int, Comparable {
    /// The step itself says it.
    case step
    /// The journal has to be asked.
    case journal
    /// The step has to be put into words.
    case text
    /// A view of the pool has to be taken.
    case view
    /// One before the step, and one after it.
    case twoViews

    static func < (a: FilterCost, b: FilterCost) -> Bool {
        a.rawValue < b.rawValue
    }
}

/// The sides of a step.
struct FilterSides: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    /// What goes in.
    static let event = FilterSides(rawValue: 1)
    /// What comes out.
    static let state = FilterSides(rawValue: 2)
    /// Both.
    static let both: FilterSides = [.event, .state]
    /// Each of them.
    static let each: [FilterSides] = [.event, .state]
}
