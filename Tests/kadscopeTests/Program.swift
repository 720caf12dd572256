import Foundation

/// The built program, run as a person or a script runs it.
struct Program {
    /// What a run left behind.
    struct Result {
        let output: Data
        let errors: Data
        /// The exit status, or the number of the signal that ended it.
        let status: Int32
        let wasKilled: Bool

        var text: String { String(decoding: output, as: UTF8.self) }
        var complaint: String { String(decoding: errors, as: UTF8.self) }
        var lines: [Substring] { text.split(separator: "\n") }
    }

    /// A folder of its own for each test, gone with it.
    final class Folder {
        let url: URL

        init() throws {
            url = FileManager.default.temporaryDirectory.appendingPathComponent("kadscope-tests-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(at: url) }

        /// Writes a file.
        ///
        /// - Returns: its path.
        func file(_ name: String, _ content: Data) throws -> String {
            let place = url.appendingPathComponent(name)
            try content.write(to: place)
            return place.path
        }

        func file(_ name: String, _ text: String) throws -> String { try file(name, Data(text.utf8)) }
    }

    /// The folder of the executables: the one that the test bundle is in.
    static let binaries: URL = {
        let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL.deletingLastPathComponent()
        return bundle ?? Bundle.main.bundleURL
    }()

    /// Runs the program to its end. Its output goes through files, so no pipe can fill up.
    ///
    /// - Parameters:
    ///   - output: where the standard output goes instead.
    ///   - folder: the working directory.
    ///   - environment: variables beside the usual ones.
    static func run(
        _ arguments: [String], input: Data = Data(), output: FileHandle? = nil, in folder: URL? = nil, environment: [String: String] = [:]
    ) throws -> Result {
        let scratch = try Folder()
        let (outputPath, errorPath) = (try scratch.file("output", ""), try scratch.file("errors", ""))
        let process = Process()
        process.executableURL = binaries.appendingPathComponent("kadscope")
        process.arguments = arguments
        process.environment = ["SWIFT_BACKTRACE": "interactive=no", "TERM": "xterm", "LC_ALL": "C.UTF-8"].merging(environment) { $1 }
        process.currentDirectoryURL = folder ?? scratch.url
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: try scratch.file("input", input)))
        process.standardOutput = try output ?? FileHandle(forWritingTo: URL(fileURLWithPath: outputPath))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errorPath))
        try process.run()
        process.waitUntilExit()
        return Result(
            output: try Data(contentsOf: URL(fileURLWithPath: outputPath)), errors: try Data(contentsOf: URL(fileURLWithPath: errorPath)),
            status: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal)
    }

    static func run(_ arguments: String..., in folder: URL? = nil) throws -> Result {
        try run(arguments, in: folder)
    }
}
