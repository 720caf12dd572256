internal import Canvas
public import Theming

/// A theme that a person can choose.
public struct ThemeItem: Hashable, Sendable {
    /// What the owner knows it by.
    public let id: String
    /// Its title.
    public let name: String
    /// For which terminals it is.
    public let variant: Theme.Variant
    /// Where it comes from, in a few words.
    public let origin: String
    /// Why it cannot be chosen, if it cannot.
    public let problem: String?

    public init(id: String, name: String, variant: Theme.Variant, origin: String, problem: String?) {
        self.id = id
        self.name = name
        self.variant = variant
        self.origin = origin
        self.problem = problem
    }
}

/// The themes to choose from.
struct ThemeList: Sendable {
    /// All of them.
    var items: [ThemeItem] = []
    /// The id of the one that is kept.
    var chosen = ""
    /// The place of the one that is looked at while the list is open; nil when it is closed.
    var selected: Int?

    var isOpen: Bool { selected != nil }

    /// The id of the one to draw with. One that is broken is not drawn with.
    var shown: String {
        guard let selected, let item = items[safe: selected], item.problem == nil else { return chosen }
        return item.id
    }
}

// MARK: - Choosing a theme

extension Dashboard {
    /// The id of the theme to draw with: the chosen one, or the one that is looked at in the list of them.
    public var theme: String { themes.shown }

    /// Takes the themes that there are, and which one is drawn with. The list stays open if it is.
    public mutating func offer(_ items: [ThemeItem], chosen: String) {
        let looked = themes.selected.flatMap { themes.items[safe: $0]?.id }
        themes.items = items
        if !themes.isOpen { themes.chosen = chosen }
        guard themes.isOpen else { return }
        themes.selected = items.firstIndex { $0.id == looked } ?? items.firstIndex { $0.id == themes.chosen } ?? 0
    }

    mutating func openThemePicker() {
        guard !themes.items.isEmpty else {
            message = "there are no themes to choose from here"
            return
        }
        themes.selected = themes.items.firstIndex { $0.id == themes.chosen } ?? 0
    }

    /// The themes and the settings are files, and those are the owner's.
    mutating func reload() -> Effect { .reload }

    /// Moving through the list shows each theme at once.
    mutating func pressInThemes(_ key: KeyPress) -> Effect {
        guard let selected = themes.selected else { return .draw }
        let last = themes.items.count - 1
        switch keys.command(for: key) {
        case .up where selected == 0: message = "this is the first theme"
        case .up: themes.selected = selected - 1
        case .down where selected == last: message = "this is the last theme"
        case .down: themes.selected = selected + 1
        case .pageUp, .halfPageUp: themes.selected = max(0, selected - 5)
        case .pageDown, .halfPageDown: themes.selected = min(last, selected + 5)
        case .first: themes.selected = 0
        case .last: themes.selected = last
        case .open:
            guard let item = themes.items[safe: selected], item.problem == nil else { break }
            themes.chosen = item.id
            themes.selected = nil
            settings.theme = item.id
            message = "the theme \(item.name); kadscope --theme \(item.id) begins with it; \(keys.name(of: .settings)) keeps it"
            return .draw
        case .themes, .close, .quit:
            themes.selected = nil
            return .draw
        case .reload: return .reload
        case .repaint: return .repaint
        default:
            message =
                "\(key.name) does nothing here: \(keys.name(of: .open)) keeps the theme, \(keys.name(of: .quit)) brings the old one back"
        }
        if let place = themes.selected, let problem = themes.items[safe: place]?.problem { message = problem }
        return .draw
    }

    /// The columns for the names of the themes.
    private var themeNameWidth: Int { min(20, themes.items.map(\.id.columns).max() ?? 0) }

    /// Where the list stands, and its first line that can be seen: at the right, so that most of the screen shows what the theme is like.
    func placeOfThemes(in body: Rect) -> (rect: Rect, top: Int) {
        let originWidth = themes.items.map(\.origin.columns).max() ?? 0
        let columns = min(body.columns, 2 + 2 + themeNameWidth + 2 + 5 + 2 + originWidth + 1)
        let rows = min(body.rows, themes.items.count + 2)
        let rect = Rect(
            origin: body.origin.moved(columns: body.columns - columns - (body.columns > columns ? 1 : 0), rows: (body.rows - rows) / 2),
            size: Size(columns: columns, rows: rows))
        let visible = rect.inset().rows
        return (rect, min(max(0, (themes.selected ?? 0) - visible / 2), max(0, themes.items.count - visible)))
    }

    /// Draws the list.
    func drawThemes(on canvas: inout Canvas, in body: Rect, _ look: Look) {
        guard let selected = themes.selected else { return }
        let theme = look.theme
        let idWidth = themeNameWidth
        let (rect, top) = placeOfThemes(in: body)
        drawBox(rect, title: "Theme", foot: "\(keys.name(of: .open)): keep it   \(keys.name(of: .quit)): back", on: &canvas, look)
        let inner = rect.inset()
        let ground = theme.style(.dialogBackground)
        for row in 0..<inner.rows where row + top < themes.items.count {
            let item = themes.items[row + top]
            let line = inner.line(row)
            func write(_ text: String, at column: Int, _ role: Role) {
                canvas.write(
                    text.clipped(to: line.columns - column, ellipsis: look.glyphs.ellipsis), at: line.origin.moved(columns: column),
                    style: ground.overlaid(with: theme.style(role)))
            }
            let isSelected = row + top == selected
            write(isSelected ? String(look.glyphs.selection) : " ", at: 0, .paneBorderFocus)
            if item.id == themes.chosen { write(String(look.glyphs.answered), at: 1, .stateStored) }
            write(
                item.id.clipped(to: idWidth, ellipsis: look.glyphs.ellipsis), at: 2, item.problem == nil ? .text : .textDim)
            write(item.problem == nil ? item.variant.rawValue : String(look.glyphs.failed), at: 4 + idWidth, .textDim)
            write(item.origin, at: 11 + idWidth, .textDim)
            if isSelected { canvas.restyle(line) { $0.overlaid(with: theme.style(.selection)) } }
        }
    }
}
