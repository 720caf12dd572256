import Broadcasts
import Foundation
import Queries
import Simulation
import Testing
import Timeline

@testable import Scenarios

@Suite("Exports of traces")
struct ExportTests {
    /// A form of a trace.
    private func export(_ bytes: [UInt8], to form: TraceExport, path: TracePath = TracePath()) throws -> String {
        var reader = TraceReader()
        reader.feed(bytes)
        reader.finish()
        _ = try reader.next()
        var exporter = form.exporter(for: try #require(reader.header))
        var text = ""
        while let line = try reader.next() { if !form.isOfOneBranch || path.contains(line) { text += exporter.add(line) } }
        return text + exporter.finish()
    }

    /// The trace of by-hand with two branches.
    private func byHand() throws -> [UInt8] {
        let scenario = try #require(BuiltInScenario.named("by-hand")).scenario()
        var history = History(try scenario.world())
        history.go(to: .max)
        history.go(to: 12)
        try history.choose(.fail(2, .crashed))
        try history.choose(.poll)
        history.go(to: .max)
        history.nameBranch(1, "28 \"gone\"")
        var recorder = TraceRecorder(scenario.traceHeader(tool: ("test", "1")))
        return recorder.headerLine + recorder.lines(for: history) + recorder.endLine(.idle)
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

    /// Compares with a file that is kept, or writes it if asked to.
    private func expectFile(_ text: String, _ name: String) throws {
        let file = Self.folder.appending(path: name)
        if ProcessInfo.processInfo.environment["KADSCOPE_UPDATE_SNAPSHOTS"] == "1" { try Data(text.utf8).write(to: file) }
        #expect(try String(contentsOf: file, encoding: .utf8) == text, "\(name) differs; KADSCOPE_UPDATE_SNAPSHOTS=1 writes it anew")
    }

    @Test("by-hand in every form", arguments: TraceExport.allCases.filter { $0 != .swift })
    func forms(form: TraceExport) throws {
        try expectFile(try export(byHand(), to: form), "Exports/by-hand.\(form.rawValue)")
    }

    @Test("The exported test is the very one that is compiled into this suite")
    func swift() throws {
        let scenario = try #require(BuiltInScenario.named("by-hand")).scenario()
        try expectFile(try export(recording(scenario).bytes, to: .swift), "ExportedRunTests.swift")
    }

    @Test("The exported test sets the resiliency of its run, if that is set")
    func resiliency() throws {
        let scenario = try #require(BuiltInScenario.named("by-hand")).scenario()
        #expect(try !export(recording(scenario).bytes, to: .swift).contains("resiliency"))
        let bytes = try recording(scenario) { $0.pool.queries.resiliency = 2 }.bytes
        #expect(try export(bytes, to: .swift).contains(", requestTimeout: Nanoseconds(100000000), resiliency: 2)"))
    }

    @Test("A branch from the start to its end")
    func branch() throws {
        let branches = [TraceBranch(id: 1, parent: 0, fork: 12, name: "")]
        let path = try #require(TracePath(to: 1, branches: branches))
        let rows = try export(byHand(), to: .csv, path: path).split(separator: "\n").dropFirst()
        #expect(rows.enumerated().allSatisfy { $0.element.hasPrefix("\($0.offset + 1),") })
        let first = try export(byHand(), to: .csv).split(separator: "\n").dropFirst()
        #expect(rows.prefix(12) == first.prefix(12) && rows.dropFirst(12).first != first.dropFirst(12).first)
        #expect(TracePath(to: 2, branches: branches) == nil)
        #expect(TracePath(to: 1, branches: [TraceBranch(id: 1, parent: 1, fork: 0, name: "")]) == nil)
    }

    @Test("Perfetto's is JSON, SVG is XML, and every span that begins ends", arguments: ["by-hand", "stopped", "once-per-reply", "slots"])
    func wellFormed(name: String) throws {
        let (bytes, _) = try recording(try #require(BuiltInScenario.named(name)).scenario())
        let json = try JSONSerialization.jsonObject(with: Data(export(bytes, to: .perfetto).utf8)) as? [String: Any]
        let events = try #require(json?["traceEvents"] as? [[String: Any]])
        let phases = events.reduce(into: [:] as [String: Int]) { $0[$1["ph"] as? String ?? "", default: 0] += 1 }
        let unfinished = name == "once-per-reply" ? 1 : 0
        #expect(try #require(phases["b"]) == #require(phases["e"]) + unfinished)
        let svg = try export(bytes, to: .svg)
        #expect(svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>\n") && svg.count { $0 == "<" } == svg.count { $0 == ">" })
    }

    @Test("Names with everything in them that means something to a form")
    func hostileNames() throws {
        let evil = "\\\"\\n</text><script>;#%{}&,'\\u202e"
        let scenario = try read(network("size = 3").replacing("\"a\"", with: "\"\(evil)\"").replacing("\"r\"", with: "\"\(evil)\""))
        let bytes = try recording(scenario).bytes
        for form in TraceExport.allCases {
            let text = try export(bytes, to: form)
            #expect(!text.isEmpty && !(form == .svg && text.contains("<script>")) && !(form == .mermaid && text.contains(";</")))
        }
        #expect(try JSONSerialization.jsonObject(with: Data(export(bytes, to: .perfetto).utf8)) is [String: Any])
        #expect(try export(bytes, to: .swift).contains(#"id: "\"\n</text><script>;#%{}&,'\u{202e}""#))
    }

    @Test("Empty traces")
    func empty() throws {
        let scenario = try #require(BuiltInScenario.named("by-hand")).scenario()
        let header = TraceWriter(scenario.traceHeader(tool: ("", ""))).headerLine
        for form in TraceExport.allCases { #expect(!(try export(header, to: form)).isEmpty) }
        #expect(
            try export(header, to: .perfetto) == "{\"traceEvents\":[\n"
                + export(header, to: .perfetto).dropFirst("{\"traceEvents\":[\n".count))
    }
}
