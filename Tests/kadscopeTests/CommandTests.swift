import Foundation
import Scenarios
import Testing

@Suite("kadscope's subcommands")
struct CommandTests {
    @Test("Help works everywhere, and names every subcommand")
    func help() throws {
        let help = try Program.run("--help")
        #expect(help.status == 0)
        #expect(help.complaint == "")
        for name in [
            "open", "run", "compare", "sweep", "report", "scenario", "trace", "share", "explore", "theme", "conformance",
        ] {
            #expect(help.lines.contains { $0.hasPrefix("  \(name) ") }, "\(name)")
        }
        let scenario = try Program.run("scenario", "--help")
        for name in ["list", "show", "check"] { #expect(scenario.lines.contains { $0.hasPrefix("  \(name) ") }, "\(name)") }
        #expect(try Program.run("help", "scenario").output == scenario.output)
        let open = try Program.run("open", "--help")
        for option in ["--plain", "--theme", "--glyphs", "--verify", "--record"] { #expect(open.text.contains(option)) }
        #expect(try Program.run("conformance", "--help").status == 0)
        #expect(try Program.run("--version").lines.count == 1)
    }

    @Test("scenario list: a line for each, with its title")
    func list() throws {
        let result = try Program.run("scenario", "list")
        #expect(result.status == 0)
        #expect(result.lines.count == BuiltInScenario.all.count)
        for (line, builtIn) in zip(result.lines, BuiltInScenario.all) {
            #expect(line.hasPrefix(builtIn.name + " "))
            #expect(line.hasSuffix(try builtIn.scenario().title))
        }
    }

    @Test("scenario show: the file itself; scenario check finds nothing wrong with it", arguments: BuiltInScenario.all.map(\.name))
    func show(name: String) throws {
        let folder = try Program.Folder()
        let shown = try Program.run("scenario", "show", name)
        #expect(shown.status == 0)
        #expect(shown.text == (try #require(BuiltInScenario.named(name))).text + "\n")
        _ = try folder.file("mine.toml", shown.text)
        let check = try Program.run("scenario", "check", "mine.toml", in: folder.url)
        #expect(check.status == 0)
        #expect(check.text.hasPrefix("mine.toml: correct: "))
    }

    @Test("scenario check: the first wrong field, in one sentence; a file comes before a built-in name")
    func check() throws {
        let folder = try Program.Folder()
        _ = try folder.file("slots", "[network]\nsise = 3\n")
        let result = try Program.run("scenario", "check", "slots", in: folder.url)
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
        #expect(result.complaint == "kadscope: slots:2: network.sise: unknown field; did you mean \"size\"?\n")
        #expect(try Program.run("scenario", "check", "slots").status == 0)
    }

    @Test(
        "A wrong command line: one sentence on the standard error output, status 2",
        arguments: [
            (["--plan"], "Unknown option '--plan'"), (["conformance"], "Missing expected argument '<files> ...'"),
            (["--glyphs", "runes"], "The value 'runes' is invalid"), (["by-hand", "swarm"], "Unexpected argument 'swarm'"),
            (["scenario", "shw"], "Unexpected argument 'shw'"), (["scenario", "show"], "Missing expected argument '<name>'"),
            (["--theme"], "Missing value for '--theme <name|path|auto>'"),
        ])
    func wrongCommandLine(arguments: [String], start: String) throws {
        let result = try Program.run(arguments)
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
        #expect(result.complaint.hasPrefix("kadscope: \(start)"))
        #expect(result.complaint.split(separator: "\n").count == 1)
    }

    @Test(
        "A name that is no scenario: what may be meant, else what there is",
        arguments: [["--plain", "swrm"], ["scenario", "show", "swrm"], ["scenario", "check", "swrm"], ["swrm"]])
    func unknown(arguments: [String]) throws {
        let result = try Program.run(arguments)
        #expect(result.status == 2)
        #expect(result.complaint == "kadscope: there is no scenario and no file \"swrm\"; did you mean swarm?\n")
        let other = try Program.run(arguments.map { $0 == "swrm" ? "zzzzzz" : $0 })
        for builtIn in BuiltInScenario.all { #expect(other.complaint.contains(builtIn.name)) }
    }

    @Test("A path to nothing, a folder, a text of another encoding, an empty file, a text that is too long")
    func wrongFiles() throws {
        let folder = try Program.Folder()
        let files: [(String, Data?, String)] = [
            ("none.toml", nil, "none.toml: No such file or directory; give the path of a file that can be read"),
            ("latin.toml", Data([0x74, 0xE9, 0x0A]), "latin.toml: the file is not UTF-8 text; save it as such, or give another"),
            (
                "empty.toml", Data(),
                "empty.toml:1: network: it is missing; write [network] with size = 64, or see kadscope scenario show by-hand"
            ),
            ("long.toml", Data(repeating: 0x23, count: 2 << 20), "long.toml:1: the text has 2097152 bytes; use at most 1048576"),
            ("nul.toml", Data([0x0A, 0x00]), "nul.toml:2: the text holds the character NUL; leave it out"),
        ]
        for (name, content, sentence) in files {
            if let content { _ = try folder.file(name, content) }
            for arguments in [["--plain", name], ["scenario", "check", name]] {
                let result = try Program.run(arguments, in: folder.url)
                #expect(result.status == 2)
                #expect(result.output.isEmpty)
                #expect(result.complaint == "kadscope: \(sentence)\n")
            }
        }
        for name in ["./", "..", folder.url.path] {
            let result = try Program.run("--plain", name, in: folder.url)
            #expect(result.status == 2)
            #expect(result.complaint == "kadscope: \(name): Is a directory; give the path of a file that can be read\n")
        }
    }

    @Test("A file that may not be read", .enabled(if: geteuid() != 0, "root may read everything"))
    func unreadable() throws {
        let folder = try Program.Folder()
        let path = try folder.file("secret.toml", "")
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
        let result = try Program.run("--plain", "secret.toml", in: folder.url)
        #expect(result.status == 2)
        #expect(result.complaint == "kadscope: secret.toml: Permission denied; give the path of a file that can be read\n")
    }

    @Test("What stands in a name never steers the terminal")
    func controls() throws {
        let result = try Program.run("--plain", "a\u{1B}[31m\nb\u{9B}c\u{202E}d")
        #expect(result.status == 2)
        #expect(result.complaint.hasPrefix("kadscope: there is no scenario and no file \"a·[31m·b·c·d\""))
        #expect(result.complaint.split(separator: "\n").count == 1)
    }

    @Test("An unknown theme: which there are", arguments: ["dracula-like", "none.toml"])
    func theme(name: String) throws {
        let result = try Program.run("--theme", name)
        #expect(result.status == 2)
        #expect(result.complaint.hasPrefix("kadscope: "))
        #expect(result.complaint.contains(name))
        #expect(result.complaint.split(separator: "\n").count == 1)
    }
}
