import Foundation

/// The program tmux, and what it is asked.
struct TmuxCommand: Sendable {
    /// Why a question to tmux has no answer.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The name of a server of its own, so that nobody else's is disturbed.
    let server: String
    private let program: URL

    init(server: String) throws {
        self.server = server
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let places = folders.map { URL(filePath: String($0)).appending(path: "tmux") }
        guard let program = places.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
            throw Failure(description: "these tests need tmux, which is not installed here: sh .ci/install libncurses-dev tmux")
        }
        self.program = program
    }

    /// Lets tmux do something.
    ///
    /// - Parameter environment: the environment of a server that is started by this; `nil` for our own.
    /// - Returns: what it says.
    @discardableResult
    func callAsFunction(_ arguments: [String], environment: [String: String]? = nil) throws -> String {
        let words = [program.path, "-u", "-L", server, "-f", "/dev/null"] + arguments
        let (status, said) = try run(words, environment ?? ProcessInfo.processInfo.environment)
        guard status == 0 else {
            let reason = said.trimmingCharacters(in: .whitespacesAndNewlines)
            throw Failure(description: "tmux \(arguments.joined(separator: " ")): \(reason)")
        }
        return said
    }

    /// Runs a program to its end.
    ///
    /// Not by `Process`, which takes a program for running as long as a server that it has left behind: that inherits a descriptor by
    /// which `Process` knows. Here nothing but the standard descriptors is inherited.
    /// - Returns: the status as `waitpid` tells it, and what was written.
    private func run(_ words: [String], _ environment: [String: String]) throws -> (status: Int32, output: String) {
        let output = Pipe()
        let writeEnd = output.fileHandleForWriting.fileDescriptor
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
        #else
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, writeEnd, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, writeEnd, STDERR_FILENO)
        #if canImport(Darwin)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_CLOEXEC_DEFAULT
        #else
        let flags = POSIX_SPAWN_SETSIGMASK
        for descriptor in STDERR_FILENO + 1..<256 { posix_spawn_file_actions_addclose(&actions, descriptor) }
        #endif
        // The threads of tests hold signals back; a server that inherited that could not be ended.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var argv = words.map { strdup($0) } + [nil]
        var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in argv + envp { free(text) } }
        var process: pid_t = 0
        let problem = posix_spawn(&process, words[0], &actions, &attributes, &argv, &envp)
        guard problem == 0 else { throw Failure(description: "tmux could not be run: \(String(cString: strerror(problem)))") }
        try output.fileHandleForWriting.close()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return (status, String(decoding: said, as: UTF8.self))
    }
}
