import Scenarios
import Timeline

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Writes a trace while the run goes on. Every line is on its way to the disk before the next step is shown, so after a crash or on a
/// full disk whatever was recorded before can be read.
final class RunRecorder {
    private let path: String
    private let descriptor: Int32
    private var recorder: TraceRecorder
    /// Why nothing is recorded any more.
    private(set) var failure: Complaint?

    /// Begins a recording in a new file. A file that holds something is not overwritten.
    ///
    /// - Throws: why the file cannot be written.
    init(_ path: String, _ scenario: Scenario) throws(Complaint) {
        self.path = path
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 {
            throw Complaint(sentence: "\(path): the file exists already; give the recording another name, or remove the file")
        }
        descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
        recorder = TraceRecorder(scenario.traceHeader(tool: ("kadscope", Kadscope.version)))
        guard descriptor >= 0 else { throw Complaint(sentence: "\(path): \(Files.reason()); give a path that can be written") }
        write(recorder.headerLine)
        if let failure { throw failure }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Records what is new in a history.
    func record<Source>(_ history: History<Source>) {
        guard failure == nil else { return }
        write(recorder.lines(for: history))
    }

    /// Records a step of a run that has one branch, with the choices before it.
    func record(_ step: Step, _ choices: ArraySlice<Deviation>, _ world: Scenario.World) {
        guard failure == nil else { return }
        write(recorder.lines(of: step, choices, world))
    }

    /// Records that a law was broken.
    func record(_ violation: Violation) {
        guard failure == nil else { return }
        write(recorder.line(of: violation))
    }

    /// Records the last line.
    ///
    /// - Throws: why not all was recorded.
    func end(_ reason: TraceEnd.Reason) throws(Complaint) {
        if failure == nil { write(recorder.endLine(reason)) }
        if let failure { throw failure }
    }

    private func write(_ bytes: [UInt8]) {
        guard !bytes.isEmpty, !Files.write(bytes, to: descriptor) else { return }
        failure = Complaint(
            sentence: "\(path): the recording could not be written: \(Files.reason()); what was recorded before can be opened", status: 1)
    }
}
