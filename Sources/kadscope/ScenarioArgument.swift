import Museum
import Scenarios
import TOMLFields

/// Finds the scenario that somebody named.
enum ScenarioArgument {
    /// The built-in scenario of this name, or the one in the file at this path; without a name the first built-in one.
    ///
    /// - Parameter prefersFile: whether a file comes before a built-in scenario of the same name.
    /// - Throws: what is wrong with the name or the file.
    static func scenario(_ argument: String?, prefersFile: Bool = false) throws(Complaint) -> Scenario {
        do {
            guard let argument else { return try BuiltInScenario.all[0].scenario() }
            if prefersFile, Files.exists(argument) { return try file(argument) }
            if let builtIn = BuiltInScenario.named(argument) { return try builtIn.scenario() }
            if let exhibit = Exhibit.named(argument) { return Scenario(exhibit) }
            guard argument.contains("/") || argument.hasSuffix(".toml") || Files.exists(argument) else { throw unknown(argument) }
            return try file(argument)
        } catch let error as TOMLFieldError {
            throw Complaint(sentence: error.description)
        } catch let error as Complaint {
            throw error
        } catch {
            throw Complaint(sentence: "\(error)")
        }
    }

    /// The scenario in the file at this path.
    static func file(_ path: String) throws -> Scenario {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return try Scenario(text: try Files.text(of: path), name: name, source: path)
    }

    static func unknown(_ name: String) -> Complaint {
        let names = BuiltInScenario.all.map(\.name)
        let near =
            closestMatch(to: name, among: names).map { "did you mean \($0)?" } ?? "the built-in ones are \(names.joined(separator: ", "))"
        return Complaint(sentence: "there is no scenario and no file \"\(name)\"; \(near)")
    }
}
