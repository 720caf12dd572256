import Coordination
import TestSupport
import Testing

@Suite("Ids and errors")
struct ValueTests {
    @Test("An id is written as its name")
    func ids() throws {
        let id: OperationID = "put 1"
        #expect(try json([id]) == "[\"put 1\"]")
        #expect(try afterRoundTrip([id]) == [id])
        #expect("\(id)" == "put 1")
        #expect(!id.isEmpty)
        #expect(OperationID("").isEmpty)
    }

    @Test("Errors of requests", arguments: [RequestError.timedOut, .cancelled, .failed("no route")])
    func requestErrors(error: RequestError) throws {
        #expect(try afterRoundTrip([error]) == [error])
        #expect(["timed out", "cancelled", "no route"].contains("\(error)"))
    }

    @Test("Counts below 1 and times of 0 are refused, and the field is named")
    func configurationErrors() throws {
        try ConfigurationError.requirePositive(1, "count")
        try ConfigurationError.requirePositive(Nanoseconds(1), "time")
        for count in [0, -1, Int.min] {
            let error = #expect(throws: ConfigurationError.self) { try ConfigurationError.requirePositive(count, "count") }
            #expect(error?.field == "count")
        }
        for time in [Nanoseconds.zero, Nanoseconds(-1), Nanoseconds(.min)] {
            let error = #expect(throws: ConfigurationError.self) { try ConfigurationError.requirePositive(time, "time") }
            #expect(error?.field == "time")
            #expect(error.map { "\($0)" }?.hasPrefix("time: ") == true)
            #expect(try error.map { try afterRoundTrip([$0]) } == error.map { [$0] })
        }
    }
}
