import TOMLFields
import Testing

@Suite struct LineTests {
    private func root(_ text: String) throws -> TOMLFields { try TOMLDocument(text: text, source: "t").root }

    @Test func dottedAndQuotedKeys() throws {
        let root = try root("a.b.\"c d\" = 1\n'x.y' . z = 2\n[ q . \"r\" ]\n\"é\\n\" = 3\n")
        let c = try #require(try root.table("a")?.table("b"))
        #expect(c.line(of: "c d") == 1)
        #expect(c.path(of: "c d") == "a.b.\"c d\"")
        #expect(try root.table("x.y")?.line(of: "z") == 2)
        #expect(try root.table("q")?.table("r")?.line(of: "é\n") == 4)
    }

    /// Characters count, not bytes, and a mark of the byte order is none.
    @Test(arguments: [
        ("x = 1", "x", 1), ("\u{FEFF}x = 1", "x", 1), ("  x = 1", "x", 3), ("[a]\nb = 1\nx = 1", "a.x", 1),
        ("a = { \"é\" = \"éé\", x = 1 }", "a.x", 19),
        ("a . x = 1", "a.x", 5), ("[ a . x ]", "a.x", 7), ("a = [\n  1,\n  2 ]", "a", 1),
    ])
    func columnsOnRequest(text: String, field: String, column: Int) throws {
        let names = field.split(separator: ".").map(String.init)
        func complaint(_ tellsColumns: Bool) throws -> TOMLFieldError {
            var table = try TOMLDocument(text: text, source: "t", tellsColumns: tellsColumns).root
            for name in names.dropLast() { table = try #require(try table.table(name)) }
            return table.error(names[names.count - 1], "wrong", remedy: "right")
        }
        let line = try complaint(true).line
        #expect(try complaint(true).description == "t:\(line):\(column): \(field): wrong; right")
        #expect(try complaint(false).description == "t:\(line): \(field): wrong; right")
    }

    @Test func stringsAndArraysOverManyLines() throws {
        let text = #"""
            a = """
            b = 1 # not a field
            [c]
            \""" quoted """""
            d = '''
            # [e]
            '''
            f = [ # [
              "]", '[', # ]
              [1,
               2],
            ]
            g = 7
            """#
        let root = try root(text)
        #expect(root.keys == ["a", "d", "f", "g"])
        #expect(root.line(of: "d") == 5)
        #expect(root.line(of: "g") == 13)
    }

    @Test func arraysOfTablesAreCounted() throws {
        let text = "[[a]]\nx=1\n[[a.b]]\ny=1\n[[a.b]]\ny=2\n[[a]]\n[[a.b]]\ny=3\n[a.c]\nz=1"
        let a = try root(text).tables("a")
        #expect(try a[0].tables("b").map { $0.line(of: "y") } == [4, 6])
        #expect(try a[1].tables("b").map { $0.line(of: "y") } == [9])
        #expect(try a[1].table("c")?.line(of: "z") == 11)
        #expect(a[1].line(of: "missing") == 7)
    }

    @Test func inlineTablesAndTheirKeys() throws {
        let text = "a = { z = 1, y = { x = 2, b.c = 3 } }\nt = [\n  { k = 1 },\n  { k = 2 },\n]"
        let root = try root(text)
        #expect(try root.table("a")?.keys == ["z", "y"])
        #expect(try root.table("a")?.table("y")?.keys == ["x", "b"])
        #expect(try root.tables("t").map { $0.line(of: "k") } == [3, 4])
    }

    @Test func lineEndsOfAnySystem() throws {
        let root = try root("\u{FEFF}a = 1\r\n\r\n[b]\r\nc = \"\"\"\r\nx\r\n\"\"\"\r\nd = 2\r\n")
        #expect(root.line(of: "a") == 1)
        #expect(try root.table("b")?.line(of: "d") == 7)
    }
}
