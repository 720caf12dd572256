import Canvas
import Dashboard
import Scenarios
import Synchronization
import Theming

/// Dashboards and looks for the tests.
enum Screens {
    static let sizes = [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 200, rows: 60)]

    static func look(_ glyphSet: GlyphSet = .unicode, depth: ColorDepth = .palette256) -> Look {
        Look(theme: BuiltInThemes.standard.resolved(for: depth), glyphSet: glyphSet)
    }

    /// A run at its start, all its steps known: a copy of the one that all tests share, for learning the steps takes a while.
    static func dashboard(_ scenario: String = "swarm", size: Size = sizes[0]) throws -> Dashboard {
        let run = Run(scenario: scenario, size: size)
        if let dashboard = started.withLock({ $0[run] }) { return dashboard }
        guard let builtIn = BuiltInScenario.named(scenario) else { throw NoSuchScenario() }
        let dashboard = try Dashboard(try builtIn.scenario(), size: size)
        started.withLock { $0[run] = dashboard }
        return dashboard
    }

    private struct Run: Hashable {
        let scenario: String
        let size: Size
    }

    private static let started = Mutex<[Run: Dashboard]>([:])

    struct NoSuchScenario: Error {}
}

extension Dashboard {
    /// Presses the keys that a text stands for, one after the other; a carriage return is Enter.
    mutating func type(_ keys: String) {
        for character in keys { _ = press(character == "\r" ? .enter : .character(character)) }
    }

    /// What stands in the rows of the screen.
    func text(_ look: Look = Screens.look()) -> String {
        canvas(look).text()
    }
}
