public import ArgumentParser
public import Scenarios
import Theming

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// `kadscope report FILE…`: the figures of many runs, as a table or as a picture.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Puts runs together, from kadscope run --json and kadscope sweep, and prints a table or draws a picture.",
        discussion: """
            Puts are told apart by their strategy, and by the scenario and the settings in which the runs differ. A run that stands twice in files \
            of the same sweep counts once. Ends with status 0, 1 if the output cannot be written, 2 if the command line or a file is wrong.
            """)

    @Argument(help: "Files with a line of JSON for each run; - is the standard input.")
    var files: [String]

    @Option(
        help:
            "Draw a picture instead: \(Plot.Kind.allCases.map(\.rawValue).joined(separator: ", ")). With --of or --svg alone it is cumulative."
    )
    var plot: Plot.Kind?

    @Option(help: "What to draw: \(PutMeasure.allCases.map(\.rawValue).joined(separator: ", ")). The default is duration.")
    var of: PutMeasure?

    @Option(
        help: ArgumentHelp(
            "What puts are told apart by: strategy, scenario, nodes, or the path of a setting; several with commas between them.",
            valueName: "a,b"))
    var by: [String] = []

    @Option(help: "Write the picture into this file, as SVG; what was in the file before is gone.")
    var svg: String?

    @Option(help: "unicode or ascii: the signs of a picture on the terminal; by default what the locale can show.")
    var glyphs: GlyphSet?

    func run() throws {
        try Experiment.perform {
            let runs = try read()
            let words = by.flatMap { $0.split(separator: ",").map(String.init) }
            let criteria = try words.isEmpty ? ReportGroup.differences(of: runs) : ReportGroup.criteria(words, for: runs)
            let groups = ReportGroup.groups(of: runs, by: criteria)
            guard plot != nil || of != nil || svg != nil else {
                return try Self.write(FigureTable.lines(of: groups))
            }
            let picture = try Plot(plot ?? .cumulative, of: of ?? .duration, groups)
            if let svg {
                try Self.write(SVGPlot(picture, caption: Self.caption(runs)).text, to: svg)
                try Output.write("\(svg.harmless): written")
            } else {
                try Self.write(TextPlot(picture, width: Self.columns, isASCII: isASCII).lines)
            }
        }
    }

    private func read() throws -> [RunFigures] {
        var lines: [RunLines] = []
        for path in files {
            var file = RunLines(source: path == "-" ? "standard input" : path)
            try LineFile.read(path) { line, _ in try file.add(line) }
            try file.finish()
            lines.append(file)
        }
        return RunLines.merged(lines)
    }

    private static func write(_ lines: [String]) throws(Complaint) {
        var output = Output()
        for line in lines { try output.line(line.harmless) }
        try output.flush()
    }

    private static func caption(_ runs: [RunFigures]) -> String {
        var names: [String] = []
        for run in runs where !names.contains(run.scenario) { names.append(run.scenario) }
        let puts = runs.reduce(0) { $0 + $1.puts }
        return "\(names.joined(separator: ", ")): \(counted(puts, "put")) in \(counted(runs.count, "run")); kadscope \(Kadscope.version)"
    }

    /// Writes a file anew.
    private static func write(_ text: String, to path: String) throws(Complaint) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw Complaint(sentence: "\(path): \(Files.reason()); give the path of a file that can be written") }
        let isWritten = Files.write(Array(text.utf8), to: descriptor)
        let reason = Files.reason()
        close(descriptor)
        guard isWritten else { throw Complaint(sentence: "\(path): the picture could not be written: \(reason)", status: 1) }
    }

    /// The width of the terminal; 80 if the output goes elsewhere.
    private static var columns: Int {
        var size = winsize()
        guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return min(160, Int(size.ws_col))
    }

    /// Whether the locale, or the command line, wants nothing but ASCII.
    private var isASCII: Bool {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment($0) }.first?.uppercased() ?? ""
        let isUnicode = locale.contains("UTF-8") || locale.contains("UTF8")
        return GlyphSet(wanted: glyphs, terminal: environment("TERM") ?? "", isUnicode: isUnicode) != .unicode
    }
}

extension Plot.Kind: ExpressibleByArgument {}

extension PutMeasure: ExpressibleByArgument {}
