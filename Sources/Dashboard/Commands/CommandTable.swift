public import Canvas

/// The one list of commands: from it come what the keys do, the help screen, the hints at the bottom, and the list in the README.
public struct CommandTable: Sendable {
    /// A command with its keys and its words.
    public struct Entry: Sendable {
        /// What it does when its key is pressed.
        public let command: Command
        /// The keys, the usual one first.
        public let keys: [KeyPress]
        /// The heading that it stands under.
        public let group: String
        /// What it does, in a few words.
        public let help: String
        /// The word in the hints at the bottom; `nil` for a command that does not stand there.
        public let hint: String?
    }

    /// All commands, in the order in which the help shows them.
    public static let entries: [Entry] = [
        Entry(command: .stepForward, keys: [.character("s"), .function(11)], group: "Step", help: "one event forward", hint: "step"),
        Entry(command: .stepBack, keys: [.character("S"), .function(23)], group: "Step", help: "one event back", hint: "back"),
        Entry(
            command: .stepOver, keys: [.character("o"), .function(10)], group: "Step",
            help: "forward to the next step that names the selected broadcast",
            hint: "over"),
        Entry(
            command: .stepOverBack, keys: [.character("O"), .function(22)], group: "Step",
            help: "back to the last step that names the selected broadcast",
            hint: nil),
        Entry(
            command: .nextNetworkEvent, keys: [.character("e")], group: "Step",
            help: "to the next event of the network: polls and waiting are skipped", hint: "event"),
        Entry(
            command: .previousNetworkEvent, keys: [.character("E")], group: "Step", help: "back to the last event of the network", hint: nil
        ),
        Entry(
            command: .microForward, keys: [.character("i")], group: "Step", help: "into a step: to the next message between the machines",
            hint: nil),
        Entry(command: .microBack, keys: [.character("I")], group: "Step", help: "to the message before", hint: nil),
        Entry(
            command: .endOfPhase, keys: [.character("f")], group: "Step", help: "forward until the phase of the selected broadcast ends",
            hint: nil),
        Entry(command: .tenForward, keys: [.character("}")], group: "Step", help: "ten events forward", hint: nil),
        Entry(command: .tenBack, keys: [.character("{")], group: "Step", help: "ten events back", hint: nil),
        Entry(command: .scrubForward, keys: [.shiftRight], group: "Step", help: "forward by one cell of the timeline", hint: nil),
        Entry(command: .scrubBack, keys: [.shiftLeft], group: "Step", help: "back by one cell of the timeline", hint: nil),
        Entry(
            command: .runToSelection, keys: [.character("u")], group: "Step", help: "to the selected step or branch",
            hint: nil),
        Entry(command: .repeatMove, keys: [.character(".")], group: "Step", help: "the last command of this group again", hint: nil),
        Entry(command: .runOrPause, keys: [.character(" ")], group: "Step", help: "run, or pause", hint: "run"),
        Entry(command: .faster, keys: [.character("+")], group: "Step", help: "run faster", hint: nil),
        Entry(command: .slower, keys: [.character("-")], group: "Step", help: "run slower", hint: nil),
        Entry(command: .normalSpeed, keys: [.character("=")], group: "Step", help: "run at the usual speed", hint: nil),
        Entry(command: .restart, keys: [.character("r")], group: "Step", help: "back to the very start", hint: nil),
        Entry(
            command: .continueForward, keys: [.character("c"), .function(5)], group: "Stop", help: "continue to the next breakpoint",
            hint: "continue"),
        Entry(
            command: .continueBack, keys: [.character("C"), .function(17)], group: "Stop", help: "back to the breakpoint before", hint: nil),
        Entry(
            command: .breakpoint, keys: [.character("b")], group: "Stop",
            help: "stop at the selected thing, or no more (:break for any filter)",
            hint: "break"),
        Entry(command: .oneShotBreakpoint, keys: [.character("t")], group: "Stop", help: "stop at the selected thing once", hint: nil),
        Entry(
            command: .breakpointList, keys: [.character("B")], group: "Stop", help: "to the list of breakpoints", hint: nil),
        Entry(command: .mark, keys: [.character("m")], group: "Stop", help: "give this place a letter: m and the letter", hint: "mark"),
        Entry(
            command: .jumpToMark, keys: [.character("'")], group: "Stop",
            help: "to the place with a letter; '' goes back, '. to the current step", hint: nil),
        Entry(
            command: .nextMark, keys: [.character(")")], group: "Stop", help: "to the next mark, or step that a run has stopped at",
            hint: nil),
        Entry(command: .previousMark, keys: [.character("(")], group: "Stop", help: "to the one before", hint: nil),
        Entry(
            command: .why, keys: [.character("w")], group: "Find",
            help: "why the selected thing is so: the rule, and the steps that led there",
            hint: "why"),
        Entry(
            command: .differences, keys: [.character("d")], group: "Find",
            help: "in State: what changed since the last stop, or in the last step only", hint: nil),
        Entry(
            command: .search, keys: [.character("/")], group: "Find", help: "look for a step: letters of its line, or a filter",
            hint: "find"),
        Entry(command: .nextMatch, keys: [.character("n")], group: "Find", help: "to the next step that was looked for", hint: nil),
        Entry(command: .previousMatch, keys: [.character("N")], group: "Find", help: "to the one before", hint: nil),
        Entry(
            command: .filter, keys: [.character("\\")], group: "Find", help: "show only the steps of the log that a filter lets through",
            hint: nil),
        Entry(
            command: .actions, keys: [.character("a")], group: "Decide",
            help: "what can be done with the selected thing: deliver, drop, crash, …", hint: "actions"),
        Entry(
            command: .commandLine, keys: [.character(":")], group: "Decide", help: "a command line; Tab completes, Up brings back",
            hint: "command"),
        Entry(command: .focus(.pool), keys: [.character("1")], group: "Panes", help: "to the pane Pool", hint: nil),
        Entry(command: .focus(.inFlight), keys: [.character("2")], group: "Panes", help: "to the pane In-flight", hint: nil),
        Entry(command: .focus(.closest), keys: [.character("3")], group: "Panes", help: "to the pane Closest", hint: nil),
        Entry(command: .focus(.log), keys: [.character("4")], group: "Panes", help: "to the pane Log", hint: nil),
        Entry(command: .focus(.queue), keys: [.character("5")], group: "Panes", help: "to the pane Queue", hint: nil),
        Entry(command: .focus(.map), keys: [.character("6")], group: "Panes", help: "to the pane Map", hint: nil),
        Entry(command: .focus(.state), keys: [.character("7")], group: "Panes", help: "to the pane State", hint: nil),
        Entry(command: .focus(.metrics), keys: [.character("8")], group: "Panes", help: "to the pane Metrics", hint: nil),
        Entry(
            command: .focus(.breakpoints), keys: [.character("9")], group: "Panes", help: "to the pane Breakpoints",
            hint: nil),
        Entry(
            command: .paneList, keys: [.character("0")], group: "Panes", help: "a list of all panes, those without a number too",
            hint: "panes"),
        Entry(command: .nextTab, keys: [.character("]")], group: "Panes", help: "to the next pane of the lower place", hint: nil),
        Entry(command: .previousTab, keys: [.character("[")], group: "Panes", help: "to the one before", hint: nil),
        Entry(command: .focusNext, keys: [.tab], group: "Panes", help: "to the next pane", hint: nil),
        Entry(command: .focusPrevious, keys: [.backTab], group: "Panes", help: "to the pane before", hint: nil),
        Entry(command: .zoom, keys: [.character("z")], group: "Panes", help: "this pane alone, or all again", hint: "zoom"),
        Entry(
            command: .nextPreset, keys: [.character("p")], group: "Panes", help: "the next layout: debug, teach, monitor, network",
            hint: "layout"),
        Entry(command: .previousPreset, keys: [.character("P")], group: "Panes", help: "the layout before", hint: nil),
        Entry(command: .view, keys: [.character("v")], group: "Panes", help: "the same pane seen in another way", hint: nil),
        Entry(command: .up, keys: [.character("k"), .up], group: "Move", help: "up a line", hint: nil),
        Entry(command: .down, keys: [.character("j"), .down], group: "Move", help: "down a line", hint: nil),
        Entry(command: .pageUp, keys: [.pageUp], group: "Move", help: "up a page", hint: nil),
        Entry(command: .pageDown, keys: [.pageDown], group: "Move", help: "down a page", hint: nil),
        Entry(command: .halfPageUp, keys: [.control("u")], group: "Move", help: "up half a page", hint: nil),
        Entry(command: .halfPageDown, keys: [.control("d")], group: "Move", help: "down half a page", hint: nil),
        Entry(command: .left, keys: [.character("h"), .left], group: "Move", help: "scroll to the left", hint: nil),
        Entry(command: .right, keys: [.character("l"), .right], group: "Move", help: "scroll to the right", hint: nil),
        Entry(command: .first, keys: [.character("g"), .home], group: "Move", help: "to the first line", hint: nil),
        Entry(
            command: .last, keys: [.character("G"), .end], group: "Move", help: "to the last line; the log follows the steps again",
            hint: nil),
        Entry(
            command: .open, keys: [.enter], group: "Move", help: "go to the selected step or branch, or open its actions",
            hint: nil),
        Entry(command: .follow, keys: [.character("F")], group: "Move", help: "let the log follow the steps again", hint: nil),
        Entry(command: .sortNext, keys: [.character(">")], group: "Move", help: "sort the pane by the next column", hint: nil),
        Entry(command: .sortReverse, keys: [.character("<")], group: "Move", help: "sort it the other way round", hint: nil),
        Entry(command: .copyField, keys: [.character("y")], group: "Take", help: "copy what is selected: a key, an id, a step", hint: nil),
        Entry(command: .copyRow, keys: [.character("Y")], group: "Take", help: "copy the selected line", hint: nil),
        Entry(command: .export, keys: [.character("x")], group: "Take", help: "write the pane, the screen or the run to a file", hint: nil),
        Entry(command: .help, keys: [.character("?"), .function(1)], group: "Program", help: "this help", hint: "help"),
        Entry(command: .themes, keys: [.character("T")], group: "Program", help: "choose a theme", hint: nil),
        Entry(command: .settings, keys: [.function(2)], group: "Program", help: "settings", hint: nil),
        Entry(command: .reload, keys: [.character("R")], group: "Program", help: "read the theme and the settings again", hint: nil),
        Entry(command: .mouse, keys: [.character("%")], group: "Program", help: "the mouse on or off", hint: nil),
        Entry(command: .repaint, keys: [.control("l")], group: "Program", help: "paint the whole screen again", hint: nil),
        Entry(command: .close, keys: [.escape], group: "Program", help: "close what is open", hint: nil),
        Entry(command: .quit, keys: [.character("q")], group: "Program", help: "close what is open, or quit", hint: "quit"),
        Entry(
            command: .quitLeavingScreen, keys: [.character("Q")], group: "Program",
            help: "quit and leave the screen as it is on the terminal",
            hint: nil),
    ]

    /// The panes that no key leads to unless somebody gives them one.
    public static let withoutKeys: [Entry] = Pane.allCases.filter { $0.digit == nil }.map { pane in
        Entry(command: .focus(pane), keys: [], group: "Panes", help: "to the pane \(pane.title)", hint: nil)
    }

    /// All commands that can have keys: those without behind the others of their group.
    public static let all: [Entry] = {
        let place = (entries.lastIndex { $0.group == withoutKeys.first?.group } ?? entries.endIndex - 1) + 1
        return entries[..<place] + withoutKeys + entries[place...]
    }()

    /// The command of a key by the table, or `nil` if it has none. Somebody may have changed that: see ``KeyMap``.
    public static func command(for key: KeyPress) -> Command? {
        KeyMap.standard.command(for: key)
    }

    /// The keys as a table of Markdown, a line each: what the README shows.
    public static var markdown: String {
        let lines = entries.map { entry in
            "| \(entry.keys.map { "`\($0.name)`" }.joined(separator: " ")) | \(entry.help) |"
        }
        return (["| key | what it does |", "| --- | --- |"] + lines).joined(separator: "\n")
    }
}

extension KeyPress {
    /// What is written on the key.
    public var name: String {
        switch self {
        case .character(" "): "space"
        case .character(let character): String(character)
        case .control(let character): "^\(character.uppercased())"
        case .function(let number): "F\(number)"
        case .up: "Up"
        case .down: "Down"
        case .left: "Left"
        case .right: "Right"
        case .shiftLeft: "S-Left"
        case .shiftRight: "S-Right"
        case .home: "Home"
        case .end: "End"
        case .pageUp: "PgUp"
        case .pageDown: "PgDn"
        case .insert: "Ins"
        case .delete: "Del"
        case .backspace: "Backspace"
        case .tab: "Tab"
        case .backTab: "S-Tab"
        case .enter: "Enter"
        case .escape: "Esc"
        }
    }
}
