extension QueryPool {
    /// Checks the slots and the line, and every query. For tests. O(all known nodes).
    ///
    /// - Returns: what is wrong, or `nil`.
    public func brokenInvariant() -> String? {
        let present = places.indices.filter { places[$0].arrival != 0 }.sorted { places[$0].arrival < places[$1].arrival }
        guard present.count + vacantPlaces.count == places.count else { return "queries are lost" }
        guard placeOfID.allSatisfy({ places[$0.value].arrival != 0 && ids[$0.value] == $0.key }) else {
            return "an id leads to the wrong query"
        }
        guard holders.count <= configuration.concurrency else { return "more slots are held than there are" }
        let holding = present.filter { places[$0].holdsSlot }.map { places[$0].arrival }
        guard holders.map(\.arrival) == holding else { return "the holders of slots are not as listed" }
        let waiting = present.filter { !places[$0].holdsSlot }.map { places[$0].arrival }
        guard unstarted.filter(isUnstarted).map(\.arrival) == waiting else { return "the line of unstarted queries is not as it should be" }
        for place in present {
            let query = places[place].query.map { queries[$0] }
            guard places[place].holdsSlot == (query.map { $0.statistics.requests > 0 } ?? false) else {
                return "\(ids[place]) has requests but no slot, or a slot but none"
            }
            if let problem = query?.brokenInvariant() { return "\(ids[place]): \(problem)" }
        }
        guard (present.compactMap { places[$0].query } + vacantQueries).sorted() == Array(queries.indices) else {
            return "two queries share their memory, or some is lost"
        }
        return nil
    }
}
