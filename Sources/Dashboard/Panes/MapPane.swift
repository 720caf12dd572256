internal import Broadcasts
internal import Canvas
internal import Scenarios
internal import Simulation
internal import Theming
internal import Timeline

// MARK: - The pane Map: where the nodes are around the target

extension Dashboard {
    /// Looks again at where the nodes are, if the pane shows it and the run has moved.
    mutating func updateMap() {
        guard isVisible(.map) else { return }
        guard let entry = shownBroadcast else {
            map = nil
            return
        }
        if let map, (map.branch, map.position, map.entry.id) == (history.branch.id, history.position, entry.id) { return }
        let totals = map.flatMap { $0.map.target == entry.target ? $0.map.totals : nil }
        map = ShownMap(
            branch: history.branch.id, position: history.position, entry: entry,
            map: NodeMap(
                around: entry.target, observation.heardOfNodes(of: entry),
                totals: totals ?? NodeMap.totals(around: entry.target, in: scenario.network), local: scenario.network.local))
    }

    func drawMap(_ drawing: inout PaneDrawing, on canvas: inout Canvas) {
        guard let shown = map else {
            drawing.drawFrame(on: &canvas, count: "")
            drawing.drawEmpty(
                "The nodes will stand here, by how many leading bits they share with the target: the more, the closer. s takes the first step.",
                on: &canvas)
            return
        }
        let place = selectedMapRow
        let node = shown.map.nodes[safe: place]
        let details = MapDrawing(
            pane: drawing, view: mapView, map: shown.map, selected: place,
            path: node.map { path(to: $0.node, of: shown.entry) } ?? [], keyBits: scenario.keyBits,
            networkSize: scenario.network.nodes.count, isStatic: shown.entry.strategy == .static)
        details.draw(shown.entry, on: &canvas)
    }

    var mapRowCount: Int { map?.map.nodes.count ?? 0 }

    /// The place of the selected node by closeness; the closest one if none is selected.
    var selectedMapRow: Int { map?.map.nodes.firstIndex { $0.node.index == selectedNode } ?? 0 }

    mutating func selectMap(row: Int) { selectedNode = map?.map.nodes[safe: row]?.node.index ?? selectedNode }

    var selectionInMap: Selection? {
        guard let map, let row = map.map.nodes[safe: selectedMapRow] else { return nil }
        return .node(row, of: map.entry)
    }

    /// The nodes between a seed and a node: each told of the next one, the last of them of the node. None for a seed.
    func path(to node: NetworkNode, of entry: JournalEntry) -> [NetworkNode] {
        var path: [NetworkNode] = []
        var node = node
        while let index = entry.teller(of: node), let teller = scenario.network.node(index), !path.contains(teller) {
            path.append(teller)
            node = teller
        }
        return path.reversed()
    }
}
