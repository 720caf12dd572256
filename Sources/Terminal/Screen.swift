internal import CNcurses
internal import Canvas

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The ncurses side of a terminal: one screen, one window as large as it, and a pad that keys are read from.
///
/// ncurses keeps the current screen in a global variable, so all of it is confined to one thread.
final class Screen {
    private let screen: OpaquePointer
    private let window: UnsafeMutablePointer<WINDOW>
    /// Reading from a window would refresh it; a pad is never refreshed.
    private let pad: UnsafeMutablePointer<WINDOW>
    /// A pad for reading bytes as they are: a byte of the mouse's report is no key.
    private let bytePad: UnsafeMutablePointer<WINDOW>
    /// The report of the mouse that is being read.
    private var report: MouseReport?
    private let isUnicode: Bool
    private var pairs: ColorPairs
    /// What the terminal shows, or will once ncurses has caught up.
    private var shown: Canvas
    /// Whether the terminal's content is unknown, so that the next drawing must write all of it.
    private var isStale = true
    private var isOpen = true

    /// How many colours are drawn with.
    var depth: ColorDepth { pairs.depth }
    private(set) var size: Size

    /// Opens a screen of a terminal type that is known to be usable.
    ///
    /// - Parameter size: the size to pretend; nil for the terminal's own.
    /// - Returns: nil if ncurses cannot.
    init?(
        type: String, output: UnsafeMutablePointer<FILE>, input: UnsafeMutablePointer<FILE>, depth: ColorDepth?, isUnicode: Bool,
        size: Size?
    ) {
        guard let screen = newterm(type, output, input) else { return nil }
        set_term(screen)
        if let size { resizeterm(Int32(size.rows), Int32(size.columns)) }
        guard let window = nc_standard_screen(), let pad = newpad(1, 1), let bytePad = newpad(1, 1) else {
            endwin()
            delscreen(screen)
            return nil
        }
        self.screen = screen
        self.window = window
        self.pad = pad
        self.bytePad = bytePad
        self.isUnicode = isUnicode
        pairs = ColorPairs(depth: depth)
        self.size = Screen.size(of: window)
        shown = Canvas(size: self.size)

        cbreak()
        noecho()
        nonl()
        curs_set(0)
        if environment("ESCDELAY") == nil { set_escdelay(25) }
        keypad(pad, true)
        nodelay(pad, true)
        nodelay(bytePad, true)
        scrollok(window, false)
        for (sequence, code) in KeyCode.sequences { define_key(sequence, code) }
        // On a few old terminals this is a key.
        let mouse = "\u{1B}[M"
        if [0, KEY_MOUSE].contains(key_defined(mouse)) { define_key(mouse, KeyCode.x10Mouse) }
    }

    /// Gives the terminal back. Without effect the second time.
    func close() {
        guard isOpen else { return }
        isOpen = false
        set_term(screen)
        if !isendwin() { endwin() }
        delwin(pad)
        delwin(bytePad)
        delscreen(screen)
    }

    // MARK: Drawing

    /// Brings the terminal to show `canvas`, writing only what differs. What is larger than the screen is clipped, what is smaller leaves blanks.
    func draw(_ canvas: Canvas) {
        guard isOpen else { return }
        set_term(screen)
        var frame = canvas
        if canvas.size != size {
            frame = Canvas(size: size)
            frame.draw(canvas, at: .zero)
        }
        let runs = frame.changes(since: shown)
        guard isStale || !runs.isEmpty else { return }
        for run in runs { put(run) }
        shown = frame
        isStale = false
        wnoutrefresh(window)
        doupdate()
    }

    /// Makes room for other colours, before a drawing that has them.
    func forgetColors() {
        guard isOpen, pairs.forgetColors() else { return }
        isStale = true
        // What is drawn next differs from this in every cell.
        shown = Canvas(size: .zero)
    }

    /// Writes everything again, whatever the terminal shows now.
    func repaint() {
        guard isOpen else { return }
        set_term(screen)
        clearok(nc_current_screen(), true)
        wnoutrefresh(window)
        doupdate()
    }

    /// After a suspension: the terminal's mode and the whole screen.
    func restore() {
        guard isOpen else { return }
        set_term(screen)
        reset_prog_mode()
        curs_set(0)
        repaint()
    }

    /// Cells are placed without moving a cursor, so that the last cell of the screen is one like any other.
    private func put(_ run: Run) {
        var cells = run.cells.map { cell -> cchar_t in
            let look = pairs.look(of: cell.style)
            var result = cchar_t()
            nc_set_cell(&result, wchar_t(bitPattern: glyph(cell.character).value), look.attributes, look.pair)
            return result
        }
        mvwadd_wchnstr(window, Int32(run.point.row), Int32(run.point.column), &cells, Int32(cells.count))
    }

    /// What stands for a character on this terminal: itself if the C library too thinks that it fills one column.
    private func glyph(_ character: Unicode.Scalar) -> Unicode.Scalar {
        if character.isASCII { return character }
        guard isUnicode else { return Self.nearestInASCII[character] ?? "?" }
        return wcwidth(wchar_t(bitPattern: character.value)) == 1 ? character : "?"
    }

    /// What stands in sentences for characters that a terminal without Unicode lacks.
    private static let nearestInASCII: [Unicode.Scalar: Unicode.Scalar] = [
        "·": ".", "…": "~", "α": "a", "Δ": "d", "×": "x", "→": ">", "←": "<", "≥": ">", "≤": "<", "–": "-",
    ]

    // MARK: Reading

    /// The next key or report of the mouse that has arrived; nil if nothing has.
    func read() -> KeyCode? {
        guard isOpen else { return nil }
        set_term(screen)
        guard let code = report?.form == .x10 ? readByte() : readKey() else { return nil }
        if report != nil, case .character(let value) = code, let byte = UInt8(exactly: value) {
            switch report?.add(byte, on: size) {
            case .incomplete, nil: return .mouse(nil)
            case .complete(let event):
                report = nil
                return .mouse(event)
            case .broken: break
            }
        }
        // A change of size may come in the middle; anything else ends a report that is not whole.
        if code != .key(KEY_RESIZE) { report = nil }
        guard case .key(let number) = code, let form = MouseReport.Form(number) else { return code }
        report = MouseReport(form)
        return .mouse(nil)
    }

    private func readKey() -> KeyCode? {
        var value: wint_t = 0
        switch wget_wch(pad, &value) {
        case OK: return .character(value)
        case KEY_CODE_YES: return .key(Int32(bitPattern: value))
        default: return nil
        }
    }

    private func readByte() -> KeyCode? {
        let value = wgetch(bytePad)
        if value == ERR { return nil }
        return UInt8(exactly: value).map { .character(UInt32($0)) } ?? .key(value)
    }

    /// Takes the terminal's present size over; the next drawing writes everything.
    func adoptSize() {
        guard isOpen else { return }
        set_term(screen)
        size = Screen.size(of: window)
        shown = Canvas(size: size)
        isStale = true
        werase(window)
        clearok(window, true)
    }

    private static func size(of window: UnsafeMutablePointer<WINDOW>) -> Size {
        Size(columns: Int(getmaxx(window)), rows: Int(getmaxy(window)))
    }

    // MARK: Tests

    /// What ncurses holds at a place: character, attributes, colours of the pair. Nil outside.
    func stored(column: Int, row: Int) -> StoredCell? {
        guard isOpen, column >= 0, column < size.columns, row >= 0, row < size.rows else { return nil }
        set_term(screen)
        var cell = cchar_t()
        guard mvwin_wch(window, Int32(row), Int32(column), &cell) == OK else { return nil }
        var character: wchar_t = 0
        var attributes: attr_t = 0
        var pair: Int32 = 0
        guard nc_get_cell(&cell, &character, &attributes, &pair) == OK else { return nil }
        var foreground: Int32 = -1
        var background: Int32 = -1
        if pair != 0 { extended_pair_content(pair, &foreground, &background) }
        return StoredCell(
            character: Unicode.Scalar(UInt32(bitPattern: character)) ?? " ", attributes: attributes, pair: pair, foreground: foreground,
            background: background)
    }
}
