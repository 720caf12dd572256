internal import Canvas
internal import TOMLFields
internal import Theming

/// Reads a config file field by field and collects what is wrong with it.
struct SettingsReader {
    /// The names of the themes that there are.
    let themes: [String]
    var settings = Settings()
    var problems: [TOMLFieldError] = []

    mutating func read(_ root: TOMLFields) {
        refuseOthers(in: root, than: Settings.fields, "unknown field")
        note { reader throws(TOMLFieldError) in reader.settings.theme = try reader.theme(root) }
        note { reader throws(TOMLFieldError) in
            reader.settings.glyphs = try reader.word(root, "glyphs", among: GlyphSet.allCases.map(\.rawValue)).flatMap {
                GlyphSet(rawValue: $0)
            }
        }
        note { reader throws(TOMLFieldError) in
            let names = Settings.Color.allCases.map(\.rawValue)
            reader.settings.color = try reader.word(root, "color", among: names).flatMap { Settings.Color(rawValue: $0) }
        }
        note { reader throws(TOMLFieldError) in
            let word = root.kind(of: "mouse") == .string ? try root.string("mouse") : nil
            reader.settings.mouse = word == Settings.automatic ? nil : try root.boolean("mouse")
        }
        note { reader throws(TOMLFieldError) in
            reader.settings.layout = try root.choice("layout", of: Preset.self) ?? reader.settings.layout
        }
        note { reader throws(TOMLFieldError) in reader.settings.speed = try reader.speed(root) }
        note { reader throws(TOMLFieldError) in reader.settings.checks = try root.boolean("checks") ?? true }
        note { reader throws(TOMLFieldError) in
            if let table = try root.table("keys") { reader.readKeys(table) }
        }
    }

    /// Does something, and notes what is wrong with it.
    private mutating func note(_ read: (inout SettingsReader) throws(TOMLFieldError) -> Void) {
        do throws(TOMLFieldError) { try read(&self) } catch { problems.append(error) }
    }

    private mutating func refuseOthers(in table: TOMLFields, than known: [String], _ problem: String) {
        for key in table.keys where !known.contains(key) {
            problems.append(table.error(key, problem, remedy: Self.remedy(for: key, among: known)))
        }
    }

    private static func remedy(for word: String, among known: [String]) -> String {
        closestMatch(to: word, among: known).map { "did you mean \"\($0)\"?" } ?? "use one of \(known.joined(separator: ", "))"
    }

    /// One of some words; `nil` if the field is absent or leaves it to the program.
    private func word(_ table: TOMLFields, _ key: String, among names: [String]) throws(TOMLFieldError) -> String? {
        guard let text = try table.string(key), text != Settings.automatic else { return nil }
        guard names.contains(text) else {
            throw table.error(key, "\(text.quoted) is unknown", remedy: Self.remedy(for: text, among: [Settings.automatic] + names))
        }
        return text
    }

    private func theme(_ table: TOMLFields) throws(TOMLFieldError) -> String? {
        guard let text = try table.string("theme"), text != Settings.automatic else { return nil }
        guard themes.contains(text) || text.contains("/") || text.hasSuffix(".toml") else {
            let remedy =
                closestMatch(to: text, among: themes).map { "did you mean \"\($0)\"?" }
                ?? "kadscope theme list shows all; a file is named by its path"
            throw table.error("theme", "there is no theme \(text.quoted)", remedy: remedy)
        }
        return text
    }

    private func speed(_ table: TOMLFields) throws(TOMLFieldError) -> Int {
        let speeds = Settings.speeds
        guard let speed = try table.integer("speed", in: speeds[0]...speeds[speeds.count - 1]) else { return settings.speed }
        guard speeds.contains(speed) else {
            throw table.error(
                "speed", "\(speed) is not among the speeds", remedy: "use one of \(speeds.map(String.init).joined(separator: ", "))")
        }
        return speed
    }

    // MARK: Keys

    private mutating func readKeys(_ table: TOMLFields) {
        refuseOthers(in: table, than: KeyMap.commands.map(\.name), "there is no such command")
        var changes: [Command: [KeyPress]] = [:]
        var holders: [KeyPress: Command] = [:]
        for name in table.keys {
            guard let command = KeyMap.command(named: name) else { continue }
            note { reader throws(TOMLFieldError) in
                changes[command] = []
                for text in try table.strings(name) ?? [] {
                    reader.note { (_) throws(TOMLFieldError) in
                        let key = try Self.key(text, table, name)
                        if let other = holders[key] {
                            let problem =
                                other == command ? "\(key.name) stands there twice" : "\(key.name) is a key of \(other.name) already"
                            throw table.error(name, problem, remedy: "leave it out at one place")
                        }
                        holders[key] = command
                        changes[command]?.append(key)
                    }
                }
            }
        }
        settings.keys = KeyMap(changing: changes)
        guard problems.isEmpty else { return }
        for command in KeyMap.needed where settings.keys.keys(of: command).isEmpty {
            // What took its keys is where one looks.
            let takers = CommandTable.entries.first { $0.command == command }?.keys.compactMap { holders[$0]?.name } ?? []
            let place = table.kind(of: command.name) == nil ? takers.first ?? command.name : command.name
            problems.append(
                table.error(
                    place, "\(command.name) has no key left, and it needs one", remedy: "write \"\(command.name)\" = [\"…\"] with a key"))
        }
    }

    private static func key(_ text: String, _ table: TOMLFields, _ name: String) throws(TOMLFieldError) -> KeyPress {
        do throws(KeyNameError) {
            return try KeyPress(named: text)
        } catch {
            throw table.error(name, error.problem, remedy: error.remedy)
        }
    }
}
