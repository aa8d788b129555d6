import FaultHarness
import PostgresDriver
import Testing

/// P5: how long the server goes on with a statement whose caller has gone.
@Suite(.serialized, .ownServer, .faults)
struct CancelLatencyFaultTests {
    @Test func theServerStopsSoonAfterItsCallerHasGone() async throws {
        let count = FaultSize.of(ci: 300, long: 3_000)
        var setting = FaultSetting()
        setting.pool = PoolConfiguration(maxConnections: 4)
        setting.watchdog = .seconds(FaultSize.of(ci: 90, long: 600))

        let server = Measurements()
        let caller = Measurements()
        try await withFaultScene(on: try await .shared(.plain), setting) { scene in
            for number in 0..<count {
                let task = Task {
                    await driverError {
                        if number.isMultiple(of: 2) {
                            _ = try await scene.client.run(Statement<Void>("SELECT pg_sleep(30)"))
                        } else {
                            try await scene.client.withTransaction { _ = try await $0.run(Statement<Void>("SELECT pg_sleep(30)")) }
                        }
                    }
                }
                func isAsleep() async throws -> Bool { try await scene.sessions().contains { $0.waitEvent == "PgSleep" && $0.state == "active" } }
                try await scene.administrator.wait(for: "a statement under way") { try await isAsleep() }

                let start = ContinuousClock.now
                task.cancel()
                let error = await task.value
                caller.add(ContinuousClock.now - start)
                try await scene.administrator.wait(for: "the end of a statement without a caller") { try await !isAsleep() }
                server.add(ContinuousClock.now - start)
                #expect(error?.kind == .cancelled)
            }
        }

        #expect(server.count == count)
        // The goal is 250 ms; the machine may be busy with other things, and after a second the connection is closed at the latest.
        #expect(server.percentile(99) <= .seconds(1))
        FaultReport.row(
            "P5",
            """
            \(count) sleeping statements cancelled: server idle p99 \(server.percentile(99).inMilliseconds), longest \(server.longest.inMilliseconds); \
            caller back p99 \(caller.percentile(99).inMilliseconds)
            """)
    }
}
