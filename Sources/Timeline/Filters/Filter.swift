internal import Broadcasts
public import Coordination
public import Kademlia

/// What to look for in the steps of a run: one small language for breakpoints, the log's filter and search.
///
/// `bc:b2 ev:fail dist<08` is a failure in broadcast b2 at a node whose distance to the target begins with less than 08.
/// ``reference`` has all terms. Terms side by side must all hold, and for the same side of the step: a step has an event, which goes
/// in, and a state, which comes out, and each may be about another broadcast and node. So `ev:fail node:9f` is a failure of node 9f,
/// never one of another node after which 9f is asked. A poll, and a state of rest, are about what the other side is about. Parentheses are a group of their own:
/// `(ev:closer node:9f) (st:find node:a0)` is an answer of 9f after which a0 is asked.
public struct Filter: Hashable, Sendable {
    /// The filter as it was written.
    let expression: FilterExpression

    /// The same with what is cheap to find out in front.
    private let plan: FilterExpression

    /// What it costs at most to compare a step with it.
    private let cost: FilterCost

    init(_ expression: FilterExpression) {
        self.expression = expression
        plan = expression.cheapestFirst
        cost = expression.cost
    }

    /// The filter that a text describes.
    ///
    /// - Parameters:
    ///   - text: terms, as ``reference`` lists them.
    ///   - keyBits: the width of the run's keys. A key of more digits is refused. The default is 256.
    /// - Throws: an error that tells the place in the text and what would be right.
    public static func parse(_ text: String, keyBits: Int = 256) throws(FilterError) -> Filter {
        do {
            var parser = FilterParser(try FilterToken.tokens(of: text), keyBits: keyBits)
            return Filter(try parser.parse())
        } catch {
            throw error.inCharacters(of: text)
        }
    }

    /// Whether a step is what the filter looks for. What costs much (the text, a view of the pool) is found out last, and only if the
    /// answer hangs on it.
    public func matches(_ context: FilterContext) -> Bool {
        FilterMatch(context).matches(plan)
    }

    /// Whether ``matches(_:)`` may take a view of the pool.
    public var needsView: Bool { cost >= .view }

    /// Whether ``matches(_:)`` may take the view of the pool before the step.
    public var needsViewBefore: Bool { cost >= .twoViews }

    /// The steps that name this broadcast.
    public static func naming(_ id: OperationID) -> Filter {
        Filter(.term(.broadcast(Glob(exactly: id.name))))
    }

    /// The steps that name the node with this key. The key's width, in bits, is a multiple of 4 and at most 256.
    public static func naming(_ key: Key256, keyBits: Int) -> Filter {
        Filter(.term(.node(KeyPrefix(key, digits: keyBits / 4))))
    }

    /// The steps that change a value of this broadcast.
    public static func change(of measure: Measure, in id: OperationID) -> Filter {
        Filter(.all([.term(.broadcast(Glob(exactly: id.name))), .term(.changes(measure))]))
    }

    /// The steps that break an invariant.
    public static let anyViolation = Filter(.term(.violation))

    public static func == (a: Filter, b: Filter) -> Bool {
        a.expression == b.expression
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(expression)
    }
}

extension Filter: CustomStringConvertible {
    /// The filter as text, always in the same way. It reads as an equal filter.
    public var description: String { expression.description }
}
