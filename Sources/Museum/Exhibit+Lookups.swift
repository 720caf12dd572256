internal import Broadcasts
internal import Coordination
internal import Queries
internal import Simulation

// The exhibits about lookups whose results go astray. Keys are hexadecimal, as in the panes.

extension Exhibit {
    /// T1: a put without any seed ends another's lookup.
    static let emptySeed: Exhibit = {
        let stage = Stage([0x03, 0x04], roundTrip: .milliseconds(20))
        return Exhibit(
            id: "T1",
            title: "Somebody else's nothing",
            story: """
                Put A asks node 03. Put B starts without a single node to ask, as it happens when the routing table is empty: its lookup \
                is over before it begins. But the pool that runs the lookups tells whoever asks next what came of any of them. Watch the \
                moment when 03 answers A: the pool looks whether a lookup has ended, finds B's, and hands its empty result to A. A is \
                finished, with nothing stored, though a node had just answered it and another was still being asked. And B waits for a \
                result that is gone: it never ends. The driver is the one of the reference: it feeds one event and does not poll on.
                """,
            quotation: "StatePoolBroadcastFinished indicates that the broadcast operation with the id QueryID has finished.",
            invariants: ["S14", "S15", "S17", "S20", "L1"],
            flaw: "D1",
            network: stage.network,
            pool: PoolConfiguration(),
            polling: .oncePerReply,
            plan: [
                stage.followUp("A", target: 0x01, seed: [0x04, 0x03]),
                stage.followUp("B", at: .milliseconds(5), target: 0x80, seed: []),
            ])
    }()

    /// T2: two puts take each other's result.
    static let swappedResults: Exhibit = {
        let stage = Stage([0x03, 0x04, 0x05, 0x06, 0x81, 0x83], silent: [0x06, 0x83], roundTrip: .seconds(2))
        return Exhibit(
            id: "T2",
            title: "Swapped at the counter",
            story: """
                A looks for nodes near 01, B for nodes near 80. The last node that each of them asks, 06 and 83, never answers, so \
                both lookups end when the time of that request is up, B's first. Watch the poll after 62 seconds: the \
                pool turns to A, because A was started first; A asks the lookups for news, and gets B's: node 81. So the record of A, \
                whose key is near 01, is sent to 81, at the other end of the key space. Four seconds later A's own lookup ends, and \
                B takes that: the record of B goes to 03, 05 and 04. Both puts report success. Whoever looks for either record \
                looks elsewhere. Our pool hands each result to its owner.
                """,
            quotation: """
                It first queries the closest nodes to a certain target key, and after they were discovered, it "follows up" with storing \
                the record with these closest nodes.
                """,
            invariants: ["S1", "S10", "S17"],
            flaw: "D1",
            network: stage.network,
            pool: PoolConfiguration(queries: QueryPoolConfiguration(queryConcurrency: 1)),
            polling: .untilWaiting,
            plan: [
                stage.followUp("A", target: 0x01, seed: [0x03, 0x04, 0x05, 0x06]),
                stage.followUp("B", target: 0x80, seed: [0x81, 0x83]),
            ])
    }()

    /// T5: the record of the second start goes where the first one was to go.
    static let replacedBroadcast: Exhibit = {
        let stage = Stage([0x02, 0x03, 0x81, 0x83], roundTrip: .milliseconds(20))
        return Exhibit(
            id: "T5",
            title: "The same name twice",
            story: """
                Put A is on its way to the nodes nearest to 01 when somebody starts another put, also under the name A, with another \
                record and the target 80. The pool forgets the first put without a word. Its lookup goes on, though, because a lookup of \
                that name is there already, and the new one is silently not added. Watch what is stored in the end, and where: the second \
                record, at 03 and 02, which are the nearest nodes to the first target. The first record is stored nowhere, and \
                whoever started it is never told. Our pool rejects the second start and goes on with the first.
                """,
            quotation: "QueryID coordt.QueryID // the unique ID for this operation",
            invariants: ["P1"],
            flaw: "D3",
            network: stage.network,
            pool: PoolConfiguration(),
            polling: .untilWaiting,
            plan: [
                stage.followUp("A", target: 0x01, seed: [0x02, 0x03], record: "first record"),
                stage.followUp("A", at: .milliseconds(5), target: 0x80, seed: [0x81, 0x83], record: "second record"),
            ])
    }()
}
