internal import Canvas
internal import Coordination
internal import Scenarios
internal import Simulation

extension Dashboard {
    /// The columns for the ids of broadcasts, from 2 on: as many as all of the scenario need, so that nothing moves while stepping.
    ///
    /// - Parameters:
    ///   - limit: the most columns.
    ///   - others: ids that are shown, too; somebody may have started more broadcasts.
    func idWidth(atMost limit: Int = 12, with others: [OperationID] = []) -> Int {
        let ids = scenario.broadcasts.map(\.id) + (scenario.workload.map { [$0.lastID] } ?? []) + others
        return max(2, min(limit, ids.map { $0.name.columns }.max() ?? 2))
    }
}
