import Foundation

/// Stopping and starting the server of an exclusive cluster, for tests of what happens then. A shared cluster must be left alone.
extension ThrowAwayCluster {
    /// How the server stops.
    package enum StopMode: String, Sendable, CaseIterable {
        /// It waits until the last client has gone.
        case smart
        /// It ends its clients' sessions and writes everything out.
        case fast
        /// It ends at once and recovers at the next start.
        case immediate
    }

    /// The server's data directory, where its files can be changed while it is stopped.
    package var dataDirectory: String { launcher.folder.data }

    /// The process number of the running server, or `nil` when it does not accept connections.
    package var serverProcess: Int32? { launcher.readyProcess() }

    /// Stops the server and leaves its data.
    package func stopServer(_ mode: StopMode = .fast) async throws(ClusterError) {
        let arguments = ["stop", "-s", "-w", "-t", "60", "-m", mode.rawValue, "-D", launcher.folder.data]
        let answer = try await Program(launcher.binaries.path(of: "pg_ctl"), arguments, as: launcher.account).run()
        guard answer.succeeded else {
            throw .failed(
                .stopFailed, "The server in \(launcher.folder.home) did not stop (\(mode))", output: answer.complaints, next: "see \(logFile)")
        }
    }

    /// Starts the server again on its data, after a stop or a kill, and waits until it accepts connections.
    package func startServer() async throws(ClusterError) {
        try await launcher.startServer()
    }

    /// Removes what a server whose processes were all killed has left: its lock files and its shared memory.
    ///
    /// The server does that itself at the next start, unless the number of its dead process is still taken, as it is while nobody has collected the process.
    package func clearAfterKill() async throws(ClusterError) {
        let script = """
            segment=$(sed -n '7s/.* //p' "$0/postmaster.pid" 2>/dev/null)
            [ -z "$segment" ] || ipcrm -m "$segment" 2>/dev/null
            rm -f "$0/postmaster.pid" "$1/.s.PGSQL.$2" "$1/.s.PGSQL.$2.lock"
            """
        _ = try await Program.shell(["-c", script, dataDirectory, socketDirectory, "\(port)"]).run()
    }
}
