import Broadcasts
import Coordination
import Kademlia
import Museum
import Scenarios
import Simulation
import Timeline

/// What a search goes through: a scenario, or an exhibit of the museum.
enum Subject {
    case scenario(Scenario)
    case exhibit(Exhibit)

    /// The scenario or exhibit that somebody named; without a name the first built-in scenario. A file comes before an exhibit.
    ///
    /// - Throws: what is wrong with the name or the file.
    init(named name: String?) throws(Complaint) {
        if let name, !Files.exists(name), let exhibit = Exhibit.named(name) {
            self = .exhibit(exhibit)
        } else {
            self = .scenario(try ScenarioArgument.scenario(name))
        }
    }

    var isExhibit: Bool {
        switch self {
        case .scenario: false
        case .exhibit: true
        }
    }

    var name: String {
        switch self {
        case .scenario(let scenario): scenario.name
        case .exhibit(let exhibit): exhibit.id
        }
    }

    var title: String {
        switch self {
        case .scenario(let scenario): scenario.title
        case .exhibit(let exhibit): exhibit.title
        }
    }

    var network: VirtualNetwork {
        switch self {
        case .scenario(let scenario): scenario.network
        case .exhibit(let exhibit): exhibit.network
        }
    }

    /// How the pool, of whichever kind, runs its broadcasts.
    var configuration: PoolConfiguration {
        switch self {
        case .scenario(let scenario): scenario.pool
        case .exhibit(let exhibit): exhibit.pool
        }
    }

    var keyBits: Int { network.configuration.keyBits }

    /// Our own pool, empty.
    func pool() throws(ConfigurationError) -> BroadcastPool<NetworkNode, Record> {
        try BroadcastPool(localNode: network.local, configuration: configuration)
    }

    /// The museum's pool, empty.
    func referencePool() throws(ConfigurationError) -> ReferencePool {
        try ReferencePool(localNode: network.local, configuration: configuration)
    }

    /// The run at its start, over this pool.
    func world<Machine: BroadcastPoolMachine>(over machine: Machine) -> SimulatedWorld<Machine> {
        switch self {
        case .scenario(let scenario): scenario.world(over: machine)
        case .exhibit(let exhibit): exhibit.world(over: machine)
        }
    }

    /// The header of a trace of a run.
    ///
    /// - Parameter semantics: whose rules the pool follows.
    func traceHeader(_ semantics: TraceHeader.Semantics) -> TraceHeader {
        let tool = (name: "kadscope", version: Kadscope.version)
        var header: TraceHeader
        switch self {
        case .scenario(let scenario): header = scenario.traceHeader(tool: tool)
        case .exhibit(let exhibit):
            header = TraceHeader(keyBits: keyBits, localKey: network.local.key, pool: configuration)
            header.tool = tool
            header.seed = network.configuration.seed
            header.polling = exhibit.polling == .oncePerReply ? .never : .idle
            header.nodes = network.nodes.map { TraceHeader.Node(key: $0.key, behaviour: network.behaviour(of: $0).rawValue) }
            header.title = exhibit.title
        }
        header.semantics = semantics
        return header
    }
}
