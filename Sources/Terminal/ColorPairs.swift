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

    private var colors: ColorNumbers
    private let limit: Int32
    /// Whether -1 stands for the terminal's own colours.
    private let hasDefault: Bool
    private var numbers: [Pair: Int32] = [:]

    /// How many colours are used, at most the terminal's own number of them.
    var depth: ColorDepth { colors.depth }

    /// To be made once the screen is there. A nil `depth` is as deep as the terminal's colours go without changing its palette.
    init(depth wanted: ColorDepth?) {
        // Before it ncurses does not know how many colours there are.
        if has_colors(), wanted != ColorDepth.none { start_color() }
        colors = ColorNumbers(depth: wanted)
        hasDefault = colors.depth != .none && use_default_colors() == OK
        limit = nc_color_pairs()
    }

    /// The attributes and pair for a style.
    mutating func look(of style: Style) -> Look {
        var attributes = style.attributes
        var foreground = colors.number(of: style.foreground, isBackground: false, &attributes)
        let background = colors.number(of: style.background, isBackground: true, &attributes)
        // Where grey is lacking it is the terminal's own colour, dim, and that may be the one of this background.
        if style.foreground == .indexed(8), foreground < 0, background >= 0 {
            foreground = background == COLOR_BLACK ? COLOR_WHITE : COLOR_BLACK
        }
        return Look(attributes: ColorPairs.bits(attributes), pair: pair(foreground, background))
    }

    /// Makes room for other colours where the palette is ours.
    ///
    /// - Returns: whether everything has to be drawn again.
    mutating func forgetColors() -> Bool { colors.forget() }

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
