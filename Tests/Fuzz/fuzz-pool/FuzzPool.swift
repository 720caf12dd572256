import CLibFuzzer
import Kademlia

/// Feeds whatever bytes libFuzzer thinks of to a pool of broadcasts, as events, and checks the pool after each.
///
/// `fuzz-pool FOLDER` collects inputs in the folder; `fuzz-pool --trace FILE` runs one input and prints its events and states.
@main
enum FuzzPool {
    /// Whether to print events and states. libFuzzer leaves options with two dashes alone.
    static let isTraced = CommandLine.arguments.contains("--trace")

    static func main() {
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        _ = LLVMFuzzerRunDriver(&count, &arguments) { data, size in
            FuzzPool.run(Bytes(UnsafeBufferPointer(start: data, count: size)))
            return 0
        }
    }

    /// Runs one input: its first byte says with which width of keys, and whether the clock may go back.
    private static func run(_ input: Bytes) {
        var bytes = input
        let mode = bytes.next()
        if mode & 1 == 0 {
            var run = PoolRun<Key8>(bytes, clockMayGoBack: mode & 0xf0 == 0xf0)
            run?.run()
        } else {
            var run = PoolRun<Key256>(bytes, clockMayGoBack: mode & 0xf0 == 0xf0)
            run?.run()
        }
    }
}
