internal import Theming

/// A line of the list of settings.
enum Setting: CaseIterable, Sendable {
    case layout, speed, theme, glyphs, mouse, checks, write

    /// What it is called.
    var title: String {
        switch self {
        case .layout: "layout"
        case .speed: "speed"
        case .theme: "theme"
        case .glyphs: "glyphs"
        case .mouse: "mouse"
        case .checks: "checks"
        case .write: "write to the config file"
        }
    }

    /// What it is for, in a few words.
    var help: String {
        switch self {
        case .layout: "how the screen is divided"
        case .speed: "events a second while a run goes on"
        case .theme: "the colours"
        case .glyphs: "the characters that are drawn with"
        case .mouse: "whether clicks and the wheel do something"
        case .checks: "the laws at each step; from the next start on"
        case .write: "so that the next start looks like this one"
        }
    }

    /// The name of its field in the config file, if it is one.
    var field: String? { self == .write ? nil : title }
}

extension GlyphSet? {
    /// As the list of settings shows it.
    var settingText: String { self?.rawValue ?? "as the terminal" }
}
