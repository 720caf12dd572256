import Scenarios

#if canImport(Glibc)
@preconcurrency import Glibc
#elseif canImport(Musl)
@preconcurrency import Musl
#else
@preconcurrency import Darwin
#endif

/// A run of a sweep as a process of its own: this program itself, with other arguments.
final class RunProcess {
    /// The run.
    let cell: SweepGrid.Cell
    /// Whether it has ended and all that it said is here.
    private(set) var isOver = false
    private var process: pid_t = 0
    private var status: Int32 = 0
    private var output: Channel
    private var errors: Channel

    /// What it writes to one of its outputs.
    private struct Channel {
        /// Where it is read from; -1 once the other end is closed.
        var descriptor: Int32 = -1
        var bytes: [UInt8] = []

        /// Reads what is there.
        mutating func read() {
            var chunk = [UInt8](repeating: 0, count: 1 << 16)
            let count = systemRead(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR || errno == EAGAIN { return }
            guard count > 0 else { return closeEnd() }
            bytes += chunk[..<count]
        }

        mutating func closeEnd() {
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }
    }

    /// Starts it.
    ///
    /// - Throws: why it cannot be started.
    init(_ cell: SweepGrid.Cell, arguments: [String]) throws(Complaint) {
        self.cell = cell
        (output, errors) = (Channel(), Channel())
        let (outputEnd, errorEnd) = (try Self.pipe(&output), try Self.pipe(&errors))
        defer {
            close(outputEnd)
            close(errorEnd)
        }
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        #else
        var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, outputEnd, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errorEnd, STDERR_FILENO)
        var words = ([Self.program] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        let failure = posix_spawn(&process, Self.program, &actions, nil, &words, environ)
        guard failure == 0 else {
            throw Complaint(sentence: "a run could not be started: \(String(cString: strerror(failure))); give fewer --jobs", status: 1)
        }
    }

    deinit {
        output.closeEnd()
        errors.closeEnd()
    }

    /// A new pipe, whose end to read from goes to the channel.
    ///
    /// - Returns: the end to write to.
    private static func pipe(_ channel: inout Channel) throws(Complaint) -> Int32 {
        var ends: [Int32] = [-1, -1]
        guard systemPipe(&ends) == 0 else {
            throw Complaint(sentence: "a run could not be started: \(Files.reason()); give fewer --jobs", status: 1)
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        channel.descriptor = ends[0]
        return ends[1]
    }

    /// The path of this program.
    private static let program: String = {
        #if canImport(Darwin)
        var size: UInt32 = 0
        _NSGetExecutablePath(nil, &size)
        var path = [CChar](repeating: 0, count: Int(size))
        return _NSGetExecutablePath(&path, &size) == 0 ? String(cString: path) : CommandLine.arguments[0]
        #else
        return Files.absolute("/proc/self/exe")
        #endif
    }()

    /// Waits until one of these says something or ends, a tenth of a second at most, and reads it.
    static func wait(for processes: [RunProcess]) {
        var places = processes.flatMap { [$0.output.descriptor, $0.errors.descriptor] }
            .map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        _ = poll(&places, nfds_t(places.count), 100)
        for (number, process) in processes.enumerated() {
            if places[2 * number].revents != 0 { process.output.read() }
            if places[2 * number + 1].revents != 0 { process.errors.read() }
            if process.output.descriptor < 0, process.errors.descriptor < 0 { process.collect() }
        }
    }

    private func collect() {
        guard !isOver else { return }
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        isOver = true
    }

    /// Ends it, if it still runs.
    func end() {
        guard !isOver else { return }
        kill(process, SIGTERM)
        collect()
    }

    /// The figures that it has printed.
    ///
    /// - Throws: what it said instead, or how it ended.
    func figures() throws(RunError) -> RunFigures {
        let said = String(decoding: errors.bytes, as: UTF8.self).split(separator: "\n").first.map(String.init)
        guard status & 0x7f == 0 else { throw RunError("it was ended by signal \(status & 0x7f)") }
        let code = (status >> 8) & 0xff
        guard code == 0 else {
            let sentence = said.map { $0.hasPrefix("kadscope: ") ? String($0.dropFirst(10)) : $0 }
            throw RunError(sentence ?? "it ended with status \(code)")
        }
        guard output.bytes.last == UInt8(ascii: "\n") else { throw RunError("it has printed no figures") }
        return try RunFigures(reading: Array(output.bytes.dropLast()))
    }
}

private let systemRead = read
private func systemPipe(_ ends: UnsafeMutablePointer<Int32>) -> Int32 { pipe(ends) }
