internal import CTerminalGuard

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The signals that concern the screen, as bytes that can be waited for.
struct SignalPipe {
    /// What can be waited for.
    let readEnd: Int32
    private let writeEnd: Int32

    /// Nil if the system has no descriptors left.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        readEnd = ends[0]
        writeEnd = ends[1]
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
    }

    /// Begins to note signals. `suspendBytes` are written to the terminal before Ctrl-Z stops the process.
    func install(terminal: Int32, suspendBytes: String) {
        var text = suspendBytes
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { _ = terminal_signals_install(writeEnd, terminal, $0.baseAddress, $0.count) }
        }
    }

    /// The oldest signal that was noted; nil if there is none.
    func next() -> Int32? {
        var byte: UInt8 = 0
        return read(readEnd, &byte, 1) == 1 ? Int32(byte) : nil
    }

    /// Closes both ends. No signal may be noted any more.
    func release() {
        for end in [readEnd, writeEnd] { close(end) }
    }
}

/// Signals that are held back while ncurses must not be disturbed.
struct SignalMask {
    private let previous: sigset_t

    /// Holds back `signals` from now on.
    init(holdingBack signals: [Int32]) {
        var set = sigset_t()
        var before = sigset_t()
        sigemptyset(&set)
        sigemptyset(&before)
        for signal in signals { sigaddset(&set, signal) }
        pthread_sigmask(SIG_BLOCK, &set, &before)
        previous = before
    }

    /// What was held back before, without `signals`: for waiting.
    func waiting(for signals: [Int32]) -> sigset_t {
        var set = previous
        for signal in signals { sigdelset(&set, signal) }
        return set
    }

    /// Ends it.
    func release() {
        var set = previous
        pthread_sigmask(SIG_SETMASK, &set, nil)
    }
}
