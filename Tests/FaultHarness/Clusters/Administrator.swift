package import PostgresDriver

/// The superuser's view of a server: one connection beside those under test, opened again when the server was away.
package final class Administrator: Sendable {
    /// The name that its session has on the server.
    package static let name = "fault administrator"

    private let client: PostgresClient

    package init(_ cluster: FaultCluster, database: String = "postgres") throws {
        var connection = cluster.superuser
        connection.database = database
        // It is asked whether the server is back, so it must find out sooner than those under test.
        connection.connectTimeout = .seconds(20)
        let pool = PoolConfiguration(
            maxConnections: 1, acquireTimeout: .seconds(20), initialBackoff: .milliseconds(5), maxBackoff: .milliseconds(20))
        client = try PostgresClient(connection: connection, pool: pool, logger: LogRecorder().logger)
    }

    /// Runs a statement that does no harm when it runs twice: it is repeated while the connection breaks, for twenty seconds.
    package func rows<Output>(_ statement: Statement<Output>) async throws -> [Output] {
        let deadline = ContinuousClock.now + .seconds(20)
        while true {
            let attempt = await attempt(statement)
            if case .failure(let error) = attempt, error.isAbsence, ContinuousClock.now < deadline {
                await Task.yield()
                continue
            }
            return try attempt.get()
        }
    }

    private func attempt<Output>(_ statement: Statement<Output>) async -> Result<[Output], PostgresError> {
        do throws(PostgresError) { return .success(try await client.run(statement).rows) } catch { return .failure(error) }
    }

    /// Runs statements that are only known as text, one after the other.
    package func runScript(_ statements: String...) async throws {
        try await client.withConnection { session in
            for statement in statements { try await session.runScript(statement) }
        }
    }

    /// Has the server run a shell script in its data directory, under its own account.
    ///
    /// - Returns: The lines that the script prints.
    @discardableResult
    package func shell(_ script: String) async throws -> [String] {
        try await client.withConnection { session in
            try await session.runScript("CREATE TEMPORARY TABLE \"shell_output\" (\"number\" bigserial, \"line\" text)")
            let quoted = "(\(script)\n) 2>&1 | tr -d '\\\\\\t'".replacing("'", with: "''")
            try await session.runScript("COPY \"shell_output\" (\"line\") FROM PROGRAM '\(quoted)'")
            return try await session.run(Statement<String>("SELECT \"line\" FROM pg_temp.\"shell_output\" ORDER BY \"number\"")).rows
        }
    }

    /// Waits until something holds. Each look that fails is followed by a round trip to the server, so nothing spins and nothing sleeps.
    ///
    /// - Throws: ``NeverCame`` when it does not hold in time.
    package func wait(
        for what: String, within limit: Duration = .seconds(20), until condition: () async throws -> Bool
    ) async throws {
        let deadline = ContinuousClock.now + limit
        while try await !condition() {
            guard ContinuousClock.now < deadline else { throw NeverCame(what: what) }
            _ = try await rows(Statement<Int32>("SELECT 1"))
        }
    }

    /// Gives its connection up until it is needed again, for a server that stops only when everybody has gone.
    package func hangUp() async throws {
        _ = try await client.withConnection { try await $0.run(Statement<Int32>("SELECT 1")) }
    }

    package func close() async {
        await client.close()
    }
}

/// What a test waited for did not come in time.
package struct NeverCame: Error, CustomStringConvertible {
    package let what: String

    package init(what: String) {
        self.what = what
    }

    package var description: String { "This was waited for and never came: \(what)" }
}

extension PostgresError {
    /// Whether the server was away.
    fileprivate var isAbsence: Bool { kind == .connectionLost || kind == .connectionFailed || kind == .acquireTimeout }
}
