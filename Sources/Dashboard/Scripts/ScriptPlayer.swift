public import Canvas
public import Theming

/// What a script cannot do by itself, because it concerns files.
public protocol ScriptStage {
    /// Writes a text to a file, in place of what was there.
    ///
    /// - Throws: why it cannot be written.
    mutating func write(_ text: String, to path: String) throws(ScriptProblem)

    /// The theme of a name, or of the file at a path.
    ///
    /// - Throws: why there is none.
    mutating func theme(named name: String) throws(ScriptProblem) -> ThemeFile

    /// Carries out what a key has asked for: saves, copies or exports, and tells the dashboard what came of it.
    mutating func carryOut(_ effect: Dashboard.Effect, for dashboard: inout Dashboard, _ look: Look)
}

/// Why something in a script cannot be done.
public struct ScriptProblem: Error, Equatable, Sendable {
    /// What is wrong, and what would be right.
    public let sentence: String
    /// What the screen shows, where that says more than the sentence.
    let screen: String?

    public init(_ sentence: String, screen: String? = nil) {
        self.sentence = sentence
        self.screen = screen
    }
}

/// Plays a script on a dashboard, without a terminal and without waiting: the same script on the same run shows the same screens.
public struct ScriptPlayer: Sendable {
    /// The dashboard as it is now.
    public private(set) var dashboard: Dashboard
    private var theme: ThemeFile
    private var glyphs: GlyphSet
    private let depth: ColorDepth
    private var hasQuit = false

    /// The size of the screen at first.
    public static let size = Size(columns: 80, rows: 24)

    /// A player.
    ///
    /// - Parameter depth: how many colours the screen has. The default is 256.
    public init(_ dashboard: Dashboard, theme: ThemeFile, glyphs: GlyphSet = .unicode, depth: ColorDepth = .palette256) {
        self.dashboard = dashboard
        self.theme = theme
        self.glyphs = glyphs
        self.depth = depth
    }

    private var look: Look { Look(theme: theme.resolved(for: depth), glyphSet: glyphs) }

    /// Plays one line to its end: a search that it begins is over when the next line begins.
    ///
    /// - Throws: why it cannot be played, or that something expected is not there.
    public mutating func play(_ line: Script.Line, on stage: inout some ScriptStage) throws(ScriptError) {
        do throws(ScriptProblem) {
            guard !hasQuit else { throw ScriptProblem("the program has quit before this line; take the key or the line that quits away") }
            switch line.action {
            case .size(let size): dashboard.resize(to: size)
            case .keys(let keys): for key in keys { press(key, on: &stage) }
            case .type(let text): for character in text { press(.character(character), on: &stage) }
            case .line(let text): try enter(text, on: &stage)
            case .run: dashboard.runToStop()
            case .snapshot(let path, let isColored):
                let canvas = dashboard.canvas(look)
                try stage.write((isColored ? canvas.ansi() : canvas.text()) + "\n", to: path)
            case .expect(let text):
                let screen = dashboard.canvas(look).text()
                guard screen.contains(text) else { throw ScriptProblem("\"\(text)\" is not on the screen", screen: screen) }
            case .theme(let name): theme = try stage.theme(named: name)
            case .glyphs(let set): glyphs = set
            }
        } catch {
            throw ScriptError(line: line.number, sentence: error.sentence, screen: error.screen)
        }
    }

    private mutating func press(_ key: KeyPress, on stage: inout some ScriptStage) {
        guard !hasQuit else { return }
        let effect = dashboard.press(key)
        switch effect {
        case .draw, .repaint: break
        case .quit, .quitLeavingScreen: hasQuit = true
        case .save, .copy, .export, .reload, .settings, .writeSettings: stage.carryOut(effect, for: &dashboard, look)
        }
        dashboard.finishWork()
    }

    /// Types a command line, whatever is open, and enters it.
    private mutating func enter(_ line: String, on stage: inout some ScriptStage) throws(ScriptProblem) {
        dashboard.closeAll()
        press(.character(":"), on: &stage)
        for character in line { press(.character(character), on: &stage) }
        press(.enter, on: &stage)
        if let problem = dashboard.promptProblem { throw ScriptProblem(problem) }
    }
}

extension Dashboard {
    /// Lets a search that goes on come to its end.
    mutating func finishWork() {
        while let wait = nextTick, wait <= .zero { tick(.zero) }
    }

    /// Lets the run go on until it stops by itself: at its end, at a breakpoint, at a broken law. It takes no time.
    mutating func runToStop() {
        if !isRunning { _ = press(.character(" ")) }
        let usual = speed
        speed = Self.speeds.count - 1
        while nextTick != nil { tick(.seconds(1)) }
        speed = usual
    }

    /// Closes what is open over the panes.
    mutating func closeAll() {
        (prompt, menu, dialog, help, settingsPlace, awaited) = (nil, nil, nil, nil, nil, nil)
    }

    /// What is wrong with the line that is being typed, if it has been refused.
    var promptProblem: String? { prompt?.problem?.text }
}
