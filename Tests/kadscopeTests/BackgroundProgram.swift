import Foundation

/// The built program while it runs, for tests that interrupt it.
final class BackgroundProgram {
    private let process = Process()
    private let folder: Program.Folder
    private let outputPath: String
    private let errorPath: String

    /// Starts it.
    init(_ arguments: [String], in working: URL) throws {
        folder = try Program.Folder()
        (outputPath, errorPath) = (try folder.file("output", ""), try folder.file("errors", ""))
        process.executableURL = Program.binaries.appendingPathComponent("kadscope")
        process.arguments = arguments
        process.environment = ["SWIFT_BACKTRACE": "interactive=no", "LC_ALL": "C.UTF-8"]
        process.currentDirectoryURL = working
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: outputPath))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errorPath))
        try process.run()
    }

    /// Waits until it heeds Ctrl-C, presses it, and waits for the end.
    func interruptUntilItEnds() throws {
        try waitUntilItHeedsInterrupts()
        process.interrupt()
        process.waitUntilExit()
    }

    /// Waits until the program has a handler for Ctrl-C: before, the signal would end it at once.
    private func waitUntilItHeedsInterrupts() throws {
        let path = "/proc/\(process.processIdentifier)/status"
        while process.isRunning {
            let status = try String(contentsOfFile: path, encoding: .utf8)
            let caught = status.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }?.split(separator: "\t").last ?? "0"
            if (UInt64(caught, radix: 16) ?? 0) & 1 << 1 != 0 { return }
            usleep(5000)
        }
    }

    /// What it has written to its standard output.
    var output: Data { (try? Data(contentsOf: URL(fileURLWithPath: outputPath))) ?? Data() }
    /// What it has written to its standard error output.
    var complaint: String { (try? String(contentsOfFile: errorPath, encoding: .utf8)) ?? "" }
    /// The exit status, once it has ended.
    var status: Int32 { process.terminationStatus }
}
