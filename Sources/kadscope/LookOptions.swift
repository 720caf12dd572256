public import ArgumentParser
public import Dashboard
public import Theming

/// How the screen is to look: what every command that opens it takes.
struct LookOptions: ParsableArguments {
    /// A name, a path, or `auto`, which is the default.
    @Option(
        help: ArgumentHelp(
            "A theme (see: kadscope theme list), the path of a theme file, or auto, the default: dark or light, as the terminal is.",
            valueName: "name|path|auto"))
    var theme: String?

    @Option(help: "unicode, cp437 (old terminals, the Linux console) or ascii; by default what the locale and the terminal can show.")
    var glyphs: GlyphSet?

    @Option(
        help: ArgumentHelp(
            "How many colours to use, at most what the terminal has. By default what it has, and never if NO_COLOR is set. With true its "
                + "palette is changed where it can be, until the program ends.", valueName: "never|16|256|true"))
    var color: Settings.Color?
}

extension GlyphSet: ExpressibleByArgument {}

extension Settings.Color: ExpressibleByArgument {}
