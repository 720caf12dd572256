/// The steps of a branch, its ancestors' included, apart from the worlds that made them: quick to read, wherever they came from.
struct StepList {
    /// Steps that follow one another: number `first` and those after it.
    private struct Part {
        let first: Int
        let steps: [Step]
    }

    /// The part of the branch itself, then those of its ancestors.
    private var parts: [Part] = []

    /// The steps that a history knows on its branch.
    init(_ history: History<some World>) {
        var line: Int? = history.place
        while let place = line {
            parts.append(Part(first: history.lines[place].fork + 1, steps: history.lines[place].steps))
            line = history.parentPlace(of: place)
        }
    }

    /// A step by its number.
    subscript(_ number: Int) -> Step {
        let part = part(of: number)
        return parts[part].steps[number - parts[part].first]
    }

    /// The broadcasts that a step names, without a copy of the step.
    func names(inStep number: Int) -> StepNames {
        let part = part(of: number)
        return StepNames(parts[part].steps[number - parts[part].first])
    }

    private func part(of number: Int) -> Int {
        var part = 0
        while number < parts[part].first, part + 1 < parts.count { part += 1 }
        return part
    }
}
