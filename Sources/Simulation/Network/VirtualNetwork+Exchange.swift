internal import Coordination
internal import Timeline

// MARK: - What becomes of a request

extension VirtualNetwork {
    /// The kinds of request.
    enum RequestKind: UInt64, Sendable {
        case findCloser = 1
        case store = 2
    }

    /// What becomes of a request: the reply arrives after a while, or never. `reaching` is the part of the while until the request
    /// has reached the node.
    enum Reply: Equatable, Sendable {
        /// Closer nodes, or that the record is stored.
        case success(after: Nanoseconds, reaching: Nanoseconds)
        /// The node answers with an error.
        case refusal(after: Nanoseconds, reaching: Nanoseconds)
        /// Nobody can connect to the node, which shows after a while.
        case unreachable(after: Nanoseconds)
        /// Nothing, for this reason.
        case never(PendingMessage.Obstacle)
    }

    /// A request and what becomes of it.
    struct Exchange: Equatable, Sendable {
        var reply: Reply
        /// When the reply arrives a second time, if it does.
        var copyAfter: Nanoseconds?
        /// When the node keeps the record, if it is a store and it does.
        var keptAfter: Nanoseconds?
        /// How long nobody connects to the node again, if that has just been tried in vain.
        var backoff: Nanoseconds?
    }

    /// What draws are made for.
    private enum Purpose: UInt64 {
        case lossOfRequest = 1
        case lossOfReply, wayThere, wayBack, duplicate, wayOfDuplicate, holding, holdingTime, refusal, vanishing
    }

    /// What becomes of a request of this kind to a node, for this broadcast, sent at this moment.
    ///
    /// - Parameters:
    ///   - isConnected: whether the broadcast is connected with the node already.
    ///   - failureAfter: when the request fails if the node is not there and somebody has tried to connect to it a short while ago.
    func exchange(
        with node: Int32, _ kind: RequestKind, of id: OperationID, at now: Instant = .start, isConnected: Bool = false,
        failureAfter: Nanoseconds? = nil
    ) -> Exchange {
        if book.isUniform, case .constant(let time) = book.base.latency {
            return Exchange(
                reply: .success(after: Nanoseconds(2 * time.count), reaching: time), copyAfter: nil, keptAfter: kind == .store ? time : nil)
        }
        let place = Int(node)
        let mask = book.mask(of: place, at: now)
        let stream = SplitMix64.hash(seed, SplitMix64.hash(id.name), UInt64(UInt32(bitPattern: node)), kind.rawValue)
        func draw(_ purpose: Purpose) -> UInt64 { SplitMix64.hash(stream, purpose.rawValue) }
        func never(_ obstacle: PendingMessage.Obstacle, keptAfter: Nanoseconds? = nil) -> Exchange {
            Exchange(reply: .never(obstacle), copyAfter: nil, keptAfter: keptAfter)
        }
        if book.isCutOff(mask) { return never(.partitioned) }
        let behaviour = behaviour(place, mask)
        if behaviour == .silent { return never(.silent) }

        let way = Way(to: place, mask, in: self)
        let (there, back) = (way.time(draw(.wayThere)), way.time(draw(.wayBack)))
        let roundTrip = Nanoseconds(there.count + back.count)
        let dialing = book.dialing(mask)
        guard behaviour != .dead, isPresent(place, mask, at: now) else {
            let time = failureAfter ?? timeOfFailure(dialing, place) ?? roundTrip
            return Exchange(
                reply: .unreachable(after: time), copyAfter: nil, keptAfter: nil,
                backoff: failureAfter == nil ? dialing.backoff : nil)
        }
        let dial = isConnected || isWarm(place, dialing) ? 0 : roundTrip.scaled(by: dialing.roundTrips).count
        let reaching = Nanoseconds(there.count + dial)
        let loss = book.loss(mask)
        if loss > 0, draw(.lossOfRequest).asShare < loss { return never(.lost) }
        if let obstacle = obstacleOnArrival(place, at: now.advanced(by: reaching)) { return never(obstacle) }

        var isRefused = behaviour == .failing
        var isKept = kind == .store && !isRefused && !pretendsToStore(mask)
        if kind == .store {
            let (refusal, vanishing) = (book.storeRefusal(mask), book.storeVanishing(mask))
            if refusal > 0, draw(.refusal).asShare < refusal { (isRefused, isKept) = (true, false) }
            if vanishing > 0, draw(.vanishing).asShare < vanishing { return never(.vanished) }
        }
        let keptAfter = isKept ? reaching : nil
        if loss > 0, draw(.lossOfReply).asShare < loss { return never(.lost, keptAfter: keptAfter) }
        var after = Nanoseconds(reaching.count + back.count)
        if let reordering = book.reordering(mask), draw(.holding).asShare < reordering.share {
            after = Nanoseconds(after.count + Int64(draw(.holdingTime).asShare * Double(reordering.delay.count)))
        }
        let duplication = book.duplication(mask)
        let isDoubled = duplication > 0 && draw(.duplicate).asShare < duplication
        return Exchange(
            reply: isRefused
                ? .refusal(after: after, reaching: reaching) : .success(after: after, reaching: reaching),
            copyAfter: isDoubled ? Nanoseconds(after.count + way.time(draw(.wayOfDuplicate)).count) : nil, keptAfter: keptAfter)
    }

    /// How long messages from and to a node take.
    private struct Way {
        private let latency: LatencyModel
        private let region: Int
        private let slowness: Double

        init(to place: Int, _ mask: UInt64, in network: VirtualNetwork) {
            latency = network.book.latency(mask)
            region = latency.region(SplitMix64.hash(network.seed, 0x7265_6769, UInt64(place)))
            slowness = network.book.slowness(mask)
        }

        func time(_ draw: UInt64) -> Nanoseconds {
            let time = latency.draw(draw, region: region)
            return slowness == 1 ? time : time.scaled(by: slowness)
        }
    }

    /// Why a node does not take a request that reaches it, if it does not.
    private func obstacleOnArrival(_ place: Int, at moment: Instant) -> PendingMessage.Obstacle? {
        guard book.isSelective || !book.hasNoGroups else { return nil }
        let mask = book.mask(of: place, at: moment)
        if book.isCutOff(mask) { return .partitioned }
        if !isPresent(place, mask, at: moment) { return .crashed }
        return behaviour(place, mask) == .silent ? .muted : nil
    }

    /// Whether we have been connected with a node before the run.
    private func isWarm(_ place: Int, _ dialing: Dialing) -> Bool {
        dialing.roundTrips == 0 || dialing.warm > 0 && SplitMix64.hash(seed, 0x7761_726d, UInt64(place)).asShare < dialing.warm
    }

    /// How long it takes until connecting to a node that is gone has failed; `nil` for one round trip.
    private func timeOfFailure(_ dialing: Dialing, _ place: Int) -> Nanoseconds? {
        let draw = SplitMix64.hash(seed, 0x6469_616c, UInt64(place))
        var share = draw.asShare
        for failure in dialing.failures {
            if share < failure.share {
                guard failure.maximum > .zero else { return nil }
                let span = Double(failure.maximum.count - failure.minimum.count)
                return Nanoseconds(failure.minimum.count + Int64(SplitMix64.hash(draw, 1).asShare * span))
            }
            share -= failure.share
        }
        return nil
    }
}

extension Nanoseconds {
    /// The time so many times; beyond 30 years, which no run waits for, 30 years, so that a few such times have a sum.
    fileprivate func scaled(by factor: Double) -> Nanoseconds {
        Nanoseconds(Int64(min(Double(count) * factor, 9.5e17)))
    }
}
