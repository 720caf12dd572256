// MARK: - Settings that are changed while the program runs

extension Dashboard {
    mutating func openSettings() {}
}
