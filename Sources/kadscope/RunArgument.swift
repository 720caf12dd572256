import Dashboard
import Scenarios
import Simulation
import TOMLFields
import Timeline

/// What somebody named to be opened, recognised by what it is, not by its name.
enum RunArgument {
    /// A scenario: a built-in one or a file.
    case scenario(Scenario)
    /// A share line, given itself or in a file.
    case shareLine(ShareLine)
    /// A trace: the path of its file.
    case trace(String)

    /// Recognises an argument: a share line by its first letters, a built-in scenario by its name, and a file by its first bytes: a trace
    /// begins with a brace, which no scenario does. Without an argument it is the first built-in scenario.
    ///
    /// - Throws: what is wrong with it.
    init(_ argument: String?) throws(Complaint) {
        guard let argument else {
            self = .scenario(try ScenarioArgument.scenario(nil))
            return
        }
        guard !ShareLine.isOne(argument) else {
            self = .shareLine(try Self.shareLine(argument))
            return
        }
        guard BuiltInScenario.named(argument) == nil, Files.exists(argument) else {
            self = .scenario(try ScenarioArgument.scenario(argument))
            return
        }
        let beginning = try Files.beginning(of: argument)
        if beginning.starts(with: [0x1F, 0x8B]) {
            throw Complaint(sentence: "\(argument): the file is compressed; unpack it first: gunzip \(argument)")
        }
        if beginning.first == UInt8(ascii: "{") {
            self = .trace(argument)
        } else if beginning.starts(with: ShareLine.prefix.utf8) {
            let text = try Files.text(of: argument)
            self = .shareLine(try Self.shareLine(text.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? text))
        } else {
            self = .scenario(try ScenarioArgument.scenario(argument, prefersFile: true))
        }
    }

    private static func shareLine(_ text: String) throws(Complaint) -> ShareLine {
        do { return try ShareLine(text: text) } catch { throw Complaint(sentence: error.description) }
    }

    /// The run, ready to be walked through.
    ///
    /// - Parameter isExecuted: whether a trace is run again and compared, step by step, before it is opened; else one looks at what is recorded.
    /// - Throws: why it cannot be opened; for a trace that is compared, the first step that differs.
    func open(isExecuted: Bool) throws(Complaint) -> OpenedRun {
        switch self {
        case .scenario(let scenario): return OpenedRun(scenario)
        case .shareLine(let line): return OpenedRun(line)
        case .trace(let path):
            if isExecuted { _ = try TraceVerification(path) }
            let file = try TraceFile(path)
            var recording = Recording(try file.header())
            let bar = ProgressBar()
            defer { bar.clear() }
            while let line = try file.next(showing: bar, "reading"), recording.add(line) {}
            var run: OpenedRun
            do { run = try OpenedRun(recording, isExecuted: isExecuted) } catch { throw Complaint(sentence: "\(path): \(error)") }
            if !recording.isLimited, let remark = file.remark { run.notice = remark }
            return run
        }
    }
}
