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
    ///   - opening: how it is to look, and which keys do what.
    ///   - recorder: what records the run meanwhile.
    /// - Throws: why there is no screen, and what to do instead; or, at the end, why not all was recorded.
    static func show(_ opened: OpenedRun, _ opening: Opening, recorder: RunRecorder?) throws {
        let terminal: Terminal
        do {
            terminal = try Terminal(
                colorDepth: opening.settings(over: opening.written).color?.depth, asksForBackground: opening.theme.isAutomatic)
        } catch {
            throw Complaint(sentence: error.description)
        }
        let appearance = Appearance(opening.theme, opening.settings(over: opening.written).glyphs, terminal)
        var dashboard: Dashboard
        do { dashboard = try Dashboard(opened, size: terminal.size, isChecked: opening.settings(over: opening.written).checks) } catch {
            throw Complaint(sentence: error.description)
        }
        dashboard.offer(appearance.items, chosen: appearance.theme.id)
        dashboard.apply(opening.settings(over: opening.written), written: opening.written, path: opening.config.path)
        if let sentence = opening.notice ?? opened.notice { dashboard.say(sentence) }
        let (status, farewell) = run(dashboard, on: terminal, appearance, opening, recorder)
        terminal.close()
        for line in farewell { try Output.write(line) }
        if status == 0 { try recorder?.end(.user) } else { exit(status) }
    }

    /// Writes the run with its branches to a new file.
    ///
    /// - Returns: what came of it.
    static func save(_ dashboard: Dashboard, to path: String) -> String {
        do throws(Complaint) {
            let recorder = try RunRecorder(path, dashboard.scenario)
            recorder.record(dashboard.recordedHistory)
            try recorder.end(.user)
            return "saved as \(path); kadscope \(path) opens it"
        } catch {
            return error.sentence
        }
    }

    /// Reads the config file again; one that is wrong changes nothing.
    ///
    /// - Returns: what is wrong with it, if something is.
    private static func reload(_ dashboard: inout Dashboard, _ opening: Opening) -> String? {
        do throws(Complaint) {
            guard let file = try opening.config.read() else { return nil }
            if let problem = file.problems.first { return "\(problem); all stays as it is" }
            dashboard.apply(opening.settings(over: file.settings), written: file.settings, path: opening.config.path)
            return nil
        } catch {
            return error.sentence
        }
    }

    /// Draws and listens.
    ///
    /// - Returns: the status that the program ends with: 0, or as a shell counts the signal that ended it; and what is to stand on the
    ///   terminal then.
    private static func run(
        _ start: Dashboard, on terminal: Terminal, _ appearance: Appearance, _ opening: Opening, _ recorder: RunRecorder?
    ) -> (status: Int32, farewell: [String]) {
        var dashboard = start
        let typedLines = TypedLines(isWanted: opening.config.path != nil)
        dashboard.recall(typedLines.load())
        let clock = ContinuousClock()
        var lastTick = clock.now
        var interrupted: ContinuousClock.Instant?
        let clipboard = Clipboard(of: terminal)
        func record() {
            guard let recorder, recorder.failure == nil else { return }
            recorder.record(dashboard.recordedHistory)
            if let failure = recorder.failure { dashboard.say(failure.sentence) }
        }
        func reload() {
            let message = appearance.reload()
            dashboard.offer(appearance.items, chosen: appearance.theme.id)
            let problem = Self.reload(&dashboard, opening)
            appearance.show(dashboard.currentSettings.glyphs)
            dashboard.say(problem ?? message)
        }
        func draw() {
            // The theme that is chosen, or looked at in the list of them.
            if dashboard.theme != appearance.theme.id {
                if let problem = appearance.show(dashboard.theme) { dashboard.say(problem) }
            }
            if appearance.isNew { terminal.forgetColors() }
            terminal.setMouse(dashboard.usesMouse)
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
                case .mouse(let event): effect = dashboard.point(event)
                case .pasted(let text): dashboard.paste(text)
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
                case .quitLeavingScreen:
                    record()
                    let last = terminal.keepsDrawing ? [] : [String(dashboard.text(of: .colors, appearance.look).dropLast())]
                    return (0, last + dashboard.farewell)
                case .save(let path): dashboard.say(save(dashboard, to: path))
                case .reload: reload()
                case .copy(let clipping): dashboard.say(clipboard.copy(clipping))
                case .export(let export): Exports.carryOut(export, for: &dashboard, appearance.look)
                case .settings(let settings): appearance.show(settings.glyphs)
                case .writeSettings(let settings):
                    let (sentence, written) = opening.config.write(settings)
                    if let written { dashboard.noteWritten(written) }
                    dashboard.say(sentence)
                }
                typedLines.add(dashboard.takeTypedLines())
                input = terminal.nextInput(timeout: .zero, wakeUp: appearance.watcher.descriptor)
            }
            record()
            draw()
        }
    }
}
