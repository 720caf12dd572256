internal import Broadcasts
internal import Simulation
internal import TOMLFields

/// The puts of several runs that a report tells of together.
public struct ReportGroup: Hashable, Sendable {
    /// What the puts have in common and other groups have not: `followUp, pool.queryConcurrency=10`.
    public var name: String {
        values.isEmpty ? "all puts" : zip(headings, values).map { $0.isEmpty ? $1 : "\($0)=\($1)" }.joined(separator: ", ")
    }
    /// What they have in common, one after the other: the path of a setting, or nothing where the value speaks for itself.
    let headings: [String]
    /// The values of these.
    let values: [String]
    /// Their figures.
    public internal(set) var figures: PutFigures
    /// The number of runs that they come from.
    public internal(set) var runs = 0
    /// How many of these were broken off.
    public internal(set) var partialRuns = 0
    /// The puts of these runs that have not ended, of whatever strategy.
    public internal(set) var unfinishedPuts = 0

    /// What puts are told apart by.
    public enum Criterion: Hashable, Sendable {
        /// The strategy of the put.
        case strategy
        /// The name of the run's scenario, with its fingerprint where two of one name differ.
        case scenario
        /// The number of nodes.
        case nodes
        /// What a field of the scenario was set to.
        case setting(String)
    }

    /// What the puts of these runs differ in: the strategy, the scenario and the settings, as far as there is more than one.
    public static func differences(of runs: [RunFigures]) -> [Criterion] {
        var criteria: [Criterion] = [.strategy]
        if Set(runs.map(\.fingerprint)).count > 1 { criteria.append(.scenario) }
        for path in paths(of: runs) where Set(runs.map { $0.value(of: path) }).count > 1 { criteria.append(.setting(path)) }
        return criteria
    }

    /// Reads what somebody wants the puts told apart by: `strategy`, `scenario`, `nodes`, or the path of a setting.
    ///
    /// - Throws: a sentence, if no run has such a setting.
    public static func criteria(_ words: [String], for runs: [RunFigures]) throws(RunError) -> [Criterion] {
        let paths = paths(of: runs)
        let names = ["strategy", "scenario", "nodes"] + paths
        var criteria: [Criterion] = []
        for word in words {
            switch word {
            case "strategy": criteria.append(.strategy)
            case "scenario": criteria.append(.scenario)
            case "nodes": criteria.append(.nodes)
            case _ where paths.contains(word): criteria.append(.setting(word))
            default:
                let near =
                    closestMatch(to: word, among: names).map { "did you mean \($0)?" } ?? "use one of \(names.joined(separator: ", "))"
                throw RunError("--by \(word): no run has such a setting; \(near)")
            }
        }
        // What is named twice tells apart once.
        return criteria.enumerated().filter { !criteria[..<$0.offset].contains($0.element) }.map(\.element)
    }

    /// The groups of the puts of these runs, part of the name by part: by number where all values are numbers, else as they come.
    public static func groups(of runs: [RunFigures], by criteria: [Criterion]) -> [ReportGroup] {
        var groups: [ReportGroup] = []
        var places: [[String]: Int] = [:]
        var keys: [[String]] = []
        let ambiguous = ambiguousNames(runs)
        for run in runs {
            var seen: Set<Int> = []
            for figures in run.strategies {
                let key = criteria.map { value(of: $0, run, figures.strategy, ambiguous) }
                let place: Int
                if let known = places[key] {
                    place = known
                } else {
                    place = groups.count
                    places[key] = place
                    keys.append(key)
                    groups.append(ReportGroup(headings: criteria.map(\.heading), values: key, figures: PutFigures(figures.strategy)))
                }
                groups[place].figures.merge(figures)
                guard seen.insert(place).inserted else { continue }
                groups[place].runs += 1
                groups[place].partialRuns += run.isPartial ? 1 : 0
                groups[place].unfinishedPuts += run.unfinishedPuts
            }
        }
        return order(keys).map { groups[$0] }
    }

    /// The paths that any run has set, in the order in which they come.
    private static func paths(of runs: [RunFigures]) -> [String] {
        var paths: [String] = []
        for run in runs { for setting in run.settings where !paths.contains(setting.path) { paths.append(setting.path) } }
        return paths
    }

    /// The names of scenarios that stand for several texts.
    private static func ambiguousNames(_ runs: [RunFigures]) -> Set<String> {
        let texts = Dictionary(grouping: runs, by: \.scenario).mapValues { Set($0.map(\.fingerprint)).count }
        return Set(texts.filter { $0.value > 1 }.keys)
    }

    private static func value(of criterion: Criterion, _ run: RunFigures, _ strategy: BroadcastStrategy, _ ambiguous: Set<String>) -> String
    {
        switch criterion {
        case .strategy: strategy.rawValue
        case .scenario: ambiguous.contains(run.scenario) ? "\(run.scenario) \(run.fingerprint.prefix(8))" : run.scenario
        case .nodes: FigureText.counted(run.networkSize, "node")
        case .setting(let path): run.value(of: path) ?? "as in the file"
        }
    }

    /// The order of groups: part by part, by number where all values of a part are numbers, else in the order in which they come.
    private static func order(_ keys: [[String]]) -> [Int] {
        var ranks = keys.map { _ in [Int]() }
        for part in (keys.first ?? []).indices {
            var names: [String] = []
            for key in keys where !names.contains(key[part]) { names.append(key[part]) }
            let numbers = names.compactMap { Double($0) }
            if numbers.count == names.count { names = zip(numbers, names).sorted { $0.0 < $1.0 }.map(\.1) }
            let rank = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
            for (place, key) in keys.enumerated() { ranks[place].append(rank[key[part]] ?? 0) }
        }
        return keys.indices.sorted { ranks[$0].lexicographicallyPrecedes(ranks[$1]) }
    }
}

extension ReportGroup.Criterion {
    /// What stands before its value.
    var heading: String {
        switch self {
        case .strategy, .scenario, .nodes: ""
        case .setting(let path): path
        }
    }
}
