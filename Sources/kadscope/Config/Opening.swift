import Dashboard
import Theming

/// How the screen opens: as the config file says, and what the command line says instead.
struct Opening {
    /// The file that the settings come from, and go to.
    let config: ConfigFile
    /// What the file says.
    let written: Settings
    /// The theme that is asked for.
    let theme: ThemeChoice
    /// What is wrong with the file, if something is.
    let notice: String?
    private let look: LookOptions
    private let isUnchecked: Bool
    private let leavesMouse: Bool

    /// Reads the config file. One that is wrong does not keep the screen from opening.
    ///
    /// - Throws: what is wrong with what the command line names.
    init(_ look: LookOptions, _ options: ConfigOptions, isUnchecked: Bool = false, leavesMouse: Bool = false) throws(Complaint) {
        config = options.file
        let (written, problem) = try config.load()
        var notice = problem
        if let name = look.theme {
            theme = try ThemeChoice(name)
        } else {
            do throws(Complaint) {
                theme = try config.theme(written)
            } catch {
                notice = notice ?? error.sentence
                theme = try ThemeChoice(Settings.automatic)
            }
        }
        (self.written, self.look, self.notice) = (written, look, notice)
        (self.isUnchecked, self.leavesMouse) = (isUnchecked, leavesMouse)
    }

    /// What holds when the file says this: the command line counts more.
    func settings(over written: Settings) -> Settings {
        var settings = written
        if let name = look.theme {
            switch theme {
            case .automatic: settings.theme = nil
            case .named: settings.theme = name
            // In the config file it must not depend on the folder that the program was started in.
            case .file: settings.theme = Files.absolute(name)
            }
        }
        if let glyphs = look.glyphs { settings.glyphs = glyphs }
        if let color = look.color { settings.color = color }
        if isUnchecked { settings.checks = false }
        if leavesMouse { settings.mouse = false }
        return settings
    }
}
