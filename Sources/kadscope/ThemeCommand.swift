import ArgumentParser
import Canvas
import TOMLFields
import Theming

/// `kadscope theme …`: the themes themselves.
struct ThemeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "theme", abstract: "Lists and checks themes.", subcommands: [List.self, Check.self])

    /// `kadscope theme list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the built-in themes: name, for which terminals, title.")

        func run() throws {
            do {
                var output = Output()
                let width = BuiltInThemes.all.map(\.id.count).max() ?? 0
                for theme in BuiltInThemes.all {
                    let name = theme.id + String(repeating: " ", count: width - theme.id.count)
                    let variant = theme.variant == .dark ? "dark " : "light"
                    try output.line("\(name)  \(variant)  \(theme.name)")
                }
                try output.flush()
            } catch {
                error.end()
            }
        }
    }

    /// `kadscope theme check FILE…`.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks theme files: says what is wrong, where, what would be right, and which colours can hardly be read.",
            discussion: "Ends with status 1 if colours are too near to each other, 2 if a file is wrong or can't be read.")

        @Argument(help: "The paths of theme files.")
        var files: [String]

        func run() throws {
            do {
                var output = Output()
                var status: Int32 = 0
                for path in files {
                    do throws(Complaint) {
                        let warnings = try Check.warnings(about: path)
                        if !warnings.isEmpty { status = max(status, 1) }
                        for line in warnings.isEmpty ? ["correct"] : warnings { try output.line("\(path): \(line)".harmless) }
                        try output.flush()
                    } catch {
                        // A file that is wrong does not keep the next ones from being checked; an output that is full does.
                        guard error.status == 2 else { throw error }
                        error.tell()
                        status = error.status
                    }
                }
                if status != 0 { throw ExitCode(status) }
            } catch let complaint as Complaint {
                complaint.end()
            }
        }

        /// What can hardly be read with all colours, then what only with 256.
        ///
        /// - Throws: what is wrong with the file.
        private static func warnings(about path: String) throws(Complaint) -> [String] {
            let text = try Files.text(of: path)
            let theme: ThemeFile
            do { theme = try ThemeFile(text: text, source: path) } catch { throw Complaint(sentence: error.description) }
            let full = theme.resolved(for: .trueColor).lowContrasts()
            let reduced = theme.resolved(for: .palette256).lowContrasts().filter { finding in
                !full.contains { $0.role == finding.role && $0.ground == finding.ground }
            }
            return full.map(\.description) + reduced.map { "with 256 colours: \($0)" }
        }
    }
}
