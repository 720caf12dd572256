internal import Coordination
public import Kademlia
internal import Museum
internal import Simulation
internal import TOMLFields
public import Timeline

// MARK: - A scenario and the header of a trace

extension Scenario {
    /// The header of a trace of this scenario's run.
    ///
    /// - Parameter tool: the name and the version of the program that writes it.
    public func traceHeader(tool: (name: String, version: String)) -> TraceHeader {
        var header = TraceHeader(keyBits: keyBits, localKey: network.local.key, pool: pool)
        header.tool = tool
        header.seed = seed
        header.polling = polling == .oncePerReply ? .never : .idle
        header.semantics = rules
        header.scenario = text.isEmpty && exhibit == nil ? nil : TraceHeader.Scenario(name: name, text: text)
        if header.scenario != nil, network.nodes.count > Self.mostListedNodes {
            header.network = self
        } else {
            header.nodes = network.nodes.map { TraceHeader.Node(key: $0.key, behaviour: network.behaviour(of: $0).rawValue) }
        }
        header.title = title
        return header
    }

    /// The most nodes that a header lists. A line has no room for those of larger networks: their scenario makes them again.
    static let mostListedNodes = 20_000

    /// The network of the scenario that a header names; `nil` if it names none, or one that is wrong.
    @Sendable
    public static func network(of header: TraceHeader) -> (any NodeRegistry)? {
        try? Scenario(header: header, isExecuted: true)
    }

    /// The scenario that a trace tells of.
    ///
    /// - Parameter isExecuted: whether it is to be run again. A trace that is only looked at needs no scenario: its header says enough.
    /// - Throws: what is wrong with the scenario, or with what the header says of it.
    public init(header: TraceHeader, isExecuted: Bool) throws(RunError) {
        if header.nodes.isEmpty, let scenario = header.network as? Scenario {
            self = scenario
        } else if let scenario = header.scenario, scenario.text.isEmpty, let exhibit = Exhibit.named(scenario.name) {
            self.init(exhibit)
        } else if let scenario = header.scenario {
            let text = scenario.text.isEmpty ? BuiltInScenario.named(scenario.name)?.text : scenario.text
            guard let text else { throw RunError("the trace is one of the scenario \(scenario.name.quoted), which is not a built-in one") }
            do {
                try self.init(text: text, name: scenario.name, source: "the scenario of the trace", seed: header.seed)
            } catch {
                throw RunError(error.description)
            }
            guard pool == header.pool else { throw RunError("the header's config.pool is not that of its scenario") }
        } else if isExecuted {
            throw RunError("the header names no scenario, so the run cannot be executed again; open the trace without --verify")
        } else {
            guard header.nodes.count <= Self.largestNamedSize else {
                throw RunError("the header lists \(header.nodes.count) nodes; \(Self.largestNamedSize) are the most that can be shown")
            }
            self.init(standingInFor: header)
        }
        rules = header.semantics
        let areNodesRight =
            header.scenario != nil && header.nodes.isEmpty || network.nodes.lazy.map(\.key).elementsEqual(header.nodes.lazy.map(\.key))
        guard network.local.key == header.localKey, areNodesRight else {
            throw RunError("the header's nodes are not those of its scenario, or not in ascending order")
        }
    }

    /// A scenario with the network of a header, but without a plan.
    private init(standingInFor header: TraceHeader) {
        var configuration = NetworkConfiguration(
            nodes: .keys(header.nodes.map(\.key)), keyBits: header.keyBits, seed: header.seed, latency: .constant(.milliseconds(1)),
            localKey: header.localKey)
        for node in header.nodes {
            switch VirtualNetwork.Behaviour(rawValue: node.behaviour) {
            case .silent: configuration.silentKeys.insert(node.key)
            case .failing: configuration.failingKeys.insert(node.key)
            case .honest, .dead, nil: break
            }
        }
        name = "trace"
        title = header.title
        text = ""
        network = VirtualNetwork(configuration)
        pool = header.pool
        polling = header.polling == .never ? .oncePerReply : .untilWaiting
        broadcasts = []
        workload = nil
    }
}

extension Scenario: NodeRegistry {
    public func node(_ index: Int32) -> NetworkNode? { network.node(index) }

    public func node(withKey key: Key256) -> NetworkNode? { network.node(withKey: key) }

    public func countOfNodes(sharing bits: Int, with key: Key256) -> Int { network.countOfNodes(sharing: bits, with: key) }

    public func nodes(sharing bits: Int, with key: Key256, atMost limit: Int) -> [NetworkNode] {
        network.nodes(sharing: bits, with: key, atMost: limit)
    }
}
