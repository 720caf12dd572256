#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Keeps what is written to standard error while the screen is up, which it would spoil, and writes it out afterwards.
struct ErrorCapture {
    /// The file it is kept in; it has no name.
    let kept: Int32
    /// The real standard error.
    let real: Int32

    /// Nil if there is nowhere to keep it: then it goes where it went before.
    init?() {
        let folder = environment("TMPDIR") ?? "/tmp"
        var template = Array("\(folder)/kadscope-XXXXXX".utf8CString)
        kept = mkstemp(&template)
        guard kept >= 0 else { return nil }
        unlink(template)
        real = dup(STDERR_FILENO)
        guard real >= 0 else {
            _ = Self.closeFile(kept)
            return nil
        }
        for descriptor in [kept, real] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        dup2(kept, STDERR_FILENO)
    }

    /// Lets standard error go its way again and writes to it what was kept.
    func release() {
        dup2(real, STDERR_FILENO)
        lseek(kept, 0, SEEK_SET)
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = read(kept, &buffer, buffer.count), count > 0 {
            buffer.withUnsafeBytes { Descriptor.write($0[..<count], to: real) }
        }
        _ = Self.closeFile(kept)
        _ = Self.closeFile(real)
    }

    private static func closeFile(_ descriptor: Int32) -> Int32 { close(descriptor) }
}
