#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

private let systemWrite = write

/// A sentence for a person, on the standard error output, and the status that the program ends with.
struct Complaint: Error {
    let sentence: String
    var status: Int32 = 2

    /// Says the sentence.
    func tell() {
        _ = Files.write(Array("kadscope: \(sentence.harmless)\n".utf8), to: STDERR_FILENO)
    }

    /// Says the sentence and ends the program.
    func end() -> Never {
        tell()
        exit(status)
    }
}

/// Texts that come from files.
enum Files {
    /// The largest file that is read: no scenario or theme comes near it.
    static let largest = 64 << 20

    /// The text of a file.
    ///
    /// - Throws: what is wrong with the file, and what to do.
    static func text(of path: String) throws(Complaint) -> String {
        guard let file = fopen(path, "rb") else {
            throw Complaint(sentence: "\(path): \(reason()); give the path of a file that can be read")
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            bytes.append(contentsOf: chunk.prefix(count))
            if ferror(file) != 0 { throw Complaint(sentence: "\(path): \(reason()); give the path of a file that can be read") }
            if bytes.count > largest { throw Complaint(sentence: "\(path): the file is larger than 64 MiB; give a smaller one") }
            if count == 0 { break }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Complaint(sentence: "\(path): the file is not UTF-8 text; save it as such, or give another")
        }
        return text
    }

    /// The first bytes of a file, white space at the start passed over: enough to tell what it is.
    static func beginning(of path: String) throws(Complaint) -> [UInt8] {
        var bytes: [UInt8] = []
        let file = try TraceFile(path)
        while bytes.count < 64, let chunk = try file.chunk() {
            bytes += bytes.isEmpty ? chunk.drop { [0x09, 0x0A, 0x0D, 0x20].contains($0) } : chunk
        }
        return Array(bytes.prefix(64))
    }

    /// Whether there is something at this path.
    static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    /// The path of a file from the root on, all links followed; the path as it is if there is no such file.
    static func absolute(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// Writes all bytes.
    ///
    /// - Returns: whether that went well; if not, `reason()` tells why.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// What the system says about the last failure.
    static func reason() -> String {
        String(cString: strerror(errno))
    }
}

/// The standard output, in large pieces, with every failure to write noticed.
struct Output: ~Copyable {
    private var pending: [UInt8] = []

    /// Adds a line; it may stay here for a while.
    ///
    /// - Throws: why the output can't be written, such as a full disk.
    mutating func line(_ line: String) throws(Complaint) {
        pending += line.utf8
        pending.append(UInt8(ascii: "\n"))
        try text("")
    }

    /// Adds a text as it is; it may stay here for a while.
    ///
    /// - Throws: why the output can't be written, such as a full disk.
    mutating func text(_ text: String) throws(Complaint) {
        pending += text.utf8
        if pending.count >= 1 << 16 { try flush() }
    }

    /// Sees to it that all lines are out.
    mutating func flush() throws(Complaint) {
        defer { pending = [] }
        guard Files.write(pending, to: STDOUT_FILENO) else {
            throw Complaint(sentence: "the output could not be written: \(Files.reason())", status: 1)
        }
    }

    /// Writes one text.
    static func write(_ text: String) throws(Complaint) {
        var output = Output()
        try output.line(text)
        try output.flush()
    }
}

extension String {
    /// The text on one line, without anything that steers a terminal.
    var harmless: String {
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: result.append("·")
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
