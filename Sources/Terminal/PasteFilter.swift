import Canvas

/// Keeps pasted text from being taken for commands.
struct PasteFilter {
    /// Whether printable characters of pasted text pass. The default is no.
    var isAccepting = false
    /// When the last pasted character came; nil outside pasted text.
    private var lastPasted: ContinuousClock.Instant?

    /// How long pasted text may pause. Whatever comes later is typed: its end mark was lost.
    private static let patience = Duration.seconds(1)

    /// What remains of something that was read at `now`.
    mutating func pass(_ code: KeyCode, at now: ContinuousClock.Instant) -> KeyPress? {
        if code == .key(KeyCode.pasteBegin) {
            lastPasted = now
            return nil
        }
        if code == .key(KeyCode.pasteEnd) {
            lastPasted = nil
            return nil
        }
        if let last = lastPasted, now - last > PasteFilter.patience { lastPasted = nil }
        guard lastPasted != nil else { return code.press }
        lastPasted = now
        guard isAccepting, let press = code.press, case .character = press else { return nil }
        return press
    }
}
