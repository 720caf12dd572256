import Scenarios
import Timeline

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A trace on the disk, read in pieces: of a file of any size no more than a few lines are in memory.
final class TraceFile {
    private let path: String
    private let file: UnsafeMutablePointer<FILE>
    private var bytes = [UInt8](repeating: 0, count: 1 << 16)
    private var reader = TraceReader(network: Scenario.network(of:))
    private var isAtEnd = false

    /// The number of bytes of the file; 0 for what is no file, such as a pipe.
    let size: Int
    /// The number of bytes that were read.
    private(set) var position = 0

    /// Why the reading has stopped before the end of the file.
    private(set) var error: TraceError?

    /// Opens a file.
    ///
    /// - Throws: why it cannot be read, and what to do.
    init(_ path: String) throws(Complaint) {
        guard let file = fopen(path, "rb") else {
            throw Complaint(sentence: "\(path): \(Files.reason()); give the path of a file that can be read")
        }
        self.path = path
        self.file = file
        var status = stat()
        size = fstat(fileno(file), &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
    }

    deinit { fclose(file) }

    /// The next bytes of the file; `nil` at its end.
    func chunk() throws(Complaint) -> ArraySlice<UInt8>? {
        let count = fread(&bytes, 1, bytes.count, file)
        if ferror(file) != 0 { throw Complaint(sentence: "\(path): \(Files.reason()); give the path of a file that can be read") }
        position += count
        return count == 0 ? nil : bytes[..<count]
    }

    /// What comes next in the trace; `nil` at its end, or where it can be read no further: `error` tells why.
    ///
    /// - Throws: why nothing at all can be read.
    func next() throws(Complaint) -> TraceLine? {
        while error == nil {
            do throws(TraceError) {
                if let line = try reader.next() { return line }
            } catch {
                guard error.kind != .notReadable else { throw Complaint(sentence: "\(path):\(error.line): \(error.problem)") }
                self.error = error
                return nil
            }
            guard !isAtEnd else { return nil }
            if let chunk = try chunk() {
                reader.feed(chunk)
            } else {
                isAtEnd = true
                reader.finish()
            }
        }
        return nil
    }

    /// What comes next in the trace, as ``next()``, with a line on the terminal where the whole takes long.
    ///
    /// - Throws: also if somebody has pressed Ctrl-C.
    func next(showing bar: ProgressBar, _ what: String) throws(Complaint) -> TraceLine? {
        guard bar.show("\(what) \(path)", done: position, total: size) else {
            bar.clear()
            throw Complaint(sentence: "\(path): stopped before all of it was read", status: 130)
        }
        return try next()
    }

    /// The header, which is the first line.
    func header() throws(Complaint) -> TraceHeader {
        guard case .header(let header) = try next() else { throw Complaint(sentence: "\(path):1: there is no header") }
        return header
    }

    /// What a person should know about the end of the file; `nil` if all is well. To be asked after the last line.
    var remark: String? {
        if let error { return "\(path):\(error.line): \(error.problem); what stands before is whole" }
        return reader.hasEnded ? nil : "\(path): the recording was cut off after line \(reader.lineNumber); what there is is whole"
    }

    /// Says what a person should know about the end of the file, on the standard error output.
    ///
    /// - Throws: if a line is damaged: then the program ends with status 2, after what is whole has been shown.
    func tellRemark() throws(Complaint) {
        guard let remark else { return }
        if error?.kind == .damaged { throw Complaint(sentence: remark) }
        Complaint(sentence: remark).tell()
    }
}
