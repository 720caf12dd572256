public import Broadcasts
public import Coordination
public import Kademlia
public import Museum
public import Simulation
public import Timeline

/// What makes the steps of a run that one can open.
public enum RunWorld: World {
    /// A simulated network around our pool.
    public typealias Simulated = SimulatedWorld<BroadcastPool<NetworkNode, Record>>
    /// A recording of our pool.
    public typealias Recorded = RecordedWorld<BroadcastPool<NetworkNode, Record>>

    /// A simulated network around the pool of the reference.
    public typealias Reference = SimulatedWorld<ReferencePool>
    /// A recording of the pool of the reference.
    public typealias RecordedReference = RecordedWorld<ReferencePool>

    /// The run is executed.
    case simulated(Simulated)
    /// The run is executed by the pool of the reference.
    case reference(Reference)
    /// The run is looked at.
    case recorded(Recorded)
    /// The run, which is one of the pool of the reference, is looked at.
    case recordedReference(RecordedReference)

    private var world: any World {
        switch self {
        case .simulated(let world): world
        case .reference(let world): world
        case .recorded(let world): world
        case .recordedReference(let world): world
        }
    }

    public var now: Instant { world.now }

    // Case by case, so that the compiler sees which machine is looked at.

    public var view: NetworkPoolView {
        switch self {
        case .simulated(let world): world.view
        case .reference(let world): world.view
        case .recorded(let world): world.view
        case .recordedReference(let world): world.view
        }
    }

    public func view(after old: NetworkPoolView, _ step: Step) -> NetworkPoolView {
        switch self {
        case .simulated(let world): world.view(after: old, step)
        case .reference(let world): world.view(after: old, step)
        case .recorded(let world): world.view(after: old, step)
        case .recordedReference(let world): world.view(after: old, step)
        }
    }

    public var nextDeadline: Instant? { world.nextDeadline }
    public var isPolledOn: Bool { world.isPolledOn }
    public func pending(in view: NetworkPoolView) -> [PendingMessage] { world.pending(in: view) }
    public var faults: [(node: Int32, fault: NodeFault)] { world.faults }

    public func putQuality(of id: OperationID, target: Key256, count: Int) -> PutQuality? {
        world.putQuality(of: id, target: target, count: count)
    }

    // A world is moved out, changed, and moved back: a copy that stays would make every change copy the pool.

    public mutating func step() -> Step? {
        switch consume self {
        case .simulated(var world):
            let step = world.step()
            self = .simulated(world)
            return step
        case .reference(var world):
            let step = world.step()
            self = .reference(world)
            return step
        case .recorded(var world):
            let step = world.step()
            self = .recorded(world)
            return step
        case .recordedReference(var world):
            let step = world.step()
            self = .recordedReference(world)
            return step
        }
    }

    public mutating func take(_ choice: Choice) throws(ChoiceError) -> Step? {
        let result: Result<Step?, ChoiceError>
        switch consume self {
        case .simulated(var world):
            result = Result { () throws(ChoiceError) in try world.take(choice) }
            self = .simulated(world)
        case .reference(var world):
            result = Result { () throws(ChoiceError) in try world.take(choice) }
            self = .reference(world)
        case .recorded(var world):
            result = Result { () throws(ChoiceError) in try world.take(choice) }
            self = .recorded(world)
        case .recordedReference(var world):
            result = Result { () throws(ChoiceError) in try world.take(choice) }
            self = .recordedReference(world)
        }
        return try result.get()
    }

    /// The first step at which a recorded run's pool did otherwise than was recorded.
    public var divergence: RecordedDivergence? {
        switch self {
        case .simulated, .reference: nil
        case .recorded(let world): world.divergence
        case .recordedReference(let world): world.divergence
        }
    }
}
