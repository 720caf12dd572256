import Timeline

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Whether Ctrl-C was pressed.
nonisolated(unsafe) private var wasInterrupted: sig_atomic_t = 0

/// A line on the terminal that says how far a search or the reading of a file has come, once it takes longer than a second. Ctrl-C ends the search; pressed
/// again, the program.
///
/// It writes to the standard error output, and only if that is a terminal.
final class ProgressBar {
    private let isOnTerminal = isatty(STDERR_FILENO) == 1
    private let start = ContinuousClock.now
    private var lastShown = ContinuousClock.now
    private var width = 0

    /// A bar that is not seen yet. From here on Ctrl-C ends the search.
    ///
    /// - Parameter heedsTermination: whether a request of the system to end (SIGTERM) is taken as Ctrl-C.
    init(heedsTermination: Bool = false) {
        // Whoever started the program may have blocked the signals, as some runtimes do in their threads.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        if heedsTermination { sigaddset(&signals, SIGTERM) }
        sigprocmask(SIG_UNBLOCK, &signals, nil)
        signal(SIGINT) { _ in
            wasInterrupted = 1
            signal(SIGINT, SIG_DFL)
        }
        guard heedsTermination else { return }
        signal(SIGTERM) { _ in
            wasInterrupted = 1
            signal(SIGTERM, SIG_DFL)
        }
    }

    /// Shows how far it is.
    ///
    /// - Returns: whether the search is to go on.
    func show(_ progress: SearchProgress) -> Bool {
        let now = ContinuousClock.now
        if isOnTerminal, now - start > .seconds(1), now - lastShown > .milliseconds(100) {
            lastShown = now
            draw(progress, after: (now - start) / .seconds(1))
        }
        return wasInterrupted == 0
    }

    /// Shows how far something is that is read from a file.
    ///
    /// - Parameters:
    ///   - what: what is done, such as `reading run.kbt.jsonl`.
    ///   - done: the bytes that are read.
    ///   - total: the bytes of the file; 0 if nobody knows.
    /// - Returns: whether it is to go on.
    func show(_ what: String, done: Int, total: Int) -> Bool {
        let now = ContinuousClock.now
        if isOnTerminal, now - start > .seconds(1), now - lastShown > .milliseconds(100) {
            lastShown = now
            let share = total > 0 ? min(1, Double(done) / Double(total)) : 0
            let seconds = (now - start) / .seconds(1)
            let left = share > 0 ? " about \(grouped(Int((seconds * (1 - share) / share).rounded(.up)))) s left" : ""
            show("\(Self.bar(share)) \(what)\(left)", hint: "; ^C stops")
        }
        return wasInterrupted == 0
    }

    /// Shows how far an experiment is.
    ///
    /// - Parameters:
    ///   - share: what is done of it: 0…1.
    ///   - figures: what else there is to say, given the seconds that it has taken so far.
    /// - Returns: whether it is to go on.
    func show(share: Double, _ figures: (Double) -> String) -> Bool {
        let now = ContinuousClock.now
        if isOnTerminal, now - start > .seconds(1), now - lastShown > .milliseconds(100) {
            lastShown = now
            let seconds = (now - start) / .seconds(1)
            let share = min(1, max(0, share))
            let left = share > 0 ? ", about \(grouped(Int((seconds * (1 - share) / share).rounded(.up)))) s left" : ""
            show("\(Self.bar(share)) \(figures(seconds))\(left)", hint: "; ^C ends")
        }
        return wasInterrupted == 0
    }

    private static func bar(_ share: Double) -> String {
        let filled = Int(share * 20)
        return "[\(String(repeating: "#", count: filled))\(String(repeating: ".", count: 20 - filled))]"
    }

    /// Whether Ctrl-C was pressed.
    var isInterrupted: Bool { wasInterrupted != 0 }

    /// Takes the line away until it is shown again.
    func hide() {
        if width > 0 { write("\r" + String(repeating: " ", count: width + Self.echo) + "\r") }
        width = 0
    }

    /// Takes the line away, and gives Ctrl-C its meaning back.
    func clear() {
        hide()
        signal(SIGINT, SIG_DFL)
    }

    private func draw(_ progress: SearchProgress, after seconds: Double) {
        let rate = Double(progress.steps) / seconds
        var parts: [String] = []
        if progress.isShrinking {
            parts.append("making what was found smaller")
        } else {
            let steps = Double(progress.steps) / Double(progress.stepLimit)
            let share = min(1, progress.plannedRuns.map { max(steps, Double(progress.runs) / Double($0)) } ?? steps)
            parts.append(Self.bar(share))
            parts.append(
                progress.plannedRuns.map { "\(grouped(progress.runs))/\(grouped($0)) runs" } ?? "\(grouped(progress.states)) states")
            parts.append("\(grouped(Int(rate))) steps/s")
            let left = share > 0 ? seconds * (1 - share) / share : 0
            parts.append((progress.plannedRuns == nil ? "at most " : "about ") + "\(grouped(Int(left.rounded(.up)))) s left")
        }
        if progress.brokenLaws > 0 { parts.append("\(counted(progress.brokenLaws, "law")) broken") }
        show(parts.joined(separator: " "))
    }

    /// Shows a text, and a hint if there is room for all of it.
    private func show(_ text: String, hint: String = "") {
        let room = max(0, Self.columns - 1 - Self.echo)
        let line = text.count + hint.count <= room ? text + hint : String(text.prefix(room))
        write("\r" + line + String(repeating: " ", count: max(0, width - line.count)))
        width = line.count
    }

    /// The room for the ^C that a terminal echoes behind the bar. What reached into the last column would begin a new line.
    private static let echo = 2

    /// The width of the terminal; 80 if it does not say.
    private static var columns: Int {
        var size = winsize()
        return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 1 ? Int(size.ws_col) : 80
    }

    private func write(_ text: String) {
        _ = Files.write(Array(text.utf8), to: STDERR_FILENO)
    }
}
