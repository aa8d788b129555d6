import DeployStackDataTesting
import PostgresDriver
import Testing

@Suite("Closing a client", .requiresServer)
struct ClosingTests {
    @Test func leavesNoBackendAndRefusesWhatComesLater() async throws {
        let configuration = try await namedConfiguration()
        let client = try PostgresClient(connection: configuration)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 { group.addTask { _ = try await client.run(Statement<Void>("SELECT pg_sleep(0.01)")) } }
            try await group.waitForAll()
        }

        await client.close()
        await client.close()
        let error = await postgresError { try await client.run(Statement<Void>("SELECT 1")) }

        #expect(error?.kind == .closed)
        #expect(error?.outcome == .notSent)
        #expect(client.poolSnapshot == PoolSnapshot())
        try await expectNoBackend(of: configuration)
    }

    @Test func aClientThatWasNeverUsedClosesAtOnce() async throws {
        let client = try PostgresClient(connection: try await namedConfiguration())

        await client.close()

        #expect(client.poolSnapshot == PoolSnapshot())
    }

    @Test func workUnderWayIsFinished() async throws {
        let client = try PostgresClient(connection: try await namedConfiguration(), limits: ClientLimits(closeTimeout: .seconds(20)))
        let work = Task { try await client.run(Statement<Int64>("SELECT \(Int64(7)) FROM pg_sleep(0.2)")).rows }
        try await client.wait { client.statementsSent == 1 }

        await client.close()

        let rows = try await work.value
        #expect(rows == [7])
    }

    @Test func workThatTakesTooLongIsGivenUpAndCallersThatWaitAreTold() async throws {
        let configuration = try await namedConfiguration()
        let client = try PostgresClient(
            connection: configuration, pool: PoolConfiguration(maxConnections: 1, acquireTimeout: .seconds(60)),
            limits: ClientLimits(callTimeout: .seconds(60), closeTimeout: .milliseconds(100)))
        let work = Task { await postgresError { try await client.run(Statement<Void>("SELECT pg_sleep(60)")) } }
        try await client.wait { client.statementsSent == 1 }
        let waiting = Task { await postgresError { try await client.run(Statement<Void>("SELECT 1")) } }
        try await client.wait { client.poolSnapshot.waiting == 1 }

        let start = ContinuousClock.now
        await client.close()
        let elapsed = ContinuousClock.now - start

        #expect(elapsed < .seconds(25))
        let given = await work.value
        #expect(given?.kind == .closed)
        #expect(given?.outcome == .outcomeUnknown)
        let told = await waiting.value
        #expect(told?.kind == .closed)
        #expect(told?.outcome == .notSent)
    }

    @Test func aTransactionUnderWayMayFinish() async throws {
        try await withTestDatabase { database in
            try await runScript("CREATE TABLE t (a bigint)", on: database)
            let client = try PostgresClient(connection: database, limits: ClientLimits(closeTimeout: .seconds(20)))
            let closing = try await client.withTransaction { transaction in
                _ = try await transaction.run(Statement<Void>("INSERT INTO t VALUES (1)"))
                let closing = Task { await client.close() }
                // The client refuses others as soon as it closes; the transaction goes on.
                try await client.wait { await postgresError { try await client.run(Statement<Void>("SELECT 1")) }?.kind == .closed }
                _ = try await transaction.run(Statement<Void>("INSERT INTO t VALUES (2)"))
                return closing
            }
            await closing.value

            let count = try await withClient(configuration: database) { try await $0.run(Statement<Int64>("SELECT count(*) FROM t")).rows }
            #expect(count == [2])
        }
    }

    @Test func duringAnOutageItTakesNoLongerThanOtherwise() async throws {
        let client = try PostgresClient(
            connection: ConnectionConfiguration(host: "/nonexistent", database: "none", user: "none"),
            pool: PoolConfiguration(acquireTimeout: .seconds(60)), limits: ClientLimits(callTimeout: .seconds(60)))
        let waiting = Task { await postgresError { try await client.run(Statement<Void>("SELECT 1")) } }
        try await client.wait { client.poolSnapshot.waiting == 1 }

        let start = ContinuousClock.now
        await client.close()

        #expect(ContinuousClock.now - start < .seconds(25))
        let told = await waiting.value
        #expect(told?.kind == .closed)
    }

    @Test func manyClientsThatAreJustForgottenLeaveNoBackend() async throws {
        let configuration = try await namedConfiguration()
        for _ in 0..<20 {
            let client = try PostgresClient(connection: configuration)
            _ = try await client.run(Statement<Void>("SELECT 1"))
        }

        try await expectNoBackend(of: configuration)
    }

    private func namedConfiguration() async throws -> ConnectionConfiguration {
        var configuration = try await DriverTestServer.configuration()
        configuration.applicationName = "closing-\(UInt32.random(in: .min ... .max))"
        return configuration
    }

    private func expectNoBackend(of configuration: ConnectionConfiguration) async throws {
        let name = configuration.applicationName
        try await withClient { observer in
            let count = Statement<Int64>("SELECT count(*) FROM pg_stat_activity WHERE application_name = \(name)")
            try await observer.wait { try await observer.run(count).rows == [0] }
        }
    }
}
