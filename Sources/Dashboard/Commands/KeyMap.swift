public import Canvas

/// Which key does what: the keys of the table of commands, with what somebody changed.
public struct KeyMap: Equatable, Sendable {
    private let keysOfCommand: [Command: [KeyPress]]
    private let commandOfKey: [KeyPress: Command]

    /// The keys as the table has them.
    public static let standard = KeyMap(changing: [:])

    /// The standard keys with changes.
    ///
    /// - Parameter changes: for some commands all the keys they are to have, none or more. Such a key is taken from the command that has it
    ///   by the table. A key that two changes name goes to the command that comes first in the help.
    public init(changing changes: [Command: [KeyPress]]) {
        var commandOfKey: [KeyPress: Command] = [:]
        for command in Self.commands {
            for key in changes[command] ?? [] where commandOfKey[key] == nil { commandOfKey[key] = command }
        }
        for entry in CommandTable.entries where changes[entry.command] == nil {
            for key in entry.keys where commandOfKey[key] == nil { commandOfKey[key] = entry.command }
        }
        var keysOfCommand: [Command: [KeyPress]] = [:]
        for entry in CommandTable.all {
            keysOfCommand[entry.command] = (changes[entry.command] ?? entry.keys).filter { commandOfKey[$0] == entry.command }
        }
        self.commandOfKey = commandOfKey
        self.keysOfCommand = keysOfCommand
    }

    /// The keys of a command, the usual one first.
    public func keys(of command: Command) -> [KeyPress] {
        keysOfCommand[command] ?? []
    }

    /// The command of a key; `nil` if it has none.
    public func command(for key: KeyPress) -> Command? {
        commandOfKey[key]
    }

    /// What a sentence calls the usual key of a command: what is written on it, or the command's name if it has no key.
    public func name(of command: Command) -> String {
        keys(of: command).first?.name ?? command.name
    }

    // MARK: Commands by name

    /// The commands that can have keys, in the order of the help.
    public static let commands: [Command] = CommandTable.all.map(\.command)

    /// The command that files call so; `nil` if there is none.
    public static func command(named name: String) -> Command? {
        commandOfName[name]
    }

    private static let commandOfName = Dictionary(uniqueKeysWithValues: commands.map { ($0.name, $0) })

    /// The commands that must have a key, because without them one could not get on, or out.
    static let needed: [Command] = [.help, .quit, .commandLine]
}
