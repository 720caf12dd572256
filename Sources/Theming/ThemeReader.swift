internal import Canvas
internal import TOMLFields

/// Puts a theme together from its file and those it inherits.
struct ThemeReader {
    private static let fields = ["name", "author", "variant", "inherits", "palette", "roles", "glyphs"]
    /// How many themes one theme may be built on.
    private static let inheritanceLimit = 16

    private var palette: [String: Paint] = [:]
    private var roles: [String: RoleStyle] = [:]
    private var glyphs: [String: Unicode.Scalar] = [:]

    static func read(_ text: ThemeText, parents: (String) -> ThemeText?) throws(TOMLFieldError) -> ThemeFile {
        let layers = try lineage(of: text, parents: parents)
        var reader = ThemeReader()
        // All palettes first: a theme that changes a colour changes it in the inherited roles too.
        for layer in layers {
            try layer.refuseOthers(than: fields)
            try reader.readPalette(layer)
        }
        var variant = Theme.Variant.dark
        for layer in layers {
            variant = try layer.choice("variant", of: Theme.Variant.self) ?? variant
            if let table = try layer.table("roles") { try reader.readRoles(table, prefix: "") }
            try reader.readGlyphs(layer)
        }
        let own = layers[layers.count - 1]
        return ThemeFile(
            id: text.id, name: try own.string("name") ?? text.id, author: try own.string("author") ?? "", variant: variant,
            roles: reader.roles, glyphs: reader.glyphs)
    }

    /// The theme's table after those of its ancestors, the eldest first.
    private static func lineage(of text: ThemeText, parents: (String) -> ThemeText?) throws(TOMLFieldError) -> [TOMLFields] {
        var layers = [try TOMLDocument(text: text.text, source: text.source, tellsColumns: true).root]
        var seen = [text]
        while let name = try layers[0].string("inherits") {
            let child = layers[0]
            // What inherits its own name is a user's theme: it changes the built-in one that it stands before.
            let parent = name == seen[seen.count - 1].id ? BuiltInThemes.text(named: name) : parents(name)
            guard seen.count <= inheritanceLimit, parent.map({ !seen.contains($0) }) ?? !seen.contains(where: { $0.id == name }) else {
                let chain = (seen.map(\.id) + [name]).map(\.shown).joined(separator: ", ")
                throw child.error("inherits", "the themes inherit each other: \(chain)", remedy: "leave out one of them")
            }
            guard let parent else {
                let known = BuiltInThemes.texts.map(\.id)
                let remedy =
                    closestMatch(to: name, among: known).map { "did you mean \"\($0)\"?" } ?? "use one of \(known.joined(separator: ", "))"
                throw child.error("inherits", "there is no theme \"\(name.shown)\"", remedy: remedy)
            }
            seen.append(parent)
            layers.insert(try TOMLDocument(text: parent.text, source: parent.source, tellsColumns: true).root, at: 0)
        }
        return layers
    }

    // MARK: Palette

    private mutating func readPalette(_ layer: TOMLFields) throws(TOMLFieldError) {
        guard let table = try layer.table("palette") else { return }
        for key in table.keys { palette[key] = try paint(table, key, names: [:]) }
    }

    /// A colour: hex, a number, a name, or a table of a hex colour and what to use with fewer colours.
    private func paint(_ table: TOMLFields, _ key: String, names: [String: Paint]) throws(TOMLFieldError) -> Paint {
        switch table.kind(of: key) {
        case .integer:
            return Paint(color: .indexed(UInt8(try table.integer(key, in: 0...255) ?? 0)))
        case .table:
            guard let parts = try table.table(key) else { return Paint(color: .terminalDefault) }
            try parts.refuseOthers(than: ["hex", "c256", "c16"])
            let hex = try parts.require(try parts.string("hex"), "hex", remedy: "write \"#rrggbb\"")
            guard let rgb = RGB(hex: hex) else { throw badColor(parts, "hex", hex, among: [], or: "\"#rrggbb\"") }
            return Paint(
                color: .rgb(rgb.red, rgb.green, rgb.blue), palette256: try parts.integer("c256", in: 0...255).map { UInt8($0) },
                ansi16: try ansi(parts, "c16"))
        case .string, .number, .boolean, .array, nil:
            let text = try table.string(key) ?? ""
            if let paint = names[text] { return paint }
            if text == "default" { return Paint(color: .terminalDefault) }
            if let rgb = RGB(hex: text) { return Paint(color: .rgb(rgb.red, rgb.green, rgb.blue)) }
            if let index = ANSIColors.indices[text] { return Paint(color: .indexed(index)) }
            let candidates = names.keys.sorted() + ANSIColors.indices.keys.sorted() + ["default"]
            let forms =
                "\"#rrggbb\", 0 to 255, \"default\"" + (names.isEmpty ? " or an ANSI name" : ", an ANSI name or a name of [palette]")
            throw badColor(table, key, text, among: candidates, or: forms)
        }
    }

    private func ansi(_ table: TOMLFields, _ key: String) throws(TOMLFieldError) -> Color? {
        guard table.kind(of: key) == .string, let name = try table.string(key) else {
            return try table.integer(key, in: 0...15).map { .indexed(UInt8($0)) }
        }
        if name == "default" { return .terminalDefault }
        guard let index = ANSIColors.indices[name] else {
            throw badColor(table, key, name, among: ANSIColors.indices.keys.sorted() + ["default"], or: "an ANSI name or 0 to 15")
        }
        return .indexed(index)
    }

    private func badColor(
        _ table: TOMLFields, _ key: String, _ text: String, among names: [String], or forms: String
    ) -> TOMLFieldError {
        let remedy = closestMatch(to: text, among: names).map { "did you mean \"\($0)\"?" } ?? "write \(forms)"
        return table.error(key, "\(text.shown.debugDescription) is not a colour", remedy: remedy)
    }

    // MARK: Roles

    /// Reads roles written in any of TOML's ways: `"state.todo" = {…}`, `state.todo = {…}`, `[roles.state]` and `todo = {…}`.
    private mutating func readRoles(_ table: TOMLFields, prefix: String) throws(TOMLFieldError) {
        for key in table.keys where prefix.isEmpty || !ThemeReader.styleFields.contains(key) {
            let role = prefix + key
            guard Role.allKeys.contains(role) else { throw unknownRole(table, key, below: prefix) }
            guard table.kind(of: key) == .table, let fields = try table.table(key) else {
                roles[role] = RoleStyle(foreground: try paint(table, key, names: palette))
                continue
            }
            if fields.keys.contains(where: { ThemeReader.styleFields.contains($0) }) || fields.keys.isEmpty {
                roles[role] = try readStyle(fields)
            }
            try readRoles(fields, prefix: "\(role).")
        }
    }

    private static let styleFields = ["fg", "bg", "attr", "mono", "gradient"]

    private func unknownRole(_ table: TOMLFields, _ key: String, below prefix: String) -> TOMLFieldError {
        let role = prefix + key
        if let near = closestMatch(to: role, among: Role.allKeys) {
            return table.error(key, "unknown role", remedy: "did you mean \"\(near)\"?")
        }
        // Below a role it is more likely a misspelt field of it.
        let (problem, names) = prefix.isEmpty ? ("unknown role", Role.allKeys) : ("unknown field", ThemeReader.styleFields)
        let remedy = closestMatch(to: key, among: names).map { "did you mean \"\($0)\"?" } ?? "use one of \(names.joined(separator: ", "))"
        return table.error(key, problem, remedy: remedy)
    }

    private func readStyle(_ fields: TOMLFields) throws(TOMLFieldError) -> RoleStyle {
        var style = RoleStyle()
        if fields.kind(of: "fg") != nil { style.foreground = try paint(fields, "fg", names: palette) }
        if fields.kind(of: "bg") != nil { style.background = try paint(fields, "bg", names: palette) }
        style.attributes = try attributes(fields, "attr") ?? []
        style.monochrome = try attributes(fields, "mono")
        style.gradient = try gradient(fields)
        return style
    }

    private func gradient(_ fields: TOMLFields) throws(TOMLFieldError) -> [Paint] {
        guard let names = try fields.strings("gradient") else { return [] }
        guard (2...8).contains(names.count) else {
            throw fields.error("gradient", "a gradient of \(names.count)", remedy: "use 2 to 8 colours")
        }
        var paints: [Paint] = []
        for name in names {
            if let paint = palette[name] ?? RGB(hex: name).map({ Paint(color: .rgb($0.red, $0.green, $0.blue)) })
                ?? ANSIColors.indices[name].map({ Paint(color: .indexed($0)) })
            {
                paints.append(paint)
            } else {
                let names = palette.keys.sorted() + ANSIColors.indices.keys.sorted()
                throw badColor(fields, "gradient", name, among: names, or: "\"#rrggbb\", an ANSI name or a name of [palette]")
            }
        }
        return paints
    }

    private static let attributeNames: [(name: String, attribute: Attributes)] = [
        ("bold", .bold), ("dim", .dim), ("italic", .italic), ("underline", .underline), ("reverse", .reverse),
    ]

    private func attributes(_ fields: TOMLFields, _ key: String) throws(TOMLFieldError) -> Attributes? {
        guard let words = try fields.strings(key) else { return nil }
        var result: Attributes = []
        for word in words {
            guard let entry = ThemeReader.attributeNames.first(where: { $0.name == word }) else {
                let names = ThemeReader.attributeNames.map(\.name)
                let remedy =
                    closestMatch(to: word, among: names).map { "did you mean \"\($0)\"?" } ?? "use \(names.joined(separator: ", "))"
                throw fields.error(key, "\(word.shown.debugDescription) is not an attribute", remedy: remedy)
            }
            result.insert(entry.attribute)
        }
        return result
    }

    // MARK: Glyphs

    private mutating func readGlyphs(_ layer: TOMLFields) throws(TOMLFieldError) {
        guard let table = try layer.table("glyphs") else { return }
        try table.refuseOthers(than: Glyphs.replaceable.keys.sorted())
        for key in table.keys {
            let text = try table.string(key) ?? ""
            guard text.unicodeScalars.count == 1, let glyph = text.unicodeScalars.first, glyph.shown == glyph else {
                throw table.error(
                    key, "\(text.shown.debugDescription) does not fill exactly one column", remedy: "use one narrow character")
            }
            glyphs[key] = glyph
        }
    }
}
