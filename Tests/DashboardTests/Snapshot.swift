import Foundation
import Testing

/// Compares a text with the file that is kept beside the tests under a name.
///
/// With KADSCOPE_UPDATE_SNAPSHOTS=1 in the environment the file is written instead: look at what has changed before you commit it.
func expectSnapshot(_ text: String, named name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots")
    let file = folder.appending(path: "\(name).txt")
    if ProcessInfo.processInfo.environment["KADSCOPE_UPDATE_SNAPSHOTS"] == "1" {
        try Data((text + "\n").utf8).write(to: file)
        return
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    guard expected != text + "\n" else { return }
    let (was, now) = (
        expected.split(separator: "\n", omittingEmptySubsequences: false), text.split(separator: "\n", omittingEmptySubsequences: false)
    )
    let line = zip(was, now).enumerated().first { $0.element.0 != $0.element.1 }
    Issue.record(
        "\(name) differs from line \((line?.offset ?? min(was.count, now.count)) + 1) on; it is now:\n\(text)",
        sourceLocation: sourceLocation)
}
