import Scenarios
import TOMLFields

/// A wrong file, and what is said about it after the name of the file.
typealias WrongFile = (file: String, sentence: String)

/// A file whose table network has these lines, and that is right otherwise.
func network(_ lines: String) -> String {
    "[network]\n\(lines)\n[[broadcast]]\nid = \"a\"\nstrategy = \"followUp\"\nrecord = \"r\"\n"
}

/// A right file with these lines at its end.
func rest(_ lines: String) -> String { network("size = 8") + lines + "\n" }

/// A file whose only broadcast has these lines.
func broadcast(_ lines: String) -> String { "[network]\nsize = 8\n[[broadcast]]\n\(lines)\n" }

/// A file of three nodes with keys of 8 bits and these seeds.
func seeds(_ value: String) -> String {
    network("keyBits = 8\nkeys = [\"01\", \"02\", \"83\"]\n") + "seeds = \(value)\n"
}

/// The scenario in a text.
func read(_ file: String) throws -> Scenario { try Scenario(text: file, name: "test", source: "test.toml") }

/// What is said about a text, or `nil` if it is right.
func sentence(about file: String) -> String? {
    do {
        _ = try Scenario(text: file, name: "test", source: "test.toml")
        return nil
    } catch {
        return error.description
    }
}
