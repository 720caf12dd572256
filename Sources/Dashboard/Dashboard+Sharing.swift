// MARK: - What leaves the program: copies, exports, the last screen; and the mouse

extension Dashboard {
    /// What is copied of the selected thing.
    enum Copied: Sendable {
        case field, row
    }

    mutating func copy(_ what: Copied) -> Effect { .draw }

    mutating func openExport() {}

    mutating func quitLeavingScreen() -> Effect { .quit }

    mutating func toggleMouse() -> Effect { .draw }
}
