internal import Broadcasts
internal import Coordination
internal import Kademlia

/// Laws of the requests that one broadcast makes.
extension Invariant {
    static var runLaws: [Invariant] { [s1, s2, s3, s8, s11, s12, s13, l6] }

    static var s1: Invariant {
        Invariant("S1", "a FollowUp stores with nodes that answered it, an Optimistic with nodes known to it, a Static with its seed") {
            chronicle in
            first(of: chronicle.runs) { run in
                first(of: run.sent) { store in
                    let allowed =
                        run.isStatic
                        ? run.seed.contains(store.node)
                        : run.isEager
                            ? run.known.contains(store.node)
                            : run.asks.contains { $0.node == store.node && $0.succeeded && $0.replyStep ?? .max <= store.step }
                    return allowed ? nil : "step \(store.step): \(run.id) stores with \(store.node)"
                }
            }
        }
    }

    static var s2: Invariant {
        Invariant("S2", "a broadcast stores with a node once at most, early or late (O4)") { chronicle in
            first(of: chronicle.runs) { run in repeated(run.sent.map(\.node)).map { "\(run.id) stores twice with \($0)" } }
        }
    }

    static var s3: Invariant {
        Invariant("S3", "a broadcast asks a node once at most") { chronicle in
            first(of: chronicle.runs) { run in repeated(run.asks.map(\.node)).map { "\(run.id) asks \($0) twice" } }
        }
    }

    static var s8: Invariant {
        Invariant("S8", "the local node is never asked, and stored with only by a Static whose seed names it") { chronicle in
            let local = chronicle.history.localNode
            return first(of: chronicle.runs) { run in
                if run.asks.contains(where: { $0.node == local }) { return "\(run.id) asks the local node" }
                let stores = run.sent.contains { $0.node == local }
                return stores && !(run.isStatic && run.seed.contains(local)) ? "\(run.id) stores with the local node" : nil
            }
        }
    }

    static var s11: Invariant {
        Invariant("S11", "stores go out only after the lookup has ended, but for an Optimistic with thresholds") { chronicle in
            first(of: chronicle.runs) { run in
                guard !run.isEager, let store = run.sent.first else { return nil }
                if let ask = run.asks.last, ask.step > store.step { return "step \(ask.step): \(run.id) asks after it has stored" }
                let view = chronicle.history.steps[store.step].view.broadcast(run.id)
                return view?.query == nil ? nil : "step \(store.step): the lookup of \(run.id) still runs"
            }
        }
    }

    static var s12: Invariant {
        Invariant("S12", "a store carries the message of the start, a request its target") { chronicle in
            first(of: chronicle.steps) { index, step in
                switch step.state {
                case .findCloser(let id, let target, _):
                    chronicle.run(id, at: index).map { $0.target == target } == false ? "step \(index): another target" : nil
                case .storeRecord(let id, _, let message):
                    chronicle.run(id, at: index).map { $0.message == message } == false ? "step \(index): another message" : nil
                case .idle, .waiting, .broadcastFinished, .broadcastRejected: nil
                }
            }
        }
    }

    static var s13: Invariant {
        Invariant("S13", "no request for a broadcast after its end") { chronicle in
            first(of: chronicle.strays) { index, id in
                switch chronicle.history.steps[index].state {
                case .findCloser, .storeRecord: "step \(index): a request for \(id)"
                case .idle, .waiting, .broadcastFinished, .broadcastRejected: nil
                }
            }
        }
    }

    static var l6: Invariant {
        Invariant("L6", "a stop ends the broadcast, and no state names it afterwards") { chronicle in
            first(of: chronicle.runs) { run in
                guard let stop = run.stopStep else { return nil }
                let restart = chronicle.runs.first { $0.id == run.id && $0.startStep > stop }?.startStep ?? .max
                let later = chronicle.steps.first {
                    $0.offset > stop && $0.offset < restart && $0.element.state.id == run.id && !$0.element.state.isRejection
                }
                return later.map { "step \($0.offset): \($0.element.state) after the stop at step \(stop)" }
            }
        }
    }
}

/// The first element that is there twice.
func repeated<T: Hashable>(_ elements: [T]) -> T? {
    var seen: Set<T> = []
    return elements.first { !seen.insert($0).inserted }
}
