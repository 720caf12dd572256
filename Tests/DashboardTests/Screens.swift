import Canvas
import Dashboard
import Scenarios
import Theming

/// Dashboards and looks for the tests.
enum Screens {
    static let sizes = [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 200, rows: 60)]

    static func look(_ glyphSet: GlyphSet = .unicode, depth: ColorDepth = .palette256) -> Look {
        Look(theme: BuiltInThemes.standard.resolved(for: depth), glyphSet: glyphSet)
    }

    static func dashboard(_ scenario: String = "swarm", size: Size = sizes[0]) throws -> Dashboard {
        guard let builtIn = BuiltInScenario.named(scenario) else { throw NoSuchScenario() }
        return try Dashboard(try builtIn.scenario(), size: size)
    }

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
