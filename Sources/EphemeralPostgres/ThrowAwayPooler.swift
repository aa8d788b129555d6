import Foundation

/// A PgBouncer in transaction mode before a throw-away cluster, for tests of what a pooler changes.
///
/// It takes connections to any database of the cluster on a Unix socket, without a password, and it keeps no prepared statements, whatever its version.
/// A small shell holds it and reads from a pipe of this process: when the pipe ends, because of ``stop()`` or because the process has died in whatever
/// way, the shell ends the pooler and removes its files.
package final class ThrowAwayPooler: Sendable {
    /// The directory of the pooler's socket; libpq takes it as the host.
    package let socketDirectory: String
    /// The port that names the socket, always 6432.
    package let port = 6432
    /// The name to connect with; any would do.
    package let userName = ThrowAwayCluster.user
    /// The version, such as `1.18`.
    package let version: String

    /// How long a start may take.
    private static let patience: Duration = .seconds(20)

    /// Keeps the server alive as long as the pooler.
    private let cluster: ThrowAwayCluster
    private let process: Task<Void, Never>
    private let isNeeded: AsyncStream<Void>.Continuation

    private init(
        cluster: ThrowAwayCluster, socketDirectory: String, version: String, process: Task<Void, Never>,
        isNeeded: AsyncStream<Void>.Continuation
    ) {
        self.cluster = cluster
        self.socketDirectory = socketDirectory
        self.version = version
        self.process = process
        self.isNeeded = isNeeded
    }

    deinit {
        isNeeded.finish()
    }

    /// Starts a pooler that nobody else uses, and waits until it takes connections.
    ///
    /// - Parameters:
    ///   - cluster: The server behind it.
    ///   - poolSize: How many connections to each database it shares among its clients.
    ///   - serverUser: The role that it connects to the server as; by default the one that owns everything.
    /// - Throws: ``ClusterError``; of kind `noBinaries` when this machine has no PgBouncer.
    package static func start(before cluster: ThrowAwayCluster, poolSize: Int = 5, serverUser: String? = nil) async throws(ClusterError)
        -> ThrowAwayPooler
    {
        guard let program = PoolerProgram.find() else {
            throw ClusterError(.noBinaries, "There is no PgBouncer on this machine. Next: \(PoolerProgram.advice).")
        }
        let version = try await program.version()
        let account = try await ServerAccount.forServer()
        let folder = ClusterFolder(
            parent: ClusterFolder.parent(environment: ProcessInfo.processInfo.environment, account: ServerAccount.caller),
            name: "pooler-\(String(UInt32.random(in: .min ... .max) % 2_000_000_000, radix: 36))")
        try folder.prepareParent()
        try folder.prepareHome()
        try folder.prepareServerDirectories(for: account)
        let settings = PoolerSettings(
            cluster: cluster, folder: folder, poolSize: poolSize, canPrepare: version >= (1, 21), serverUser: serverUser ?? cluster.userName)
        try folder.write(settings.text, to: settings.path)

        let command = account?.command(program.path, [settings.path]) ?? [program.path, settings.path]
        let (needed, isNeeded) = AsyncStream<Void>.makeStream()
        let shell = Program("/bin/sh", ["-c", script, "pooler", folder.home, folder.parent, settings.processFile] + command, createsSession: true)
        let process = Task { _ = try? await shell.run(until: needed) }
        let pooler = ThrowAwayPooler(
            cluster: cluster, socketDirectory: folder.socketDirectory, version: "\(version.major).\(version.minor)", process: process,
            isNeeded: isNeeded)
        do {
            try await pooler.waitUntilReady(settings)
            return pooler
        } catch {
            await pooler.stop()
            throw error
        }
    }

    /// Ends the pooler with all its connections. Returns when its files are gone.
    package func stop() async {
        isNeeded.finish()
        await process.value
    }

    private func waitUntilReady(_ settings: PoolerSettings) async throws(ClusterError) {
        let deadline = ContinuousClock.now + Self.patience
        while true {
            let log = (try? String(contentsOfFile: settings.log, encoding: .utf8)) ?? ""
            if log.contains("process up") { return }
            guard ContinuousClock.now < deadline, !log.contains("FATAL") else {
                throw .failed(.startFailed, "PgBouncer \(version) did not start", output: log, next: "run it by hand to see why")
            }
            try? await Task.sleep(for: .milliseconds(10))
        }
    }

    /// `$1` is the pooler's folder, `$2` the one above it, `$3` the file with the process number; the command follows.
    private static let script = #"""
        home=$1 parent=$2 file=$3
        shift 3
        "$@" </dev/null >>"$home/output" 2>&1 &
        started=$!
        cat >/dev/null
        kill -s TERM "$(cat "$file" 2>/dev/null || echo "$started")" 2>/dev/null
        wait "$started"
        rm -rf "$home"
        rmdir "$parent" 2>/dev/null
        """#
}

/// What PgBouncer reads when it starts.
struct PoolerSettings {
    let cluster: ThrowAwayCluster
    let folder: ClusterFolder
    let poolSize: Int
    /// Whether this version could keep prepared statements, and has to be told not to.
    let canPrepare: Bool
    /// Whom the server sees, whoever the clients say that they are.
    let serverUser: String

    var path: String { "\(folder.home)/pgbouncer.ini" }
    var log: String { "\(folder.data)/pgbouncer.log" }
    var processFile: String { "\(folder.data)/pgbouncer.pid" }

    var text: String {
        """
        [databases]
        * = host=\(cluster.socketDirectory) port=\(cluster.port) user=\(serverUser)

        [pgbouncer]
        listen_addr =
        listen_port = 6432
        unix_socket_dir = \(folder.socketDirectory)
        unix_socket_mode = 0700
        auth_type = any
        pool_mode = transaction
        default_pool_size = \(poolSize)
        max_client_conn = 500
        server_idle_timeout = 5
        logfile = \(log)
        pidfile = \(processFile)
        log_connections = 0
        log_disconnections = 0
        \(canPrepare ? "max_prepared_statements = 0" : "")

        """
    }
}
