import Canvas
import Dashboard
import Scenarios
import Terminal
import Theming

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
    /// Shows a scenario until somebody quits.
    ///
    /// - Throws: why there is no screen, and what to do instead.
    static func show(_ scenario: Scenario, theme: ThemeFile, glyphs: GlyphSet?) throws {
        let terminal: Terminal
        do { terminal = try Terminal() } catch { throw Complaint(sentence: error.description) }
        let look = Look(theme: theme.resolved(for: terminal.colorDepth), glyphSet: glyphs ?? (terminal.isUnicode ? .unicode : .ascii))
        let status = try run(Dashboard(scenario, size: terminal.size), on: terminal, look)
        terminal.close()
        if status != 0 { exit(status) }
    }

    /// Draws and listens.
    ///
    /// - Returns: the status that the program ends with: 0, or as a shell counts the signal that ended it.
    private static func run(_ start: Dashboard, on terminal: Terminal, _ look: Look) -> Int32 {
        var dashboard = start
        let clock = ContinuousClock()
        var lastTick = clock.now
        var interrupted: ContinuousClock.Instant?
        terminal.draw(dashboard.canvas(look))
        while true {
            var input = terminal.nextInput(timeout: dashboard.nextTick)
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
                case .terminated: return 128 + SIGTERM
                case .hungUp: return 128 + SIGHUP
                case .timedOut: break
                }
                switch effect {
                case .draw: break
                case .repaint: terminal.repaint()
                case .quit: return 0
                case .save: break
                }
                input = terminal.nextInput(timeout: .zero)
            }
            terminal.draw(dashboard.canvas(look))
        }
    }
}
