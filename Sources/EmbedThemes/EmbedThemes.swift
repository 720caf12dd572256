import Foundation
import PackagePlugin

/// Turns the theme files of the top-level `Themes` folder into Swift source of the target that uses the plugin.
///
/// The folder alone is the input: a file put into it, removed or replaced is so in the next build. One that is rewritten in place is not,
/// until the folder is touched; a test tells. Naming each file instead would make later builds fail as soon as one of them is removed.
@main
struct EmbedThemes: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let folder = context.package.directoryURL.appending(path: "Themes", directoryHint: .isDirectory)
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedThemes.swift")
        return [
            .buildCommand(
                displayName: "Embedding the themes",
                executable: try context.tool(named: "embed-themes").url,
                arguments: [folder.path(), output.path()],
                inputFiles: [folder],
                outputFiles: [output])
        ]
    }
}
