internal import CNcurses
internal import Canvas

/// The numbers that ncurses knows one terminal's colours by.
struct ColorNumbers {
    /// How a terminal is told a colour.
    private enum Way {
        /// Not at all.
        case none
        /// By the numbers of the 8 or 16 ANSI colours.
        case ansi
        /// By the 256 numbers that stand for the same colours everywhere.
        case palette
        /// By numbers from 16 on whose colours are changed to those that are wanted.
        case ownPalette
        /// By red, green and blue, in one number.
        case direct
    }

    private let way: Way
    /// The terminal's number of colours: bright colours want at least 16.
    private let count: Int32
    /// The numbers of a palette of our own, by red, green and blue in one number.
    private var slots: [Int32: Int32] = [:]

    /// The first number of a palette of our own, and how many there are.
    private static let firstSlot: Int32 = 16
    private static let slotCount = 240

    /// To be made once the screen is there. A nil depth is as deep as the terminal's colours go without changing its palette.
    init(depth wanted: ColorDepth?) {
        count = has_colors() ? tigetnum("colors") : 0
        let possible: Way = count >= 1 << 24 ? .direct : count >= 256 ? .palette : count >= 8 ? .ansi : .none
        switch wanted {
        case .some(.none): way = .none
        case .ansi16: way = possible == .none ? .none : .ansi
        case .palette256: way = possible
        case .trueColor: way = possible == .palette && can_change_color() ? .ownPalette : possible
        case nil: way = possible
        }
    }

    /// How many colours are used.
    var depth: ColorDepth {
        switch way {
        case .none: .none
        case .ansi: .ansi16
        case .palette: .palette256
        case .ownPalette, .direct: .trueColor
        }
    }

    /// Lets the colours of a palette of our own go, so that others can take their place. Everything has to be drawn again.
    ///
    /// - Returns: whether there were any.
    mutating func forget() -> Bool {
        guard !slots.isEmpty else { return false }
        slots = [:]
        return true
    }

    /// ncurses's number of a colour, -1 for the terminal's own; may replace a colour that is lacking by an attribute.
    mutating func number(of color: Color, isBackground: Bool, _ attributes: inout Attributes) -> Int32 {
        guard way != .none else { return -1 }
        switch color {
        case .terminalDefault: return -1
        case .rgb(let red, let green, let blue): return number(red, green, blue)
        case .indexed(let index):
            if index < 16 {
                let known = way == .direct ? 8 : min(count, 16)
                return Int32(index) < known ? Int32(index) : brightNumber(index, isBackground: isBackground, &attributes)
            }
            switch way {
            case .none, .ansi: return -1
            case .palette: return Int32(index)
            case .ownPalette, .direct:
                let (red, green, blue) = ColorNumbers.fixed(index)
                return number(red, green, blue)
            }
        }
    }

    private mutating func number(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int32 {
        let value = Int32(red) << 16 | Int32(green) << 8 | Int32(blue)
        switch way {
        case .none, .ansi: return -1
        case .palette: return 16 + 36 * ColorNumbers.level(red) + 6 * ColorNumbers.level(green) + ColorNumbers.level(blue)
        // The lowest numbers are the ANSI colours.
        case .direct: return value < 8 ? 0 : value
        case .ownPalette: return slot(value)
        }
    }

    /// The number of a colour in a palette of our own. When none is left, that of the nearest colour there.
    private mutating func slot(_ value: Int32) -> Int32 {
        if let slot = slots[value] { return slot }
        guard slots.count < ColorNumbers.slotCount else {
            let nearest = slots.min { left, right in
                (ColorNumbers.distance(left.key, value), left.value) < (ColorNumbers.distance(right.key, value), right.value)
            }
            return nearest?.value ?? -1
        }
        let slot = ColorNumbers.firstSlot + Int32(slots.count)
        // ncurses counts from 0 to 1000, and rounds down when it counts to 255 again.
        let parts = ColorNumbers.parts(value).map { ($0 * 1000 + 254) / 255 }
        guard init_extended_color(slot, parts[0], parts[1], parts[2]) == OK else { return -1 }
        slots[value] = slot
        return slot
    }

    private static func parts(_ value: Int32) -> [Int32] { [value >> 16 & 0xFF, value >> 8 & 0xFF, value & 0xFF] }

    private static func distance(_ left: Int32, _ right: Int32) -> Int32 {
        zip(parts(left), parts(right)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
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

    /// What one of the numbers from 16 on stands for: the cube, then the greys.
    private static func fixed(_ index: UInt8) -> (UInt8, UInt8, UInt8) {
        guard index < 232 else {
            let grey = 8 + 10 * (index - 232)
            return (grey, grey, grey)
        }
        let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
        let place = Int(index) - 16
        return (levels[place / 36], levels[place / 6 % 6], levels[place % 6])
    }
}
