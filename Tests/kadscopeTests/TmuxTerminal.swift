import Foundation
import Testing

/// A real terminal: a shell in a tmux server of its own, without anybody's settings, in which the built program is run.
///
/// Nothing waits for a fixed time. A condition is looked at again and again until it holds; if it never does, the test fails with the
/// screen as it then is.
final class TmuxTerminal {
    /// How long a condition may take to hold: only a test that fails takes so long.
    static let patience = Duration.seconds(30)

    private let tmux: TmuxCommand
    /// Where the shell is, and where files of the test may be.
    let folder: URL
    private let program: String

    /// A terminal of a size with a shell that says `$ `.
    ///
    /// - Parameters:
    ///   - type: the value of TERM.
    ///   - environment: variables of the shell beside the usual ones.
    init(_ columns: Int = 80, _ rows: Int = 24, type: String = "tmux-256color", environment: [String: String] = [:]) async throws {
        let name = "kadscope-\(UUID().uuidString.prefix(8))"
        tmux = try TmuxCommand(server: name)
        folder = FileManager.default.temporaryDirectory.appending(path: name)
        program = Program.binaries.appending(path: "kadscope").path
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let kept = ["PATH", "LD_LIBRARY_PATH", "TMPDIR", "TMUX_TMPDIR"]
        var variables = ProcessInfo.processInfo.environment.filter { kept.contains($0.key) }
        variables["HOME"] = folder.path
        variables["LC_ALL"] = "C.UTF-8"
        let profile = folder.appending(path: "profile")
        try Data("PS1='$ '\n".utf8).write(to: profile)
        variables["ENV"] = profile.path
        // A crash must not wait for a key, and need not be explained.
        variables["SWIFT_BACKTRACE"] = "enable=no"
        variables.merge(environment) { $1 }
        try tmux(
            ["new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "-c", folder.path, "env TERM=\(type) sh -i"], environment: variables)
        try await wait("a prompt") { $0.lines.contains("$") }
    }

    deinit {
        _ = try? tmux(["kill-server"])
        try? FileManager.default.removeItem(at: folder)
    }

    // MARK: Doing

    /// Presses keys, each by its name in tmux.
    func press(_ keys: String...) throws {
        try tmux(["send-keys"] + keys)
    }

    /// Pastes a text as a terminal does it, between marks where the program has asked for them.
    func paste(_ text: String) throws {
        try tmux(["set-buffer", text])
        try tmux(["paste-buffer", "-p", "-r"])
    }

    /// Does something with the mouse as a terminal tells it: the button's number, then the cell, counted from 1.
    func mouse(_ button: Int, _ column: Int, _ row: Int, isRelease: Bool = false) throws {
        try tmux(["send-keys", "-l", "\u{1B}[<\(button);\(column);\(row)\(isRelease ? "m" : "M")"])
    }

    /// Lets programs put texts on the clipboard.
    func allowCopying() throws {
        try tmux(["set-option", "-g", "set-clipboard", "on"])
    }

    /// What was put on the clipboard; empty if nothing was.
    func clipboard() -> String {
        (try? tmux(["show-buffer"])) ?? ""
    }

    /// Types a line into the shell.
    func type(_ line: String) throws {
        try tmux(["send-keys", "-l", line])
        try press("Enter")
    }

    /// Starts the program in the shell.
    func start(_ arguments: String = "", redirecting: String = "") throws {
        // The shell that becomes the program notes its number.
        try type("sh -c 'echo $$ >pid; exec \"$0\" \(arguments)' \(program) \(redirecting)")
    }

    /// Starts the program and waits for its screen.
    func open(_ arguments: String = "") async throws {
        try start(arguments)
        try await wait("the screen") { $0.text.contains("kadscope") && $0.text.contains("step 0/") && $0.text.contains("help") }
    }

    /// Changes the size of the terminal.
    func resize(_ columns: Int, _ rows: Int) throws {
        try tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
    }

    /// The number of the program's process.
    func process() throws -> Int32 {
        let text = try String(contentsOf: folder.appending(path: "pid"), encoding: .utf8)
        return try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    /// Sends a signal to the program.
    func send(_ signal: Int32) throws {
        kill(try process(), signal)
    }

    /// From now on, what is written to the terminal is added to a file as well.
    func record(to file: String) throws {
        try tmux(["pipe-pane", "cat >>'\(folder.appending(path: file).path)'"])
    }

    /// The number of bytes that have been recorded.
    func recorded(in file: String) -> Int {
        (try? Data(contentsOf: folder.appending(path: file)).count) ?? 0
    }

    // MARK: Looking

    /// What the terminal shows now.
    func screen() throws -> TmuxScreen {
        let format = "#{alternate_on} #{cursor_flag} #{mouse_any_flag} #{keypad_cursor_flag}"
        return TmuxScreen(
            text: try tmux(["capture-pane", "-p"]), styled: try tmux(["capture-pane", "-p", "-e"]),
            flags: try tmux(["display-message", "-p", format]).split(whereSeparator: \.isWhitespace).map { $0 == "1" })
    }

    /// Waits until the screen meets a condition.
    ///
    /// - Parameter what: what is waited for, for the sentence that is said when it never comes.
    @discardableResult
    func wait(
        _ what: String, sourceLocation: SourceLocation = #_sourceLocation, until condition: (TmuxScreen) throws -> Bool
    ) async throws -> TmuxScreen {
        let deadline = ContinuousClock.now + Self.patience
        while true {
            let isLast = ContinuousClock.now > deadline
            let screen = try screen()
            if try condition(screen) { return screen }
            if isLast {
                Issue.record("\(what) did not come; \(screen.modes); the screen is:\n\(screen.text)", sourceLocation: sourceLocation)
                throw TmuxCommand.Failure(description: "waited \(Self.patience) for \(what)")
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Waits for the shell, which tells the status of what has ended, and expects the terminal to be as it was.
    func expectShell(status: Int32, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try await wait("the shell", sourceLocation: sourceLocation) { !$0.isAlternate }
        try type("echo \"status=$?\"")
        // The line may have been typed before the shell was there to say `$ `.
        let prefixes = ["status=", "$ status="]
        let screen = try await wait("the status", sourceLocation: sourceLocation) { screen in
            screen.lines.contains { line in prefixes.contains(where: line.hasPrefix) }
        }
        #expect(prefixes.contains { screen.lines.contains("\($0)\(status)") }, "\(screen.text)", sourceLocation: sourceLocation)
        #expect(!screen.isAlternate && screen.hasCursor && !screen.hasMouse && !screen.hasKeypad, sourceLocation: sourceLocation)
    }
}

/// What a terminal shows.
struct TmuxScreen {
    /// The characters.
    let text: String
    /// The characters with the control sequences for colours and the like.
    let styled: String
    let flags: [Bool]

    /// The rows, without blanks at their ends.
    var lines: [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
    /// Whether the second screen is shown, on which the program draws.
    var isAlternate: Bool { flags[0] }
    var hasCursor: Bool { flags[1] }
    var hasMouse: Bool { flags[2] }
    /// Whether the arrow keys send what a program asked for rather than what a shell expects.
    var hasKeypad: Bool { flags[3] }
    /// Whether anything is coloured: a sequence that sets a colour other than the terminal's own.
    var hasColor: Bool { styled.contains(/\u{1B}\[(?:[0-9]+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]/) }

    /// Whether all of a large screen shows this step: the header, the log, and the timeline, which are drawn in this order. The number of steps
    /// must be known: while it is not, the timeline moves without a key.
    func isAt(_ step: Int) -> Bool {
        guard let match = text.firstMatch(of: /step ([0-9]+)\/([0-9]+)\s/), Int(match.1) == step, let total = Int(match.2) else {
            return false
        }
        let isLogged = step == 0 ? !text.contains(/step [0-9]+ of/) : text.contains("step \(step) of \(step)")
        return isLogged && lines.contains { $0.hasSuffix(" \(step * 100 / total)%") }
    }

    /// What the terminal has been asked for, for a person.
    var modes: String {
        "second screen \(isAlternate), cursor \(hasCursor), mouse \(hasMouse), keypad \(hasKeypad)"
    }

    /// The step that the header tells, or the line above a small screen.
    var step: Int? {
        text.firstMatch(of: /\bstep ([0-9]+)/).flatMap { Int($0.1) }
    }
}
