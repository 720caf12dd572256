#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Tells when a theme file was written or put in the place of another one: editors do the one or the other.
///
/// It watches folders, so that it does not matter which; and it waits for nothing itself: its descriptor can be waited for. Only Linux has
/// it; elsewhere `R` reads a theme again.
final class ThemeWatcher {
    /// What can be read once something has changed; nil if nothing is watched.
    let descriptor: Int32?
    /// The name of a watched file that does not end like a theme.
    private let name: String?

    /// Watches folders, and the folder of a file; those that there are.
    ///
    /// - Parameter file: the path of a theme file, followed if it is a link. Nil is none.
    init(folders: [String], file: String?) {
        name = file.map { String($0.split(separator: "/").last ?? "") }
        #if os(Linux)
        var watched = folders
        for path in [file, file.flatMap(Self.real)].compactMap(\.self) {
            watched.append(path.contains("/") ? String(path[...(path.lastIndex(of: "/") ?? path.startIndex)]) : ".")
        }
        let queue = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        var count = 0
        for folder in watched where queue >= 0 {
            if inotify_add_watch(queue, folder, UInt32(IN_CLOSE_WRITE | IN_MOVED_TO)) >= 0 { count += 1 }
        }
        if queue >= 0, count == 0 { close(queue) }
        descriptor = queue >= 0 && count > 0 ? queue : nil
        #else
        descriptor = nil
        #endif
    }

    deinit {
        if let descriptor { close(descriptor) }
    }

    /// Whether a theme has changed since the last call. Empties the descriptor.
    func hasChanges() -> Bool {
        #if os(Linux)
        guard let descriptor else { return false }
        var hasChanged = false
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = read(descriptor, &buffer, buffer.count), count > 0 {
            var place = 0
            while place + MemoryLayout<inotify_event>.size <= count {
                let event = buffer.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: place, as: inotify_event.self) }
                let start = place + MemoryLayout<inotify_event>.size
                place = start + Int(event.len)
                let name = String(decoding: buffer[start..<min(place, count)].prefix { $0 != 0 }, as: UTF8.self)
                // More has happened than there was room for: then everything may have.
                if name.hasSuffix(".toml") || name == self.name || event.mask & UInt32(IN_Q_OVERFLOW) != 0 { hasChanged = true }
            }
        }
        return hasChanged
        #else
        return false
        #endif
    }

    /// Where a path leads to in the end; nil if it does not.
    private static func real(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }
}
