import Kademlia

/// A node of the workloads: its key, and a number that was made once.
struct BenchmarkNode: NodeID {
    let key: Key256
    let number: UInt32

    static func == (a: BenchmarkNode, b: BenchmarkNode) -> Bool { a.number == b.number }
    func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

/// SplitMix64 (Steele, Lea, Flood 2014), and the keys that the workloads draw from it.
struct KeySource {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    mutating func key() -> Key256 { Key256(next(), next(), next(), next()) }

    mutating func keys(_ count: Int) -> [Key256] { (0..<count).map { _ in key() } }

    mutating func nodes(_ count: Int) -> [BenchmarkNode] {
        (0..<count).map { BenchmarkNode(key: key(), number: UInt32($0)) }
    }
}
