import ArgumentParser
import Canvas
import TOMLFields
import Theming

/// `kadscope theme …`: the themes themselves.
struct ThemeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "theme", abstract: "Lists and checks themes, and tells what a theme can colour.",
        subcommands: [List.self, Check.self, Roles.self])

    /// `kadscope theme list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the themes: name, for which terminals, title, where it comes from.",
            discussion: "Your own are the .toml files of $XDG_CONFIG_HOME/kadscope/themes and ~/.config/kadscope/themes; one with the name "
                + "of a built-in theme stands before it, and may inherit it by that name.")

        func run() throws {
            do {
                let (library, problems) = UserThemes.library()
                var output = Output()
                var broken: [String] = []
                let width = library.entries.map(\.id.columns).max() ?? 0
                let themes = library.entries.compactMap { try? $0.theme.get() }
                let titleWidth = themes.map(\.name.columns).max() ?? 0
                for entry in library.entries {
                    switch entry.theme {
                    case .success(let theme):
                        let variant = theme.variant.rawValue.padded(to: 5)
                        let origin = entry.isBuiltIn ? "built in" : entry.text.source
                        let remark = entry.isShadowing ? " (before the built-in one)" : ""
                        try output.line(
                            "\(entry.id.padded(to: width))  \(variant)  \(theme.name.padded(to: titleWidth))  \(origin)\(remark)".harmless)
                    case .failure(let error): broken.append(error.description)
                    }
                }
                try output.flush()
                for problem in broken + problems { Complaint(sentence: problem).tell() }
                if !(broken + problems).isEmpty { throw ExitCode(2) }
            } catch let complaint as Complaint {
                complaint.end()
            }
        }
    }

    /// `kadscope theme roles`.
    struct Roles: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the roles that a theme can give a style: name, what is drawn in it, whose style it takes if a theme is silent."
        )

        func run() throws {
            do { try ThemeCommand.printRoles() } catch { error.end() }
        }
    }

    /// Prints the table of the roles.
    static func printRoles() throws(Complaint) {
        var output = Output()
        let width = Role.allCases.map(\.rawValue.columns).max() ?? 0
        let purposeWidth = Role.allCases.map(\.purpose.columns).max() ?? 0
        for role in Role.allCases {
            let fallback = role == .text ? "the terminal's own colours" : "as \(role.fallback ?? Role.text.rawValue)"
            try output.line("\(role.rawValue.padded(to: width))  \(role.purpose.padded(to: purposeWidth))  \(fallback)")
        }
        try output.flush()
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

        /// What can hardly be read or told apart with all colours, then what only with fewer of them.
        ///
        /// - Throws: what is wrong with the file.
        private static func warnings(about path: String) throws(Complaint) -> [String] {
            let text = try Files.text(of: path)
            let theme: ThemeFile
            let library = UserThemes.library().library
            do { theme = try library.read(ThemeText(id: path, source: path, text: text)) } catch {
                throw Complaint(sentence: error.description)
            }
            var warnings: [String] = []
            var seen: Set<Set<Role?>> = []
            for depth in ColorDepth.allCases.reversed() {
                let prefix = ["without colours: ", "with 16 colours: ", "with 256 colours: ", ""][depth.rawValue]
                let resolved = theme.resolved(for: depth)
                for finding in resolved.lowContrasts() where seen.insert([finding.role, finding.ground]).inserted {
                    warnings.append(prefix + finding.description)
                }
                for pair in resolved.lookAlikes() where seen.insert([pair.first, pair.second]).inserted {
                    warnings.append(prefix + pair.description)
                }
            }
            return warnings
        }
    }
}
