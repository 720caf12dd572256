import TOMLFields
import Testing

/// Whatever a file holds ends in an error, never in a trap.
@Suite struct HostileTests {
    private func complaint(_ text: String) -> String? {
        do throws(TOMLFieldError) {
            _ = try TOMLDocument(text: text, source: "t")
            return nil
        } catch {
            return error.description
        }
    }

    @Test func syntaxErrorsTellLineAndColumn() {
        let sentence = complaint("a = 1\nb 2")
        #expect(sentence?.hasPrefix("t:2:3: ") == true, "\(sentence ?? "")")
        #expect(sentence?.hasSuffix("; correct the TOML") == true)
        for text in [
            "a", "a =", "[", "[a", "a = [1", "a = {", "\"", "a = 'x", "a = \"\\q\"", "a = 1\na = 2", "[a]\n[a]", "= 1", "a.. = 1", "]",
        ] {
            #expect(complaint(text) != nil, "\(text)")
        }
    }

    /// The parser aborts the process for these if it gets to see them.
    @Test(arguments: [
        ("[=", "t:1: a table's header without a name; write [name]"), ("a=1\n[[\n", "t:2: a table's header without a name; write [name]"),
        ("[é]", "t:1: a table's header without a name; write [name]"),
        ("a = [}", "t:1: a value is missing; write a number, true, false, a \"string\", an [array] or a { table }"),
        ("a = [\u{2028}]", "t:1: a value is missing; write a number, true, false, a \"string\", an [array] or a { table }"),
        ("a = 1979-05-27T\"", "t:1: dates and times have no use here; write a string or a number"),
        ("a = 07:32:00", "t:1: dates and times have no use here; write a string or a number"),
    ])
    func whatTheParserAssertsOn(text: String, sentence: String) {
        #expect(complaint(text) == sentence)
    }

    @Test func exponentsAreNoDates() {
        #expect(complaint("a = 1e-5\nb = 6.0E-3\nc = -1\nd = 0xDEAD") == nil)
    }

    @Test func numbersTooLarge() {
        #expect(complaint("a = 99999999999999999999") != nil)
        #expect(complaint("a = 0xFFFFFFFFFFFFFFFFFF") != nil)
        #expect(complaint("a = -9223372036854775808") == nil)
    }

    @Test(arguments: [
        String(repeating: "[", count: 10_000), "a = " + String(repeating: "[", count: 10_000),
        "a = " + String(repeating: "{a=", count: 10_000), "a = " + String(repeating: "[{a=", count: 10_000),
        "[" + String(repeating: "a.", count: 10_000) + "a]", String(repeating: "a.", count: 100_000) + "a = 1",
        String(repeating: "\"a\".", count: 100_000) + "a = 1",
        "a = { " + String(repeating: "b.", count: 10_000) + "b = 1 }",
        "a = " + String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000),
    ])
    func deepNesting(text: String) {
        #expect(complaint(text) != nil)
    }

    @Test func theDepthLimitIsSaid() {
        #expect(
            complaint("\na = " + String(repeating: "[", count: 65) + String(repeating: "]", count: 65))
                == "t:2: tables and arrays are nested too deep; use at most 64 levels")
        #expect(complaint("a = " + String(repeating: "[", count: 60) + String(repeating: "]", count: 60)) == nil)
    }

    @Test func nulCharacters() {
        #expect(complaint("a = 1\nb = \"\0\"") == "t:2: the text holds the character NUL; leave it out")
        #expect(complaint("a = 1\nb = \"x\\u0000y\"") == "t:2: a string holds the character NUL; leave it out")
        #expect(complaint("\"a\\U00000000\" = 1") == "t:1: a string holds the character NUL; leave it out")
        #expect(complaint("a = 'x\\u0000y'") == nil)
    }

    @Test func tooLong() {
        let text = String(repeating: "#", count: TOMLDocument.sizeLimit + 1)
        #expect(complaint(text) == "t:1: the text has 1048577 bytes; use at most 1048576")
        #expect(complaint(String(text.dropLast())) == nil)
    }

    @Test func bytesThatAreNoUTF8() {
        let text = String(decoding: [0x61, 0x20, 0x3D, 0x20, 0xFF, 0xFE, 0x0A], as: UTF8.self)
        #expect(complaint(text) != nil)
        #expect(complaint("a = \"\u{FFFD}\"") == nil)
        #expect(complaint("a = \"\u{1}\"") != nil)
    }

    @Test func keysThatSwiftTakesForTheSame() throws {
        let root = try TOMLDocument(text: "\"\u{E9}\" = 1\n\"e\u{301}\" = 2", source: "t").root
        #expect(root.keys.count == 1)
    }

    /// Every beginning of a text with all of TOML in it, and every text with one byte of it replaced.
    @Test func mutilatedTexts() {
        let text =
            "a.\"b\" = \"\\u00e9\\n\" # c\r\n[[x.y]]\nd = [1, { e = '''f''' }, \"\"\"g\"\"\"\"]\n[h]\ni = 0x1F\nj = {k=-1.5e3,l.m=true}"
        let bytes = Array(text.utf8)
        for length in 0..<bytes.count { _ = complaint(String(decoding: bytes[..<length], as: UTF8.self)) }
        for place in bytes.indices {
            for byte in Array("\"'[]{}=.,#\n\\\0é".utf8) {
                var changed = bytes
                changed[place] = byte
                _ = complaint(String(decoding: changed, as: UTF8.self))
            }
        }
    }
}
