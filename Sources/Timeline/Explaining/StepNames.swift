internal import Broadcasts
internal import Coordination

/// The broadcasts that a step names: what is asked of many steps, where most are about others.
struct StepNames {
    /// The broadcast that the event is about.
    let event: OperationID?
    /// The broadcast that the state is about.
    let state: OperationID?

    /// The names in a step.
    init(_ step: Step) {
        // Spelled out here, where the types are known: the properties of the generic types would be several times slower.
        event =
            switch step.event {
            case .startBroadcast(let id, _, _, _, _), .stopBroadcast(let id), .getCloserNodesSuccess(let id, _, _, _),
                .getCloserNodesFailure(let id, _, _, _), .storeRecordSuccess(let id, _, _, _), .storeRecordFailure(let id, _, _, _):
                id
            case .poll: nil
            }
        state =
            switch step.state {
            case .idle, .waiting: nil
            case .findCloser(let id, _, _), .storeRecord(let id, _, _), .broadcastFinished(let id, _), .broadcastRejected(let id, _): id
            }
    }
}
