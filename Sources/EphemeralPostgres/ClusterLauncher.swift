import Foundation

/// Finds a warm cluster in its folder, or makes and starts one. The caller gets the lease that keeps it alive.
struct ClusterLauncher: Sendable {
    let binaries: PostgresBinaries
    let version: ServerVersion
    let folder: ClusterFolder
    let account: ServerAccount?
    let settings: ClusterSettings
    let control: ControlScript
    /// Whether the watchdog is to stop the cluster as soon as nobody uses it.
    let stopsWhenFree: Bool

    /// How long a start may take in all, other processes' starts included.
    private static let patience: Duration = .seconds(300)

    /// Gives the lease on a running cluster.
    ///
    /// All steps happen under the folder's lock, so of several processes one starts the server and the others find it. The lease and the
    /// watchdog come before the first file of the server: a process that is killed half-way leaves nothing for long.
    func open() async throws(ClusterError) -> FileLock {
        let deadline = ContinuousClock.now + Self.patience
        while true {
            try folder.prepareParent()
            let lock: FileLock
            do {
                lock = try await FileLock.wait(for: folder.lock, .exclusive, until: deadline)
            } catch {
                // The last user of another cluster may have removed the parent folder in between.
                guard error.kind == .unusableFolder, !FileManager.default.fileExists(atPath: folder.parent), ContinuousClock.now < deadline else {
                    throw error
                }
                continue
            }
            guard lock.isStill(at: folder.lock) else { continue }
            return try await openLocked(until: deadline)
        }
    }

    private func openLocked(until deadline: ContinuousClock.Instant) async throws(ClusterError) -> FileLock {
        try folder.prepareHome()
        let lease = try await FileLock.wait(for: folder.lease, .shared, until: deadline)
        if stopsWhenFree { try folder.write("", to: folder.stopWhenFree) }
        if await isRunning() {
            try await startWatchdog(until: deadline)
            return lease
        }

        try folder.write(control.text, to: folder.control)
        try await startWatchdog(until: deadline)
        let cleared = try await Program.shell([folder.control, "clear"]).run()
        guard cleared.succeeded else {
            throw .failed(.stopFailed, "The old server in \(folder.home) could not be ended", output: cleared.complaints, next: "end it by hand")
        }
        try folder.prepareServerDirectories(for: account)
        try await initialize()
        try folder.write(settings.fileText(socketDirectory: folder.socketDirectory), to: folder.configuration)
        try await startServer()
        return lease
    }

    /// Starts the watchdog in a session of its own, unless one is alive, and waits until it is: whoever stops the cluster then finds it.
    private func startWatchdog(until deadline: ContinuousClock.Instant) async throws(ClusterError) {
        guard try FileLock.take(folder.watchdog, .exclusive) != nil else { return }
        // What a dead one has written would be taken for the new one's.
        try? FileManager.default.removeItem(atPath: folder.watchdog)
        // The outer shell leads the group; the watchdog learns its number, so that whoever stops it reaches its sleep too.
        let command = #"sh "$0" watch "$$" </dev/null >/dev/null 2>&1 &"#
        _ = try await Program.shell(["-c", command, folder.control], createsSession: true).run()
        while (FileManager.default.contents(atPath: folder.watchdog) ?? Data()).isEmpty {
            guard ContinuousClock.now < deadline else {
                throw ClusterError(.startFailed, "The watchdog of \(folder.home) did not start. Next: run sh \(folder.control) watch 1 to see why.")
            }
            try? await Task.sleep(for: .milliseconds(5))
        }
    }

    private func initialize() async throws(ClusterError) {
        var complaints = ""
        // macOS and old systems do not know C.UTF-8. The order of text is the same in both; letter case beyond ASCII is not.
        for locale in ["C.UTF-8", "C"] {
            var arguments = ["-D", folder.data, "-U", ThrowAwayCluster.user, "-E", "UTF8", "--locale=\(locale)", "--lc-messages=C"]
            arguments += ["--auth-local=trust", "--auth-host=reject", "--no-sync"]
            if version.major >= 15 { arguments.append("--locale-provider=libc") }
            let answer = try await Program(binaries.path(of: "initdb"), arguments, as: account).run()
            if answer.succeeded { return }
            complaints = answer.complaints.isEmpty ? answer.output : answer.complaints
            guard complaints.contains("locale") else { break }
        }
        throw .failed(
            .initializationFailed,
            "\(binaries.path(of: "initdb")) could not make a cluster in \(folder.data)\(account.map { " as \($0.name)" } ?? "")",
            output: complaints,
            next: "check free space in \(folder.parent), and that this account may read \(binaries.directory)"
        )
    }

    /// Starts the server on the data that is there and waits until it accepts connections.
    func startServer() async throws(ClusterError) {
        let arguments = ["start", "-s", "-w", "-t", "120", "-D", folder.data, "-l", folder.log, "-o", "-c config_file=\(folder.configuration)"]
        let answer = try await Program(binaries.path(of: "pg_ctl"), arguments, as: account).run()
        guard !answer.succeeded else { return }
        let log = (try? String(contentsOfFile: folder.log, encoding: .utf8)) ?? ""
        throw .failed(
            .startFailed,
            "The throw-away server in \(folder.home) (PostgreSQL \(version), found by \(binaries.source)) did not start",
            output: log.isEmpty ? answer.output + answer.complaints : log,
            next: "try again; if it stays so, see \(folder.log) and set DEPLOYSTACK_PG_BIN to another version"
        )
    }

    /// The process number in the server's pid file, if it has one that says that the server accepts connections.
    func readyProcess() -> Int32? {
        guard let text = try? String(contentsOfFile: "\(folder.data)/postmaster.pid", encoding: .utf8) else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 7, lines[7].trimmingCharacters(in: .whitespaces) == "ready" else { return nil }
        return Int32(lines[0])
    }

    /// Whether a server of this folder accepts connections. The pid file alone proves nothing: a server that was killed leaves it behind.
    ///
    /// A server that does not answer is asked again for a minute while its process is there: on a busy machine it may be slow, and others may be using it.
    func isRunning() async -> Bool {
        let deadline = ContinuousClock.now + .seconds(60)
        while readyProcess() != nil, FileManager.default.fileExists(atPath: folder.control) {
            let probe =
                binaries.has("pg_isready")
                ? Program(binaries.path(of: "pg_isready"), ["-q", "-t", "20", "-h", folder.socketDirectory, "-p", "\(settings.port)"])
                : Program(binaries.path(of: "pg_ctl"), ["status", "-D", folder.data], as: account)
            if (try? await probe.run().succeeded) ?? false { return true }
            let isAlive = (try? await Program.shell([folder.control, "alive"]).run().succeeded) ?? false
            guard isAlive, ContinuousClock.now < deadline else { return false }
            try? await Task.sleep(for: .milliseconds(20))
        }
        return false
    }
}
