internal import Broadcasts
internal import Coordination
internal import Simulation
internal import Timeline

// MARK: - Hops against the size of the network: V5

extension Validation {
    mutating func judgeHops(_ goesOn: (Double) -> Bool) -> Bool {
        var points: [(x: Double, y: Double)] = []
        for size in effort.sizes {
            guard let puts = puts(effort.putsOfSize, in: ideal(size), .zikade, .followUp(FollowUpConfiguration()), goesOn) else {
                return false
            }
            let hops = puts.flatMap(\.hops)
            points.append((Double(size).binaryLogarithm, Double(hops.reduce(0, +)) / Double(max(1, hops.count))))
        }
        let fit = Line(through: points)
        let hops = zip(effort.sizes, points).map { "\(FigureText.number($1.y)) (\(FigureText.grouped($0)))" }
        add(
            ValidationRow(
                id: "V5", quantity: "mean hops against the size of the network", source: "Kademlia: c · log n",
                tolerance: "linear in log2 n, R² 0.99 at least", isFitted: false,
                checks: [
                    .init("R²", nil, fit.determination, in: 0.99...1), .init("hops a doubling", nil, fit.slope, in: 0.05...1),
                ], remark: hops.joined(separator: ", ")))
        return true
    }
}

/// A line of least squares.
struct Line {
    let slope: Double
    /// R²: the share of the variance that the line explains.
    let determination: Double

    init(through points: [(x: Double, y: Double)]) {
        let count = Double(points.count)
        let (x, y) = (points.reduce(0) { $0 + $1.x } / count, points.reduce(0) { $0 + $1.y } / count)
        let xx = points.reduce(0) { $0 + ($1.x - x) * ($1.x - x) }
        let yy = points.reduce(0) { $0 + ($1.y - y) * ($1.y - y) }
        let xy = points.reduce(0) { $0 + ($1.x - x) * ($1.y - y) }
        slope = xx > 0 ? xy / xx : 0
        determination = xx > 0 && yy > 0 ? xy * xy / (xx * yy) : 0
    }
}

// MARK: - Estimates of the network's size: V10

extension Validation {
    mutating func judgeEstimates(_ goesOn: (Double) -> Bool) -> Bool {
        var (early, late) = ([] as [Double], [] as [Double])
        for number in 0..<effort.estimates {
            let network = ideal(10_000, 1000 + number)
            func error(_ run: MeteredRun) -> Double {
                let estimate = run.world.pool.networkSizeEstimate(at: run.world.now) ?? 0
                return 100 * abs(estimate / Double(network.nodes.count) - 1)
            }
            var last = 0.0
            let puts = puts(150, in: network, .zikade, .followUp(FollowUpConfiguration()), goesOn) { run in
                last = error(run)
                if run.results.count == 15 { early.append(last) }
            }
            guard puts != nil else { return false }
            late.append(last)
        }
        add(
            ValidationRow(
                id: "V10", quantity: "error of the size estimate, p95, %", source: "theory: 22 %/√n, times 1.96",
                tolerance: "12 and 4.5 at most", isFitted: false,
                checks: [
                    .init("15 lookups", 11.2, Tally(early).quantile(0.95) ?? 100, in: 0...12),
                    .init("150 lookups", 3.5, Tally(late).quantile(0.95) ?? 100, in: 0...4.5),
                ], remark: "networks of 10,000 nodes without failures"))
        return true
    }
}

// MARK: - Routing tables: V13

extension Validation {
    mutating func judgeTables(_ goesOn: (Double) -> Bool) -> Bool {
        let deepest = 14
        var entries = [Int](repeating: 0, count: deepest + 1)
        var (gone, owners) = (entries, entries)
        for number in 0..<effort.seeds {
            let network = amino(number)
            let alive = network.nodes.lazy.filter { network.isPresent($0, at: .start) }
            let every = max(1, network.nodes.count / effort.tables)
            for (place, node) in alive.enumerated() where place.isMultiple(of: every) {
                // Deep buckets hold few nodes, so more of them are looked at, and cost less.
                for bucket in (place.isMultiple(of: 8 * every) ? 0 : 9)...deepest {
                    let nodes = network.bucket(bucket, of: node)
                    owners[bucket] += 1
                    entries[bucket] += nodes.count
                    gone[bucket] += nodes.count { !network.isPresent($0, at: .start) }
                }
                guard goesOn(1) else { return false }
            }
        }
        func fill(_ buckets: ClosedRange<Int>) -> Double {
            Double(entries[buckets].reduce(0, +)) / Double(max(1, owners[buckets].reduce(0, +)))
        }
        func stale(_ buckets: ClosedRange<Int>) -> Double {
            100 * Double(gone[buckets].reduce(0, +)) / Double(max(1, entries[buckets].reduce(0, +)))
        }
        add(
            ValidationRow(
                id: "V13", quantity: "routing tables: nodes in a bucket; share gone, %", source: "RFM19",
                tolerance: "nodes ± 5 %, share ± 1 point", isFitted: false,
                checks: [
                    .init("nodes in 0–8", 19.88, fill(0...8), within: 0.05), .init("nodes in 9", 14.16, fill(9...9), within: 0.05),
                    .init("nodes in 13", 0.908, fill(13...13), within: 0.05), .init("gone in 0", 3.78, stale(0...0), plusMinus: 1),
                    .init("gone in 9–14", 15, stale(9...deepest), plusMinus: 1),
                ], remark: "the shares are what the profile says; that tables keep to them is what is checked"))
        return true
    }
}
