/// A manual page while it is written: the requests of `man`(7).
struct Roff {
    /// The page.
    private(set) var text: String

    /// A page with its title, and what stands at its foot.
    init(title: String, section: Int, source: String, manual: String) {
        text = ".TH \(title) \(section) \"\" \"\(source)\" \"\(manual)\"\n"
        // Neither words are hyphenated nor lines filled to the margin.
        text += ".nh\n.ad l\n"
    }

    /// Begins a section.
    mutating func section(_ title: String) {
        text += ".SH \(Self.argument(title))\n"
    }

    /// Begins a part of a section.
    mutating func subsection(_ title: String) {
        text += ".SS \(Self.argument(title))\n"
    }

    /// A paragraph.
    mutating func paragraph(_ sentences: String) {
        text += ".PP\n\(Self.line(sentences))\n"
    }

    /// What something is called, in bold, and what it means, indented below.
    mutating func entry(_ name: String, _ meaning: String) {
        text += ".TP\n\\fB\(Self.line(name))\\fR\n\(Self.line(meaning))\n"
    }

    /// Lines that stay as they are.
    mutating func verbatim(_ lines: [String]) {
        text += ".PP\n.nf\n.RS 4\n\(lines.map(Self.line).joined(separator: "\n"))\n.RE\n.fi\n"
    }

    /// A text as a line of its own.
    static func line(_ text: String) -> String {
        let escaped = escape(text)
        return escaped.hasPrefix(".") || escaped.isEmpty ? "\\&\(escaped)" : escaped
    }

    private static func argument(_ text: String) -> String {
        "\"\(escape(text).replacing("\"", with: "\\(dq"))\""
    }

    /// A text in which no character means something to roff, and all are ASCII.
    private static func escape(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "'": result += "\\(aq"
            case "`": result += "\\(ga"
            case "^": result += "\\(ha"
            case "~": result += "\\(ti"
            default:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result += scalar.isASCII ? String(scalar) : "\\[u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)]"
            }
        }
        return result
    }
}
