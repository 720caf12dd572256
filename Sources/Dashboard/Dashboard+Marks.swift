internal import Canvas
internal import Timeline

// MARK: - Places with a letter, and jumping between the places that stand out

/// A place in a run.
struct Mark: Hashable, Sendable {
    let branch: Int
    let position: Int
}

/// What a letter that is awaited is for.
enum AwaitedLetter: Sendable {
    /// To mark the place.
    case mark
    /// To go to the place with that mark.
    case jump
}

extension Dashboard {
    /// The place that is shown.
    var here: Mark { Mark(branch: history.branch.id, position: history.position) }

    /// Asks for the letter of a mark.
    mutating func ask(for letter: AwaitedLetter) {
        pause()
        awaited = letter
        let known = marks.keys.sorted().map(String.init).joined(separator: " ")
        message =
            switch letter {
            case .mark: "a letter for this place?"
            case .jump: "to which mark? \(known.isEmpty ? "there is none yet: m and a letter sets one" : known); ' goes back, . to here"
            }
    }

    /// Takes the letter that was asked for.
    mutating func take(_ key: KeyPress, for awaited: AwaitedLetter) -> Effect {
        guard case .character(let letter) = key else {
            message = key == .escape ? nil : "\(key.name) is no letter for a mark"
            return .draw
        }
        switch awaited {
        case .mark: setMark(letter)
        case .jump: jump(to: letter)
        }
        return .draw
    }

    private mutating func setMark(_ letter: Character) {
        guard letter.isLetter || letter.isNumber else {
            message = "\(KeyPress.character(letter).name) is no letter for a mark; a to z, A to Z and 0 to 9 are"
            return
        }
        marks[letter] = here
        message = "mark \(letter) at step \(history.position); '\(letter) comes back here"
    }

    private mutating func jump(to letter: Character) {
        let target: Mark?
        switch letter {
        case "'": target = placeBeforeJump
        case ".":
            selectedStep = nil
            message = "the current step, \(history.position)"
            return
        default: target = marks[letter]
        }
        guard let target else {
            message = letter == "'" ? "no jump to go back from yet" : "there is no mark \(letter); m\(letter) sets it"
            return
        }
        guard history.branches.contains(where: { $0.id == target.branch }) else {
            message = "mark \(letter) was on branch \(target.branch), which is deleted"
            return
        }
        placeBeforeJump = here
        if target.branch != history.branch.id { history.switchBranch(to: target.branch) }
        selectedStep = nil
        go(to: target.position)
        message = letter == "'" ? "back at step \(history.position)" : "mark \(letter), step \(history.position)"
    }

    /// The steps that stand out on the timeline: marks, and where runs have stopped or a law was broken.
    var outstandingSteps: [Int] {
        let marked = marks.values.filter { $0.branch == history.branch.id }.map(\.position)
        return Set(marked).union(stoppedAt).union(history.violations.map(\.step)).sorted()
    }

    /// Goes to the next or last step that stands out.
    mutating func goToOutstanding(forward: Bool) {
        pause()
        let steps = outstandingSteps
        let found = forward ? steps.first { $0 > history.position } : steps.last { $0 < history.position }
        guard let found else {
            message = "no mark and no stop \(forward ? "after" : "before") this step; m sets a mark, b a breakpoint"
            return
        }
        selectedStep = nil
        go(to: found)
        let letters = marks.filter { $0.value == here }.keys.sorted().map(String.init)
        if !letters.isEmpty { message = "mark \(letters.joined(separator: ", "))" }
    }

    /// Goes as far as one cell of the timeline.
    mutating func scrub(forward: Bool) {
        pause()
        let length = max(2, layout.timeline.columns - Self.timelineMargins)
        let cell = max(1, (timelineLength + length - 2) / (length - 1))
        selectedStep = nil
        go(to: history.position + (forward ? cell : -cell))
        if forward, history.isAtEnd { message = endMessage }
        if !forward, history.position == 0 { message = "this is the start" }
    }
}
