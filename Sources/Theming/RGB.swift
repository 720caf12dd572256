/// Red, green and blue, each 0-255.
struct RGB: Hashable, Sendable {
    let red: UInt8
    let green: UInt8
    let blue: UInt8

    init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    private init(_ value: UInt32) {
        self.init(
            red: UInt8(truncatingIfNeeded: value >> 16), green: UInt8(truncatingIfNeeded: value >> 8),
            blue: UInt8(truncatingIfNeeded: value))
    }

    /// A colour from `#rrggbb` or `#rgb`; nil for any other text.
    init?(hex text: String) {
        guard text.hasPrefix("#"), text.utf8.dropFirst().allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let value = UInt32(text.dropFirst(), radix: 16)
        else { return nil }
        switch text.utf8.count {
        case 7: self.init(value)
        case 4:
            let (red, green, blue) = (value >> 8, value >> 4 & 0xF, value & 0xF)
            self.init(red << 20 | red << 16 | green << 12 | green << 8 | blue << 4 | blue)
        default: return nil
        }
    }

    /// What a terminal shows for each of its 256 colours: xterm's defaults. The first 16 are often changed by users, the rest are not.
    static let palette: [RGB] = {
        let ansi: [UInt32] = [
            0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
            0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
        ]
        let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
        var colors = ansi.map { RGB($0) }
        for red in levels {
            for green in levels {
                for blue in levels { colors.append(RGB(red: red, green: green, blue: blue)) }
            }
        }
        for grey in stride(from: UInt8(8), through: 238, by: 10) { colors.append(RGB(red: grey, green: grey, blue: grey)) }
        return colors
    }()
}
