#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file of lines, read in pieces, so that it may be of any size.
enum LineFile {
    /// The longest line that is read.
    static let longest = 64 << 20

    /// Reads a file line by line; lines come without their ends.
    ///
    /// - Parameter take: takes the next line, and whether its end was there.
    /// - Throws: why the file cannot be read, and what `take` throws.
    static func read(_ path: String, _ take: ([UInt8], Bool) throws -> Void) throws {
        guard let file = path == "-" ? fdopen(dup(STDIN_FILENO), "rb") : fopen(path, "rb") else { throw unreadable(path) }
        defer { fclose(file) }
        var line: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if ferror(file) != 0 { throw unreadable(path) }
            guard count > 0 else { break }
            var rest = chunk[..<count]
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                line += rest[..<end]
                try take(line, true)
                line.removeAll(keepingCapacity: true)
                rest = rest[(end + 1)...]
            }
            line += rest
            guard line.count <= longest else { throw Complaint(sentence: "\(path): a line is longer than 64 MiB; give a file of runs") }
        }
        if !line.isEmpty { try take(line, false) }
    }

    private static func unreadable(_ path: String) -> Complaint {
        Complaint(sentence: "\(path): \(Files.reason()); give the path of a file that can be read")
    }
}
