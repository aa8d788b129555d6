/// Brings a database up to date with the migrations that a program knows.
///
/// Any number of runners may start at once, in one process or in many: an advisory lock lets one at a time work, and the others find its work
/// done. The lock belongs to the session, so a runner that is killed frees it. It is asked for again and again and never waited for inside a
/// statement: a statement that waits would hold a snapshot, for which an index that another runner builds concurrently would wait in turn.
package struct MigrationRunner: Sendable {
    private let client: PostgresClient
    private let history: MigrationHistory
    private let settings: MigrationSettings
    private let clock: any Clock<Duration>
    private let now: (@Sendable () -> PostgresTimestamp)?

    /// Makes a runner.
    ///
    /// - Parameters:
    ///   - client: The database. The runner borrows one connection at a time and closes it.
    ///   - history: What the program knows.
    ///   - settings: How patient to be.
    ///   - clock: What pauses are taken on.
    ///   - now: The time to remember migrations with; without it the server's is taken.
    package init(
        client: PostgresClient, history: MigrationHistory, settings: MigrationSettings = MigrationSettings(),
        clock: any Clock<Duration> = ContinuousClock(), now: (@Sendable () -> PostgresTimestamp)? = nil
    ) {
        self.client = client
        self.history = history
        self.settings = settings
        self.clock = clock
        self.now = now
    }

    /// Returns how every migration stands that the program knows or the database has, in order. It changes nothing and takes no lock.
    package func status() async throws(PostgresError) -> [MigrationState] {
        let history = history
        return try await Self.translating {
            MigrationState.all(history: history, ledger: try await Self.ledger(client))
        }
    }

    /// Applies what the database does not have yet, each migration in a transaction of its own together with its entry in the ledger.
    ///
    /// - Parameter progress: Told of each step, in order.
    /// - Returns: What this runner applied.
    /// - Throws: ``PostgresError``. Of kind `configuration` behind a pooler in transaction mode. Of kind `migration` with a sentence that says what to do if the database and the program disagree or a
    ///   statement fails; it then names the migration, the statement, its line and the SQLSTATE, and never data. Migrations before the failing
    ///   one stay applied, nothing of it does.
    package func apply(progress: (@Sendable (MigrationProgress) -> Void)? = nil) async throws(PostgresError) -> MigrationRun {
        guard client.connection.route == .direct else {
            throw .configuration(
                """
                migrations need a session of their own for their lock, which a pooler in transaction mode does not give; \
                connect to the server directly for them
                """)
        }
        return try await Self.translating {
            try await CallDeadline.within(settings.deadline) {
                try await client.withConnection { session in try await apply(in: session, progress: progress) }
            }
        }
    }

    private func apply(in session: PostgresSession, progress: (@Sendable (MigrationProgress) -> Void)?) async throws -> MigrationRun {
        // Most starts find nothing to do and need not wait for anybody.
        let isUpToDate = try MigrationPlan(history: history, ledger: await Self.ledger(session)).pending.isEmpty
        if isUpToDate && !history.migrations.isEmpty { return MigrationRun(applied: [], total: history.migrations.count) }

        try await takeLock(in: session, progress: progress)
        try await session.runScript(MigrationLedger.createTable)
        let plan = try MigrationPlan(history: history, ledger: await Self.ledger(session))
        var applied: [AppliedMigration] = []
        for migration in plan.pending {
            progress?(.applying(tag: migration.tag, number: applied.count + 1, total: plan.pending.count))
            let execution = MigrationExecution(migration: migration, session: session, settings: settings, clock: clock, now: now)
            let step = AppliedMigration(
                index: migration.index, tag: migration.tag, duration: try await execution.run { progress?(.waitingForTables(tag: migration.tag)) })
            applied.append(step)
            progress?(.applied(step))
        }
        // Closing the session would free the lock as well; this only lets the next runner start a moment earlier.
        _ = try? await session.run(.releaseMigrationLock())
        return MigrationRun(applied: applied, total: history.migrations.count)
    }

    private func takeLock(in session: PostgresSession, progress: (@Sendable (MigrationProgress) -> Void)?) async throws {
        var waited = Duration.zero
        while try await session.run(.tryMigrationLock()).rows.first != true {
            if waited == .zero { progress?(.waitingForOtherRunner) }
            guard waited < settings.lockWait else {
                let holder = try? await session.run(.migrationLockHolder()).rows.first
                let process = holder.map { "server process \($0)" } ?? "another session"
                throw PostgresError.migration(
                    """
                    \(process) has held the migration lock for longer than \(settings.lockWait); wait until it has finished, \
                    or end it with pg_terminate_backend if it is stuck, and start again
                    """, outcome: .notSent)
            }
            try await clock.sleep(for: settings.pollInterval)
            waited += settings.pollInterval
        }
    }

    private static func ledger(_ executor: some StatementExecutor) async throws(PostgresError) -> [MigrationLedgerEntry] {
        guard try await executor.run(.migrationLedgerExists()).rows.first == true else { return [] }
        return try await executor.run(.migrationLedger()).rows
    }

    /// Gives errors from closures, which carry no type, theirs back.
    private static func translating<Value>(_ body: () async throws -> Value) async throws(PostgresError) -> Value {
        do {
            return try await body()
        } catch let error as PostgresError {
            throw error
        } catch is CancellationError {
            throw PostgresError(.cancelled, outcome: .failedCertain, message: "the migration was cancelled between two steps")
        } catch {
            throw .migration("the migration was interrupted by an unexpected error", outcome: .outcomeUnknown)
        }
    }
}
