public import TOMLFields

/// The runs of a sweep: every combination of values with every seed, in a fixed order.
public struct SweepGrid: Hashable, Sendable {
    /// A field and the values that it takes, one after the other.
    public struct Axis: Hashable, Sendable {
        /// The settings of the field: one or more, all of the same path.
        public let settings: [TOMLSetting]

        /// Reads `PATH=VALUE,VALUE…`. What stands in brackets, braces or quotation marks is one value.
        ///
        /// - Throws: what is wrong with the path or a value.
        public init(_ text: String) throws(TOMLFieldError) {
            guard let equals = text.firstIndex(of: "=") else { throw Self.missingValue(text) }
            var settings: [TOMLSetting] = []
            for value in Self.values(text[text.index(after: equals)...]) {
                settings.append(try TOMLSetting(path: String(text[..<equals]), value: value))
            }
            self.settings = settings
        }

        private static func missingValue(_ text: String) -> TOMLFieldError {
            do {
                _ = try TOMLSetting(text)
                preconditionFailure("a setting has a value")
            } catch {
                return error
            }
        }

        /// The values between the commas.
        private static func values(_ text: Substring) -> [String] {
            var values: [String] = [""]
            var depth = 0
            var quote: Character?
            var isEscaped = false
            for character in text {
                if quote == nil, depth == 0, character == "," {
                    values.append("")
                    continue
                }
                values[values.count - 1].append(character)
                if let open = quote {
                    if !isEscaped, character == open { quote = nil }
                    isEscaped = open == "\"" && character == "\\" && !isEscaped
                } else if character == "\"" || character == "'" {
                    quote = character
                } else if character == "[" || character == "{" {
                    depth += 1
                } else if character == "]" || character == "}" {
                    depth -= 1
                }
            }
            return values
        }
    }

    /// One run.
    public struct Cell: Hashable, Sendable {
        /// Its index, from 0 on.
        public let index: Int
        /// A setting of each axis.
        public let settings: [TOMLSetting]
        /// Its seed.
        public let seed: UInt64

        /// In words: `pool.queryConcurrency=10, seed 3`.
        public var words: String { (settings.map(\.description) + ["seed \(seed)"]).joined(separator: ", ") }
    }

    /// The most runs of a grid.
    public static let limit = 100_000_000

    /// The fields that are varied.
    public let axes: [Axis]
    /// The seeds that each combination runs with.
    public let seeds: Seeds
    /// The number of runs: 1 or more.
    public let count: Int

    /// A grid.
    ///
    /// - Throws: a sentence, if a field is varied twice or there are too many runs.
    public init(axes: [Axis], seeds: Seeds) throws(RunError) {
        var count = seeds.count
        var paths: Set<String> = []
        for axis in axes {
            let path = axis.settings[0].path
            guard paths.insert(path).inserted else {
                throw RunError("--set \(path): the field is set twice; name it once, with all its values: \(path)=A,B,C")
            }
            var values: Set<String> = []
            if let twice = axis.settings.first(where: { !values.insert($0.value).inserted }) {
                throw RunError("--set \(path): the value \(twice.value) stands there twice; give each once")
            }
            let (product, overflow) = count.multipliedReportingOverflow(by: axis.settings.count)
            guard !overflow, product <= Self.limit else {
                throw RunError("the grid has more than \(Self.limit) runs; give fewer values or seeds")
            }
            count = product
        }
        (self.axes, self.seeds, self.count) = (axes, seeds, count)
    }

    /// A run; the seed changes first, then the last axis. O(axes).
    public subscript(index: Int) -> Cell {
        var rest = index / seeds.count
        var settings: [TOMLSetting] = []
        for axis in axes.reversed() {
            settings.append(axis.settings[rest % axis.settings.count])
            rest /= axis.settings.count
        }
        return Cell(index: index, settings: settings.reversed(), seed: seeds[index % seeds.count])
    }

    /// The number of combinations of values, each of which runs with every seed.
    public var combinationCount: Int { count / seeds.count }

    /// The settings of a combination, by its number from 0 on. O(axes).
    public func combination(_ number: Int) -> [TOMLSetting] { self[number * seeds.count].settings }

    /// Every value once, the other fields at their first values: what networks are built of before anything runs.
    public var samples: [[TOMLSetting]] {
        let first = axes.map { $0.settings[0] }
        var samples = [first]
        for (place, axis) in axes.enumerated() {
            for setting in axis.settings.dropFirst() {
                var sample = first
                sample[place] = setting
                samples.append(sample)
            }
        }
        return samples
    }

    /// The fingerprint of the grid: 16 hexadecimal digits, the same for the same values and seeds in the same order.
    public var fingerprint: String {
        fingerprintOfText(
            (axes.map { $0.settings.map(\.description).joined(separator: "\u{1F}") } + ["\(seeds)"]).joined(separator: "\u{1E}"))
    }
}

/// A part of a sweep, so that many machines share it: `3/8` is the third of eight.
public struct SweepShard: Hashable, Sendable {
    /// The number of the part, from 1 on.
    public let number: Int
    /// The number of parts.
    public let count: Int

    /// All of it.
    public static let whole = SweepShard(number: 1, count: 1)

    private init(number: Int, count: Int) {
        self.number = number
        self.count = count
    }

    /// Reads `i/n`.
    ///
    /// - Throws: a sentence with the option, what is wrong, and what would be right.
    public init(_ text: String) throws(RunError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let number = parts[0], let count = parts[1], count >= 1 else {
            throw RunError("--shard \(text): it is no part of a whole; give two numbers, such as 3/8 for the third of eight parts")
        }
        guard (1...count).contains(number) else {
            throw RunError("--shard \(text): there is no part \(number) of \(count); give 1/\(count) to \(count)/\(count)")
        }
        self.init(number: number, count: count)
    }

    /// The indices of the runs of a grid that are in this part.
    public func indices(of grid: SweepGrid) -> StrideTo<Int> { stride(from: number - 1, to: grid.count, by: count) }

    /// The number of these.
    public func size(of grid: SweepGrid) -> Int { max(0, (grid.count - number + count) / count) }
}
