import Coordination
import TestSupport
import Testing

@Suite("Instants and lengths of time")
struct TimeTests {
    let max = Instant(nanoseconds: .max)
    let min = Instant(nanoseconds: .min)

    @Test("Arithmetic")
    func arithmetic() {
        let five = Instant(nanoseconds: 5)
        #expect(five.advanced(by: Nanoseconds(3)) == Instant(nanoseconds: 8))
        #expect(five.advanced(by: Nanoseconds(-7)) == Instant(nanoseconds: -2))
        #expect(five.duration(to: .start) == Nanoseconds(-5))
        #expect(Instant.start.duration(to: five) == Nanoseconds(5))
        #expect(Instant.start < five)
    }

    @Test("It saturates at both ends")
    func saturation() {
        #expect(max.advanced(by: Nanoseconds(1)) == max)
        #expect(Instant(nanoseconds: 1).advanced(by: Nanoseconds(.max)) == max)
        #expect(min.advanced(by: Nanoseconds(-1)) == min)
        #expect(max.advanced(by: Nanoseconds(.min)) == Instant(nanoseconds: -1))
        #expect(min.duration(to: max) == Nanoseconds(.max))
        #expect(max.duration(to: min) == Nanoseconds(.min))
        #expect(max.firstMomentPast == max)
        #expect(Instant.distantFuture == max)
    }

    @Test("A deadline has passed only when now is later")
    func deadlines() {
        let deadline = Instant(nanoseconds: 10)
        #expect(!deadline.hasPassed(at: Instant(nanoseconds: 9)))
        #expect(!deadline.hasPassed(at: deadline))
        #expect(deadline.hasPassed(at: Instant(nanoseconds: 11)))
        #expect(deadline.firstMomentPast == Instant(nanoseconds: 11))
        #expect(!max.hasPassed(at: max))
    }

    @Test("Units")
    func units() {
        #expect(Nanoseconds.microseconds(2).count == 2_000)
        #expect(Nanoseconds.milliseconds(2).count == 2_000_000)
        #expect(Nanoseconds.seconds(2).count == 2_000_000_000)
        #expect(Nanoseconds.minutes(2).count == 120_000_000_000)
        #expect(Nanoseconds.minutes(.max).count == .max)
        #expect(Nanoseconds.seconds(.min).count == .min)
        #expect(Nanoseconds.zero < .microseconds(1))
    }

    @Test("From a duration: rounded towards zero, saturated")
    func durations() {
        #expect(Nanoseconds(Duration.milliseconds(1500)) == .milliseconds(1500))
        #expect(Nanoseconds(Duration(secondsComponent: 0, attosecondsComponent: 1_999_999_999)).count == 1)
        #expect(Nanoseconds(Duration(secondsComponent: 0, attosecondsComponent: -1_999_999_999)).count == -1)
        #expect(Nanoseconds(Duration.seconds(-2)) == .seconds(-2))
        #expect(Nanoseconds(Duration(secondsComponent: 9_223_372_036, attosecondsComponent: 854_775_807_000_000_000)).count == .max)
        #expect(Nanoseconds(Duration(secondsComponent: 9_223_372_036, attosecondsComponent: 999_999_999_000_000_000)).count == .max)
        #expect(Nanoseconds(Duration.seconds(Int64.max)).count == .max)
        #expect(Nanoseconds(Duration.seconds(Int64.min)).count == .min)
    }

    @Test("They are written as plain numbers")
    func codable() throws {
        #expect(try json([Instant(nanoseconds: -3), max]) == "[-3,9223372036854775807]")
        #expect(try json([Nanoseconds.seconds(1)]) == "[1000000000]")
        #expect(try afterRoundTrip([min, max, .start]) == [min, max, .start])
        #expect(try afterRoundTrip([Nanoseconds(.min), Nanoseconds(.max)]) == [Nanoseconds(.min), Nanoseconds(.max)])
    }
}
