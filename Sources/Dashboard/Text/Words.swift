internal import Broadcasts
internal import Canvas
internal import Coordination
internal import Kademlia
internal import Scenarios
internal import Timeline

/// Numbers, times and keys as people read them, the same in the panes and in plain text.
struct Words: Sendable {
    /// The width of the keys in bits: only so many digits are shown.
    let keyBits: Int
    /// What stands for digits that are left out.
    let ellipsis: Unicode.Scalar
    /// What stands between groups of digits.
    let dot: Unicode.Scalar

    /// All digits of a key, or the first eight.
    func key(_ key: Key256) -> String {
        String(key.shown(keyBits).prefix(8))
    }

    /// The first and last digits of a key, in seven columns.
    func shortKey(_ key: Key256) -> String {
        let digits = key.shown(keyBits)
        return digits.count <= 7 ? digits : "\(digits.prefix(4))\(ellipsis)\(digits.suffix(2))"
    }

    /// The first digits of a distance, in groups of four.
    func distance(_ distance: Key256, groups: Int) -> String {
        let digits = Array(distance.shown(keyBits).prefix(4 * groups))
        return stride(from: 0, to: digits.count, by: 4).map { String(digits[$0..<min($0 + 4, digits.count)]) }.joined(
            separator: String(dot))
    }

    /// The number of bits that two keys share, at most the width of a key.
    func commonPrefixLength(_ a: Key256, _ b: Key256) -> Int {
        min(a.commonPrefixLength(with: b), keyBits)
    }

    /// A moment in seconds with three places, as in `12.480`.
    static func moment(_ instant: Instant) -> String {
        seconds(Nanoseconds(instant.nanoseconds), places: 3)
    }

    /// A short length of time: `62ms`, `4.6s`, `12min`.
    static func length(_ time: Nanoseconds) -> String {
        let count = time.count
        if count < 10_000_000, count % 1_000_000 != 0 { return "\(count / 1_000_000).\(count / 100_000 % 10)ms" }
        if count < 1_000_000_000 { return "\(count / 1_000_000)ms" }
        if count < 100_000_000_000 { return seconds(time, places: 1) + "s" }
        return "\(count / 60_000_000_000)min"
    }

    /// How well a record is placed, in as many words as there is room for.
    static func quality(_ quality: PutQuality, width: Int, dot: Unicode.Scalar) -> String {
        let share = "\(quality.held)/\(quality.trueClosest.count)"
        let long = "quality \(share) of the true closest hold it" + (quality.regret.map { ", \(tenths($0)) ranks off" } ?? "")
        let short = "holds \(share)" + (quality.regret.map { " \(dot) +\(tenths($0))" } ?? "")
        return long.columns <= width ? long : short
    }

    private static func tenths(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// A share of the whole with three significant digits, as in `0.0145`; 1 or more is `1`.
    static func share(_ share: Double) -> String {
        guard share > 0, share < 1 else { return share >= 1 ? "1" : "0" }
        var (scaled, zeros) = (share, 0)
        while scaled < 0.1, zeros < 12 {
            scaled *= 10
            zeros += 1
        }
        let digits = min(999, Int((scaled * 1000).rounded()))
        return "0." + String(repeating: "0", count: zeros) + "\(digits)"
    }

    private static func seconds(_ time: Nanoseconds, places: Int) -> String {
        let unit = places == 3 ? Int64(1_000_000) : 100_000_000
        let scale = places == 3 ? Int64(1000) : 10
        let whole = time.count / unit
        let fraction = String(whole % scale)
        return "\(whole / scale).\(String(repeating: "0", count: places - fraction.count))\(fraction)"
    }
}

extension BroadcastOutcome {
    /// The number of nodes that have the record.
    var storedCount: Int { contacted.count - errors.count - unanswered.count }
}
