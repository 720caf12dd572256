import CNcurses
import Canvas
import Foundation
import Testing

@testable import Theming

@Suite struct GlyphsTests {
    /// All scalars of a set of glyphs, found by looking into the value: none can be forgotten.
    private func scalars(_ glyphs: Glyphs) -> [Unicode.Scalar] {
        Mirror(reflecting: glyphs).children.flatMap { child -> [Unicode.Scalar] in
            switch child.value {
            case let scalar as Unicode.Scalar: [scalar]
            case let list as [Unicode.Scalar]: list
            case let text as String: Array(text.unicodeScalars)
            case let line as LineGlyphs: line.pieces.filter { $0 != " " }
            case let box as BoxGlyphs: Mirror(reflecting: box).children.compactMap { $0.value as? Unicode.Scalar }
            default: []
            }
        }
    }

    @Test(arguments: GlyphSet.allCases)
    func allAreOneColumnWide(set: GlyphSet) throws {
        setlocale(LC_CTYPE, "C.UTF-8")
        try #require(String(cString: nc_codeset()) == "UTF-8")
        let all = scalars(.init(set))
        #expect(all.count > 60)
        for scalar in all {
            #expect(wcwidth(wchar_t(bitPattern: scalar.value)) == 1, "\(scalar)")
            #expect(scalar.shown == scalar)
        }
    }

    @Test func asciiIsASCII() {
        #expect(scalars(.init(.ascii)).allSatisfy { $0.isASCII && $0.value > 0x20 })
    }

    @Test(arguments: GlyphSet.allCases)
    func aSetHoldsItsGlyphs(set: GlyphSet) {
        #expect(scalars(.init(set)).filter { !set.holds($0) } == [])
    }

    /// Those of the upper half in Unicode, as any table of code page 437 shows them, and what it has not.
    @Test func codePage437() {
        #expect(["█", "░", "╬", "╓", "→", "►", "√", "é", "~", " "].allSatisfy { CodePage437.contains($0) })
        #expect(!["✓", "◔", "×", "…", "▁", "▏", "╭", "━", "┄", "Δ", "\u{7F}"].contains { CodePage437.contains($0) })
    }

    @Test(arguments: GlyphSet.allCases)
    func piecesOfLinesFitTogether(set: GlyphSet) {
        let line = Glyphs(set).line
        #expect(line.pieces.count == 16)
        #expect(line[[]] == " ")
        #expect(line[.up] == line.vertical && line[.down] == line.vertical)
        #expect(line[.left] == line.horizontal && line[.right] == line.horizontal)
        let names = [
            line.horizontal, line.vertical, line.topLeft, line.topRight, line.bottomLeft, line.bottomRight, line.teeRight, line.teeLeft,
            line.teeDown, line.teeUp, line.cross,
        ]
        #expect(names == Array((set == .ascii ? "-|+++++++++" : "─│┌┐└┘├┤┬┴┼").unicodeScalars))
    }

    @Test(arguments: GlyphSet.allCases)
    func arrowsHaveFourDirections(set: GlyphSet) {
        let glyphs = Glyphs(set)
        #expect(Set([glyphs.up, glyphs.down, glyphs.left, glyphs.right]).count == 4)
    }

    @Test(arguments: GlyphSet.allCases)
    func statesHaveGlyphsOfTheirOwn(set: GlyphSet) {
        let glyphs = Glyphs(set)
        #expect(Set([glyphs.todo, glyphs.waiting, glyphs.stored, glyphs.failed, glyphs.known]).count == 5)
        #expect(Set([glyphs.arrowIn, glyphs.arrowOut]).count == 2)
        #expect(glyphs.box != glyphs.boxFocused)
        #expect(glyphs.begin.columns == 2 && glyphs.end.columns == 2)
        #expect(!glyphs.spark.isEmpty && !glyphs.barParts.isEmpty)
        #expect(Set([glyphs.timelinePast, glyphs.timelineFuture, glyphs.timelineNow]).count == 3)
    }

    @Test(
        arguments: [
            (nil, "xterm-256color", true, GlyphSet.unicode), (nil, "linux", true, .cp437), (nil, "linux-16color", true, .cp437),
            (.unicode, "linux", true, .unicode), (.ascii, "xterm", true, .ascii), (nil, "xterm", false, .ascii),
            (.unicode, "xterm", false, .ascii), (nil, "linuxish", true, .unicode),
        ] as [(GlyphSet?, String, Bool, GlyphSet)])
    func theSetForATerminal(wanted: GlyphSet?, type: String, isUnicode: Bool, set: GlyphSet) {
        #expect(GlyphSet(wanted: wanted, terminal: type, isUnicode: isUnicode) == set)
    }

    @Test func sparkLevelsFollowTheFraction() {
        let glyphs = Glyphs(.unicode)
        #expect(glyphs.spark(at: 0) == "▁")
        #expect(glyphs.spark(at: 1) == "█")
        #expect(glyphs.spark(at: .nan) == "▁")
        #expect(glyphs.spark(at: 9) == "█")
    }
}
