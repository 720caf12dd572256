import Canvas
import TOMLFields
import Testing
import Theming

@Suite struct ThemeLibraryTests {
    private func text(_ id: String, _ text: String, in folder: String = "/home") -> ThemeText {
        ThemeText(id: id, source: "\(folder)/\(id).toml", text: text)
    }

    @Test func withoutFilesOfAUserItHoldsTheBuiltInThemes() {
        let library = ThemeLibrary()
        #expect(library.entries.map(\.id) == BuiltInThemes.texts.map(\.id).sorted())
        #expect(library.entries.allSatisfy { $0.isBuiltIn && !$0.isShadowing })
    }

    @Test func aUsersThemeStandsBeforeABuiltInOne() throws {
        let library = ThemeLibrary(user: [
            text("nord", "name = \"First\""), text("nord", "name = \"Second\"", in: "/other"), text("aurora", "inherits = \"nord\""),
        ])
        #expect(library.entries.map(\.id) == (BuiltInThemes.texts.map(\.id) + ["aurora"]).sorted())
        let nord = try #require(library.entry(named: "nord"))
        #expect(!nord.isBuiltIn && nord.isShadowing)
        #expect(try nord.theme.get().name == "First")
        let aurora = try #require(library.entry(named: "aurora"))
        #expect(!aurora.isBuiltIn && !aurora.isShadowing)
        // It inherits the user's nord, which has no styles, and not the built-in one.
        #expect(try aurora.theme.get().resolved(for: .trueColor).style(.node) == .plain)
        #expect(library.entry(named: "nope") == nil)
    }

    @Test func aBrokenThemeIsNoObstacleToTheOthers() throws {
        let library = ThemeLibrary(user: [text("broken", "[roles]\ntext = \"rde\"")])
        let entry = try #require(library.entry(named: "broken"))
        #expect(throws: TOMLFieldError.self) { try entry.theme.get() }
        #expect(library.entries.count { (try? $0.theme.get()) == nil } == 1)
    }

    @Test func aFileOutsideInheritsFromTheLibrary() throws {
        let library = ThemeLibrary(user: [text("mine", "[roles]\nnode = 5")])
        let theme = try library.read(ThemeText(id: "x.toml", source: "x.toml", text: "inherits = \"mine\""))
        #expect(theme.resolved(for: .trueColor).style(.node).foreground == .indexed(5))
    }

    @Test(arguments: [("nrod", "did you mean \"nord\"?"), ("mien", "did you mean \"mine\"?")])
    func aNameThatIsNoneHasARemedy(name: String, remedy: String) {
        let library = ThemeLibrary(user: [text("mine", "")])
        #expect(library.remedy(forUnknown: name) == remedy)
        #expect(library.remedy(forUnknown: "xxxxxxxx").hasPrefix("use one of ansi, "))
    }

    @Test func everyRoleSaysWhatItIsFor() {
        #expect(Set(Role.allCases.map(\.purpose)).count == Role.allCases.count)
        #expect(Role.stateFailed.fallback == "state")
        #expect(Role.paneBorderFocus.fallback == "pane.border")
        #expect(Role.text.fallback == nil)
    }
}
