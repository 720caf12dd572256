/// A run with its choices, taken once from the start to the end: what a ``History`` is without the way back, and without its memory.
public struct Walk<Source: World>: Sendable {
    /// The world after the last step.
    public private(set) var world: Source
    /// The number of steps so far.
    public private(set) var position = 0
    /// The choice that could not be taken, and why.
    public private(set) var failedDeviation: (deviation: Deviation, error: ChoiceError)?

    private let deviations: [Deviation]
    private var taken = 0

    /// A walk that begins with this world.
    ///
    /// - Parameter deviations: the choices on the way, by position.
    public init(_ world: Source, deviations: [Deviation]) {
        self.world = world
        self.deviations = deviations
    }

    /// Takes the next step.
    ///
    /// - Returns: the choices before it and the step; `nil` at the end.
    public mutating func step() -> (choices: ArraySlice<Deviation>, step: Step)? {
        let first = taken
        var step: Step?
        while step == nil, taken < deviations.count, deviations[taken].position <= position {
            do {
                step = try world.take(deviations[taken].choice)
            } catch {
                failedDeviation = (deviations[taken], error)
            }
            taken += 1
        }
        guard let step = step ?? world.step() else { return nil }
        position += 1
        return (deviations[first..<taken], step)
    }
}
