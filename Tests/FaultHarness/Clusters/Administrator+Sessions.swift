package import PostgresDriver

/// One session as the server shows it.
package struct ServerSession: Sendable, RowDecodable {
    package static let columns: ColumnList = ["pid", "application_name", "state", "query", "wait_event"]

    package let pid: Int32
    package let application: String
    /// `active`, `idle`, `idle in transaction` and so on; empty while it begins.
    package let state: String
    package let query: String
    /// What it waits for, such as `PgSleep` or `ClientRead`; empty if for nothing.
    package let waitEvent: String

    package init(row: inout RowReader) throws(PostgresError) {
        (pid, application, state, query, waitEvent) = (try row.read(), try row.read(), try row.read(), try row.read(), try row.read())
    }

    /// Whether it has a transaction open in which nothing runs.
    package var isInTransaction: Bool { state.hasPrefix("idle in transaction") }
}

extension Administrator {
    /// The sessions of an application, by process.
    package func sessions(of application: String) async throws -> [ServerSession] {
        try await rows(
            Statement(
                """
                SELECT "pid", coalesce("application_name", ''), coalesce("state", ''), coalesce("query", ''), coalesce("wait_event", '')
                FROM "pg_stat_activity"
                WHERE "application_name" = \(application) AND "backend_type" = 'client backend'
                ORDER BY "pid"
                """))
    }

    /// Ends a session with `pg_terminate_backend` and waits until it has gone; false if it had gone before.
    @discardableResult
    package func terminate(_ pid: Int32) async throws -> Bool {
        let wasThere = try await rows(Statement<Bool>("SELECT pg_terminate_backend(\(pid))")).first ?? false
        try await waitForEnd(of: [pid])
        return wasThere
    }

    /// Ends all sessions of an application, waits until they have gone, and returns how many there were.
    @discardableResult
    package func terminateAll(of application: String) async throws -> Int {
        // In two steps: a condition that ends sessions may be evaluated before the one that says which.
        let doomed = try await sessions(of: application).map(\.pid)
        let ended = try await rows(
            Statement<Int>("SELECT count(*) FROM unnest(\(doomed)) AS \"pid\" WHERE pg_terminate_backend(\"pid\")"))
        try await waitForEnd(of: doomed)
        return ended.first ?? 0
    }

    /// Waits until sessions have gone from the server's list and their processes have ended: only then their sockets are closed.
    private func waitForEnd(of sessions: [Int32]) async throws {
        try await wait(for: "the end of sessions that were terminated") {
            let listed = Statement<Int>("SELECT count(*) FROM \"pg_stat_activity\" WHERE \"pid\" = ANY(\(sessions))")
            return try await rows(listed) == [0] && !sessions.contains { ServerProcesses.isAlive($0) }
        }
    }

    /// The number of advisory locks that anybody holds or waits for.
    package func advisoryLocks() async throws -> Int {
        try await rows(Statement<Int>("SELECT count(*) FROM \"pg_locks\" WHERE \"locktype\" = 'advisory'")).first ?? 0
    }
}
