internal import Coordination
internal import Museum
internal import Simulation
internal import TOMLFields
public import Timeline

/// A run in one short line that can be sent to somebody: scenario, seed, choices, faults and the place in the run.
///
/// The line is `kbt1:` and the letters of RFC 4648's base64url for these bytes: the scenario (the name of a built-in one with a
/// fingerprint of its text, name and text, or an exhibit, and whose rules the pool follows), the seed if it is not the text's own, the place, the choices by position, and four
/// bytes of FNV-1a over all the others. What follows a `~` is passed over.
public struct ShareLine: Sendable {
    /// What every such line begins with.
    public static let prefix = "kbt1:"
    /// The most letters of a line that is read.
    public static let longest = 4 << 20

    /// What it is a run of.
    public let scenario: Scenario
    /// The choices on the way, by position.
    public let deviations: [Deviation]
    /// The number of steps before the place that is shared.
    public let position: Int

    /// A line for this place of a run.
    public init(_ scenario: Scenario, deviations: [Deviation], position: Int) {
        self.scenario = scenario
        self.deviations = deviations
        self.position = position
    }

    /// A line for the place at which a history stands.
    ///
    /// - Returns: `nil` for a scenario that only stands in for an unknown one.
    public init?(_ history: History<Scenario.World>, of scenario: Scenario) {
        guard !scenario.text.isEmpty || scenario.exhibit != nil else { return nil }
        self.init(scenario, deviations: history.branch.deviations, position: history.position)
    }

    /// Whether a text is to be read as a share line.
    public static func isOne(_ text: some StringProtocol) -> Bool { text.hasPrefix(prefix) }

    // MARK: Writing

    /// The line itself. Its length is that of the choices, five bytes or so for each, beside the scenario's name or text.
    public var text: String {
        var writer = ByteWriter()
        // The bit of 4 tells that the pool follows the other rules than it would.
        let other: UInt8 = scenario.rules == (scenario.exhibit == nil ? .strict : .reference) ? 0 : 4
        var own: UInt64? = scenario.seed
        if let exhibit = scenario.exhibit {
            writer.add(byte: 2 + other)
            writer.add(exhibit.id)
        } else if let builtIn = BuiltInScenario.named(scenario.name), builtIn.text == scenario.text {
            writer.add(byte: 0 + other)
            writer.add(scenario.name)
            for byte in Self.checksum(Array(scenario.text.utf8)) { writer.add(byte: byte) }
        } else {
            writer.add(byte: 1 + other)
            writer.add(scenario.name)
            writer.add(scenario.text)
        }
        if scenario.exhibit == nil { own = try? Scenario(text: scenario.text, name: scenario.name, source: scenario.name).seed }
        writer.add(optional: own == scenario.seed ? nil : scenario.seed) { $0.add($1) }
        writer.add(UInt64(position))
        writer.add(UInt64(deviations.count))
        var last = 0
        for deviation in deviations {
            writer.add(UInt64(deviation.position - last))
            last = deviation.position
            writer.add(deviation.choice, scenario)
        }
        return Self.prefix + Base64URL.text(of: writer.bytes + Self.checksum(writer.bytes))
    }

    /// Four bytes that stand for others.
    private static func checksum(_ bytes: [UInt8]) -> [UInt8] {
        var hash = FNV1a()
        for byte in bytes { hash.add(byte) }
        let folded = hash.value >> 32 ^ hash.value & 0xFFFF_FFFF
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: folded >> $0) }
    }

    // MARK: Reading

    /// Reads a line.
    ///
    /// - Throws: what is wrong with it.
    public init(text: String) throws(ShareLineError) {
        guard Self.isOne(text), text.utf8.count <= Self.longest else { throw .damaged }
        let letters = text.dropFirst(Self.prefix.count).prefix { $0 != "~" }
        guard let bytes = Base64URL.bytes(of: letters), bytes.count > 4, Self.checksum(bytes.dropLast(4)) == bytes.suffix(4) else {
            throw .damaged
        }
        var fields = ByteFields(bytes.dropLast(4))
        scenario = try Self.readScenario(&fields)
        position = try fields.small()
        var (deviations, last) = ([] as [Deviation], 0)
        for _ in 0..<(try fields.small()) {
            let place = last + (try fields.small())
            guard place <= Int(Int32.max) else { throw .malformed }
            last = place
            deviations.append(Deviation(position: place, choice: try fields.choice(scenario)))
        }
        guard fields.isEmpty else { throw .malformed }
        self.deviations = deviations
    }

    private static func readScenario(_ fields: inout ByteFields) throws(ShareLineError) -> Scenario {
        let kind = try fields.byte()
        guard kind < 8, kind & 3 != 3 else { throw .malformed }
        let name = try fields.text()
        var text = ""
        switch kind & 3 {
        case 0:
            guard let builtIn = BuiltInScenario.named(name) else { throw .unknownScenario(name) }
            text = builtIn.text
            var fingerprint: [UInt8] = []
            for _ in 0..<4 { fingerprint.append(try fields.byte()) }
            guard fingerprint == checksum(Array(text.utf8)) else { throw .otherScenario(name) }
        case 1: text = try fields.text()
        default: break
        }
        let seed = try fields.optional { (fields) throws(ShareLineError) in try fields.number() }
        var scenario: Scenario
        if kind & 3 == 2 {
            guard let exhibit = Exhibit.named(name), seed == nil else { throw .unknownScenario(name) }
            scenario = Scenario(exhibit)
        } else {
            do {
                scenario = try Scenario(text: text, name: name, source: "the scenario of the line", seed: seed)
            } catch {
                throw .wrongScenario(error.description)
            }
        }
        return kind & 4 == 0 ? scenario : scenario.counterpart
    }
}

extension ShareLine {
    private static func checksum(_ bytes: ArraySlice<UInt8>) -> [UInt8] { checksum(Array(bytes)) }
}

/// Why a text is no share line that can be opened.
public enum ShareLineError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Letters are missing, or were changed.
    case damaged
    /// It is whole, but was not written by a program like this one.
    case malformed
    /// It names a built-in scenario that does not exist.
    case unknownScenario(String)
    /// It names a built-in scenario that was another one when the line was written.
    case otherScenario(String)
    /// Its scenario is wrong: a sentence that says so.
    case wrongScenario(String)

    /// One sentence, with the remedy.
    public var description: String {
        switch self {
        case .damaged: "the share line is damaged: letters are missing or changed; copy it again, from kbt1: to its end"
        case .malformed: "the share line is not one of this version of the program"
        case .unknownScenario(let name): "the share line is one of the built-in scenario \(name.quoted), which this version does not have"
        case .otherScenario(let name):
            "the share line is one of the built-in scenario \(name.quoted) of another version of the program; use that version"
        case .wrongScenario(let sentence): sentence
        }
    }
}
