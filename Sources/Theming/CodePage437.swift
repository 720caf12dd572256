/// The characters of code page 437, which the Linux console and old terminals have in their fonts.
enum CodePage437 {
    private static let ranges: [ClosedRange<UInt32>] = [0x20...0x7E, 0x2550...0x256C]
    private static let others = Set(
        ("☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼⌂ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤┐└┴┬├─┼┘┌█▄▌▐▀"
            + "αßΓπΣσµτΦδΘΩ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■").unicodeScalars)

    /// Whether it has a glyph for this character.
    static func contains(_ scalar: Unicode.Scalar) -> Bool {
        ranges.contains { $0.contains(scalar.value) } || others.contains(scalar)
    }
}
