#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The lines that were typed, from one run of the program to the next. Whatever goes wrong with the file, the program does not care.
struct TypedLines {
    /// How many lines are kept.
    static let limit = 500

    private let path: String?

    /// The usual file; nothing is kept if that is not wanted.
    init(isWanted: Bool) {
        path = isWanted ? HomeFolders.state.map { "\($0)/history" } : nil
    }

    /// The lines, the oldest first. A file that has become long is cut.
    func load() -> [String] {
        guard let path, Files.exists(path), let text = try? Files.text(of: path) else { return [] }
        let lines = text.split(separator: "\n").map { String($0).harmless }
        guard lines.count > Self.limit else { return lines }
        let kept = Array(lines.suffix(Self.limit))
        _ = write(kept, O_WRONLY | O_TRUNC)
        return kept
    }

    /// Adds lines.
    func add(_ lines: [String]) {
        guard !lines.isEmpty, let path else { return }
        if !write(lines, O_WRONLY | O_CREAT | O_APPEND), let end = path.lastIndex(of: "/"), HomeFolders.make(String(path[..<end])) {
            _ = write(lines, O_WRONLY | O_CREAT | O_APPEND)
        }
    }

    private func write(_ lines: [String], _ flags: Int32) -> Bool {
        guard let path else { return false }
        let descriptor = open(path, flags, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return Files.write(Array(lines.map { "\($0.harmless)\n" }.joined().utf8), to: descriptor)
    }
}
