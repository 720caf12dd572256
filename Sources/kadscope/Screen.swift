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
        // The first frame does not wait for the steps to come.
        do {
            let isChecked = opening.settings(over: opening.written).checks
            dashboard = try Dashboard(opened, size: terminal.size, isChecked: isChecked, isOver: { true })
        } catch {
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

    /// The time that one thing may take: as long as it lasts, no key is looked at.
    private static let sliceTime = Duration.milliseconds(10)

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
        var lastFrame = clock.now
        var interrupted: ContinuousClock.Instant?
        let clipboard = Clipboard(of: terminal)
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
            terminal.draw(dashboard.frame(appearance.look))
            appearance.isNew = false
        }
        record()
        draw()
        var isDrawn = true
        while true {
            // What is to be drawn waits for the time of the next frame; what somebody does is shown at once.
            let untilFrame = isDrawn ? nil : max(.zero, Dashboard.frameTime - (clock.now - lastFrame))
            let timeout = [dashboard.nextTick, untilFrame].compactMap(\.self).min()
            var input = terminal.nextInput(timeout: timeout, wakeUp: appearance.watcher.descriptor)
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
                case .mouse(let event): effect = dashboard.point(event, isOver: isOver)
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
            guard isTouched || clock.now - lastFrame >= Dashboard.frameTime else { continue }
            lastFrame = clock.now
            isDrawn = true
            draw()
        }
    }
}
