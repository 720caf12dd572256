internal import Broadcasts
internal import Coordination
internal import Scenarios
internal import Simulation
internal import Timeline

// MARK: - Why something is so

extension Dashboard {
    /// Explains the selected thing, or the step that is shown where nothing is selected that has a reason.
    mutating func explainSelection() {
        pause()
        let questions = questionsOfSelection
        guard !questions.isEmpty else {
            message = noReason
            return
        }
        show(questions, violations: explainedStep.map { history.violations(at: $0) } ?? [])
    }

    /// The step that is explained; `nil` where another thing is, or nothing.
    var explainedStep: Int? {
        let shown = history.position == 0 ? nil : history.position
        switch selection {
        case .step(let step): return step <= history.position ? step : nil
        case .branch, .breakpoint, .watch: return shown
        case nil: return focus == .metrics ? nil : shown
        case .broadcast, .request, .message, .node: return nil
        }
    }

    /// What there is to say where nothing can be explained.
    private var noReason: String {
        if history.position == 0 { return "nothing has happened yet; \(keys.name(of: .stepForward)) takes a step" }
        if focus == .metrics { return "\(keys.name(of: .view)) shows the slowest requests; \(keys.name(of: .why)) explains one" }
        return "this has not happened yet; \(keys.name(of: .runToSelection)) goes there"
    }

    private var questionsOfSelection: [Question] {
        func node(_ node: NetworkNode, _ id: OperationID) -> [Question] { place(of: id).map { [.node(node, broadcast: $0)] } ?? [] }
        switch selection {
        case .broadcast(let entry):
            guard let place = place(of: entry.id) else { return [] }
            return entry.end == nil ? [.phase(broadcast: place), .notFinished(broadcast: place)] : [.phase(broadcast: place)]
        case .request(let request): return node(request.node, request.name.id)
        case .message(let message): return node(message.node, message.name.id)
        case .node(let row, let entry):
            guard let place = place(of: entry.id) else { return [] }
            let why = Question.node(row.node, broadcast: place)
            return row.rank == nil ? [why, .notClosest(row.node, broadcast: place)] : [why]
        case .step, .branch, .breakpoint, .watch, nil: return explainedStep.map { [.event(step: $0), .state(step: $0)] } ?? []
        }
    }

    /// The place of the last broadcast of an id among all that were started.
    private func place(of id: OperationID) -> Int? {
        history.journal.entries.lastIndex { $0.id == id }
    }

    /// Explains why a node is not among the closest of a broadcast.
    ///
    /// - Returns: what is wrong with the words, if something is.
    mutating func explainMissing(_ words: [String]) -> String? {
        guard let digits = words.first else { return "whynot needs a node: write whynot and the first digits of its key" }
        let name = words.dropFirst().first.map { OperationID($0) } ?? shownBroadcast?.id
        guard let name else { return "no broadcast has been started yet; \(keys.name(of: .stepForward)) takes a step" }
        guard let place = place(of: name) else { return "no broadcast \(name) has been started yet" }
        do throws(ChoiceError) {
            let index = try choiceWords.node(named: digits)
            guard let node = scenario.network.node(index) else { return "there is no such node" }
            show([.notClosest(node, broadcast: place)], violations: [])
        } catch {
            return error.description
        }
        return nil
    }

    private mutating func show(_ questions: [Question], violations: [Violation]) {
        let explainer = Explainer(history, names: names)
        var lines: [Dialog.Line] = []
        for violation in violations { lines += self.lines(violation) }
        let answers = questions.map { explainer.explain($0) }
        for (index, answer) in answers.enumerated() {
            if index > 0 || !lines.isEmpty { lines.append(Dialog.Line(text: "")) }
            if index > 0 || !violations.isEmpty { lines.append(Dialog.Line(text: answer.title, isStrong: true)) }
            lines += (answer.paragraphs + trouble(questions[index])).map { Dialog.Line(text: $0) }
            if let rule = answer.rule { lines.append(Dialog.Line(text: "  \(rule.text)")) }
            lines += answer.causes.map { Dialog.Line(text: "  step \($0.step): \($0.what)", step: $0.step) }
        }
        dialog = Dialog(title: violations.isEmpty ? answers[0].title : "a law is broken", lines: lines)
        dialog?.selected = lines.firstIndex { $0.step != nil } ?? 0
    }

    /// What was wrong with a node that a question is about, when it was asked or after that.
    private func trouble(_ question: Question) -> [String] {
        guard case .node(let node, let place) = question, let entry = history.journal.entries[safe: place] else { return [] }
        guard let trail = entry.trails[node.index], let asked = trail.storeSent ?? trail.asked else { return [] }
        let answered = trail.storeSent == nil ? trail.answered : trail.storeAnswered
        return scenario.trouble(with: node, asked: asked, upTo: answered ?? observation.now, name: names.time)
    }

    private func lines(_ violation: Violation) -> [Dialog.Line] {
        let law = violation.law.law
        return [
            Dialog.Line(text: "\(violation.law.rawValue) is broken: \(violation.why)", isStrong: true),
            Dialog.Line(text: "  The law: \(law.sentence)"),
            Dialog.Line(text: "  The \(law.source.document == .reference ? "reference" : "semantics") says: \"\(law.source.quote)\""),
        ]
    }

    /// Shows what the run has put to the test so far.
    mutating func showCoverage() {
        let text = history.isChecked ? history.coverage().description : "the run is not checked, so nothing was counted"
        dialog = Dialog(
            title: "what this run has put to the test",
            lines: text.split(separator: "\n", omittingEmptySubsequences: false).map { Dialog.Line(text: String($0)) })
    }
}
