import Canvas
import Foundation
import Testing

@testable import Theming

@Suite struct ContrastTests {
    /// Without colours nothing has a contrast; then, as with few of them, it counts that roles still differ.
    @Test(arguments: BuiltInThemes.all.map(\.id), ColorDepth.allCases)
    func everyBuiltInThemeCanBeRead(id: String, depth: ColorDepth) throws {
        let theme = try #require(BuiltInThemes.named(id)).resolved(for: depth)
        #expect(theme.lowContrasts().map(\.description) == [])
        #expect(theme.lookAlikes().map(\.description) == [])
    }

    /// Black on xterm's ANSI colours: green has 9.6 on black and 2.2 on white, blue the other way round.
    @Test(arguments: [("dark", "green", 0), ("dark", "blue", 1), ("light", "green", 1), ("light", "blue", 0)])
    func with16ColoursThoseOfXtermAreJudged(variant: String, color: String, count: Int) throws {
        let theme = try ThemeFile(text: "variant = \"\(variant)\"\n[roles]\nnode = \"\(color)\"", source: "my.toml")
        #expect(theme.resolved(for: .ansi16).lowContrasts().count == count)
        #expect(theme.resolved(for: .palette256).lowContrasts().isEmpty)
    }

    @Test func thePaintedBackgroundIsTheOneThatCounts() throws {
        let low = try findings("[roles]\ntext = { fg = \"#ffffff\", bg = \"#777777\" }\nnode = \"#cccccc\"")
        // White on it has 4.478, just too little; the lighter grey less.
        #expect(low.contains { $0.role == .text && abs($0.ratio - 4.478) < 0.001 })
        #expect(low.contains { $0.role == .node && $0.ratio < 3 })
    }

    @Test func whatLooksAlikeIsFound() throws {
        let file = try ThemeFile(
            text:
                "inherits = \"dark\"\n[palette]\ngreen = { hex = \"#d7af5e\" }\n[roles]\n\"diff.add\" = { fg = 2 }\n\"diff.del\" = { fg = 1 }",
            source: "my.toml")
        #expect(!file.resolved(for: .trueColor).lookAlikes().contains { $0.first == .stateWaiting })
        // The nearest of 256 colours is the one of amber.
        #expect(
            file.resolved(for: .palette256).lookAlikes().contains(
                LookAlike(first: .stateWaiting, second: .stateStored, depth: .palette256)))
        #expect(
            file.resolved(for: .none).lookAlikes().map(\.description) == [
                "diff.add and diff.del look the same; give one of them other attributes with mono"
            ])
    }

    @Test(arguments: [ColorDepth.palette256, .trueColor])
    func highContrastHasMore(depth: ColorDepth) throws {
        let theme = try #require(BuiltInThemes.named("high-contrast")).resolved(for: depth)
        #expect(theme.lowContrasts(text: 7, faint: 4.5).map(\.description) == [])
    }

    @Test(arguments: BuiltInThemes.all.map(\.id))
    func everyRoleIsNamed(id: String) throws {
        let file = try #require(BuiltInThemes.named(id))
        for role in Role.allCases {
            #expect(role.fallbacks.contains { file.roles[$0] != nil }, "\(role.rawValue)")
        }
    }

    /// #767676 is the darkest grey that reaches 4.5 on white, #777777 just misses it: the well-known example of WCAG.
    @Test(arguments: [("#767676", 0), ("#777777", 1)])
    func theBorder(hex: String, count: Int) throws {
        let low = try findings("variant = \"light\"\n[roles]\nnode = \"\(hex)\"")
        #expect(low.count == count)
        #expect(low.allSatisfy { $0.role == .node && $0.ground == nil && abs($0.ratio - 4.478) < 0.001 })
    }

    @Test func whatIsBehindCounts() throws {
        let text = "[roles]\nselection = { bg = \"#444\" }\n\"dialog.bg\" = { bg = \"#fff\" }\nnode = \"#888\"\ntext.dim = \"#333\""
        let low = try findings(text)
        // White text in a white dialog; dark grey on black, on dark grey, not on white; middle grey on dark grey.
        #expect(
            low.map { "\($0.role.rawValue) \($0.ground?.rawValue ?? "-")" } == [
                "text dialog.bg", "text.dim -", "text.dim selection", "text.dim selection.inactive", "text.strong dialog.bg",
                "hint.key dialog.bg", "dialog.bg -", "node selection", "node selection.inactive",
            ])
        #expect(
            low.first?.description
                == "text on dialog.bg: the contrast is only 1.0; make it at least 4.5 with a lighter or darker colour")
    }

    @Test func coloursOfTheUsersOwnAreNotJudged() throws {
        #expect(try findings("[roles]\nnode = \"black\"\nselection = { fg = 8, bg = 8 }").isEmpty)
        #expect(try findings("[roles]\nnode = 16").count == 1)
    }

    @Test func everyStepOfAGradientIsJudged() throws {
        let low = try findings("[roles]\nspark = { gradient = [\"#ffffff\", \"#000000\"] }")
        #expect(low.map(\.role) == [.spark])
    }

    private func findings(_ text: String) throws -> [LowContrast] {
        try ThemeFile(text: text, source: "my.toml").resolved(for: .trueColor).lowContrasts()
    }
}
