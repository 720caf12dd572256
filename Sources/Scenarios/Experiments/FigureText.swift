/// Numbers and names for tables that people read.
enum FigureText {
    /// A number in about three significant digits, whole numbers in full: `3.21`, `0.052`, `48.2`, `1,250`.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "\(value)" }
        let sign = value < 0 ? "-" : ""
        let size = value.magnitude.toThreeDigits
        if size == size.rounded(), size < 1000 { return size == 0 ? "0" : sign + "\(Int(size))" }
        if size >= 1e12 || size < 0.0005 { return sign + "\(size)" }
        if size >= 100 { return sign + grouped(Int(value.magnitude.rounded())) }
        return sign + fixed(size, size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.01 ? 3 : 4)
    }

    /// A round number, for an axis: as ``number(_:)``, without zeros at the end of its fraction.
    static func round(_ value: Double) -> String {
        var text = number(value)
        guard text.contains(".") else { return text }
        while text.last == "0" { text.removeLast() }
        return text.last == "." ? String(text.dropLast()) : text
    }

    /// A number with a sign, for differences: `+1.20`, `-0.31`, `0`.
    static func signed(_ value: Double) -> String {
        let text = number(value)
        return value > 0 && text != "0" ? "+\(text)" : text
    }

    /// A number with so many places after the point, 0…9.
    static func fixed(_ value: Double, _ places: Int) -> String {
        var power = 1
        for _ in 0..<places { power *= 10 }
        let scaled = Int((value.magnitude * Double(power)).rounded())
        let sign = value < 0 && scaled != 0 ? "-" : ""
        guard places > 0 else { return "\(sign)\(scaled)" }
        return "\(sign)\(scaled / power).\(String(power + scaled % power).dropFirst())"
    }

    /// A share in percent: `12.3 %`.
    static func percent(_ share: Double) -> String { "\(fixed(share * 100, 1)) %" }

    /// A number with commas, 0 or more.
    static func grouped(_ number: Int) -> String {
        var text = ""
        for (place, digit) in String(number).reversed().enumerated() {
            if place > 0, place % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return String(text.reversed())
    }

    /// A number and what it counts.
    static func counted(_ number: Int, _ thing: String) -> String { "\(grouped(number)) \(thing)\(number == 1 ? "" : "s")" }

    /// Words on lines of a width; lines after the first are indented.
    static func wrapped(_ text: String, width: Int = 80, indent: Int = 2) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(lines.isEmpty ? String(word) : String(repeating: " ", count: indent) + word)
            }
        }
        return lines
    }
}

extension String {
    /// The text with spaces in front, so many characters wide at least.
    func right(_ width: Int) -> String { String(repeating: " ", count: Swift.max(0, width - count)) + self }

    /// The text with spaces after it, so many characters wide at least.
    func left(_ width: Int) -> String { self + String(repeating: " ", count: Swift.max(0, width - count)) }

    /// The text in at most so many characters, the end cut off.
    func cut(_ width: Int, _ ellipsis: String = "~") -> String { count <= width ? self : prefix(Swift.max(0, width - 1)) + ellipsis }
}
