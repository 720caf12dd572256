import TOMLFields
import Testing

@Suite struct DurationTests {
    private func read(_ text: String) throws -> Duration? {
        try TOMLDocument(text: "x = \"\(text)\"", source: "t").root.duration(
            "x", in: .seconds(-10_000_000_000) ... .seconds(10_000_000_000))
    }

    @Test(arguments: [
        ("80ms", Duration.milliseconds(80)), ("1.5s", .milliseconds(1500)), ("2min", .seconds(120)), ("1h", .seconds(3600)),
        ("250us", .microseconds(250)), ("10ns", .nanoseconds(10)), ("0.1s", .milliseconds(100)), ("0.5min", .seconds(30)),
        ("-2s", .seconds(-2)), ("0s", .zero), ("0.000000001s", .nanoseconds(1)), ("1.2500us", .nanoseconds(1250)),
        ("9223372036854775807ns".replacing("9223372036854775807", with: "922337203685477580"), .nanoseconds(922_337_203_685_477_580)),
    ])
    func exact(text: String, duration: Duration) throws {
        #expect(try read(text) == duration)
    }

    @Test(arguments: [
        "", "s", "80", "ms80", "80 ms", "8,5s", "1.s", ".5s", "1.2.3s", "1m", "1d", "80MS", "+1s", "--1s", "1e3s", "٣s", "0.5ns",
        "0.0000000001s",
        "9999999999999999999s", "999999999999999999h", "1h30min", "∞s", "nan",
    ])
    func refused(text: String) {
        #expect(throws: TOMLFieldError.self) { try read(text) }
    }

    @Test(arguments: [
        (Duration.milliseconds(80), "80ms"), (.milliseconds(1500), "1.5s"), (.seconds(120), "2min"), (.seconds(90), "90s"),
        (.seconds(5400), "90min"), (.seconds(7200), "2h"), (.nanoseconds(1250), "1.25us"), (.zero, "0s"), (.seconds(-3), "-3s"),
    ])
    func limitsAreWrittenAsTheyAreRead(duration: Duration, text: String) throws {
        let fields = try TOMLDocument(text: "x = \"-9h\"", source: "t").root
        let error = #expect(throws: TOMLFieldError.self) { try fields.duration("x", in: duration...duration) }
        #expect(error?.remedy == "use \(text) to \(text)")
    }
}
