import DeployStackData
import DeployStackDataTesting
import PostgresDriver
import Synchronization

/// A transaction that stays open until somebody else waits for what it holds.
enum OpenTransaction {
    /// Runs `first` in a transaction, starts `second` beside it, waits until the server says that it waits for a lock, and commits.
    ///
    /// - Returns: What `second` returned or threw.
    static func race<Value: Sendable>(
        on store: DataStore, first: @escaping @Sendable (DataStore) async throws -> Void,
        second: @escaping @Sendable (DataStore) async throws -> Value
    ) async throws -> Result<Value, any Error> {
        let database = try await TestDatabase.lent()
        return try await store.transaction { inside in
            try await first(inside)
            // A task of its own does not belong to the transaction, so it may use the store.
            let other = Task.detached { try await second(store) }
            try await database.waitUntilSomebodyWaitsForALock()
            return other
        }.result
    }
}

extension TestDatabase {
    /// Returns when a session of this database waits for a lock that another one holds.
    func waitUntilSomebodyWaitsForALock() async throws {
        let client = try PostgresClient(connection: configuration.connection)
        let waiting: Statement<Int> = """
            SELECT count(*) FROM "pg_stat_activity" WHERE "datname" = current_database() AND "wait_event_type" = 'Lock'
            """
        let deadline = ContinuousClock.now + .seconds(30)
        do {
            while try await client.run(waiting).rows.first == 0 {
                guard ContinuousClock.now < deadline else { throw TestServerError("Nobody waited for a lock.") }
                try await Task.sleep(for: .milliseconds(5))
            }
            await client.close()
        } catch {
            await client.close()
            throw error
        }
    }
}
