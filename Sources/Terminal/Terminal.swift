internal import CNcurses
internal import CTerminalGuard
public import Canvas

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The terminal on standard input and output, taken over for a screen: drawings go in, keys and the mouse come out.
///
/// It belongs to the main thread: that is where signals arrive. While it is open standard error is kept back and written out after
/// closing. Whatever ends the program, a crash included, the terminal is given back as it was. There can be one at a time.
public final class Terminal {
    let screen: Screen
    /// Where keys come from.
    let input: Int32
    let signals: SignalPipe
    /// What a real terminal needs besides the screen; nil for a headless one.
    private let session: Session?
    /// What a headless one opened.
    private let files: [UnsafeMutablePointer<FILE>]
    var paste = PasteFilter()
    /// What was read but not handed out.
    var queue: [Input] = []
    /// Whether the terminal reports the mouse.
    private var hasMouse = false
    var isOpen = true

    /// What is done to a real terminal.
    private struct Session {
        let output: Int32
        let isANSI: Bool
        /// Whether what was there before comes back in the end; if not, the last drawing stays and text goes on below it.
        let hasSecondScreen: Bool
        let capture: ErrorCapture?
    }

    /// Whether boxes, arrows and other characters beyond ASCII can be shown.
    public let isUnicode: Bool

    /// Whether the terminal is dark or light; nil if it does not tell or was not asked.
    public let background: TerminalBackground?

    /// How many colours there are. With less than true colour a near one is taken where a drawing has red, green and blue.
    public var colorDepth: ColorDepth { screen.depth }

    /// The present size. It changes only when ``nextInput(timeout:)`` says so.
    public var size: Size { screen.size }

    /// Whether the last drawing stays after closing, because the terminal has no second screen to draw on.
    public var keepsDrawing: Bool { session.map { !$0.hasSecondScreen } ?? false }

    /// Takes the terminal over.
    ///
    /// - Parameters:
    ///   - colorDepth: how many colours to use; more than the terminal has are not used. True colour changes the palette of a terminal
    ///     that lets it be changed, until it is closed. The default, nil, is none if the environment variable NO_COLOR is set and not
    ///     empty, and otherwise all that the terminal has as it is.
    ///   - asksForBackground: whether the terminal is asked for ``background``. The default is no.
    /// - Throws: if standard input or output is not a terminal, or not one with a screen.
    public init(colorDepth: ColorDepth? = nil, asksForBackground: Bool = false) throws(TerminalError) {
        guard isatty(STDIN_FILENO) == 1 else { throw .inputIsNoTerminal }
        guard isatty(STDOUT_FILENO) == 1 else { throw .outputIsNoTerminal }
        let type = try TerminalType.current(descriptor: STDOUT_FILENO)
        let resetBytes = TerminalType.resetBytes(hasOwnPalette: colorDepth == .trueColor)
        let isANSI = TerminalType.isANSI
        let hasSecondScreen = TerminalType.capability("rmcup") != nil
        var mode = termios()
        guard tcgetattr(STDIN_FILENO, &mode) == 0 else { throw .unusable("its mode cannot be read") }
        guard let signals = SignalPipe() else { throw .unusable("no file descriptors are left") }
        var typedAhead: [UInt8] = []
        background = asksForBackground ? BackgroundQuestion.answer(type: type, &typedAhead) : nil
        queue = typedAhead.compactMap { KeyCode.character(UInt32($0)).press.map(Input.key) }
        // With these ncurses would not notice another size.
        unsetenv("LINES")
        unsetenv("COLUMNS")
        isUnicode = TextEncoding.adopt()
        terminal_signals_remember()
        let depth = colorDepth ?? (environment("NO_COLOR") == nil ? nil : ColorDepth.none)
        guard
            let screen = Screen(
                type: type, output: nc_stdout(), input: nc_stdin(), depth: depth, isUnicode: isUnicode, size: nil)
        else {
            signals.release()
            throw .unusable("ncurses refuses it")
        }
        self.screen = screen
        self.signals = signals
        input = STDIN_FILENO
        files = []
        // After ncurses: its own handlers of these signals are not safe.
        signals.install(terminal: STDOUT_FILENO, suspendBytes: isANSI ? Paste.off + MouseMode.off : "")
        let capture = isatty(STDERR_FILENO) == 1 ? ErrorCapture() : nil
        session = Session(output: STDOUT_FILENO, isANSI: isANSI, hasSecondScreen: hasSecondScreen, capture: capture)
        var reset = resetBytes
        reset.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                _ = terminal_guard_arm(STDOUT_FILENO, &mode, $0.baseAddress, $0.count, capture?.kept ?? -1, capture?.real ?? -1)
            }
        }
        askForInput()
    }

    /// A screen without a terminal, for tests: ncurses writes to `output` and reads from `input`, and nobody's signals change.
    ///
    /// - Parameters:
    ///   - type: an entry of the terminal database.
    ///   - output: the path of a file to write to. The default is nowhere.
    ///   - input: the path of a file or named pipe to read keys from. The default has none.
    ///   - isUnicode: whether it takes more than ASCII. The default, nil, is as the environment says.
    package init(
        headless type: String, size: Size, colorDepth: ColorDepth? = nil, output: String = "/dev/null", input: String = "/dev/null",
        isUnicode: Bool? = nil
    ) throws(TerminalError) {
        guard let writer = fopen(output, "w"), let reader = fopen(input, "r+") else { throw .unusable("its files cannot be opened") }
        try TerminalType.check(type, descriptor: fileno(writer))
        guard let signals = SignalPipe() else { throw .unusable("no file descriptors are left") }
        let takesUTF8 = TextEncoding.adopt()
        self.isUnicode = isUnicode ?? takesUTF8
        guard
            let screen = Screen(type: type, output: writer, input: reader, depth: colorDepth, isUnicode: self.isUnicode, size: size)
        else { throw .unusable("ncurses refuses it") }
        self.screen = screen
        self.signals = signals
        self.input = fileno(reader)
        session = nil
        background = nil
        files = [writer, reader]
    }

    deinit { close() }

    /// Gives the terminal back as it was and writes out what went to standard error meanwhile. Without effect the second time.
    public func close() {
        guard isOpen else { return }
        isOpen = false
        terminal_guard_disarm()
        // A process in the background may not touch the terminal: it would be stopped.
        let mask = SignalMask(holdingBack: [SIGTTOU, SIGTSTP])
        let isForeground = session.map { tcgetpgrp($0.output) == getpgrp() } ?? false
        if let session, isForeground, session.isANSI { Descriptor.write(Paste.off + MouseMode.off, to: session.output) }
        screen.close()
        if let session {
            if isForeground, !session.hasSecondScreen { Descriptor.write("\r\n", to: session.output) }
            terminal_signals_restore()
            session.capture?.release()
        }
        for file in files { fclose(file) }
        signals.release()
        mask.release()
    }

    /// Brings the terminal to show `canvas`. Only what differs from the last drawing is written: nothing at all if nothing does.
    ///
    /// What is larger than the terminal is clipped, and where it is smaller there are blanks.
    public func draw(_ canvas: Canvas) {
        undisturbed { screen.draw(canvas) }
    }

    /// Makes room for other colours, before the first drawing with another theme: a palette of our own has place for 240.
    public func forgetColors() {
        undisturbed { screen.forgetColors() }
    }

    /// Writes the last drawing again as a whole, in case something else wrote to the terminal.
    public func repaint() {
        undisturbed { screen.repaint() }
    }

    /// What ncurses holds at a place; nil outside.
    package func stored(column: Int, row: Int) -> StoredCell? { screen.stored(column: column, row: row) }

    /// Has the mouse reported from now on, or leaves it to the terminal, which then selects text with it. At first it is left.
    ///
    /// While it is reported most terminals select text with Shift held down. A terminal without a mouse takes no notice.
    public func setMouse(_ isOn: Bool) {
        guard isOpen, isOn != hasMouse else { return }
        hasMouse = isOn
        if let session, session.isANSI { Descriptor.write(isOn ? MouseMode.on : MouseMode.off, to: session.output) }
    }

    /// Asks the terminal to mark pasted text, and for the mouse if it is wanted.
    func askForInput() {
        if let session, session.isANSI { Descriptor.write(Paste.on + (hasMouse ? MouseMode.on : ""), to: session.output) }
    }

    /// Writes control sequences to a real terminal that takes them.
    ///
    /// - Returns: whether there is one.
    func send(_ sequences: String) -> Bool {
        guard isOpen, let session, session.isANSI else { return false }
        undisturbed { Descriptor.write(sequences, to: session.output) }
        return true
    }

    /// Does something with ncurses that its handler of Ctrl-Z must not interrupt.
    private func undisturbed(_ body: () -> Void) {
        let mask = SignalMask(holdingBack: [SIGTSTP])
        body()
        mask.release()
    }
}
