import Canvas
import Dashboard
import Glibc
import Scenarios
import Theming

/// Measures what a screen costs: CPU time of a frame of 200×60, of the step that a key takes, and of a tick of a run.
///
/// The run is a heavy one: 300 puts that overlap in a network of 5,000 nodes. It prints the median and the longest of some hundred
/// moments, first of each part for the layout that is shown at the start, then of whole frames with each pane, and of the scenario of a million nodes. `screen-benchmark [BROADCASTS NODES]`.
@main
enum ScreenBenchmark {
    static let size = Size(columns: 200, rows: 60)

    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        let (broadcasts, nodes) = arguments.count == 2 ? (arguments[0], arguments[1]) : (300, 5000)
        let scenario = try HeavyScenario.scenario(broadcasts: broadcasts, nodes: nodes)
        let look = Look(theme: BuiltInThemes.standard.resolved(for: .palette256), glyphSet: .unicode)
        var start = try measured { try Dashboard(scenario, size: size, isOver: { true }) }
        print("opening with nothing known beforehand: \(shown(start.spent)) ms")
        // To the middle of the run, where all broadcasts are busy.
        for _ in 0..<(broadcasts * 20) { _ = start.value.press(.character("s"), isOver: { true }) }
        print("")
        print("| at 200x60, CPU time | ms, median | ms, longest |")
        print("| --- | --- | --- |")
        var dashboard = start.value
        var shownBefore = dashboard.canvas(look)
        var (presses, frames, differences) = ([Double](), [Double](), [Double]())
        for _ in 0..<300 {
            presses.append(measured { dashboard.press(.character("s"), isOver: { true }) }.spent)
            let frame = measured { dashboard.canvas(look) }
            frames.append(frame.spent)
            differences.append(measured { frame.value.changes(since: shownBefore).count }.spent)
            shownBefore = frame.value
        }
        row("key s: a step forward", presses)
        row("a frame", frames)
        row("what differs from the frame before", differences)
        presses = (0..<300).map { _ in measured { dashboard.press(.character("S"), isOver: { true }) }.spent }
        row("key S: a step back", presses)
        _ = dashboard.press(.character(" "), isOver: { true })
        for _ in 0..<20 { _ = dashboard.press(.character("+"), isOver: { true }) }
        row("a tick that is over at once", (0..<300).map { _ in measured { dashboard.tick(.milliseconds(1), isOver: { true }) }.spent })
        _ = dashboard.press(.character(" "), isOver: { true })
        for pane in Pane.allCases {
            var open = start.value
            for character in ":pane \(pane.name)" { _ = open.press(.character(character), isOver: { true }) }
            _ = open.press(.enter, isOver: { true })
            var (steps, frames) = ([Double](), [Double]())
            for _ in 0..<40 {
                steps.append(measured { open.press(.character("s"), isOver: { true }) }.spent)
                frames.append(measured { open.canvas(look).changes(since: shownBefore).count }.spent)
            }
            row("\(pane.name): key s", steps)
            row("\(pane.name): a frame", frames)
        }
        try measureMillion(look)
    }

    /// The same in the built-in scenario of a million nodes.
    private static func measureMillion(_ look: Look) throws {
        guard let million = BuiltInScenario.named("million") else { return }
        let scenario = try measured { try million.scenario() }
        row("a million nodes: the network", [scenario.spent])
        let opening = try measured { try Dashboard(scenario.value, size: size, isOver: { true }) }
        row("a million nodes: opening", [opening.spent])
        var dashboard = opening.value
        row("a million nodes: the first frame", [measured { dashboard.canvas(look).size }.spent])
        var (steps, frames) = ([Double](), [Double]())
        for _ in 0..<100 {
            steps.append(measured { dashboard.press(.character("s"), isOver: { true }) }.spent)
            frames.append(measured { dashboard.canvas(look).size }.spent)
        }
        row("a million nodes: key s", steps)
        row("a million nodes: a frame", frames)
        var keys: [Double] = []
        for pane in Pane.allCases {
            for character in ":pane \(pane.name)" { _ = dashboard.press(.character(character), isOver: { true }) }
            keys.append(measured { dashboard.press(.enter, isOver: { true }) }.spent)
            for key in [KeyPress.down, .up, .character("v"), .character("w"), .character("q"), .character("a"), .character("q")] {
                keys.append(measured { dashboard.press(key, isOver: { true }) }.spent)
            }
            keys.append(measured { dashboard.canvas(look).size }.spent)
        }
        for character in ":crash a0" { _ = dashboard.press(.character(character), isOver: { true }) }
        keys.append(measured { dashboard.press(.tab, isOver: { true }) }.spent)
        row("a million nodes: other keys and their frames", keys)
    }

    private static func row(_ name: String, _ times: [Double]) {
        let sorted = times.sorted()
        print("| \(name) | \(shown(sorted[sorted.count / 2])) | \(shown(sorted[sorted.count - 1])) |")
    }

    private static func measured<Value>(_ action: () throws -> Value) rethrows -> (value: Value, spent: Double) {
        let before = processorTime()
        let value = try action()
        return (value, (processorTime() - before) / 1e6)
    }

    private static func shown(_ number: Double) -> String {
        let hundredths = Int((number * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }

    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
}
