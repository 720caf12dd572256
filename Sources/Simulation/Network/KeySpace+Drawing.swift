internal import Kademlia

extension KeySpace {
    /// Keys from a generator, some beside them, and one more that is none of them.
    ///
    /// A key is the next four numbers of the generator, cut to its width; one that is taken is drawn again. Wide keys are put where they
    /// belong in two passes, by their leading bits, and need no memory but their own.
    ///
    /// - Parameters:
    ///   - count: the number of keys to draw.
    ///   - planted: keys that are there anyway.
    ///   - reserved: the one more, if somebody chose it; else the generator's next.
    /// - Returns: the keys, and the one more.
    /// - Complexity: O(n).
    static func random(
        _ count: Int, bits: Int, planted: [Key256], reserved: Key256?, seed: UInt64
    ) -> (space: KeySpace, other: Key256) {
        if bits >= 128, let drawn = scattered(count, bits: bits, planted: planted, reserved: reserved, seed: seed) { return drawn }
        var generator = SplitMix64(seed: seed)
        var taken = Set(planted)
        if let reserved { taken.insert(reserved) }
        var keys = planted
        for _ in 0..<count { keys.append(generator.nextKey(bits: bits, notIn: &taken)) }
        keys.sort()
        return (KeySpace(sorted: keys), reserved ?? generator.nextKey(bits: bits, notIn: &taken))
    }

    /// The keys by two passes over the generator: the first counts how many share their leading bits, the second puts each in its place.
    ///
    /// - Returns: `nil` where a key came twice, which with so many bits next to never happens.
    private static func scattered(
        _ count: Int, bits: Int, planted: [Key256], reserved: Key256?, seed: UInt64
    ) -> (space: KeySpace, other: Key256)? {
        let total = count + planted.count
        let shift = UInt64(64 - indexedBits(total))
        var ends = [UInt32](repeating: 0, count: 1 << indexedBits(total))
        var generator = SplitMix64(seed: seed)
        for _ in 0..<count { ends[Int(generator.nextKey(bits: bits).word0 >> shift)] += 1 }
        let other = reserved ?? generator.nextKey(bits: bits)
        for key in planted { ends[Int(key.word0 >> shift)] += 1 }
        var sum: UInt32 = 0
        for place in ends.indices { (ends[place], sum) = (sum, sum + ends[place]) }
        generator = SplitMix64(seed: seed)
        let keys = [Key256](unsafeUninitializedCapacity: total) { buffer, initialized in
            func put(_ key: Key256) {
                let leading = Int(key.word0 >> shift)
                buffer.initializeElement(at: Int(ends[leading]), to: key)
                ends[leading] += 1
            }
            for _ in 0..<count { put(generator.nextKey(bits: bits)) }
            for key in planted { put(key) }
            initialized = total
            // Each stands among those that share its leading bits: a key or two on average.
            for place in 1..<max(1, total) where buffer[place] < buffer[place - 1] {
                let key = buffer[place]
                var hole = place
                while hole > 0, key < buffer[hole - 1] {
                    buffer[hole] = buffer[hole - 1]
                    hole -= 1
                }
                buffer[hole] = key
            }
        }
        let space = KeySpace(sorted: keys)
        let isDistinct = zip(keys, keys.dropFirst()).allSatisfy { $0 != $1 }
        return isDistinct && !space.contains(other) ? (space, other) : nil
    }

    /// Whether a key is among these.
    func contains(_ key: Key256) -> Bool {
        let place = place(of: key)
        return place < count && keys[place] == key
    }
}

extension SplitMix64 {
    /// The next four numbers as a key of this width.
    @inline(__always)
    mutating func nextKey(bits: Int) -> Key256 {
        let (word0, word1, word2, word3) = (next(), next(), next(), next())
        return Key256(
            word0 & Self.ones(bits), word1 & Self.ones(bits - 64), word2 & Self.ones(bits - 128), word3 & Self.ones(bits - 192))
    }

    /// The next key that is not taken, which it is from then on.
    mutating func nextKey(bits: Int, notIn taken: inout Set<Key256>) -> Key256 {
        while true {
            let key = nextKey(bits: bits)
            if taken.insert(key).inserted { return key }
        }
    }

    /// A word whose first `count` bits are 1.
    @inline(__always)
    private static func ones(_ count: Int) -> UInt64 {
        count >= 64 ? .max : count <= 0 ? 0 : .max << UInt64(64 - count)
    }
}
