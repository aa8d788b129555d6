/// Applies one migration, under the lock that its runner holds.
struct MigrationExecution {
    let migration: Migration
    let session: PostgresSession
    let settings: MigrationSettings
    let clock: any Clock<Duration>
    let now: (@Sendable () -> PostgresTimestamp)?

    /// Applies the migration and remembers it.
    ///
    /// - Parameter waiting: Called when a table is in use by others, before each new attempt.
    /// - Returns: How long the successful attempt took.
    func run(waiting: () -> Void) async throws -> Duration {
        guard migration.isTransactional else { return try await runStatementByStatement() }
        while true {
            do {
                return try await runInTransaction()
            } catch let error as PostgresError where error.sqlState == Self.lockNotAvailable && error.outcome != .outcomeUnknown {
                // Somebody uses the table. Waiting in line would hold up everyone who comes later, so step back and try again.
                waiting()
                do {
                    try await clock.sleep(for: settings.pollInterval)
                } catch {
                    let message = "the migration \(migration.tag) was cancelled; nothing of it was applied"
                    throw PostgresError(.cancelled, outcome: .failedCertain, message: message)
                }
                if let deadline = CallDeadline.current, deadline <= .now { throw error }
            }
        }
    }

    private static let lockNotAvailable = "55P03"
    private static let notInTransaction = "25001"

    private func runInTransaction() async throws -> Duration {
        let start = ContinuousClock.now
        return try await session.withTransaction { transaction in
            guard try await transaction.run(.confirmMigrationLock()).rows.first == true else {
                throw PostgresError.migration(
                    """
                    the session that holds the migration lock is not the one that runs the migration; a pooler in transaction mode stands between: \
                    connect to the server itself to migrate
                    """)
            }
            _ = try await transaction.run(.limitLockWait(milliseconds: "\(settings.tableLockWait.milliseconds)"))
            for statement in migration.statements {
                do throws(PostgresError) {
                    _ = try await transaction.run(Statement<Void>(StatementText(script: statement.sql)))
                } catch {
                    throw located(error, at: statement)
                }
            }
            // A file may have changed settings of the session, such as the search path, in which the ledger would not be found.
            _ = try await transaction.run(Statement<Void>(StatementText(script: "RESET ALL")))
            _ = try await transaction.run(.beginSessionAgain())
            let duration = ContinuousClock.now - start
            _ = try await transaction.run(.recordMigration(migration, at: now?(), milliseconds: duration.milliseconds))
            return duration
        }
    }

    private func runStatementByStatement() async throws -> Duration {
        let start = ContinuousClock.now
        for statement in migration.statements {
            do throws(PostgresError) {
                if let index = ConcurrentIndex(statement.sql), try await session.run(.isInvalidIndex(index.name)).rows.first == true {
                    try await session.runScript("DROP INDEX CONCURRENTLY \(index.name)")
                }
                try await session.runScript(statement.sql)
            } catch {
                throw located(error, at: statement)
            }
        }
        try await session.runScript("RESET ALL")
        _ = try await session.run(.beginSessionAgain())
        let duration = ContinuousClock.now - start
        _ = try await session.run(.recordMigration(migration, at: now?(), milliseconds: duration.milliseconds))
        return duration
    }

    /// The error with the place where it happened.
    private func located(_ error: PostgresError, at statement: MigrationStatement) -> PostgresError {
        let place = "migration \(migration.tag), statement \(statement.number) of \(migration.statements.count) (line \(statement.line))"
        let consequence =
            migration.isTransactional
            ? "nothing of this migration was applied"
            : "the statements before it were applied, and all are run again next time"
        let advice =
            error.sqlState == Self.notInTransaction && migration.isTransactional
            ? "begin the file with the comment -- no-transaction, because this statement cannot run in a transaction"
            : "correct the file or the data, and start again"
        let message = error.kind == .server ? "\(place) failed: \(consequence); \(advice)" : "\(place): \(error.message)"
        return PostgresError(
            error.kind == .server ? .migration : error.kind, outcome: error.outcome, message: message, sqlState: error.sqlState,
            constraint: error.constraint, table: error.table, column: error.column, serverMessage: error.serverMessage)
    }
}

extension Duration {
    fileprivate var milliseconds: Int {
        Int(clamping: components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
