public import ArgumentParser
import Canvas
public import Theming

/// How the screen is to look: what every command that opens it takes.
struct LookOptions: ParsableArguments {
    /// A name, a path, or `auto`.
    @Option(
        help: ArgumentHelp(
            "A theme (see: kadscope theme list), the path of a theme file, or auto: dark or light, as the terminal is.",
            valueName: "name|path|auto"))
    var theme = "auto"

    @Option(help: "unicode, cp437 (old terminals, the Linux console) or ascii; by default what the locale and the terminal can show.")
    var glyphs: GlyphSet?

    @Option(
        help: ArgumentHelp(
            "How many colours to use, at most what the terminal has. By default what it has, and never if NO_COLOR is set. With true its "
                + "palette is changed where it can be, until the program ends.", valueName: "never|16|256|true"))
    var color: ColorChoice?
}

/// How many colours somebody wants.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
    case never
    case sixteen = "16"
    case palette = "256"
    case trueColor = "true"

    /// The depth it stands for.
    var depth: ColorDepth {
        switch self {
        case .never: .none
        case .sixteen: .ansi16
        case .palette: .palette256
        case .trueColor: .trueColor
        }
    }
}

extension GlyphSet: ExpressibleByArgument {}
