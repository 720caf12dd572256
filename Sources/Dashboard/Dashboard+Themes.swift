// MARK: - Choosing a theme

extension Dashboard {
    mutating func openThemePicker() {}

    mutating func reload() -> Effect { .draw }
}
