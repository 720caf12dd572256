public import Canvas
public import Theming

/// What somebody can set for good: what the config file holds.
public struct Settings: Equatable, Sendable {
    /// How many colours to use at most.
    public enum Color: String, CaseIterable, Sendable {
        case never
        case sixteen = "16"
        case palette = "256"
        case trueColor = "true"

        /// The depth of colour that it stands for.
        public var depth: ColorDepth {
            switch self {
            case .never: .none
            case .sixteen: .ansi16
            case .palette: .palette256
            case .trueColor: .trueColor
            }
        }
    }

    /// The name of a theme, or the path of its file; `nil` for the usual one.
    public var theme: String?
    /// The glyphs to draw with; `nil` for what the terminal can show.
    public var glyphs: GlyphSet?
    /// How many colours to use; `nil` for what the terminal has.
    public var color: Color?
    /// Whether the mouse is listened to; `nil` for the usual.
    public var mouse: Bool?
    /// How the screen is divided at the start.
    public var layout = Preset.debug
    /// The steps per second of a run, one of ``speeds``.
    public var speed = Settings.speeds[Settings.normalSpeed]
    /// Whether the laws of the machines are checked at each step.
    public var checks = true
    /// Which key does what.
    public var keys = KeyMap.standard

    /// What holds without a config file.
    public init() {}

    /// The steps per second that a run can have.
    public static let speeds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000]
    /// The place of the usual speed in ``speeds``.
    static let normalSpeed = 3

    /// What stands in the config file for what has no other word: the program decides.
    public static let automatic = "auto"

    /// The fields of the config file, in their usual order.
    public static let fields = ["theme", "glyphs", "color", "mouse", "layout", "speed", "checks", "keys"]

    /// The lines of a config file that make another file say what this one says, by field; the keys are left out.
    public func lines(insteadOf other: Settings) -> [(field: String, value: String)] {
        let (own, others) = (values, other.values)
        return own.indices.filter { own[$0].value != others[$0].value }.map { own[$0] }
    }

    private var values: [(field: String, value: String)] {
        func quoted(_ text: String?) -> String {
            let escaped = (text ?? Self.automatic).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            return "\"\(escaped)\""
        }
        return [
            ("theme", quoted(theme)), ("glyphs", quoted(glyphs?.rawValue)), ("color", quoted(color?.rawValue)),
            ("mouse", mouse.map { "\($0)" } ?? quoted(nil)), ("layout", quoted(layout.rawValue)), ("speed", "\(speed)"),
            ("checks", "\(checks)"),
        ]
    }
}
