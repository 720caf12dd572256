extension RandomAccessCollection {
    /// The first index whose element belongs to the second part of a partitioned collection: `isSecond` is false for all elements before
    /// it and true for all from it on; `endIndex` if there is no second part. O(log n).
    package func partitioningIndex(where isSecond: (Element) -> Bool) -> Index {
        var (low, count) = (startIndex, count)
        while count > 0 {
            let half = count / 2
            let middle = index(low, offsetBy: half)
            if isSecond(self[middle]) {
                count = half
            } else {
                low = index(after: middle)
                count -= half + 1
            }
        }
        return low
    }
}
