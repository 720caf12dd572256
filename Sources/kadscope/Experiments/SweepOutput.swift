import Scenarios

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The file that a sweep appends its lines to. Several sweeps may write to it at once, if they are parts of one.
final class SweepOutput {
    /// The path, as it was given.
    let path: String
    /// What was in the file at the start.
    private(set) var contents: SweepFile
    private let descriptor: Int32

    /// Opens the file, which may be there or not, reads what is in it, and cuts off a torn last line.
    ///
    /// - Throws: why it cannot be written, or the line that is none of this sweep.
    init(_ path: String, grid: SweepGrid, fingerprint: String) throws {
        self.path = path
        let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
        var contents = SweepFile(source: path, grid: grid, fingerprint: fingerprint)
        guard descriptor >= 0 else {
            throw Complaint(sentence: "\(path): \(Files.reason()); give --output the path of a file that can be written")
        }
        // Nobody appends while the file is read and cut.
        _ = flock(descriptor, LOCK_EX)
        defer { _ = flock(descriptor, LOCK_UN) }
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
            try LineFile.read(path) { line, isWhole in if isWhole { try contents.add(line) } }
            if Int(status.st_size) > contents.wholeBytes { _ = ftruncate(descriptor, off_t(contents.wholeBytes)) }
        }
        self.descriptor = descriptor
        self.contents = contents
    }

    deinit { close(descriptor) }

    /// Appends a line, whole or not at all.
    ///
    /// - Throws: why it cannot be written.
    func append(_ line: String) throws(Complaint) {
        _ = flock(descriptor, LOCK_EX)
        defer { _ = flock(descriptor, LOCK_UN) }
        let size = lseek(descriptor, 0, SEEK_END)
        guard Files.write(Array((line + "\n").utf8), to: descriptor) else {
            let reason = Files.reason()
            if size >= 0 { _ = ftruncate(descriptor, size) }
            throw Complaint(
                sentence: "\(path): the file could not be written: \(reason); what is in it is whole, and the sweep can go on later",
                status: 1)
        }
    }
}
