import EphemeralPostgres
import FaultHarness
import PostgresDriver
import Testing

/// S5, S6 and S9: the whole server goes away under callers, in every way, and comes back.
@Suite(.serialized, .ownServer, .faults)
struct CrashFaultTests {
    @Test func aKilledBackendTakesAllWithItAndTheyComeBack() async throws {
        let crashes = FaultSize.of(ci: 20, long: 200)
        let pool = PoolConfiguration(maxConnections: 16)
        let figures = try await withOutages(crashes, callers: 16, pool: pool) { scene, _, _ in
            let own = try await scene.administrator.rows(Statement<Int32>("SELECT pg_backend_pid()"))
            let victim = try #require(try await scene.sessions().randomElement())
            ServerProcesses.send(.kill, to: victim.pid)
            // Our own session goes as well, and another one is there when the server accepts again.
            try await scene.administrator.wait(for: "the restart after a crash") {
                try await scene.administrator.rows(Statement<Int32>("SELECT pg_backend_pid()")) != own
            }
        }

        #expect(figures.judgement.isClean, "\(figures.judgement)")
        #expect(figures.busiestSecond <= 2 * pool.maxConnections)
        #expect(figures.recovery.percentile(95) <= .seconds(1))
        FaultReport.row(
            "S5",
            """
            \(crashes) crashes by SIGKILL of a session under 16 callers: \(figures.judgement.described), most connection attempts in a second \
            \(figures.busiestSecond) (pool of 16), first success after the server accepts p95 \(figures.recovery.percentile(95).inMilliseconds)
            """)
    }

    @Test func aKilledPostmasterIsReplacedAndTheCallersGoOn() async throws {
        let crashes = FaultSize.of(ci: 10, long: 50)
        let figures = try await withOutages(crashes, callers: 16, pool: PoolConfiguration(maxConnections: 16)) { scene, _, _ in
            try await scene.cluster.killServer()
            try await scene.cluster.server.startServer()
        }

        #expect(figures.judgement.isClean, "\(figures.judgement)")
        #expect(figures.recovery.percentile(95) <= .seconds(1))
        FaultReport.row(
            "S6",
            """
            \(crashes) times SIGKILL of postmaster and children under 16 callers: \(figures.judgement.described), stuck callers 0, \
            first success after the server accepts p95 \(figures.recovery.percentile(95).inMilliseconds)
            """)
    }

    @Test func aRestartedServerIsFoundAgainByAllCallers() async throws {
        let restarts = FaultSize.of(ci: 10, long: 100)
        // A smart stop waits until the last connection has gone, so unused ones must not stay for long.
        let pool = PoolConfiguration(maxConnections: 16, idleTimeout: .milliseconds(200))
        let figures = try await withOutages(restarts, callers: 64, pool: pool) { scene, round, work in
            switch round % 5 {
            case 0, 2:
                try await scene.cluster.restart(.fast)
            case 1, 3:
                try await scene.cluster.restart(.immediate)
            default:
                work.pause()
                try await scene.administrator.hangUp()
                try await scene.observer.hangUp()
                try await scene.cluster.server.stopServer(.smart)
                work.go()
                try await scene.cluster.server.startServer()
            }
        }

        #expect(figures.judgement.isClean, "\(figures.judgement)")
        #expect(figures.excess.longest <= .seconds(1))
        FaultReport.row(
            "S9",
            """
            \(restarts) restarts (fast, immediate, smart) under 64 callers: \(figures.judgement.described), stuck callers 0, \
            longest pause seen by callers beyond the down time \(figures.excess.longest.inMilliseconds)
            """)
    }
}

extension Judgement {
    /// The counts and what is wrong with them, which is nothing.
    fileprivate var described: String { "\(operations) transactions, \(unknown) unknown, \(self)" }
}
