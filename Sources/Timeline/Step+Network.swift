internal import Broadcasts

extension Step {
    /// Whether something came from outside, or something is to go out: all but polls and waiting that nothing came of.
    public var isNetworkEvent: Bool {
        switch event {
        case .startBroadcast, .stopBroadcast, .getCloserNodesSuccess, .getCloserNodesFailure, .storeRecordSuccess, .storeRecordFailure: true
        case .poll: !state.isAtRest
        }
    }
}
