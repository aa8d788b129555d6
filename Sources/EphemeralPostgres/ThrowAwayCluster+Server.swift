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
}
