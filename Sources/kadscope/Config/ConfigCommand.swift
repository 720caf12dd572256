import ArgumentParser
import Dashboard
import TOMLFields

/// `kadscope config …`: the config file itself.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Tells where the config file is, and checks it.", subcommands: [Check.self, PathCommand.self])

    /// `kadscope config check [FILE]`.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks a config file: says all that is wrong, where, and what would be right.",
            discussion: "Ends with status 2 if something is wrong, or the file can't be read.")

        @Argument(help: "The path of a config file; by default the one that kadscope config path names.")
        var file: String?

        func run() throws {
            do {
                let config = ConfigFile(file)
                guard let path = config.path else { throw ConfigCommand.homeless }
                guard let read = try config.read() else {
                    return try Output.write("\(path.harmless): there is no such file; all is as it comes")
                }
                for problem in read.problems { Complaint(sentence: problem.description).tell() }
                guard read.problems.isEmpty else { throw ExitCode(2) }
                _ = try config.theme(read.settings)
                try Output.write("\(path.harmless): correct")
            } catch let complaint as Complaint {
                complaint.end()
            }
        }
    }

    /// `kadscope config path`.
    struct PathCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "path", abstract: "Prints the path of the config file, whether there is one already or not.")

        func run() throws {
            do throws(Complaint) {
                guard let path = ConfigFile(nil).path else { throw ConfigCommand.homeless }
                try Output.write(path)
            } catch {
                error.end()
            }
        }
    }

    private static let homeless = Complaint(
        sentence: "the environment has no HOME, so there is no place for a config file; name one, or set HOME")
}
