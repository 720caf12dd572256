import Canvas
import Foundation
import Testing
import Theming

@Suite struct BuiltInThemesTests {
    /// The folder that themes are put into; the build embeds it as it is.
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Themes")

    @Test func theBinaryHoldsTheFolder() throws {
        let files = try FileManager.default.contentsOfDirectory(at: Self.folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "toml" }
        let contents = try files.map { ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8)) }
        let embedded = BuiltInThemes.texts.map { ($0.source, $0.text) }
        #expect(
            Dictionary(uniqueKeysWithValues: contents) == Dictionary(uniqueKeysWithValues: embedded),
            "a theme was rewritten in place: touch the folder Themes and build again")
    }

    @Test(arguments: BuiltInThemes.texts.map(\.id))
    func canBeRead(id: String) throws {
        let text = try #require(BuiltInThemes.text(named: id))
        let theme = try ThemeFile(text)
        #expect(theme.id == text.id)
        #expect(BuiltInThemes.named(text.id)?.name == theme.name)
    }

    @Test func allOfThemAreThere() {
        #expect(BuiltInThemes.all.count == BuiltInThemes.texts.count)
        #expect(BuiltInThemes.named("dark") != nil)
        #expect(BuiltInThemes.named("mono") != nil)
        #expect(BuiltInThemes.named("nope") == nil)
        #expect(BuiltInThemes.standard.id == "dark")
    }

    /// Whoever reads the screen must tell these apart, whatever the terminal can do.
    @Test(arguments: BuiltInThemes.all.map(\.id), ColorDepth.allCases)
    func statesDiffer(id: String, depth: ColorDepth) throws {
        let file = try #require(BuiltInThemes.named(id))
        let theme = file.resolved(for: depth)
        for group: [Role] in [
            [.stateTodo, .stateWaiting, .stateStored, .stateFailed], [.phaseFind, .phaseStore, .phaseWait, .phaseDone],
            [.paneBorder, .paneBorderFocus], [.selection, .selectionInactive, .text], [.dialogButton, .dialogFocus, .dialogBackground],
            [.timelinePast, .timelineFuture], [.diffAdd, .diffDelete], [.header, .headerPaused], [.hintKey, .hintText],
        ] {
            #expect(Set(group.map { theme.style($0) }).count == group.count, "\(group)")
        }
    }

    @Test(arguments: BuiltInThemes.all.map(\.id))
    func noStyleNeedsMoreThanTheDepth(id: String) throws {
        let file = try #require(BuiltInThemes.named(id))
        let (plain, few, many) = (file.resolved(for: .none), file.resolved(for: .ansi16), file.resolved(for: .palette256))
        for role in Role.allCases {
            let style = plain.style(role)
            #expect(style.foreground == .terminalDefault && style.background == .terminalDefault)
            for color in [few.style(role).foreground, few.style(role).background] {
                #expect(color == color.reduced(to: .ansi16))
            }
            for step in 0...10 {
                let color = many.gradient(role, at: Double(step) / 10).foreground
                #expect(color == color.reduced(to: .palette256))
            }
        }
    }

    /// Most themes bring their background along; for terminals whose own should stay there is a dark and a light one.
    @Test func backgrounds() throws {
        let own = BuiltInThemes.all.filter { $0.resolved(for: .trueColor).ground.background == .terminalDefault }
        #expect(own.map(\.id) == ["ansi", "dark", "light-clear", "mono"])
        for file in BuiltInThemes.all {
            guard case .rgb(let red, let green, let blue) = file.resolved(for: .trueColor).ground.background else { continue }
            #expect((Int(red) + Int(green) + Int(blue) < 384) == (file.variant == .dark), "\(file.id)")
            #expect(file.resolved(for: .ansi16).ground.background != .terminalDefault, "\(file.id)")
        }
    }

    @Test func theMonochromeThemeHasNoColour() throws {
        let theme = try #require(BuiltInThemes.named("mono")).resolved(for: .trueColor)
        for role in Role.allCases {
            #expect(theme.style(role) == Style(attributes: theme.style(role).attributes))
        }
    }
}
