import Foundation
import Testing

@Suite("The manual page of kadscope")
struct ManualTests {
    @Test("--print-man: sections, every flag of --help, every command; groff has nothing to say about it")
    func manual() throws {
        let page = try Program.run("--print-man")
        #expect(page.status == 0)
        for section in [
            "NAME", "SYNOPSIS", "OPTIONS", "COMMANDS", "KEYS", "COMMAND LINE", "FILTERS", "CONFIGURATION", "FILES", "EXIT STATUS",
        ] {
            #expect(page.lines.contains(".SH \"\(section)\""))
        }
        let help = try Program.run("help", "open").lines.compactMap { line in
            line.hasPrefix("  --") ? line.dropFirst(2).prefix { $0 != " " } : nil
        }
        #expect(help.count > 8)
        for flag in help where flag != "--version" { #expect(page.text.contains("\\fB\(flag.replacing("-", with: "\\-"))"), "\(flag)") }
        for line in page.lines {
            #expect(line.utf8.allSatisfy { $0 < 0x80 })
            #expect(!line.hasPrefix("'"))
        }
        // What an option is for stands below its name.
        let names = page.lines.indices.filter { page.lines[$0] == ".TP" }
        for place in names {
            #expect(place + 2 < page.lines.count && page.lines[place + 1].hasPrefix("\\fB") && !page.lines[place + 2].hasPrefix("."))
        }
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/groff") else { return }
        let folder = try Program.Folder()
        let path = try folder.file("kadscope.1", page.output)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/groff")
        process.arguments = ["-man", "-ww", "-z", "-Tutf8", path]
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        process.waitUntilExit()
        #expect(String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self) == "")
    }
}
