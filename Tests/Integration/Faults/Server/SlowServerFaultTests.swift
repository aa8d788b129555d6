import FaultHarness
import PostgresDriver
import Testing

/// S14: a server that lets people in slowly. The two seconds cover everything, and what came too late leaves no session behind.
@Suite(.serialized, .ownServer, .faults)
struct SlowServerFaultTests {
    @Test func aConnectionThatComesTooLateIsNotLeaked() async throws {
        let wanted = FaultSize.of(ci: 500, long: 5_000)
        let cluster = try await FaultCluster.own(.plain)
        var setting = FaultSetting()
        setting.watchdog = .seconds(60 + wanted / 10)

        let (timeouts, overrun, leaked, slow) = try await withFaultScene(on: cluster, setting) { scene in
            let overrun = Measurements()
            var (timeouts, leaked) = (0, 0)

            // The second at the door is within the two.
            try await Self.delay("1s", scene)
            let begin = ContinuousClock.now
            _ = try await scene.client.run(Statement<Int32>("SELECT 1"))
            let slow = ContinuousClock.now - begin

            let postmaster = try cluster.postmaster()
            try await Self.delay("3s", scene)
            // Whoever watches is in before it is counted who else is.
            leaked += try await scene.administrator.sessions(of: Self.latecomers).count
            let before = ServerProcesses.children(of: postmaster).count
            while timeouts < wanted {
                let clients = try (0..<30).map { _ in try Self.client(scene) }
                await withDiscardingTaskGroup { group in
                    for client in clients {
                        for _ in 0..<8 { group.addTask { await Self.call(client.0, overrun) } }
                    }
                }
                timeouts += clients.reduce(0) { $0 + $1.1.failedAttempts.count }
                // The server's processes still sleep at the door, and each finds out behind it that nobody is there any more. The clients are open
                // all that time, so that what they leak stays; when the processes have gone, nothing may be left of what they were for.
                try await scene.administrator.wait(for: "the end of the processes at the door") {
                    ServerProcesses.children(of: postmaster).count <= before
                }
                leaked += try await scene.administrator.sessions(of: Self.latecomers).count
                for (client, _) in clients { await client.close() }
            }
            try await Self.delay("0", scene)
            return (timeouts, overrun, leaked, slow)
        }
        try await cluster.stop()

        #expect(slow < .seconds(2))
        #expect(leaked == 0)
        #expect(overrun.longest <= .milliseconds(200))
        FaultReport.row(
            "S14",
            """
            leaked \(leaked) of \(timeouts) connections that took 3 s and were given up after 2 s, overrun of the 2 s p100 \(overrun.longest.inMilliseconds); \
            a connection that takes 1 s is had (call took \(slow.inMilliseconds))
            """)
    }

    private static let latecomers = "latecomers"

    private static func client(_ scene: FaultScene) throws -> (PostgresClient, LogRecorder) {
        var connection = scene.connection
        connection.applicationName = latecomers
        let log = LogRecorder()
        let pool = PoolConfiguration(maxConnections: 8, multiplexing: Multiplexing(maxSlowStatements: 8))
        return (try PostgresClient(connection: connection, pool: pool, logger: log.logger), log)
    }

    private static func call(_ client: PostgresClient, _ overrun: Measurements) async {
        let begin = ContinuousClock.now
        let error = await failure { try await client.run(Statement<Int32>("SELECT 1")) }
        overrun.add(ContinuousClock.now - begin - .seconds(2))
        #expect(error?.outcome == .notSent)
    }

    /// Lets the server wait before it looks at whoever connects.
    private static func delay(_ time: String, _ scene: FaultScene) async throws {
        try await scene.administrator.runScript("ALTER SYSTEM SET pre_auth_delay TO '\(time)'", "SELECT pg_reload_conf()")
        try await scene.observer.wait(for: "the delay of \(time)") {
            try await scene.observer.rows(Statement<String>("SELECT current_setting('pre_auth_delay')")) == [time]
        }
    }
}
