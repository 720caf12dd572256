import CNcurses
import Canvas
import Foundation
import Testing
import Theming

@Suite struct GlyphsTests {
    /// All scalars of a set of glyphs, found by looking into the value: none can be forgotten.
    private func scalars(_ glyphs: Glyphs) -> [Unicode.Scalar] {
        Mirror(reflecting: glyphs).children.flatMap { child -> [Unicode.Scalar] in
            switch child.value {
            case let scalar as Unicode.Scalar: [scalar]
            case let list as [Unicode.Scalar]: list
            case let text as String: Array(text.unicodeScalars)
            case let box as BoxGlyphs: Mirror(reflecting: box).children.compactMap { $0.value as? Unicode.Scalar }
            default: []
            }
        }
    }

    @Test func allAreOneColumnWide() throws {
        setlocale(LC_CTYPE, "C.UTF-8")
        try #require(String(cString: nc_codeset()) == "UTF-8")
        let all = scalars(.init(.unicode))
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
    func statesHaveGlyphsOfTheirOwn(set: GlyphSet) {
        let glyphs = Glyphs(set)
        #expect(Set([glyphs.todo, glyphs.waiting, glyphs.stored, glyphs.failed, glyphs.known]).count == 5)
        #expect(Set([glyphs.arrowIn, glyphs.arrowOut]).count == 2)
        #expect(glyphs.box != glyphs.boxFocused)
        #expect(glyphs.begin.columns == 2 && glyphs.end.columns == 2)
        #expect(!glyphs.spark.isEmpty && !glyphs.barParts.isEmpty)
        #expect(Set([glyphs.timelinePast, glyphs.timelineFuture, glyphs.timelineNow]).count == 3)
    }

    @Test func sparkLevelsFollowTheFraction() {
        let glyphs = Glyphs(.unicode)
        #expect(glyphs.spark(at: 0) == "▁")
        #expect(glyphs.spark(at: 1) == "█")
        #expect(glyphs.spark(at: .nan) == "▁")
        #expect(glyphs.spark(at: 9) == "█")
    }
}
