internal import CNcurses
internal import Canvas

/// The colours of one terminal as ncurses wants them: pairs of numbers, each pair with a number of its own.
///
/// Terminals have as few as 64 pairs, so a pair is made when it is first drawn with.
struct ColorPairs {
    /// What a style comes to on the terminal.
    struct Look: Equatable {
        var attributes: attr_t
        var pair: Int32
    }

    private struct Pair: Hashable {
        let foreground: Int32
        let background: Int32
    }

    /// How many colours are used, at most the terminal's own number of them.
    let depth: ColorDepth
    /// The terminal's number of colours: bright colours want at least 16.
    private let colors: Int32
    private let limit: Int32
    /// Whether -1 stands for the terminal's own colours.
    private let hasDefault: Bool
    private var numbers: [Pair: Int32] = [:]

    /// To be made once the screen is there. A nil `depth` is as deep as the terminal's colours go.
    init(depth wanted: ColorDepth?) {
        colors = has_colors() ? tigetnum("colors") : 0
        let possible: ColorDepth = colors >= 256 ? .palette256 : colors >= 8 ? .ansi16 : .none
        depth = min(wanted ?? possible, possible)
        if depth != .none { start_color() }
        hasDefault = depth != .none && use_default_colors() == OK
        limit = nc_color_pairs()
    }

    /// The attributes and pair for a style.
    mutating func look(of style: Style) -> Look {
        var attributes = style.attributes
        let foreground = number(of: style.foreground, isBackground: false, &attributes)
        let background = number(of: style.background, isBackground: true, &attributes)
        return Look(attributes: ColorPairs.bits(attributes), pair: pair(foreground, background))
    }

    private mutating func pair(_ foreground: Int32, _ background: Int32) -> Int32 {
        guard foreground >= 0 || background >= 0 else { return 0 }
        let wanted =
            hasDefault
            ? Pair(foreground: foreground, background: background)
            : Pair(foreground: foreground < 0 ? COLOR_WHITE : foreground, background: background < 0 ? COLOR_BLACK : background)
        if let number = numbers[wanted] { return number }
        let number = Int32(numbers.count + 1)
        guard number < limit, init_extended_pair(number, wanted.foreground, wanted.background) == OK else {
            // No pair is left: the glyph's colour says more than the one behind it.
            return numbers[Pair(foreground: wanted.foreground, background: hasDefault ? -1 : COLOR_BLACK)] ?? 0
        }
        numbers[wanted] = number
        return number
    }

    /// ncurses's number of a colour, -1 for the terminal's own; may replace a colour that is lacking by an attribute.
    private func number(of color: Color, isBackground: Bool, _ attributes: inout Attributes) -> Int32 {
        guard depth != .none else { return -1 }
        switch color {
        case .terminalDefault:
            return -1
        case .rgb(let red, let green, let blue):
            guard depth >= .palette256 else { return -1 }
            return 16 + 36 * ColorPairs.level(red) + 6 * ColorPairs.level(green) + ColorPairs.level(blue)
        case .indexed(let index):
            if Int32(index) < min(colors, depth == .ansi16 ? 16 : 256) { return Int32(index) }
            guard index < 16 else { return -1 }
            return brightNumber(index, isBackground: isBackground, &attributes)
        }
    }

    /// A bright colour where there are but eight: bold brings it about, and grey is dim, or reverse behind a glyph.
    private func brightNumber(_ index: UInt8, isBackground: Bool, _ attributes: inout Attributes) -> Int32 {
        guard index != 8 else {
            attributes.insert(isBackground ? .reverse : .dim)
            return -1
        }
        if !isBackground { attributes.insert(.bold) }
        return Int32(index) - 8
    }

    /// The level of the 6 × 6 × 6 cube that is nearest to a component.
    private static func level(_ component: UInt8) -> Int32 {
        component < 48 ? 0 : component < 115 ? 1 : (Int32(component) - 35) / 40
    }

    private static func bits(_ attributes: Attributes) -> attr_t {
        var bits: attr_t = 0
        if attributes.contains(.bold) { bits |= nc_bold() }
        if attributes.contains(.dim) { bits |= nc_dim() }
        if attributes.contains(.italic) { bits |= nc_italic() }
        if attributes.contains(.underline) { bits |= nc_underline() }
        if attributes.contains(.reverse) { bits |= nc_reverse() }
        return bits
    }
}
