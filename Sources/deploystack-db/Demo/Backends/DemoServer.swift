import DeployStackData
import DeployStackModels
import EphemeralPostgres
import Foundation
import PostgresDriver

/// The PostgreSQL server that the demo runs on: a throw-away one, or one that was named.
struct DemoServer: Sendable {
    /// The database from which the demo's own database is made.
    var maintenance: ConnectionTarget
    /// The server's version, such as `15.18`.
    var version: String

    /// Starts the throw-away server of this account, or finds it warm.
    static func throwAway() async throws(CommandFailure) -> DemoServer {
        let cluster: ThrowAwayCluster
        do throws(ClusterError) {
            cluster = try await ThrowAwayCluster.shared()
        } catch {
            let lines = error.description.split(whereSeparator: \.isNewline).map(String.init)
            throw CommandFailure(
                status: .unavailable, summary: "No throw-away PostgreSQL server could be started.", details: lines.filter { !$0.hasPrefix("Next: ") },
                next: lines.filter { $0.hasPrefix("Next: ") }.map { String($0.dropFirst(6)) } + [
                    "or use a server that is there: deploystack-db demo --postgres postgres://user:password@host:5432/postgres",
                    "or do without one: deploystack-db demo --in-memory",
                ])
        }
        let configuration = PostgresConfiguration(
            host: cluster.socketDirectory, port: cluster.port, database: "postgres", user: cluster.userName, tls: .disable)
        return DemoServer(maintenance: ConnectionTarget(throwAway: configuration), version: cluster.serverVersion.description)
    }

    /// Connects to the server of a URL. Nothing but databases of the demo's own is written to.
    static func existing(url: String) async throws -> DemoServer {
        let target = try ConnectionTarget.resolve(url: url, option: "--postgres", environment: [:])
        var server = DemoServer(maintenance: target, version: "")
        let number = try await server.withSession("connecting") { $0.serverVersion }
        server.version = "\(number / 10_000).\(number % 10_000)"
        return server
    }

    /// Makes a database for the demo alone, runs a closure on it, and drops it whatever happens, also when the task is cancelled.
    ///
    /// - Parameter body: Is given the database.
    func withDatabase<Result: Sendable>(_ body: (PostgresConfiguration) async throws -> Result) async throws -> Result {
        let name = DemoDatabaseName()
        try await withSession("making the database \(name.text)") { session in
            // A server's template may have another encoding, and the library's text is UTF-8.
            try await session.runScript("CREATE DATABASE \"\(name.text)\" TEMPLATE template0 ENCODING 'UTF8'")
            try await session.runScript("COMMENT ON DATABASE \"\(name.text)\" IS '\(DemoDatabaseName.comment)'")
        }
        var configuration = maintenance.configuration
        configuration.database = name.text
        configuration.applicationName = "deploystack-db demo"
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body(configuration))
        } catch {
            result = .failure(error)
        }
        try await drop(name)
        return try result.get()
    }

    /// A task of its own drops the database, because a cancelled one makes no calls any more.
    private func drop(_ name: DemoDatabaseName) async throws {
        try await Task {
            try await withSession("dropping the database \(name.text)") { session in
                _ = try await session.runScript("DROP DATABASE IF EXISTS \"\(name.text)\" WITH (FORCE)")
            }
        }.value
    }

    /// Lends a session in the maintenance database; a failure says what was tried.
    private func withSession<Result: Sendable>(_ action: String, _ body: (PostgresSession) async throws -> Result) async throws -> Result {
        do {
            let client = try PostgresClient(connection: maintenance.configuration.connection, pool: PoolConfiguration(maxConnections: 1))
            do {
                let result = try await client.withConnection(body)
                await client.close()
                return result
            } catch {
                await client.close()
                throw error
            }
        } catch let error as PostgresError {
            throw CommandFailure.database(DataError(describing: error), target: maintenance, action: action)
        }
    }
}

extension DataError {
    /// The driver's error in the form in which commands report failures.
    fileprivate init(describing error: PostgresError) {
        let isConfiguration = error.kind == .configuration
        let isCancelled = error.kind == .cancelled
        self.init(isConfiguration ? .configuration : isCancelled ? .cancelled : .unavailable, reason: error.message)
        diagnostics = Diagnostics(sqlState: error.sqlState, serverMessage: error.debugDescription)
    }
}
