internal import Canvas
internal import Theming
internal import Timeline

/// What a step was, in words for somebody who learns: what came in, what the machine did, and by which rule.
struct StepTelling: Equatable, Sendable {
    /// What came in, and what brought it about.
    var event: String
    /// What came out, in a line.
    var state: String
    /// More about that.
    var paragraphs: [String]
    /// The rule that made it so.
    var rule: Rule?

    /// Before the first step.
    static func nothing(stepKey: String) -> StepTelling {
        StepTelling(
            event: "Nothing has happened yet; \(stepKey) takes the first step.", state: "The pool is idle: no broadcast is running.",
            paragraphs: [], rule: nil)
    }

    init(event: String, state: String, paragraphs: [String], rule: Rule?) {
        (self.event, self.state, self.paragraphs, self.rule) = (event, state, paragraphs, rule)
    }

    /// What the answers to the questions why a step had its event and gave its state say.
    init(event: Explanation, state: Explanation) {
        self.event = ([event.title + "."] + event.paragraphs).joined(separator: " ").withoutStep
        self.state = (state.title + ".").withoutStep
        paragraphs = state.paragraphs
        rule = state.rule ?? event.rule
    }

    /// A line of the words, with the role that it is drawn in.
    struct Line: Equatable, Sendable {
        let text: String
        let role: Role
    }

    /// As much of it as there is room for, the rule always.
    func lines(in size: Size) -> [Line] {
        guard size.rows > 0, size.columns > 8 else { return [] }
        guard size.rows > 1 else { return [Line(text: rule.map { "why: \($0.sentence)" } ?? event, role: .text)] }
        func wrap(_ text: String, _ role: Role) -> [Line] { text.wrapped(to: size.columns).map { Line(text: $0, role: role) } }
        let why = rule.map { wrap("why: \($0.sentence)", .textStrong) } ?? []
        guard size.rows > 3, size.columns >= 60 else { return [Line(text: state, role: .logOut)] + Self.fit(why, size.rows - 1) }
        let source = size.rows > 8 ? rule.map { [Line(text: "     (\($0.section))", role: .textDim)] } ?? [] : []
        let last = Self.fit(why + source, size.rows - 2)
        let room = size.rows - last.count
        let texts = [("out: \(state)", Role.logOut)] + paragraphs.map { ($0, Role.text) }
        // Lines that what came out has no use for go to what came in.
        let use = texts.reduce(0) { $0 + $1.0.wrapped(to: size.columns).count }
        let head = min(room - 1, max(room >= 5 ? 2 : 1, room - use))
        let incoming = "in:  \(event)".sentences(in: Size(columns: size.columns, rows: head))
        var lines = Self.fit(incoming.map { Line(text: $0, role: .logIn) }, head)
        for (index, (text, role)) in texts.enumerated() where lines.count < room {
            let place = Size(columns: size.columns, rows: room - lines.count)
            let part = text.sentences(in: place)
            guard index == 0 || part.count <= place.rows else { break }
            lines += Self.fit(part.map { Line(text: $0, role: role) }, place.rows)
        }
        return lines + last
    }

    /// So many of the lines; the last one goes on with the text of the next, so that it is seen to be cut.
    private static func fit(_ lines: [Line], _ count: Int) -> [Line] {
        guard lines.count > count, count > 0 else { return Array(lines.prefix(count)) }
        let cut = Line(text: "\(lines[count - 1].text) \(lines[count].text)", role: lines[count - 1].role)
        return lines.prefix(count - 1) + [cut]
    }
}

extension String {
    /// The lines of as many whole sentences as there is room for, of the first one at least, whose lines may be too many.
    fileprivate func sentences(in size: Size) -> [String] {
        var text = self
        while text.wrapped(to: size.columns).count > size.rows, let end = text.ranges(of: ". ").last {
            text = String(text[..<end.lowerBound]) + "."
        }
        return text.wrapped(to: size.columns)
    }

    /// The text without the step's number at its beginning, as in `Step 12: ` and `Step 12 is `.
    fileprivate var withoutStep: String {
        guard hasPrefix("Step ") else { return self }
        let rest = dropFirst(5).drop { $0.isNumber }
        let text = rest.drop { $0 == ":" || $0 == " " }
        return String(text.hasPrefix("is ") ? text.dropFirst(3) : text)
    }
}
