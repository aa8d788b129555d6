import FaultHarness
import PostgresDriver
import Testing

/// P6: callers want a second connection while they hold a first one, and there are not enough for all.
@Suite(.serialized, .ownServer, .faults)
struct NestedLeaseFaultTests {
    private final class Tally: Sendable {
        let told = Count(), unnamed = Count()
        let waits = Measurements(), recoveries = Measurements()
    }

    @Test func whoWaitsForAConnectionThatItHoldsItselfIsToldWhy() async throws {
        let rounds = FaultSize.of(ci: 2, long: 50)
        var setting = FaultSetting()
        setting.pool = PoolConfiguration(maxConnections: 20)
        setting.watchdog = .seconds(FaultSize.of(ci: 60, long: 600))
        let tally = Tally()

        try await withFaultScene(on: try await .shared(.plain), setting) { scene in
            var connection = scene.connection
            connection.applicationName += "_one"
            try await withClient(connection, pool: PoolConfiguration(maxConnections: 1)) { one in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { for _ in 0..<rounds { try await Self.nest(callers: 1, one, tally) } }
                    group.addTask { for _ in 0..<rounds { try await Self.nest(callers: 20, scene.client, tally) } }
                    try await group.waitForAll()
                }
            }
        }

        #expect(tally.told.value == rounds * 21)
        #expect(tally.unnamed.value == 0)
        // The pool's patience is two seconds.
        #expect(tally.waits.longest <= .milliseconds(2_700))
        #expect(tally.recoveries.longest <= .seconds(2))
        FaultReport.row(
            "P6",
            """
            \(rounds * 21) callers held a connection and wanted another: stalled 0, told why \(tally.told.value - tally.unnamed.value), after at most \
            \(tally.waits.longest.inMilliseconds), next call after \(tally.recoveries.longest.inMilliseconds)
            """)
    }

    /// As many callers as there are connections each take one; when all have one, each wants another.
    private static func nest(callers: Int, _ client: PostgresClient, _ tally: Tally) async throws {
        let (begun, ended) = (Meeting(of: callers), Meeting(of: callers))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<callers {
                group.addTask {
                    try await client.withTransaction { transaction in
                        _ = try await transaction.run(Statement<Int>("SELECT \(caller) + 12345"))
                        await begun.arrive()
                        let start = ContinuousClock.now
                        let error = await driverError {
                            if caller.isMultiple(of: 2) {
                                try await client.withTransaction { _ = try await $0.run(Statement<Int>("SELECT 1")) }
                            } else {
                                try await client.withConnection { _ = try await $0.run(Statement<Int>("SELECT 1")) }
                            }
                        }
                        tally.waits.add(ContinuousClock.now - start)
                        // All wait for the whole of their time, so that none is helped by another that gave up.
                        await ended.arrive()
                        guard error?.kind == .acquireTimeout, error?.outcome == .notSent else { return }
                        tally.told.add()
                        if error?.message.contains("\(callers) × SELECT $1 + 12345") != true { tally.unnamed.add() }
                    }
                }
            }
            try await group.waitForAll()
        }
        let start = ContinuousClock.now
        _ = try await client.run(Statement<Int>("SELECT 1"))
        tally.recoveries.add(ContinuousClock.now - start)
    }
}
