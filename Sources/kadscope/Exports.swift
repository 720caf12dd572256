import Dashboard

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Writes what is seen on the screen to files.
enum Exports {
    /// Carries out an export, and tells the dashboard what came of it.
    static func carryOut(_ export: Export, for dashboard: inout Dashboard, _ look: Look) {
        do throws(Refusal) {
            try write(dashboard.text(of: export.content, look), to: export.path, mayOverwrite: export.mayOverwrite)
            dashboard.say("written to \(export.path)")
        } catch {
            switch error {
            case .exists:
                dashboard.refuse(export, because: "\(export.path) is there already; Enter again overwrites it", canOverwrite: true)
            case .failed(let sentence): dashboard.refuse(export, because: sentence, canOverwrite: false)
            }
        }
    }

    /// Why a file has not been written.
    enum Refusal: Error {
        /// It is there already, and may not be overwritten.
        case exists
        /// Something else, as a sentence.
        case failed(String)
    }

    /// Writes a text to a file.
    ///
    /// - Parameter mayOverwrite: whether a file that is there already is replaced.
    static func write(_ text: String, to path: String, mayOverwrite: Bool) throws(Refusal) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (mayOverwrite ? O_TRUNC : O_EXCL), 0o666)
        guard descriptor >= 0 else {
            var status = stat()
            if errno == EEXIST, stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG { throw .exists }
            throw .failed("\(path): \(Files.reason()); give a path that can be written")
        }
        defer { close(descriptor) }
        guard Files.write(Array(text.utf8), to: descriptor) else {
            throw .failed("\(path): it could not be written: \(Files.reason())")
        }
    }
}
