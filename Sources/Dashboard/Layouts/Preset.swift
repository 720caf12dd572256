internal import Canvas

/// What a screen is for, and so which panes it has.
public enum Preset: String, CaseIterable, Sendable {
    /// Stepping through a run: who is asked, who stores, and what comes next.
    case debug
    /// Showing how a put works: the machine's state above all, beside the map.
    case teach
    /// Watching a run: rates and times.
    case monitor
    /// The ways of the messages: map, ladder, convergence.
    case network

    /// What it is for, in a few words.
    var help: String {
        switch self {
        case .debug: "stepping: pool, requests, closest nodes, log"
        case .teach: "teaching: the machine's state and the map"
        case .monitor: "watching: rates, times, requests"
        case .network: "the ways of the messages: map, ladder, convergence"
        }
    }

    /// How it divides a screen.
    func plan(for size: Size) -> Plan {
        switch Shape(size) {
        case .compact: compact
        case .standard: standard
        case .wide: wide
        case .portrait: portrait
        }
    }

    /// From 60 columns on; too low for more than two panes above each other.
    private var compact: Plan {
        let left: Plan
        let right: Plan
        switch self {
        case .debug: (left, right) = (.rows([(8, .pane(.pool)), (7, .pane(.inFlight))]), .pane(.closest))
        case .teach: (left, right) = (.rows([(7, .pane(.pool)), (8, .pane(.closest))]), .pane(.state))
        case .monitor: (left, right) = (.rows([(8, .pane(.pool)), (7, .pane(.inFlight))]), .pane(.metrics))
        case .network: (left, right) = (.rows([(7, .pane(.pool)), (8, .pane(.closest))]), .pane(.map))
        }
        return .rows([(15, .columns([(35, left), (45, right)])), (6, .tabs)])
    }

    /// From 100 columns and 34 rows on.
    private var standard: Plan {
        switch self {
        case .debug:
            .rows([
                (19, .columns([(44, .rows([(9, .pane(.pool)), (10, .pane(.inFlight))])), (76, .pane(.closest))])),
                (9, .columns([(44, .pane(.queue)), (76, .pane(.state))])), (9, .tabs),
            ])
        case .teach:
            .rows([
                (
                    28,
                    .columns([
                        (44, .rows([(9, .pane(.pool)), (19, .pane(.map))])), (76, .rows([(15, .pane(.state)), (13, .pane(.closest))])),
                    ])
                ),
                (9, .tabs),
            ])
        case .monitor:
            .rows([
                (
                    28,
                    .columns([
                        (50, .rows([(13, .pane(.pool)), (15, .pane(.inFlight))])),
                        (70, .rows([(19, .pane(.metrics)), (9, .pane(.watches))])),
                    ])
                ),
                (9, .tabs),
            ])
        case .network:
            .rows([
                (
                    28,
                    .columns([
                        (50, .rows([(8, .pane(.pool)), (20, .pane(.map))])),
                        (70, .rows([(15, .pane(.ladder)), (13, .pane(.convergence))])),
                    ])
                ),
                (9, .tabs),
            ])
        }
    }

    /// From 160 columns and 44 rows on.
    private var wide: Plan {
        let columns: [(Int, Plan)]
        switch self {
        case .debug:
            columns = [
                (58, .rows([(22, .pane(.pool)), (15, .pane(.inFlight))])), (90, .rows([(23, .pane(.closest)), (14, .pane(.state))])),
                (52, .rows([(23, .pane(.map)), (14, .pane(.queue))])),
            ]
        case .teach:
            columns = [
                (50, .rows([(12, .pane(.pool)), (25, .pane(.map))])), (90, .rows([(20, .pane(.state)), (17, .pane(.closest))])),
                (60, .rows([(22, .pane(.ladder)), (15, .pane(.convergence))])),
            ]
        case .monitor:
            columns = [
                (58, .rows([(22, .pane(.pool)), (15, .pane(.inFlight))])), (90, .rows([(22, .pane(.metrics)), (15, .pane(.closest))])),
                (52, .rows([(22, .pane(.queue)), (15, .pane(.watches))])),
            ]
        case .network:
            columns = [
                (50, .rows([(12, .pane(.pool)), (25, .pane(.closest))])), (90, .rows([(22, .pane(.ladder)), (15, .pane(.convergence))])),
                (60, .pane(.map)),
            ]
        }
        return .rows([(37, .columns(columns)), (20, .tabs)])
    }

    /// Narrow and high: everything above each other.
    private var portrait: Plan {
        let panes: [(Int, Plan)] =
            switch self {
            case .debug:
                [(9, .columns([(1, .pane(.pool)), (1, .pane(.inFlight))])), (16, .pane(.closest)), (9, .pane(.state))]
            case .teach: [(7, .pane(.pool)), (13, .pane(.state)), (14, .pane(.closest))]
            case .monitor: [(8, .columns([(1, .pane(.pool)), (1, .pane(.inFlight))])), (17, .pane(.metrics)), (9, .pane(.watches))]
            case .network: [(7, .pane(.pool)), (14, .pane(.map)), (13, .pane(.ladder))]
            }
        return .rows(panes + [(10, .tabs)])
    }
}

/// What kind of screen a size is.
private enum Shape {
    case compact, standard, wide, portrait

    init(_ size: Size) {
        if size.columns <= 84, size.rows >= 46 {
            self = .portrait
        } else if size.columns >= 160, size.rows >= 44 {
            self = .wide
        } else if size.columns >= 100, size.rows >= 34 {
            self = .standard
        } else {
            self = .compact
        }
    }
}
