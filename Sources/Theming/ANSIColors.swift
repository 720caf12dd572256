/// The names of the first 16 colours of a terminal.
enum ANSIColors {
    private static let names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]

    /// `red`, `bright-red` and so on; `gray` and `grey` are bright black.
    static let indices: [String: UInt8] = {
        var indices: [String: UInt8] = ["gray": 8, "grey": 8]
        for (index, name) in names.enumerated() {
            indices[name] = UInt8(index)
            indices["bright-\(name)"] = UInt8(index + 8)
        }
        return indices
    }()
}
