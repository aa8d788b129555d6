import FaultHarness
import PostgresDriver
import Testing

/// S1: sessions are ended by `pg_terminate_backend` while a statement runs, while they are idle, and while an answer is on its way.
@Suite(.serialized, .ownServer, .faults)
struct TerminatedBackendFaultTests {
    private static let callers = 10

    /// What the sessions do when they are ended.
    private enum Moment: CaseIterable, Sendable {
        case running, idle, firstRow, middleRow, lastRow

        /// The row of an answer of a hundred at which the server stands when it is ended.
        var row: Int {
            switch self {
            case .firstRow: 1
            case .middleRow: 50
            default: 100
            }
        }
    }

    private struct Tally: Sendable {
        let kills = Count(), typed = Count(), partial = Count(), recovered = Count()
        let recovery = Measurements()
    }

    @Test func endedSessionsGiveATypedErrorAndTheNextCallSucceeds() async throws {
        let wanted = FaultSize.of(ci: 300, long: 5_000)
        var setting = FaultSetting()
        setting.pool = PoolConfiguration(maxConnections: Self.callers, multiplexing: Multiplexing(maxSlowStatements: Self.callers))
        setting.watchdog = .seconds(FaultSize.of(ci: 60, long: 1_200))

        let tally = try await withFaultScene(on: try await .shared(.plain), setting) { scene in
            let tally = Tally()
            var round = 0
            while tally.kills.value < wanted {
                try await Self.killAll(Moment.allCases[round % Moment.allCases.count], in: scene, tally)
                round += 1
            }
            return tally
        }

        #expect(tally.typed.value == tally.kills.value)
        #expect(tally.recovered.value == tally.kills.value)
        #expect(tally.partial.value == 0)
        FaultReport.row(
            "S1",
            """
            \(tally.kills.value) sessions ended (running, idle, answering), typed errors \(tally.typed.value), partial answers \(tally.partial.value), \
            next call succeeded \(tally.recovered.value), p99 until then \(tally.recovery.percentile(99).inMilliseconds)
            """)
    }

    private static func killAll(_ moment: Moment, in scene: FaultScene, _ tally: Tally) async throws {
        if moment == .idle {
            let everybodyHasOne = Meeting(of: callers)
            try await everyCaller { _ in
                try await scene.client.withTransaction { transaction in
                    _ = try await transaction.run(Statement<Int32>("SELECT 1"))
                    await everybodyHasOne.arrive()
                }
            }
            tally.kills.add(try await scene.administrator.terminateAll(of: scene.connection.applicationName))
            try await everyCaller { _ in
                await recover(scene, tally)
                tally.typed.add()
            }
            return
        }
        async let calls: Void = everyCaller { _ in
            switch await attempt({ try await run(moment, scene.client) }) {
            case .failure(let error):
                if error.sqlState == "57P01" { tally.typed.add() }
            case .success(let rows):
                if moment != .running { tally.partial.add(rows < 100 ? 1 : 0) }
            }
            await recover(scene, tally)
        }
        try await scene.administrator.wait(for: "sleeping sessions") {
            try await scene.sessions().count { $0.waitEvent == "PgSleep" } == callers
        }
        tally.kills.add(try await scene.administrator.terminateAll(of: scene.connection.applicationName))
        try await calls
    }

    /// Runs what will be interrupted, and returns the number of rows.
    private static func run(_ moment: Moment, _ client: PostgresClient) async throws(PostgresError) -> Int {
        guard moment != .running else {
            return try await client.run(Statement<Void>("SELECT pg_sleep(600)")).rows.count
        }
        // The rows before it are long enough to have left the server's buffer.
        let statement = Statement(
            """
            SELECT "row"::int8, repeat('x', 2000), pg_sleep(CASE WHEN "row" = \(moment.row) THEN 600 ELSE 0 END)::text
            FROM generate_series(1, 100) AS "row"
            """
        ) { row in (try row.read() as Int, try row.read() as String, try row.read() as String) }
        return try await client.run(statement).rows.count
    }

    private static func recover(_ scene: FaultScene, _ tally: Tally) async {
        let begin = ContinuousClock.now
        guard case .success = await attempt({ try await scene.client.run(Statement<Int32>("SELECT 1")) }) else { return }
        tally.recovery.add(ContinuousClock.now - begin)
        tally.recovered.add()
    }

    private static func everyCaller(_ body: @escaping @Sendable (Int) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<callers { group.addTask { try await body(caller) } }
            try await group.waitForAll()
        }
    }
}
