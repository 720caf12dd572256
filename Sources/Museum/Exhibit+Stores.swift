internal import Broadcasts
internal import Coordination
internal import Simulation

// The exhibits about stores: sent too late, believed too easily, claimed though never sent. Keys are hexadecimal, as in the panes.

extension Exhibit {
    /// T3: stores wait for somebody else's lookup.
    static let starvedStores: Exhibit = {
        let stage = Stage([0x02, 0x03, 0x04, 0x83], silent: [0x83], roundTrip: .seconds(1))
        return Exhibit(
            id: "T3",
            title: "Waiting for a stranger",
            story: """
                B asks node 83, which never answers, and waits for it for a minute. A asks 03, 02 and 04, all three answer after a \
                second, and now A has three stores to send, which do not depend on each other. Watch how many it sends: one. Then the \
                pool is polled, comes to B, hears that B waits, and ends its turn: it says "waiting" while two stores lie ready. Only when \
                the reply to a store comes in does A get a word in and send the next. Three stores that could have been done in one second \
                take three; with twenty nodes it would be twenty. Our pool sends all three at once.
                """,
            quotation: """
                there's no corresponding broadcast event (EventPoolPoll for example) don't do anything and instead try to advance the other \
                broadcast state machines.
                """,
            invariants: ["L2"],
            flaw: "D2",
            network: stage.network,
            pool: PoolConfiguration(),
            polling: .untilWaiting,
            plan: [
                stage.followUp("B", target: 0x80, seed: [0x83]),
                stage.followUp("A", target: 0x01, seed: [0x02, 0x03, 0x04]),
            ])
    }()

    /// T4: whoever says that it has the record is believed.
    static let believedStrangers: Exhibit = {
        let stage = Stage([0x02, 0x03, 0x77], roundTrip: .milliseconds(20))
        return Exhibit(
            id: "T4",
            title: "Whoever says so",
            story: """
                A stores its record with one node, 02. Before that answers, node 77, which nobody has sent anything, says that it has \
                stored the record. Watch the list of nodes contacted at the end: 77 is in it. Then B stores its record with 02 and 03. \
                02 says that it has the record, and a moment later it is heard to say that it has not: a message that came twice, or was \
                made up. B believes both, so in the end it has contacted three nodes out of two, and 02 is among the stored ones as well as \
                among the failed. Our pool ignores a reply from a node that it is not waiting for, and counts it.
                """,
            quotation: "During that operation, all nodes in Contacted have been contacted to store the record.",
            invariants: ["S5", "S6", "S18"],
            flaw: "D7",
            network: stage.network,
            pool: PoolConfiguration(),
            polling: .oncePerReply,
            plan: [stage.static("A", target: 0x03, seed: [0x02])]
                + stage.storeReply("A", at: .milliseconds(10), from: 0x77)
                + [stage.static("B", at: .seconds(1), target: 0x03, seed: [0x02, 0x03])]
                + stage.storeReply("B", at: .milliseconds(1_030), from: 0x02, error: .failed("made up")))
    }()

    /// T6: a stop claims contacts that never were.
    static let claimedContacts: Exhibit = {
        let stage = Stage([0x02, 0x06], silent: [0x06], roundTrip: .milliseconds(20))
        return Exhibit(
            id: "T6",
            title: "Contacted, it says",
            story: """
                A is still looking for the nodes nearest to 01: 02 has answered, 06 keeps silent. Then A is stopped. Nothing has been \
                stored, not even tried. Watch what the stop reports: one node contacted, 02, and one error, that the store with it was \
                cancelled. The stop ended the lookup, the lookup's result became a list of nodes to send to, and this list was \
                crossed out and reported as if something had been sent. Whoever reads the report believes that 02 may have the record.
                """,
            quotation: """
                The Contacted slice does not contain the nodes we have queried to find the closest nodes to the target key - only the ones \
                that we eventually contacted to store the record.
                """,
            invariants: ["S5"],
            flaw: "D8",
            network: stage.network,
            pool: PoolConfiguration(),
            polling: .untilWaiting,
            plan: [
                stage.followUp("A", target: 0x01, seed: [0x02, 0x06]),
                stage.stop("A", at: .seconds(1)),
            ])
    }()
}
