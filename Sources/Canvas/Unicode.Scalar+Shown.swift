extension Unicode.Scalar {
    /// What a canvas shows in this scalar's stead, a glyph of one column; nil for what is dropped.
    ///
    /// - Controls, line ends and paragraph ends become `·`: external text cannot move the cursor.
    /// - Marks that combine with the letter before, joiners and other invisible format characters are dropped.
    /// - Glyphs that fill two columns (CJK, emoji) and code points without a meaning become `?`.
    /// - Spaces of any kind become a space, and everything else stays as it is.
    public var shown: Unicode.Scalar? {
        if value >= 0x20 && value < 0x7F { return self }
        if isWide { return "?" }
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator:
            return "·"
        case .nonspacingMark, .enclosingMark, .format:
            return nil
        case .spaceSeparator:
            return " "
        case .unassigned, .surrogate, .privateUse:
            return "?"
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .spacingMark, .decimalNumber,
            .letterNumber, .otherNumber, .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
            return isJoiningJamo ? nil : self
        @unknown default:
            return "?"
        }
    }

    /// Whether terminals draw the glyph over two columns: emoji and the East Asian wide and full-width blocks.
    private var isWide: Bool {
        switch value {
        case ..<0x1100:
            return false
        case 0x1100...0x115F, 0x2329...0x232A, 0x2630...0x2637, 0x268A...0x268F, 0x2E80...0x303E, 0x3040...0x4DBF, 0x4DC0...0xA4CF,
            0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
            0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1D300...0x1D376, 0x1F200...0x1F265, 0x1F300...0x1F320, 0x20000...0x3FFFD:
            return true
        default:
            return properties.isEmojiPresentation
        }
    }

    /// Whether this is a Hangul vowel or final consonant, which terminals draw into the syllable before it.
    private var isJoiningJamo: Bool {
        (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FB).contains(value)
    }
}
