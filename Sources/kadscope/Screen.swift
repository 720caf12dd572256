import Canvas
import Dashboard
import Scenarios
import Terminal
import Theming
import Timeline

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The loop between a person and the dashboard.
///
/// It runs on the main thread, without any concurrency: the signals of the terminal arrive there.
enum Screen {
    /// Shows a run until somebody quits.
    ///
    /// - Parameters:
    ///   - recorder: what records the run meanwhile.
    ///   - isChecked: whether the laws of the machines are checked at each step.
    /// - Throws: why there is no screen, and what to do instead; or, at the end, why not all was recorded.
    static func show(_ opened: OpenedRun, theme: ThemeFile, glyphs: GlyphSet?, recorder: RunRecorder?, isChecked: Bool) throws {
        let terminal: Terminal
        do { terminal = try Terminal() } catch { throw Complaint(sentence: error.description) }
        let look = Look(theme: theme.resolved(for: terminal.colorDepth), glyphSet: glyphs ?? (terminal.isUnicode ? .unicode : .ascii))
        let dashboard: Dashboard
        // The first frame does not wait for the steps to come.
        do { dashboard = try Dashboard(opened, size: terminal.size, isChecked: isChecked, isOver: { true }) } catch {
            throw Complaint(sentence: error.description)
        }
        let (status, farewell) = run(dashboard, on: terminal, look, recorder)
        terminal.close()
        for line in farewell { try Output.write(line) }
        if status == 0 { try recorder?.end(.user) } else { exit(status) }
    }

    /// Writes the run with its branches to a new file.
    ///
    /// - Returns: what came of it.
    private static func save(_ dashboard: Dashboard, to path: String) -> String {
        do throws(Complaint) {
            let recorder = try RunRecorder(path, dashboard.scenario)
            recorder.record(dashboard.recordedHistory)
            try recorder.end(.user)
            return "saved as \(path); kadscope \(path) opens it"
        } catch {
            return error.sentence
        }
    }

    /// The time that one thing may take: as long as it lasts, no key is looked at.
    private static let sliceTime = Duration.milliseconds(10)

    /// Draws and listens.
    ///
    /// - Returns: the status that the program ends with: 0, or as a shell counts the signal that ended it; and what is to stand on the
    ///   terminal then.
    private static func run(_ start: Dashboard, on terminal: Terminal, _ look: Look, _ recorder: RunRecorder?) -> (
        status: Int32, farewell: [String]
    ) {
        var dashboard = start
        let clock = ContinuousClock()
        var lastTick = clock.now
        var lastFrame = clock.now
        var interrupted: ContinuousClock.Instant?
        var sliceTime = Self.sliceTime
        func record() {
            guard let recorder, recorder.failure == nil else { return }
            let start = clock.now
            recorder.record(dashboard.recordedHistory)
            if let failure = recorder.failure { dashboard.say(failure.sentence) }
            // Where the steps of a slice take longer to record than to take, there are to be fewer of them.
            let spent = clock.now - start
            sliceTime = spent > Self.sliceTime ? max(.milliseconds(1), sliceTime / 2) : min(Self.sliceTime, sliceTime * 2)
        }
        record()
        terminal.draw(dashboard.frame(look))
        var isDrawn = true
        while true {
            // What is to be drawn waits for the time of the next frame; what somebody does is shown at once.
            let untilFrame = isDrawn ? nil : max(.zero, Dashboard.frameTime - (clock.now - lastFrame))
            var input = terminal.nextInput(timeout: [dashboard.nextTick, untilFrame].compactMap(\.self).min())
            let now = clock.now
            func isOver() -> Bool { clock.now - now >= sliceTime }
            dashboard.tick(now - lastTick, isOver: isOver)
            lastTick = now
            isDrawn = false
            let isTouched = input != .timedOut
            // Whatever has piled up is done before anything is drawn.
            while input != .timedOut {
                var effect = Dashboard.Effect.draw
                switch input {
                case .key(let key): effect = dashboard.press(key, isOver: isOver)
                case .resized(let size): dashboard.resize(to: size)
                case .interrupted:
                    effect = dashboard.interrupt(isSecond: interrupted.map { clock.now - $0 < .seconds(1) } ?? false)
                    interrupted = clock.now
                case .resumed: effect = .repaint
                case .terminated: return (128 + SIGTERM, [])
                case .hungUp: return (128 + SIGHUP, [])
                case .timedOut: break
                }
                switch effect {
                case .draw: break
                case .repaint: terminal.repaint()
                case .quit:
                    record()
                    return (0, dashboard.farewell)
                case .save(let path): dashboard.say(save(dashboard, to: path))
                }
                input = terminal.nextInput(timeout: .zero)
            }
            record()
            guard isTouched || clock.now - lastFrame >= Dashboard.frameTime else { continue }
            lastFrame = clock.now
            isDrawn = true
            terminal.draw(dashboard.frame(look))
        }
    }
}
