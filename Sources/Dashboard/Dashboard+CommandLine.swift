internal import Broadcasts
internal import Canvas
internal import Coordination
internal import Kademlia
internal import Scenarios
internal import Simulation
internal import Timeline

// MARK: - The line that is typed

extension Dashboard {
    /// Opens a line to type on.
    mutating func open(_ line: Prompt) {
        pause()
        prompt = line
        recalled = 0
    }

    mutating func pressInPrompt(_ key: KeyPress) -> Effect {
        guard var line = prompt else { return .draw }
        let outcome = line.press(key)
        prompt = line
        switch outcome {
        case .edited: recalled = 0
        case .cancelled: prompt = nil
        case .complete: complete()
        case .recall(let direction): recall(direction)
        case .entered: return enter(line)
        }
        return .draw
    }

    private mutating func enter(_ line: Prompt) -> Effect {
        let text = line.text.trimmed
        guard !text.isEmpty else {
            prompt = nil
            return .draw
        }
        let before = prompt
        prompt = nil
        let effect = execute(text)
        // A line that is wrong stays open, to be put right.
        if let problem = commandProblem {
            commandProblem = nil
            prompt = before
            prompt?.problem = (problem, 0..<text.count)
        } else {
            remember(text, line.purpose)
        }
        return effect
    }

    private mutating func remember(_ text: String, _ purpose: Prompt.Purpose) {
        var lines = typed[purpose] ?? []
        lines.removeAll { $0 == text }
        lines.append(text)
        typed[purpose] = Array(lines.suffix(200))
    }

    private mutating func recall(_ direction: Int) {
        guard let purpose = prompt?.purpose, let lines = typed[purpose] else { return }
        recalled = min(max(0, recalled - direction), lines.count)
        prompt?.set(recalled == 0 ? "" : lines[lines.count - recalled])
    }

    /// Completes the word before the cursor as far as it is clear; where it is not, the message lists what fits.
    private mutating func complete() {
        guard let line = prompt else { return }
        let before = String(line.text.prefix(line.cursor))
        let start = before.lastIndex(of: " ").map { before.distance(from: before.startIndex, to: $0) + 1 } ?? 0
        let part = String(before.dropFirst(start))
        let fitting = candidates(for: String(before.prefix(start)), line.purpose).filter { $0.hasPrefix(part) }
        guard let first = fitting.first else {
            message = "nothing begins with \"\(part)\""
            return
        }
        if fitting.count == 1 { return prompt!.complete(from: start, with: first + " ") }
        let shared = fitting.dropFirst().reduce(first) { String(zip($0, $1).prefix { $0 == $1 }.map(\.0)) }
        prompt?.complete(from: start, with: shared)
        message = fitting.joined(separator: "  ")
    }

    /// The words that can stand after these.
    private func candidates(for before: String, _ purpose: Prompt.Purpose) -> [String] {
        let words = before.split(separator: " ").map(String.init)
        guard let verb = words.first else { return LineCommand.firstWords.sorted() }
        let ids = history.journal.entries.map(\.id.name)
        let all = scenario.network.nodes
        switch verb {
        case "deliver", "drop", "duplicate", "delay", "edit":
            let more = verb == "edit" ? ["closer", "from", "error", "ok"] : []
            return Array(Set(observation.pending.map { choiceWords.node($0.name.node) } + observation.pending.map(\.name.id.name)))
                .sorted() + ["find", "store"] + more
        case "crash", "mute", "cut", "restart": return all.map { choiceWords.node($0.index) }
        case "stop", "finish": return ids
        case "start":
            return words.count == 2 ? ["followUp", "optimistic", "static"] : words.count > 3 ? ["to", "seeds"] : []
        case "branch", "compare", "prune": return history.branches.map { $0.name.isEmpty ? "\($0.id)" : $0.name }
        default: return []
        }
    }

    // MARK: Carrying out

    /// Does what a line says.
    mutating func execute(_ line: String) -> Effect {
        let words = line.split(separator: " ").map(String.init)
        guard let verb = words.first else { return .draw }
        let rest = Array(words.dropFirst())
        if let number = Int(verb) {
            goFar(to: number)
            return .draw
        }
        guard let command = LineCommand(rawValue: verb) else {
            do throws(ChoiceError) {
                choose(try choiceWords.choice(line))
            } catch {
                let isKnown = ChoiceWords.verbs.contains { $0.word == verb }
                let near = nearestWord(to: verb, among: LineCommand.firstWords)
                commandProblem =
                    isKnown
                    ? error.description
                    : "nothing is called \"\(verb)\"\(near.map { "; did you mean \($0)?" } ?? "; Tab lists the commands")"
            }
            return .draw
        }
        switch command {
        case .quit: return .quit
        case .t: goToTime(rest)
        case .step:
            guard let count = rest.first.flatMap({ Int($0) }) else { return wrong("step needs a number: such as step 50 or step -3") }
            goFar(to: history.position + count)
        case .finish: finishBroadcast(rest.first)
        case .branch, .prune, .compare: performOnBranch(command, rest)
        case .name:
            history.nameBranch(history.branch.id, rest.joined(separator: " "))
            message = "branch \(history.branch.id) is called \(rest.joined(separator: " "))"
        case .save:
            guard let path = rest.first else { return wrong("save needs a file: such as save run.kbt.jsonl") }
            return .save(path)
        }
        return .draw
    }

    /// Notes what is wrong with the line.
    mutating func wrong(_ sentence: String) -> Effect {
        commandProblem = sentence
        return .draw
    }

    private mutating func goFar(to position: Int) {
        pause()
        go(to: max(0, position))
        if history.position < position { message = "the run ends at step \(history.position)" }
    }

    private mutating func goToTime(_ words: [String]) {
        guard let word = words.first, let time = Nanoseconds(words: word) else {
            commandProblem = "t needs a time: such as t 12.4s or t 300ms"
            return
        }
        let moment = Instant.start.advanced(by: time)
        pause()
        var (low, high) = (0, history.stepCount)
        while low < high {
            let middle = (low + high) / 2
            if history.step(middle + 1).time < moment { low = middle + 1 } else { high = middle }
        }
        go(to: low + 1)
        while history.current.map({ $0.time < moment }) ?? false, history.stepForward() != nil {}
        observe()
        if history.isAtEnd, history.current.map({ $0.time < moment }) ?? true {
            message = "the run ends at \(Words.moment(observation.now))s"
        }
    }

    private mutating func finishBroadcast(_ name: String?) {
        guard let id = name.map({ OperationID($0) }) ?? shownBroadcast?.id ?? scenario.broadcasts.first?.id else { return }
        seekStep(forward: true, "end of \(id)") { step in
            switch step.state {
            case .broadcastFinished(id, _), .broadcastRejected(id, _): true
            case .idle, .waiting, .findCloser, .storeRecord, .broadcastFinished, .broadcastRejected: false
            }
        }
    }
}

extension String {
    /// The text without blanks at its ends.
    var trimmed: String {
        var part = self[...]
        while part.first == " " { part.removeFirst() }
        while part.last == " " { part.removeLast() }
        return String(part)
    }
}
