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
    ///   - options: how it is to look.
    ///   - recorder: what records the run meanwhile.
    ///   - isChecked: whether the laws of the machines are checked at each step.
    /// - Throws: why there is no screen, and what to do instead; or, at the end, why not all was recorded.
    static func show(_ opened: OpenedRun, _ options: LookOptions, recorder: RunRecorder?, isChecked: Bool) throws {
        // What is wrong with a theme is said before the screen is taken.
        let choice = try ThemeChoice(options.theme)
        let terminal: Terminal
        do { terminal = try Terminal(colorDepth: options.color?.depth, asksForBackground: choice.isAutomatic) } catch {
            throw Complaint(sentence: error.description)
        }
        let appearance = Appearance(choice, options, terminal)
        var dashboard: Dashboard
        do { dashboard = try Dashboard(opened, size: terminal.size, isChecked: isChecked) } catch {
            throw Complaint(sentence: error.description)
        }
        dashboard.offer(appearance.items, chosen: appearance.theme.id)
        let (status, farewell) = run(dashboard, on: terminal, appearance, recorder)
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

    /// Draws and listens.
    ///
    /// - Returns: the status that the program ends with: 0, or as a shell counts the signal that ended it; and what is to stand on the
    ///   terminal then.
    private static func run(_ start: Dashboard, on terminal: Terminal, _ appearance: Appearance, _ recorder: RunRecorder?) -> (
        status: Int32, farewell: [String]
    ) {
        var dashboard = start
        let clock = ContinuousClock()
        var lastTick = clock.now
        var interrupted: ContinuousClock.Instant?
        func record() {
            guard let recorder, recorder.failure == nil else { return }
            recorder.record(dashboard.recordedHistory)
            if let failure = recorder.failure { dashboard.say(failure.sentence) }
        }
        func reload() {
            let message = appearance.reload()
            dashboard.offer(appearance.items, chosen: appearance.theme.id)
            dashboard.say(message)
        }
        func draw() {
            // The theme that is chosen, or looked at in the list of them.
            if dashboard.theme != appearance.theme.id {
                if let problem = appearance.show(dashboard.theme) { dashboard.say(problem) }
            }
            if appearance.isNew { terminal.forgetColors() }
            terminal.draw(dashboard.canvas(appearance.look))
            appearance.isNew = false
        }
        record()
        draw()
        while true {
            var input = terminal.nextInput(timeout: dashboard.nextTick, wakeUp: appearance.watcher.descriptor)
            let now = clock.now
            dashboard.tick(now - lastTick)
            lastTick = now
            // Whatever has piled up is done before anything is drawn.
            while input != .timedOut {
                var effect = Dashboard.Effect.draw
                switch input {
                case .key(let key): effect = dashboard.press(key)
                case .resized(let size): dashboard.resize(to: size)
                case .interrupted:
                    effect = dashboard.interrupt(isSecond: interrupted.map { clock.now - $0 < .seconds(1) } ?? false)
                    interrupted = clock.now
                case .resumed: effect = .repaint
                case .reloadRequested: effect = .reload
                case .woken: if appearance.watcher.hasChanges() { effect = .reload }
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
                case .reload: reload()
                }
                input = terminal.nextInput(timeout: .zero, wakeUp: appearance.watcher.descriptor)
            }
            record()
            draw()
        }
    }
}
