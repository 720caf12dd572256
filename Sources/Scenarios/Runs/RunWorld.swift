public import Broadcasts
public import Coordination
public import Simulation
public import Timeline

/// What makes the steps of a run that one can open.
public enum RunWorld: World {
    /// A simulated network around our pool.
    public typealias Simulated = SimulatedWorld<BroadcastPool<NetworkNode, Record>>
    /// A recording of our pool.
    public typealias Recorded = RecordedWorld<BroadcastPool<NetworkNode, Record>>

    /// The run is executed.
    case simulated(Simulated)
    /// The run is looked at.
    case recorded(Recorded)

    private var world: any World {
        switch self {
        case .simulated(let world): world
        case .recorded(let world): world
        }
    }

    public var now: Instant { world.now }
    public var view: NetworkPoolView { world.view }
    public var nextDeadline: Instant? { world.nextDeadline }
    public var isPolledOn: Bool { world.isPolledOn }
    public var pending: [PendingMessage] { world.pending }
    public var faults: [(node: Int32, fault: NodeFault)] { world.faults }

    // A world is moved out, changed, and moved back: a copy that stays would make every change copy the pool.

    public mutating func step() -> Step? {
        switch consume self {
        case .simulated(var world):
            let step = world.step()
            self = .simulated(world)
            return step
        case .recorded(var world):
            let step = world.step()
            self = .recorded(world)
            return step
        }
    }

    public mutating func take(_ choice: Choice) throws(ChoiceError) -> Step? {
        let result: Result<Step?, ChoiceError>
        switch consume self {
        case .simulated(var world):
            result = Result { () throws(ChoiceError) in try world.take(choice) }
            self = .simulated(world)
        case .recorded(var world):
            result = Result { () throws(ChoiceError) in try world.take(choice) }
            self = .recorded(world)
        }
        return try result.get()
    }

    /// The first step at which a recorded run's pool did otherwise than was recorded.
    public var divergence: Recorded.Divergence? {
        switch self {
        case .simulated: nil
        case .recorded(let world): world.divergence
        }
    }
}
