import Foundation

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A lock on a file that the kernel takes back when the process ends, however it ends.
///
/// Such a lock needs no list of process numbers that might be out of date: who holds it is alive. It is shared between all descriptors of
/// one opening, so the file is opened with close-on-exec, and no program that is started holds it. Between its fork and its exec a child does, which on
/// a busy machine may take its time; so whoever gives the lock back also unlocks it, which counts for all descriptors.
struct FileLock: ~Copyable, Sendable {
    private let descriptor: FileDescriptor

    private init(_ descriptor: FileDescriptor) {
        self.descriptor = descriptor
    }

    deinit {
        while flock(descriptor.rawValue, LOCK_UN) != 0, errno == EINTR {}
        try? descriptor.close()
    }

    /// Which others may hold a lock on the same file.
    enum Mode {
        /// Everybody who also shares.
        case shared
        /// Nobody.
        case exclusive
    }

    /// Takes the lock if nobody is in the way, and gives `nil` otherwise. The file is made if it does not exist.
    static func take(_ path: String, _ mode: Mode) throws(ClusterError) -> FileLock? {
        let descriptor: FileDescriptor
        do {
            descriptor = try FileDescriptor.open(
                FilePath(path),
                .readWrite,
                options: [.create, .append, .closeOnExec, .noFollow],
                permissions: .ownerReadWrite
            )
        } catch {
            throw ClusterError(.unusableFolder, "The lock file \(path) cannot be opened: \(error). Next: check the folder's owner and permissions.")
        }
        let lock = FileLock(descriptor)
        let operation = mode == .shared ? LOCK_SH : LOCK_EX
        while flock(descriptor.rawValue, operation | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            guard errno == EWOULDBLOCK else {
                throw ClusterError(
                    .unusableFolder, "The file \(path) cannot be locked: \(Errno(rawValue: errno)). Next: use a local folder as TMPDIR.")
            }
            return nil
        }
        return lock
    }

    /// Takes the lock, and asks again every few milliseconds until the deadline while others hold it.
    static func wait(for path: String, _ mode: Mode, until deadline: ContinuousClock.Instant) async throws(ClusterError) -> FileLock {
        while true {
            if let lock = try take(path, mode) { return lock }
            guard ContinuousClock.now < deadline else {
                throw ClusterError(.locked, "Another process has held \(path) for too long. Next: see which one (fuser \(path)) and end it.")
            }
            try? await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Whether the file at the path is still the one that is locked, and not a newer one of the same name.
    ///
    /// The last user of a cluster removes the lock file while others may wait for it. A line that is written through the descriptor and
    /// looked for through the path tells the two apart.
    func isStill(at path: String) -> Bool {
        let line = "\(ProcessInfo.processInfo.processIdentifier) \(UInt64.random(in: .min ... .max))\n"
        guard (try? descriptor.writeAll(line.utf8)) != nil else { return false }
        return (try? String(contentsOfFile: path, encoding: .utf8))?.hasSuffix(line) ?? false
    }
}
