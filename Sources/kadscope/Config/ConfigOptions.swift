import ArgumentParser

/// Which config file counts.
struct ConfigOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A config file: theme, glyphs, layout, keys. By default the one that kadscope config path names.", valueName: "file"))
    var config: String?

    @Flag(name: .customLong("no-config"), help: "Open with what holds without a config file; nothing that is typed is kept.")
    var isWithoutConfig = false

    func validate() throws {
        if config != nil, isWithoutConfig { throw ValidationError("--config and --no-config exclude each other; leave out one of them") }
    }

    /// The config file.
    var file: ConfigFile { ConfigFile(config, isWanted: !isWithoutConfig) }
}

/// What is printed instead of a run.
struct ReferenceOptions: ParsableArguments {
    @Flag(help: "Print which key does what, and the names of the commands for the config file.")
    var printKeys = false

    @Flag(help: "Print the manual page; kadscope --print-man > kadscope.1 and man ./kadscope.1 show it.")
    var printMan = false

    @Flag(help: "Print what a theme can colour, as kadscope theme roles does.")
    var printThemeRoles = false
}
