import FaultHarness
import PostgresDriver
import Testing

/// P8: a borrower leaves a session in every kind of disorder.
@Suite(.serialized, .ownServer, .faults)
struct DirtySessionFaultTests {
    /// What is left behind, by name.
    private static let disorders: [(name: String, statements: [String])] = [
        ("an open transaction", ["BEGIN", "INSERT INTO scratch VALUES (1)"]),
        ("a failed transaction", ["BEGIN", "SELECT 1 / 0"]),
        ("a setting", ["SET work_mem TO '7MB'"]),
        ("a time limit", ["SET statement_timeout TO 1"]),
        ("a temporary table", ["CREATE TEMPORARY TABLE scratch (wrong bigint)"]),
        ("an advisory lock", ["SELECT pg_advisory_lock(pg_backend_pid())"]),
        ("a channel", ["LISTEN something"]),
        ("a cursor", ["DECLARE left_open CURSOR WITH HOLD FOR SELECT 1"]),
        ("a search path", ["SET search_path TO pg_catalog"]),
        ("a role", ["SET ROLE TO pg_monitor"]),
        ("a prepared statement", ["PREPARE left_prepared AS SELECT 1"]),
        ("a read-only session", ["SET default_transaction_read_only TO on"]),
    ]

    private final class Tally: Sendable {
        let left = Count(), looks = Count(), dirty = Count()
    }

    @Test func whatABorrowerLeavesBehindReachesNobody() async throws {
        let count = FaultSize.of(ci: 1_000, long: 20_000)
        var setting = FaultSetting()
        setting.pool = PoolConfiguration(maxConnections: 6, acquireTimeout: .seconds(30))
        setting.watchdog = .seconds(FaultSize.of(ci: 120, long: 1_200))
        let tally = Tally()

        try await withFaultScene(on: try await .shared(.plain), setting) { scene in
            try await scene.administrator.runScript("GRANT pg_monitor TO \"\(FaultCluster.role)\"")
            _ = try await scene.client.run(Statement<Void>("CREATE TABLE scratch (id bigint)"))
            let pristine = try await Self.fingerprint(scene.client)
            await inBatches(of: count, atOnce: 12) { number in
                await Self.leaveDisorder(number, scene.client, tally)
                // Whoever comes next, on a connection for one statement or for a transaction.
                let look = await attempt {
                    try await number.isMultiple(of: 2)
                        ? Self.fingerprint(scene.client) : scene.client.withTransaction { try await Self.fingerprint($0) }
                }
                tally.looks.add()
                if case .success(let found) = look, found == pristine { return }
                tally.dirty.add()
                Issue.record("after \(Self.disorders[number % Self.disorders.count].name): \(look)")
            }
            let rows = try await scene.client.run(Statement<Int>("SELECT count(*) FROM scratch")).rows
            #expect(rows == [0], "what was never committed is there")
            try await scene.administrator.runScript("REVOKE pg_monitor FROM \"\(FaultCluster.role)\"")
        }

        #expect(tally.left.value == count)
        #expect(tally.looks.value == count)
        #expect(tally.dirty.value == 0)
        FaultReport.row(
            "P8",
            "\(count) sessions left in \(Self.disorders.count) kinds of disorder, some by callers who were cancelled, dirty hand-outs \(tally.dirty.value)"
        )
    }

    /// What a session is like, as far as it may be left changed.
    private static func fingerprint(_ executor: some StatementExecutor) async throws -> [String] {
        try await executor.run(
            Statement<String>(
                """
                SELECT concat_ws(', ',
                    current_user, current_setting('work_mem'), current_setting('statement_timeout'), current_setting('search_path'),
                    current_setting('default_transaction_read_only'),
                    (SELECT count(*) FROM "pg_locks" WHERE "locktype" = 'advisory' AND "pid" = pg_backend_pid()),
                    (SELECT count(*) FROM "pg_class" WHERE "relnamespace" = pg_my_temp_schema()),
                    (SELECT count(*) FROM pg_listening_channels()),
                    (SELECT count(*) FROM "pg_cursors" WHERE "is_holdable"),
                    (SELECT count(*) FROM "pg_prepared_statements" WHERE "from_sql"))
                """)
        ).rows
    }

    private static func leaveDisorder(_ number: Int, _ client: PostgresClient, _ tally: Tally) async {
        let disorder = disorders[number % disorders.count]
        // Every fifth is cancelled while something still runs there.
        let isCancelled = number.isMultiple(of: 5)
        let meeting = Meeting(of: 2)
        let task = Task {
            await driverError {
                try await client.withConnection { session in
                    for statement in disorder.statements {
                        // One of them is meant to fail.
                        _ = await driverError { try await session.runScript(statement) }
                    }
                    tally.left.add()
                    guard isCancelled else { return }
                    await meeting.arrive()
                    try await session.runScript("SELECT pg_sleep(0.01)")
                }
            }
        }
        if isCancelled {
            var random = FaultSeed.run.generator("P8 \(number)")
            await meeting.arrive()
            await passMoment(upTo: .milliseconds(4), &random)
            task.cancel()
        }
        _ = await task.value
    }
}
