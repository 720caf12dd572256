internal import Broadcasts
internal import Coordination
internal import TOMLFields
internal import Timeline

// MARK: - Writing

extension RunFigures {
    /// What a line of a run says it is.
    static let format = "kadscope-run"
    /// The version of the format. Later versions of the same number may have more fields, which are passed over.
    static let version = 1

    /// The figures as a JSON object on one line, without its end.
    public var line: String {
        let bytes = JSONWriter.object { json in
            json.add("format", Self.format)
            json.add("version", Self.version)
            if let place {
                json.add("index", place.index)
                json.add("grid", place.grid)
            }
            json.add("scenario", scenario)
            json.add("text", fingerprint)
            json.addObject("settings") { json in
                for setting in settings { json.add(setting.path, setting.value) }
            }
            json.add("seed", Int64(clamping: seed))
            json.add("nodes", networkSize)
            json.add("simulated_ns", simulatedTime.nanoseconds)
            json.add("steps", steps)
            json.add("unfinished", unfinishedPuts)
            if isPartial { json.add("partial", true) }
            json.addObjects("strategies", strategies) { $1.write(to: &$0) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension PutFigures {
    /// Writes the members of the figures' object.
    func write(to json: inout JSONWriter) {
        json.add("strategy", strategy.rawValue)
        json.add("puts", count)
        json.addObject("ended") { json in
            for reason in Reason.allCases { if let count = reasons[reason] { json.add(reason.rawValue, count) } }
        }
        for measure in PutMeasure.allCases where self[measure].count > 0 {
            json.addObject(measure.fieldName) { self[measure].write(to: &$0) }
        }
    }
}

extension Tally {
    fileprivate func write(to json: inout JSONWriter) {
        json.add("count", count)
        json.add("sum", sum)
        json.add("min", min)
        json.add("max", max)
        json.add("values", entries.map(\.value))
        json.add("counts", entries.map { Double($0.count) })
    }
}

// MARK: - Reading

extension RunFigures {
    /// Reads the figures of a run from a line.
    ///
    /// - Throws: what is wrong with it.
    init(line: [UInt8]) throws(LineProblem) {
        let json = try JSONReader.value(in: line, 0..<line.count)
        guard json["format"]?.text == Self.format else { throw LineProblem("it is no run of kadscope") }
        let version = try json.requireWhole("version", in: 0...Int64.max)
        guard version == Int64(Self.version) else {
            throw LineProblem("it is of version \(version) of the format, and \(Self.version) is read")
        }
        var place: SweepPlace?
        if let index = try json.whole("index", in: 0...Int64.max) {
            place = SweepPlace(index: Int(index), grid: try json.requireText("grid"))
        }
        var settings: [Setting] = []
        for member in json["settings"]?.members ?? [] {
            guard let value = member.value.text else { throw LineProblem("the field settings.\(member.name) is not a text") }
            settings.append(Setting(path: member.name, value: value))
        }
        var isPartial = false
        if let value = json["partial"] {
            guard case .bool(let flag) = value else { throw LineProblem("the field partial is not true or false") }
            isPartial = flag
        }
        var strategies: [PutFigures] = []
        for value in try json.list("strategies") { strategies.append(try PutFigures(value)) }
        let wholes = 0...Int64.max
        self.init(
            scenario: try json.requireText("scenario"), fingerprint: try json.requireText("text"), settings: settings,
            seed: UInt64(try json.requireWhole("seed", in: wholes)), networkSize: Int(try json.requireWhole("nodes", in: wholes)),
            simulatedTime: Instant(nanoseconds: try json.requireWhole("simulated_ns", in: wholes)),
            steps: Int(try json.requireWhole("steps", in: wholes)),
            unfinishedPuts: Int(try json.requireWhole("unfinished", in: wholes)), isPartial: isPartial, strategies: strategies,
            place: place)
    }
}

extension PutFigures {
    fileprivate init(_ json: JSONValue) throws(LineProblem) {
        let name = try json.requireText("strategy")
        guard let strategy = BroadcastStrategy(rawValue: name) else {
            throw LineProblem("the field strategy is \(name.quoted), which is unknown")
        }
        let counts: ClosedRange<Int64> = 0...1_000_000_000_000
        var reasons: [Reason: Int] = [:]
        for member in json["ended"]?.members ?? [] {
            guard let reason = Reason(rawValue: member.name) else { continue }
            reasons[reason] = Int(try json["ended"]?.requireWhole(member.name, in: counts) ?? 0)
        }
        var tallies: [PutMeasure: Tally] = [:]
        for measure in PutMeasure.allCases {
            guard let value = json[measure.fieldName] else { continue }
            guard let tally = Tally(value) else { throw LineProblem("the field \(measure.fieldName) is no tally of values") }
            tallies[measure] = tally
        }
        self.init(strategy, reasons: reasons, count: Int(try json.requireWhole("puts", in: counts)), tallies: tallies)
    }
}

extension Tally {
    fileprivate init?(_ json: JSONValue) {
        guard let values = json["values"]?.elements, let counts = json["counts"]?.elements, values.count == counts.count,
            let sum = json["sum"]?.real, let min = json["min"]?.real, let max = json["max"]?.real
        else { return nil }
        var entries: [Entry] = []
        for (value, count) in zip(values, counts) {
            guard let value = value.real, let count = count.whole else { return nil }
            entries.append(Entry(value: value, count: Int(count)))
        }
        self.init(entries: entries, sum: sum, min: min, max: max)
        guard json["count"]?.whole == Int64(self.count) else { return nil }
    }
}
