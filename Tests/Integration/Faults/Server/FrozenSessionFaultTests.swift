import FaultHarness
import PostgresDriver
import Testing

/// S7: sessions are frozen. Their sockets stay open and acknowledged, so only our own clock tells.
@Suite(.serialized, .ownServer, .faults)
struct FrozenSessionFaultTests {
    private static let limit = Duration.milliseconds(250)

    @Test func aFrozenSessionCostsTheDeadlineAndNothingElse() async throws {
        let rounds = FaultSize.of(ci: 20, long: 200)
        var setting = FaultSetting()
        setting.pool = PoolConfiguration(maxConnections: 2)
        setting.limits = ClientLimits(cleaningTimeout: .milliseconds(100))
        setting.watchdog = .seconds(30 + 3 * rounds)
        let cluster = try await FaultCluster.own(.plain)

        let (overrun, mostSessions) = try await withFaultScene(on: cluster, setting) { scene in
            let overrun = Measurements()
            var mostSessions = 0
            for round in 0..<rounds {
                let frozen = try await Self.freeze(inTransaction: round.isMultiple(of: 2), scene, overrun)
                let sessions = try await scene.sessions()
                mostSessions = max(mostSessions, sessions.count(where: { !frozen.contains($0.pid) }))
                try await scene.administrator.wait(for: "the end of the session that was frozen") {
                    try await scene.sessions().allSatisfy { !frozen.contains($0.pid) }
                }
            }
            return (overrun, mostSessions)
        }
        try await cluster.stop()

        #expect(overrun.count == rounds)
        #expect(overrun.longest <= .milliseconds(100))
        #expect(mostSessions <= 2)
        FaultReport.row(
            "S7",
            """
            \(rounds) sessions frozen under a statement: overrun of a deadline of \(Self.limit.inMilliseconds) p100 \(overrun.longest.inMilliseconds), \
            place free at once, sessions beside the frozen one at most \(mostSessions) of 2, ended after SIGCONT \(rounds)
            """)
    }

    /// Freezes the session under a call, measures by how much the call misses its deadline, and uses the place again while the session is still frozen.
    private static func freeze(inTransaction: Bool, _ scene: FaultScene, _ overrun: Measurements) async throws -> Set<Int32> {
        let client = scene.client
        var frozen: Set<Int32> = []
        let call = { (executor: any StatementExecutor, pid: Int32) async throws in
            try await withStopped(pid) {
                let begin = ContinuousClock.now
                let error = await failure {
                    try await CallDeadline.within(limit) { try await executor.run(Statement<Void>("SELECT pg_sleep(0)")) }
                }
                overrun.add(ContinuousClock.now - begin - limit)
                #expect(error?.kind == .deadlineExceeded)
                // The slot must come back although the session is still frozen: both connections at once.
                let together = Meeting(of: 2)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<2 {
                        group.addTask {
                            try await client.withTransaction { transaction in
                                _ = try await transaction.run(Statement<Int32>("SELECT 1"))
                                await together.arrive()
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }
        if inTransaction {
            _ = await failure {
                try await client.withTransaction { transaction in
                    let pid = try await transaction.run(Statement<Int32>("SELECT pg_backend_pid()")).rows[0]
                    frozen.insert(pid)
                    try await call(transaction, pid)
                }
            }
        } else {
            _ = await failure {
                try await client.withConnection { session in
                    let pid = try await session.run(Statement<Int32>("SELECT pg_backend_pid()")).rows[0]
                    frozen.insert(pid)
                    try await call(session, pid)
                }
            }
        }
        return frozen
    }
}
