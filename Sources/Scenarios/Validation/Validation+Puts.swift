internal import Broadcasts
internal import Coordination
internal import Simulation

// MARK: - Puts in networks like Amino: V1 to V4, V7 to V9, V11

extension Validation {
    mutating func judgePuts(_ goesOn: (Double) -> Bool) -> Bool {
        var (classic, optimistic, followUp, flawless) = ([] as [PutResult], [] as [PutResult], [] as [PutResult], [] as [PutResult])
        for number in 0..<effort.seeds {
            let network = amino(number)
            var options = OptimisticConfiguration()
            options.networkSize = Int(Double(network.nodes.count) * (1 - network.configuration.deadShare))
            let client = PoolClient.goLibp2pClassic
            guard let slow = puts(effort.puts, in: network, client, .followUp(FollowUpConfiguration(stores: client.stores)), goesOn),
                let fast = puts(effort.puts, in: network, client, .optimistic(options), goesOn),
                let thorough = puts(effort.thoroughPuts, in: network, .zikade, .followUp(FollowUpConfiguration()), goesOn),
                let ideal = puts(effort.thoroughPuts, in: ideal(10_000, number), .zikade, .followUp(FollowUpConfiguration()), goesOn)
            else { return false }
            classic += slow
            optimistic += fast
            followUp += thorough
            flawless += ideal
        }
        judgeClassic(classic)
        judgeOptimistic(optimistic, against: classic)
        add(
            ValidationRow(
                id: "V6", quantity: "requests of a put, 10,000 nodes, no failures", source: "20–60 connections (RFM17)",
                tolerance: "40 to 60", isFitted: false,
                checks: [.init("followUp", nil, mean(flawless, \.requests), in: 40...60)], remark: ""))
        add(
            ValidationRow(
                id: "V11", quantity: "overlap with the true 20 closest alive, %", source: "not published",
                tolerance: "followUp 98 at least, 100 without failures", isFitted: false,
                checks: [
                    .init("followUp", nil, 100 * mean(followUp, \.overlap), in: 98...100),
                    .init("no failures", nil, 100 * mean(flawless, \.overlap), in: 100...100),
                ],
                remark: "classic "
                    + "\(FigureText.number(100 * mean(classic, \.overlap))) %, optimistic \(FigureText.number(100 * mean(optimistic, \.overlap))) %"
            ))
        return true
    }

    private mutating func judgeClassic(_ puts: [PutResult]) {
        let times = Tally(puts.map(\.seconds))
        let published = [(0.05, 2.97), (0.25, 7.01), (0.5, 12.64), (0.75, 23.33), (0.9, 48.98)]
        add(
            ValidationRow(
                id: "V1", quantity: "time of a classic put, s", source: "RFM17", tolerance: "each ± 15 %", isFitted: true,
                checks: published.map { share, time in
                    .init("p\(FigureText.fixed(100 * share, 0))", time, times.quantile(share) ?? 0, within: 0.15)
                }, remark: ""))
        let holders = Tally(puts.map { Double($0.holders) })
        add(
            ValidationRow(
                id: "V2", quantity: "nodes that got the record", source: "RFM17", tolerance: "± 1", isFitted: true,
                checks: [(0.05, 14.0), (0.5, 18), (0.9, 20)].map { share, count in
                    .init("p\(FigureText.fixed(100 * share, 0))", count, holders.quantile(share) ?? 0, plusMinus: 1)
                }, remark: ""))
        add(
            ValidationRow(
                id: "V3", quantity: "share of its time that a classic put walks, %", source: "SIGCOMM 2022", tolerance: "± 5 points",
                isFitted: false, checks: [.init("mean", 87.9, 100 * mean(puts, \.walkShare), plusMinus: 5)], remark: ""))
        judgeDiscovery(Tally(puts.flatMap { $0.hops.map(Double.init) }))
    }

    private mutating func judgeDiscovery(_ hops: Tally) {
        let published = [2.0, 20.8, 59.2, 16.6, 1.3, 0.1].map { $0 / 100 }
        let shares = (0..<20).map { hops.share(atOrBelow: Double($0)) - ($0 > 0 ? hops.share(atOrBelow: Double($0 - 1)) : 0) }
        let variation = shares.enumerated().reduce(0.0) { $0 + abs($1.element - ($1.offset < 6 ? published[$1.offset] : 0)) } / 2
        add(
            ValidationRow(
                id: "V4", quantity: "hops at which a holder was discovered", source: "optimistic-provide measurements, 2021",
                tolerance: "median equal, at most 3 in 98 %, variation 0.20", isFitted: false,
                checks: [
                    .init("median", 2, hops.quantile(0.5) ?? 0, plusMinus: 0),
                    .init("up to 3, %", 98.6, 100 * hops.share(atOrBelow: 3), in: 98...100),
                    .init("variation", 0, variation, in: 0...0.2),
                ], remark: "variation: half the sum of the differences between the shares of 0, 1, 2, … hops"))
    }

    private mutating func judgeOptimistic(_ puts: [PutResult], against classic: [PutResult]) {
        let (times, slow) = (Tally(puts.map(\.seconds)), Tally(classic.map(\.seconds)))
        add(
            ValidationRow(
                id: "V7", quantity: "time of an optimistic put, s", source: "go-libp2p-kad-dht 783", tolerance: "× 0.6 to × 1.7",
                isFitted: false,
                checks: [(0.5, 0.87), (0.9, 1.85)].map { share, time in
                    .init("p\(FigureText.fixed(100 * share, 0))", time, times.quantile(share) ?? 0, in: 0.6 * time...1.7 * time)
                }, remark: ""))
        let speedUp = (slow.quantile(0.5) ?? 0) / max(1e-9, times.quantile(0.5) ?? 0)
        add(
            ValidationRow(
                id: "V8", quantity: "classic put : optimistic put, median times", source: "INFOCOM 2024: more than 10",
                tolerance: "8 at least", isFitted: false, checks: [.init("ratio", 10, speedUp, in: 8...1e9)], remark: ""))
        func change(_ of: (Tally) -> Double?) -> Double {
            let (new, old) = (of(Tally(puts.map { Double($0.requests) })), of(Tally(classic.map { Double($0.requests) })))
            return 100 * ((new ?? 0) / max(1, old ?? 1) - 1)
        }
        add(
            ValidationRow(
                id: "V9", quantity: "requests of an optimistic put against a classic one, %", source: "INFOCOM 2024",
                tolerance: "-50 to -25", isFitted: false, checks: [.init("medians", -40, change { $0.quantile(0.5) }, in: -50 ... -25)],
                remark:
                    "means: \(FigureText.signed(change(\.mean))) %; while a dial of a minute is awaited, a classic lookup asks on and on"))
    }
}

/// The mean of a figure over puts.
private func mean<Number: BinaryInteger>(_ puts: [PutResult], _ figure: (PutResult) -> Number) -> Double {
    mean(puts) { Double(figure($0)) }
}

private func mean(_ puts: [PutResult], _ figure: (PutResult) -> Double) -> Double {
    puts.isEmpty ? 0 : puts.reduce(0) { $0 + figure($1) } / Double(puts.count)
}

extension PutResult {
    fileprivate var seconds: Double { Double(duration.count) / 1e9 }
    fileprivate var requests: Int { finds + stores }
}
