package import EphemeralPostgres

extension FaultCluster {
    /// The process that every other one of the server comes from.
    ///
    /// - Throws: ``NeverCame`` when the server does not run.
    package func postmaster() throws -> Int32 {
        guard let process = server.serverProcess, ServerProcesses.isAlive(process) else { throw NeverCame(what: "a running server") }
        return process
    }

    /// Kills the postmaster without a word, and then its children, which would otherwise hold up the next start. Returns when all have gone, and the server
    /// can be started again.
    package func killServer() async throws {
        let postmaster = try postmaster()
        let children = ServerProcesses.children(of: postmaster)
        ServerProcesses.send(.kill, to: postmaster)
        for child in children { ServerProcesses.send(.kill, to: child) }
        let deadline = ContinuousClock.now + .seconds(10)
        while ([postmaster] + children).contains(where: { ServerProcesses.isAlive($0) }) {
            guard ContinuousClock.now < deadline else { throw NeverCame(what: "the end of the server's killed processes") }
            await Task.yield()
        }
        try await server.clearAfterKill()
    }

    /// Stops the server and starts it again on its data.
    package func restart(_ mode: ThrowAwayCluster.StopMode) async throws {
        try await server.stopServer(mode)
        try await server.startServer()
    }
}
