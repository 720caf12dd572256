// MARK: - What leaves the program: copies, exports, the last screen; and the mouse

extension Dashboard {
    /// What is remembered of the mouse and of exports between two keys.
    struct Sharing: Sendable {
        /// Whether the timeline follows the mouse while its button is down.
        var isScrubbing = false
        /// The file that may be overwritten if it is asked for once more.
        var overwritable: String?
    }

    func quitLeavingScreen() -> Effect { .quitLeavingScreen }

    mutating func toggleMouse() -> Effect {
        usesMouse.toggle()
        settings.mouse = usesMouse
        message =
            usesMouse
            ? "mouse on: click, wheel, drag along the timeline; Shift selects text; % off"
            : "mouse off: it selects text now; % on again (with it on, hold Shift to select)"
        return .draw
    }
}
