import ArgumentParser
import Canvas
import Dashboard
import Scenarios
import Theming
import Timeline

/// Plays a script on a run, without a terminal.
struct ScriptRun: ScriptStage {
    private let recorder: RunRecorder?

    /// Plays the script in a file to its end.
    ///
    /// - Parameters:
    ///   - path: the file's path; `-` is the standard input.
    ///   - recorder: what records the run meanwhile.
    /// - Throws: what is wrong with the script (status 2), or why it could not be played to its end (status 1).
    static func play(
        _ path: String, on opened: OpenedRun, _ options: LookOptions, recorder: RunRecorder?, isChecked: Bool
    ) throws {
        let (file, source) = path == "-" ? ("/dev/stdin", "standard input") : (path, path)
        let script: Script
        let text = try Files.text(of: file)
        do { script = try Script(text) } catch {
            throw Complaint(sentence: "\(source):\(error.line): \(error.sentence)")
        }
        let dashboard: Dashboard
        do { dashboard = try Dashboard(opened, size: ScriptPlayer.size, isChecked: isChecked) } catch {
            throw Complaint(sentence: error.description)
        }
        var player = ScriptPlayer(
            dashboard, theme: try ThemeChoice(options.theme ?? Settings.automatic).theme, glyphs: options.glyphs ?? .unicode,
            depth: options.color?.depth ?? .palette256)
        var stage = ScriptRun(recorder: recorder)
        recorder?.record(player.dashboard.recordedHistory)
        for line in script.lines {
            do throws(ScriptError) { try player.play(line, on: &stage) } catch {
                Complaint(sentence: "\(source):\(error.line): \(error.sentence)").tell()
                if let screen = error.screen { _ = Files.write(Array("\(screen)\n".utf8), to: 2) }
                throw ExitCode(1)
            }
            recorder?.record(player.dashboard.recordedHistory)
        }
        try recorder?.end(.user)
    }

    func write(_ text: String, to path: String) throws(ScriptProblem) {
        do throws(Exports.Refusal) { try Exports.write(text, to: path, mayOverwrite: true) } catch {
            switch error {
            case .exists: throw ScriptProblem("\(path) is there already")
            case .failed(let sentence): throw ScriptProblem(sentence)
            }
        }
    }

    func theme(named name: String) throws(ScriptProblem) -> ThemeFile {
        do throws(Complaint) { return try ThemeChoice(name).theme } catch { throw ScriptProblem(error.sentence) }
    }

    func carryOut(_ effect: Dashboard.Effect, for dashboard: inout Dashboard, _ look: Look) {
        switch effect {
        case .save(let path): dashboard.say(Screen.save(dashboard, to: path))
        case .export(let export): Exports.carryOut(export, for: &dashboard, look)
        case .copy(let clipping): dashboard.say(clipping.confirmation)
        case .draw, .repaint, .reload, .settings, .writeSettings, .quit, .quitLeavingScreen: break
        }
    }
}
