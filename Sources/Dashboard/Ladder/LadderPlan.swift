/// Where things stand in the pane Ladder. It depends on the size and on what does not change while stepping.
struct LadderPlan: Equatable, Sendable {
    /// The lines of the heads of the columns in a pane with so many lines.
    static func headRows(_ rows: Int) -> Int { rows >= 8 ? 2 : rows >= 3 ? 1 : 0 }

    /// How far one scrolls to the side for a node.
    static let shiftOfNode = 8
    /// The columns for the words on the arrows.
    private static let labelWidth = 10

    /// Where the number of the step ends; 0 if there is no room for it.
    let stepEnd: Int
    /// Where the time ends.
    let timeEnd: Int
    /// Where the line of the local node stands.
    let local: Int
    /// The columns from one node to the next.
    let pitch: Int
    /// Where the line of the first visible node stands.
    let firstNode: Int
    /// The number of nodes that there is room for; at least one.
    let nodeCount: Int

    /// The room between the line of the local node and the first column of the nodes.
    var labelColumns: Int { firstNode - local - 3 }

    /// The plan of a pane with so many columns inside.
    ///
    /// - Parameters:
    ///   - nodeWidth: the columns of the name of a node.
    ///   - idWidth: the columns for the id of a broadcast before the words on the arrows; 0 where there is but one broadcast.
    init(columns: Int, nodeWidth: Int, stepWidth: Int, timeWidth: Int, idWidth: Int) {
        let hasSteps = columns >= 60
        stepEnd = hasSteps ? 2 + stepWidth : 0
        timeEnd = (hasSteps ? stepEnd + 1 : 2) + timeWidth
        local = timeEnd + 2
        firstNode = local + 4 + (columns >= 34 ? Self.labelWidth : 6) + (idWidth == 0 ? 0 : idWidth + 1)
        // Half of the name of a node stands to the right of its line.
        pitch = max(5, nodeWidth) + 1
        nodeCount = max(1, (columns - firstNode - 4 + pitch - 1) / pitch)
    }

    /// Where the line of a node stands; `nil` if it is scrolled away.
    ///
    /// - Parameter first: the first node that is visible.
    func column(of node: Int, first: Int) -> Int? {
        (first..<first + nodeCount).contains(node) ? firstNode + (node - first) * pitch : nil
    }
}
