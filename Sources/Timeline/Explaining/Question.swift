/// What a person may ask of a run, each about the position that it stands at.
///
/// A broadcast is named by its place in the journal's entries, because an id may be used again.
public enum Question: Hashable, Sendable {
    /// Why did this step have this event: what brought it about, and why was it ignored, if it was?
    case event(step: Int)
    /// Why did this step give this state: this request, this end, nothing to do?
    case state(step: Int)
    /// Why does this broadcast stand with this node as it does?
    case node(NetworkNode, broadcast: Int)
    /// Why is this broadcast as far as it is, and no further?
    case phase(broadcast: Int)
    /// Why is this node not in the closest set of this broadcast?
    case notClosest(NetworkNode, broadcast: Int)
    /// Why has this broadcast not finished?
    case notFinished(broadcast: Int)
}
