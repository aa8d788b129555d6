import Foundation
import Synchronization

/// A PostgreSQL server for tests and demonstrations that needs no installation step, no port and no Docker.
///
/// It is made from the server programs on this machine, listens on a Unix socket in a folder that only this account can enter, syncs
/// nothing to disk, and goes away by itself. There is no password: who can reach the socket is the superuser.
///
/// ```swift
/// let cluster = try await ThrowAwayCluster.shared()
/// print(cluster.socketDirectory, cluster.port, cluster.userName, cluster.serverVersion)
/// ```
///
/// A cluster lives as long as a process holds a lease on it, plus an idle time. Leases are locks of the kernel, so a process that is killed
/// gives its own back. Who stops the cluster then is a small shell script, the watchdog, which ends with it; see ``ControlScript``.
package final class ThrowAwayCluster: Sendable {
    /// How long a shared cluster runs on after its last user: ten minutes.
    package static let idleTime: Duration = .seconds(600)
    /// The superuser of every throw-away cluster.
    static let user = "postgres"

    /// The directory of the server's socket; libpq takes it as the host.
    package let socketDirectory: String
    /// The port that names the socket: 5432 unless the settings name another, as those of a server that also listens on TCP do.
    package let port: Int
    /// The superuser's name.
    package let userName = ThrowAwayCluster.user
    /// The version of the server.
    package let serverVersion: ServerVersion
    /// The server's log file, for the message of a failed test.
    package let logFile: String

    let launcher: ClusterLauncher
    private let options: Options
    /// Holds the lease until it is given back.
    private let lease: Mutex<FileLock?>

    private init(options: Options, launcher: ClusterLauncher, lease: consuming FileLock) {
        self.options = options
        self.launcher = launcher
        self.lease = Mutex(lease)
        socketDirectory = launcher.folder.socketDirectory
        port = launcher.settings.port
        serverVersion = launcher.version
        logFile = launcher.folder.log
    }

    /// The command that opens a database of this cluster for a person.
    package func psqlCommand(database: String) -> String {
        "psql -h \(socketDirectory) -p \(port) -U \(userName) -d \(database)"
    }

    /// Gives the lease back, and leaves the cluster warm for the next process.
    ///
    /// The cluster must not be used afterwards. The end of the process does the same.
    package func release() {
        let held = lease.withLock { lease in lease.take() }
        SharedClusters.forget(options)
        _ = consume held
    }

    /// Gives the lease back and stops the cluster, unless another process still uses it.
    ///
    /// - Returns: Whether the cluster is gone, with its processes and files.
    /// - Throws: ``ClusterError`` of kind `stopFailed`.
    @discardableResult
    package func stop() async throws(ClusterError) -> Bool {
        release()
        return try await Self.stop(launcher.folder)
    }

    private static func stop(_ folder: ClusterFolder) async throws(ClusterError) -> Bool {
        guard FileManager.default.fileExists(atPath: folder.control) else { return true }
        let answer = try await Program.shell([folder.control, "stop"]).run()
        if answer.succeeded || !FileManager.default.fileExists(atPath: folder.home) { return true }
        if answer.exitCode == ControlScript.inUse { return false }
        throw .failed(
            .stopFailed, "The cluster in \(folder.home) could not be stopped", output: answer.complaints, next: "sh \(folder.control) stop --force")
    }
}

extension ThrowAwayCluster {
    /// How and where a cluster is made. The defaults are what everybody shares.
    package struct Options: Sendable {
        /// The server's settings.
        package var settings = ClusterSettings()
        /// How long the cluster runs on after its last user, in whole seconds.
        package var idleTime = ThrowAwayCluster.idleTime
        /// The variables that choose binaries (`DEPLOYSTACK_PG_BIN`, `PATH`), the folder (`TMPDIR`), and with `DEPLOYSTACK_KEEP_CLUSTER=0`
        /// that the cluster stops as soon as its last user is gone.
        package var environment = ProcessInfo.processInfo.environment
        /// A name that keeps this cluster apart from others with the same settings.
        package var label = ""

        package init() {}
    }

    /// The warm cluster of this account, server version and settings. It is started if there is none.
    ///
    /// The first call of a process takes some milliseconds when another process has left the cluster warm, and one to three seconds when
    /// it has to be made. Later calls return the same object. So does a failure: a process that found no server does not search again.
    ///
    /// - Throws: ``ClusterError``; of kind `noBinaries` when there is no server on this machine.
    package static func shared(_ options: Options = Options()) async throws(ClusterError) -> ThrowAwayCluster {
        try await SharedClusters.cluster(options)
    }

    /// A cluster that nobody else uses, for tests that stop, kill or restart the server.
    ///
    /// It has its own data directory. ``stop()`` removes it entirely; so does its watchdog a second after the object or the process is gone.
    /// A commit that it has acknowledged survives the death of its processes, which is not so on a shared cluster: `synchronous_commit` is on.
    ///
    /// - Parameter settings: Server settings to add to, or to replace in, those of every throw-away cluster.
    package static func exclusive(settings: [String: String] = [:]) async throws(ClusterError) -> ThrowAwayCluster {
        var options = Options()
        options.settings = ClusterSettings(["synchronous_commit": "on"].merging(settings) { _, given in given })
        options.idleTime = .zero
        options.label = "x\(ProcessInfo.processInfo.processIdentifier)-\(String(UInt32.random(in: .min ... .max), radix: 36))"
        return try await make(options)
    }

    /// Makes or finds a cluster, with a lease of its own even when this process already has one.
    ///
    /// The work goes on when the calling task is cancelled, because a half-made cluster helps nobody.
    static func make(_ options: Options) async throws(ClusterError) -> ThrowAwayCluster {
        try await start(options).value.get()
    }

    /// The start of a cluster, which no caller's cancellation reaches.
    typealias Start = Task<Result<ThrowAwayCluster, ClusterError>, Never>

    /// Begins to make or find a cluster.
    static func start(_ options: Options) -> Start {
        Task {
            do throws(ClusterError) {
                return .success(try await makeNow(options))
            } catch {
                return .failure(error)
            }
        }
    }

    private static func makeNow(_ options: Options) async throws(ClusterError) -> ThrowAwayCluster {
        let binaries = try await PostgresBinaries.find(environment: options.environment)
        let answer = try await Program(binaries.path(of: "postgres"), ["--version"]).run()
        guard let version = ServerVersion(versionLine: answer.output) else {
            throw .failed(
                .programFailed, "\(binaries.path(of: "postgres")) --version gave no version", output: answer.complaints, next: "reinstall it")
        }
        let identity = [version.description, binaries.directory, options.settings.fileText(socketDirectory: ""), ControlScript.fingerprint]
        let idleSeconds = Int(options.idleTime.components.seconds)
        let folder = ClusterFolder(
            parent: ClusterFolder.parent(environment: options.environment, account: ServerAccount.caller),
            name: "\(version.major)-\(fingerprint(of: identity + ["\(idleSeconds)", options.label]))"
        )
        let launcher = ClusterLauncher(
            binaries: binaries,
            version: version,
            folder: folder,
            account: try await ServerAccount.forServer(),
            settings: options.settings,
            control: ControlScript(folder: folder, binaries: binaries.directory, port: options.settings.port, idleSeconds: idleSeconds),
            stopsWhenFree: options.environment["DEPLOYSTACK_KEEP_CLUSTER"] == "0"
        )
        do {
            return ThrowAwayCluster(options: options, launcher: launcher, lease: try await launcher.open())
        } catch {
            // The lease is given back by now. What is half-made must not wait for its watchdog.
            _ = try? await stop(folder)
            throw error
        }
    }
}
