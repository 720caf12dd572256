import Coordination
import Kademlia
import Scenarios
import Simulation
import Timeline

/// What a search has found, as lines of text.
struct ExplorationReport {
    private let scenario: Scenario
    private let exploration: Exploration
    private let options: SearchOptions

    init(_ scenario: Scenario, _ exploration: Exploration, _ options: SearchOptions) {
        self.scenario = scenario
        self.exploration = exploration
        self.options = options
    }

    /// All lines.
    var lines: [String] {
        let head = ["\(scenario.name): \(scenario.title)", "", "searched   \(search)", "found      \(figures)"]
        return head + warnings + coverage + [""] + verdict + findings
    }

    /// The rows of the table in which there is something, and the goals.
    private var coverage: [String] {
        let rows = exploration.coverage.description.split(separator: "\n").dropLast()
        let kept = rows.prefix(2) + rows.dropFirst(2).filter { $0.contains(where: \.isNumber) }
        let goals = Coverage.Goal.allCases.filter { exploration.coverage.count(of: $0) > 0 }.map { goal in
            "\(grouped(exploration.coverage.count(of: goal))) × \(goal.rawValue)"
        }
        let reached = goals.isEmpty ? [] : ["goals      \(goals[0])"] + goals.dropFirst().map { margin + $0 }
        return ["coverage   \(kept[0])"] + kept.dropFirst().map { margin + $0 } + reached
    }

    private var margin: String { String(repeating: " ", count: 11) }

    private var search: String {
        let faults =
            switch options.faults {
            case 0: ""
            case 1: ", with 1 fault at most"
            default: ", with \(options.faults) faults at most"
            }
        let how =
            switch options.strategy {
            case .allOrders(.none): "all orders, each from start to end"
            case .allOrders(.equalStates): "all orders, from each state once"
            case .allOrders(.equalStatesAndOrders): "all orders that can matter, from each state once"
            case .random(let runs): "\(counted(runs, "random run")), seed \(options.seed)"
            case .priorities(let runs, _): "\(counted(runs, "run")) by priorities, seed \(options.seed)"
            }
        let pool =
            switch scenario.rules {
            case .strict: "our pool"
            case .reference: "the reference's pool"
            }
        return "\(how)\(faults), over \(pool)"
    }

    private var figures: String {
        var parts = ["\(counted(exploration.runs, "run")) with \(counted(exploration.outcomes, "outcome"))"]
        if exploration.merged > 0 { parts.append("\(grouped(exploration.merged)) that came to a known state") }
        parts += [counted(exploration.states, "state"), counted(exploration.steps, "step")]
        return parts.joined(separator: ", ")
    }

    /// What makes the search less than it was meant to be.
    private var warnings: [String] {
        var lines: [String] = []
        switch exploration.ending {
        case .complete: break
        case .stepLimit: lines.append("\(margin)not complete: it ended after \(grouped(options.stepLimit)) steps; raise --steps to go on")
        case .interrupted: lines.append("\(margin)not complete: it was ended by hand")
        }
        if exploration.cut > 0 {
            lines.append("\(margin)\(counted(exploration.cut, "run")) broken off after \(grouped(options.runLimit)) steps")
        }
        return lines
    }

    private var verdict: [String] {
        switch exploration.findings.count {
        case 0: [exploration.ending == .complete ? "No law was broken." : "No law was broken, as far as the search went."]
        case 1: ["1 law was broken, and this is the smallest run that breaks it:"]
        default: ["\(exploration.findings.count) laws were broken. The smallest run for each:"]
        }
    }

    private var findings: [String] {
        let words = ChoiceWords(
            keyBits: scenario.keyBits, nodes: scenario.network, messages: [],
            keyOfRecord: { Key256(sha256Of: $0, bits: scenario.keyBits) })
        return exploration.findings.flatMap { finding in
            let id = finding.id.rawValue
            let indent = String(repeating: " ", count: 5)
            let choices = finding.deviations.map { "\(indent)before step \($0.position + 1): \(words.text($0.choice))" }
            let count = finding.deviations.isEmpty ? "as it goes by itself" : counted(finding.deviations.count, "choice")
            let note = finding.isShrunk ? "" : ", not made smaller"
            return [
                "", id + String(repeating: " ", count: max(1, 5 - id.count)) + finding.id.law.sentence,
                "\(indent)step \(finding.violation.step): \(finding.violation.why)", "\(indent)\(count)\(note)",
            ] + choices
        }
    }
}

/// A number and what it counts.
func counted(_ number: Int, _ thing: String) -> String {
    "\(grouped(number)) \(thing)\(number == 1 ? "" : "s")"
}

/// A number with commas, 0 or more.
func grouped(_ number: Int) -> String {
    var text = ""
    for (place, digit) in String(number).reversed().enumerated() {
        if place > 0, place % 3 == 0 { text.append(",") }
        text.append(digit)
    }
    return String(text.reversed())
}
