import Foundation

/// Writes the theme files of a folder into one Swift file. Arguments: the folder, the Swift file.
@main
struct EmbedThemesTool {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else { throw ToolError(description: "usage: embed-themes FOLDER SWIFTFILE") }
        let folder = URL(filePath: arguments[1], directoryHint: .isDirectory)
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "toml" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
        let entries = try files.map { file in
            let text = try String(contentsOf: file, encoding: .utf8)
            return "        (file: \(file.lastPathComponent.debugDescription), text: \(text.debugDescription)),\n"
        }
        let source = """
            // Made from the folder Themes while building.
            enum EmbeddedThemes {
                static let files: [(file: String, text: String)] = [
            \(entries.joined())    ]
            }

            """
        try Data(source.utf8).write(to: URL(filePath: arguments[2]))
    }
}

/// Why nothing was written.
struct ToolError: Error, CustomStringConvertible {
    let description: String
}
