import Dashboard
import Terminal

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Puts texts on the clipboard of the terminal, or where it has none in a file.
final class Clipboard {
    private let terminal: Terminal
    private var hasCopied = false
    /// The file for texts that the terminal cannot take: one for the whole session.
    private var file: (path: String, descriptor: Int32)?

    init(of terminal: Terminal) {
        self.terminal = terminal
    }

    deinit { if let file { close(file.descriptor) } }

    /// Copies a text.
    ///
    /// - Returns: what to say about it.
    func copy(_ clipping: Clipping) -> String {
        guard terminal.copy(clipping.text) else { return keep(clipping) }
        defer { hasCopied = true }
        // Nobody answers, so the first time it is said on what it depends.
        switch terminal.relay {
        case .tmux where !hasCopied: return "copied \(clipping.name), if tmux lets it pass: it needs set-clipboard on"
        case .screen where !hasCopied: return "copied \(clipping.name), if the terminal behind screen takes it"
        case .tmux, .screen, nil: return clipping.confirmation
        }
    }

    private func keep(_ clipping: Clipping) -> String {
        if file == nil { file = Self.newFile() }
        guard let file, ftruncate(file.descriptor, 0) == 0, lseek(file.descriptor, 0, SEEK_SET) == 0,
            Files.write(Array("\(clipping.text)\n".utf8), to: file.descriptor)
        else { return "no clipboard here, and no file could be written: \(Files.reason())" }
        return "no clipboard here: \(clipping.name) is in \(file.path)"
    }

    /// A new file that nobody else can read.
    private static func newFile() -> (path: String, descriptor: Int32)? {
        let folder = getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        var template = Array("\(folder)/kadscope-copied-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { return nil }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return (String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self), descriptor)
    }
}
