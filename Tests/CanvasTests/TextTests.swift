import Canvas
import Testing

@Suite struct TextTests {
    @Test func everyGlyphOfTheScreenStaysItself() {
        let glyphs = "╔═╗║╚╝┌─┐│└┘▌…·✓◔✗→←▶●‖█░━┄◆⚑◂▸▼αΔ▁▂▃▄▅▆▇★○▴▾×é漢"
        #expect(glyphs.shown == glyphs.dropLast() + "?")
    }

    @Test(arguments: [
        ("a\u{1B}[31mb", "a·[31mb"), ("tab\tline\n", "tab·line·"), ("\u{7F}\u{85}\u{2028}", "···"),
        ("e\u{301}", "e"), ("👩‍👩‍👧", "???"), ("漢字", "??"), ("a\u{200B}b\u{FEFF}c", "abc"), ("x\u{A0}y\u{3000}", "x y?"),
        ("\u{202E}evil", "evil"), ("\u{E000}", "?"), ("\u{1161}", ""),
    ])
    func textOfOthersIsMadeHarmless(text: String, shown: String) {
        #expect(text.shown == shown)
        #expect(text.columns == shown.unicodeScalars.count)
    }

    @Test func clippedTextEndsInAnEllipsis() {
        #expect("abcdef".clipped(to: 4) == "abc…")
        #expect("abcdef".clipped(to: 6) == "abcdef")
        #expect("abcdef".clipped(to: 4, ellipsis: "~") == "abc~")
        #expect("abc".clipped(to: 1) == "…")
        #expect("abc".clipped(to: 0) == "")
        #expect("abc".clipped(to: .min) == "")
        #expect("a\u{301}bcd\n".clipped(to: 3) == "ab…")
        #expect("e\u{301}\u{301}".clipped(to: 1) == "e")
    }

    @Test func paddedTextIsAligned() {
        #expect("ab".padded(to: 5) == "ab   ")
        #expect("ab".padded(to: 5, alignment: .right) == "   ab")
        #expect("ab".padded(to: 5, alignment: .center) == " ab  ")
        #expect("abcdef".padded(to: 3) == "abcdef")
        #expect("ab".padded(to: -1) == "ab")
        #expect("ab".padded(to: .max).columns == Size.limit)
    }
}
