import CAllocationCounter
import Glibc

/// What a piece of work cost.
struct Cost {
    /// CPU time of the process, in nanoseconds: the least of the repetitions.
    var nanoseconds: Double
    /// Allocations: of the last repetition.
    var allocations: Double
}

/// Does the same work several times and takes the least CPU time.
///
/// - Parameters:
///   - prepare: what the work is done on; made anew for each repetition, and not measured.
///   - work: what is measured.
func measure<State>(repetitions: Int, on prepare: @autoclosure () -> State, work: (consuming State) -> Void) -> Cost {
    var cost = Cost(nanoseconds: .infinity, allocations: 0)
    for _ in 0..<repetitions {
        let state = prepare()
        let allocationsBefore = allocation_count()
        let before = processorTime()
        work(state)
        let elapsed = processorTime() - before
        cost.nanoseconds = min(cost.nanoseconds, elapsed)
        cost.allocations = Double(allocation_count() - allocationsBefore)
    }
    return cost
}

/// The most memory that the process has used so far, in bytes.
func peakMemory() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
}

private func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}
