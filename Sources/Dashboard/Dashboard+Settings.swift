internal import Canvas
internal import Theming

// MARK: - Settings that are changed while the program runs

extension Dashboard {
    /// Takes settings over: at the start, and when their file was read again.
    ///
    /// - Parameters:
    ///   - settings: what holds from now on: what the config file says, with what the command line says instead.
    ///   - written: what the config file says.
    ///   - path: the config file, whether there is one already or not; `nil` if there is to be none.
    public mutating func apply(_ settings: Settings, written: Settings, path: String?) {
        let old = self.settings
        self.settings = settings
        (writtenSettings, configPath) = (written, path)
        keys = settings.keys
        if settings.layout != old.layout { setPreset(settings.layout) }
        message = nil
        if settings.theme != old.theme, let theme = settings.theme, themes.items.contains(where: { $0.id == theme && $0.problem == nil }) {
            themes.chosen = theme
        }
        if let mouse = settings.mouse { usesMouse = mouse }
        if settings.speed != old.speed { speed = Settings.speeds.firstIndex(of: settings.speed) ?? speed }
        settleScroll()
    }

    /// What the settings are now.
    public var currentSettings: Settings {
        var current = settings
        current.layout = preset
        current.speed = Settings.speeds[speed]
        return current
    }

    /// Notes that the config file says this now.
    public mutating func noteWritten(_ settings: Settings) {
        writtenSettings = settings
    }

    // MARK: The list

    mutating func openSettings() {
        pause()
        settingsPlace = 0
    }

    /// The setting that is selected in the list, if that is open.
    private var selectedSetting: Setting? { settingsPlace.flatMap { Setting.allCases[safe: $0] } }

    mutating func performInSettings(_ command: Command, _ key: KeyPress) -> Effect {
        guard let place = settingsPlace, let setting = selectedSetting else { return .draw }
        let last = Setting.allCases.count - 1
        switch command {
        case .up: selectSetting(place - 1)
        case .down: selectSetting(place + 1)
        case .pageUp, .halfPageUp, .first: selectSetting(0)
        case .pageDown, .halfPageDown, .last: selectSetting(last)
        case .open, .runOrPause, .right, .faster: return change(setting, by: 1)
        case .left, .slower: return change(setting, by: -1)
        case .close, .quit, .settings: settingsPlace = nil
        case .repaint: return .repaint
        default:
            message =
                "\(key.name) does nothing here: \(keys.name(of: .open)) and \(keys.name(of: .left)) change a setting, "
                + "\(keys.name(of: .quit)) closes the list"
        }
        return .draw
    }

    private mutating func selectSetting(_ place: Int) {
        let target = min(max(place, 0), Setting.allCases.count - 1)
        if target == settingsPlace { message = target == 0 ? "this is the first setting" : "this is the last line" }
        settingsPlace = target
    }

    private mutating func change(_ setting: Setting, by distance: Int) -> Effect {
        switch setting {
        case .layout: changePreset(by: distance)
        case .speed:
            let target = min(max(speed + distance, 0), Settings.speeds.count - 1)
            if target == speed { message = distance < 0 ? "slower is not possible" : "faster is not possible" }
            speed = target
        case .theme:
            settingsPlace = nil
            return perform(.themes)
        case .glyphs:
            let choices: [GlyphSet?] = [nil] + GlyphSet.allCases
            let place = choices.firstIndex(of: settings.glyphs) ?? 0
            settings.glyphs = choices[(place + distance + choices.count) % choices.count]
            return .settings(currentSettings)
        case .mouse: return perform(.mouse)
        case .checks: settings.checks.toggle()
        case .write: return writeSettings()
        }
        return .draw
    }

    private func writeSettings() -> Effect { .writeSettings(currentSettings) }

    /// What a setting is now, as the list shows it.
    private func value(of setting: Setting) -> String {
        switch setting {
        case .layout: preset.rawValue
        case .speed: "\(Settings.speeds[speed])"
        case .theme: settings.theme ?? (themes.chosen.isEmpty ? "as it comes" : "auto: \(themes.chosen)")
        case .glyphs: settings.glyphs.settingText
        case .mouse: usesMouse ? "on" : "off"
        case .checks: settings.checks ? "on" : "off"
        case .write: ""
        }
    }

    // MARK: Drawing

    /// The lines of the list, each with whether the config file says otherwise, and the line below them.
    private var settingsText: (rows: [(text: String, isChanged: Bool)], note: String) {
        let changed = Set(currentSettings.lines(insteadOf: writtenSettings).map(\.field))
        let rows = Setting.allCases.map { setting -> (text: String, isChanged: Bool) in
            let isChanged = setting.field.map(changed.contains) ?? false
            guard setting != .write else { return ("\(setting.title): \(setting.help)", false) }
            return (
                "\(setting.title.padded(to: 8)) \((value(of: setting) + (isChanged ? " *" : "")).padded(to: 18)) \(setting.help)", isChanged
            )
        }
        let file = configPath.map { "\($0)\(changed.isEmpty ? " says the same" : " does not say what has a *")" }
        return (rows, file ?? "opened with --no-config: nothing is written")
    }

    /// Where the list stands, and its first line that can be seen.
    func placeOfSettings(in body: Rect) -> (rect: Rect, top: Int) {
        let (rows, note) = settingsText
        let widest = (rows.map(\.text) + [note]).map(\.columns).max() ?? 0
        let rect = box(min(body.columns - 2, widest + 6), min(body.rows, rows.count + 4), in: body)
        let visible = max(1, rect.rows - 4)
        return (rect, min(max(0, (settingsPlace ?? 0) - visible + 1), max(0, rows.count - visible)))
    }

    func drawSettings(on canvas: inout Canvas, in body: Rect, _ look: Look) {
        guard let settingsPlace else { return }
        let theme = look.theme
        let ground = theme.style(.dialogBackground)
        let (rows, note) = settingsText
        let (rect, top) = placeOfSettings(in: body)
        let foot = "\(keys.name(of: .open)): change   \(keys.name(of: .left)): back   \(keys.name(of: .quit)): close"
        drawBox(rect, title: "Settings", foot: foot, on: &canvas, look)
        let inner = rect.inset(columns: 1, rows: 1)
        let visible = max(1, inner.rows - 2)
        for row in 0..<min(visible, rows.count - top) {
            let line = inner.line(row)
            let isSelected = row + top == settingsPlace
            if isSelected {
                canvas.write(String(look.glyphs.selection), at: line.origin, style: ground.overlaid(with: theme.style(.paneBorderFocus)))
            }
            let role: Role = rows[row + top].isChanged ? .textStrong : .text
            canvas.write(
                rows[row + top].text.clipped(to: line.columns - 3, ellipsis: look.glyphs.ellipsis), at: line.origin.moved(columns: 2),
                style: ground.overlaid(with: theme.style(role)))
            if isSelected { canvas.restyle(line) { $0.overlaid(with: theme.style(.selection)) } }
        }
        let line = inner.line(inner.rows - 1)
        canvas.write(
            note.clipped(to: line.columns - 3, ellipsis: look.glyphs.ellipsis), at: line.origin.moved(columns: 2),
            style: ground.overlaid(with: theme.style(.textDim)))
    }
}
