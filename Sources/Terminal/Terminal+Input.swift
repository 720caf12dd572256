internal import CNcurses
internal import Canvas

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

extension Terminal {
    /// Signals that are only let through while waiting, so that none slips in between a look at them and the waiting.
    private static let held = [SIGWINCH, SIGTSTP]
    /// How often the terminal may say that it can be read and then give nothing before it is taken for gone.
    private static let patience = 20

    /// Waits for a key, the mouse, a change of size or a signal, without using the processor.
    ///
    /// Changes of size that come in a burst are one. A closed terminal is hung up.
    /// - Parameters:
    ///   - timeout: how long to wait at most; zero or less only looks. Nil waits for ever.
    ///   - wakeUp: a descriptor to wait for as well. Whoever gets ``Input/woken`` reads it until it is empty. The default is none.
    public func nextInput(timeout: Duration?, wakeUp: Int32? = nil) -> Input {
        guard isOpen else { return .hungUp }
        let mask = SignalMask(holdingBack: Terminal.held)
        defer { mask.release() }
        var waitingMask = mask.waiting(for: Terminal.held)
        let clock = ContinuousClock()
        let deadline = timeout.map { clock.now + min($0, .seconds(1_000_000_000)) }
        var emptyReads = 0
        while true {
            if let input = signalled() { return input }
            let (input, isEmpty) = read()
            if let input { return input }
            if !isEmpty { emptyReads = 0 }
            if emptyReads > 0, emptyReads >= Terminal.patience || Descriptor.isGone(self.input) { return .hungUp }
            let rest = deadline.map { Terminal.nanoseconds($0 - clock.now) } ?? -1
            let ready = nc_wait(self.input, signals.readEnd, wakeUp ?? -1, rest, &waitingMask)
            if ready == 0 { return .timedOut }
            if ready == 4 { return .woken }
            if ready < 0 {
                guard errno == EINTR else { return .hungUp }
            } else {
                emptyReads = ready & 1 == 0 ? 0 : emptyReads + 1
            }
        }
    }

    /// What a signal that was noted means.
    private func signalled() -> Input? {
        while let signal = signals.next() {
            switch signal {
            case SIGINT: return .interrupted
            case SIGTERM: return .terminated
            case SIGHUP: return .hungUp
            case SIGUSR1: return .reloadRequested
            case SIGCONT:
                screen.restore()
                askForInput()
                return .resumed
            default: continue
            }
        }
        return nil
    }

    /// The next key, event of the mouse, pasted text or change of size that has arrived, and whether nothing at all has, not even a part of one.
    private func read() -> (input: Input?, isEmpty: Bool) {
        if !queue.isEmpty { return (queue.removeFirst(), false) }
        var isEmpty = true
        var isResized = false
        while let code = screen.read() {
            isEmpty = false
            if code == .key(KEY_RESIZE) {
                isResized = true
            } else {
                queue += paste.pass(code, at: ContinuousClock.now)
                if !isResized, !queue.isEmpty { return (queue.removeFirst(), false) }
            }
        }
        guard isResized else { return (nil, isEmpty) }
        screen.adoptSize()
        return (.resized(size), false)
    }

    /// A duration in whole nanoseconds, rounded up, not less than 0.
    private static func nanoseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = max(duration, .zero).components
        return seconds * 1_000_000_000 + (attoseconds + 999_999_999) / 1_000_000_000
    }
}
