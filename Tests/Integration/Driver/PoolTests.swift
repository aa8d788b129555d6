import DeployStackDataTesting
import PostgresDriver
import Testing

@Suite("The pool on a server", .requiresServer)
struct PoolTests {
    @Test func aCallerWaitsForAConnectionNoLongerThanItShould() async throws {
        try await withClient(pool: PoolConfiguration(maxConnections: 1, minConnections: 1, acquireTimeout: .milliseconds(500))) { client in
            try await client.wait { client.poolSnapshot.idle == 1 }
            try await client.withTransaction { transaction in
                _ = try await transaction.run(Statement<Void>("SELECT 1"))
                let start = ContinuousClock.now

                let error = await postgresError { try await client.run(Statement<Void>("SELECT 1")) }
                let elapsed = ContinuousClock.now - start

                #expect(error?.kind == .acquireTimeout)
                #expect(error?.outcome == .notSent)
                #expect(elapsed >= .milliseconds(500) && elapsed < .seconds(25))
            }
        }
    }

    @Test func oneCallerTooManyIsRefusedAtOnce() async throws {
        try await withClient(pool: PoolConfiguration(maxConnections: 1, acquireTimeout: .seconds(10), maxWaiters: 1)) { client in
            try await client.withTransaction { transaction in
                _ = try await transaction.run(Statement<Void>("SELECT 1"))
                let waiting = Task { try await client.run(Statement<Void>("SELECT 1")) }
                try await client.wait { client.poolSnapshot.waiting == 1 }

                let error = await postgresError { try await client.run(Statement<Void>("SELECT 1")) }

                #expect(error?.kind == .poolExhausted)
                #expect(error?.message.contains("1 open, 0 idle, 1 in use (0 shared), 0 being opened, 1 waiting") == true)
                waiting.cancel()
                _ = await waiting.result
            }
        }
    }

    @Test func anUnusedConnectionIsClosedOnTheServerToo() async throws {
        var configuration = try await DriverTestServer.configuration()
        configuration.applicationName = "idle-\(UInt32.random(in: .min ... .max))"
        let name = configuration.applicationName
        try await withClient(pool: PoolConfiguration(idleTimeout: .milliseconds(50)), configuration: configuration) { client in
            _ = try await client.run(Statement<Void>("SELECT 1"))

            try await withClient { observer in
                try await observer.wait { try await backends(named: name, observer) == 0 }
            }
            #expect(client.poolSnapshot.open == 0)
        }
    }

    @Test func aClientWhoseConnectionsAreKilledWhileTheyAreIdleGoesOn() async throws {
        var configuration = try await DriverTestServer.configuration()
        configuration.applicationName = "killed-\(UInt32.random(in: .min ... .max))"
        let name = configuration.applicationName
        try await withClient(configuration: configuration) { client in
            try await withClient { observer in
                for _ in 0..<20 {
                    _ = try await client.run(Statement<Int64>("SELECT \(Int64(1))"))
                    _ = try await observer.run(
                        Statement<Bool>("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = \(name)"))

                    // A write, which is never sent twice: that the connection is dead must be seen before.
                    _ = try await client.run(Statement<Void>("SELECT set_config('a.b', 'c', false)"))
                }
            }
        }
    }

    @Test func aStatementWhoseBackendIsKilledFailsWithTheCodeAndTheNextOneWorks() async throws {
        try await withClient(pool: PoolConfiguration(maxConnections: 2)) { client in
            for isWrite in [false, true] {
                let sleeping = Task {
                    if isWrite { return await postgresError { try await client.run(Statement<Void>("SELECT pg_sleep(60), 'kill-me'")) } }
                    return await postgresError {
                        try await client.run(Statement<Int64>("SELECT count(*) AS \"kill-me\" FROM generate_series(1, 1000000000)"))
                    }
                }
                let kill = Statement<Bool>(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE query LIKE '%kill-me%' AND state = 'active' AND pid <> pg_backend_pid() AND now() - query_start > interval '100 ms'
                    """)
                try await client.wait { try await client.run(kill).rows == [true] }
                let error = await sleeping.value

                #expect(error?.sqlState == "57P01")
                #expect(error?.kind == .connectionLost)
                #expect(error?.outcome == (isWrite ? .outcomeUnknown : .failedCertain))
                let answer = try await client.run(Statement<Int64>("SELECT \(Int64(1))")).rows
                #expect(answer == [1])
            }
        }
    }

    @Test func aTransactionWhoseBackendIsKilledHasCertainlyNotHappened() async throws {
        try await withTestDatabase { database in
            try await runScript("CREATE TABLE t (a bigint)", on: database)
            try await withClient(configuration: database) { client in
                let error = await postgresError {
                    try await client.withTransaction { transaction in
                        _ = try await transaction.run(Statement<Void>("INSERT INTO t VALUES (1)"))
                        let pid = try await transaction.run(Statement<Int32>("SELECT pg_backend_pid()")).rows[0]
                        _ = try await client.run(Statement<Bool>("SELECT pg_terminate_backend(\(pid), 5000)"))
                        _ = try await transaction.run(Statement<Void>("INSERT INTO t VALUES (2)"))
                    }
                }

                #expect(error?.kind == .connectionLost)
                #expect(error?.outcome == .failedCertain || error?.outcome == .notSent)
                let count = try await client.run(Statement<Int64>("SELECT count(*) FROM t")).rows
                #expect(count == [0])
            }
        }
    }

    @Test func underAStormOfKillsCallersGetErrorsAndTheClientRecovers() async throws {
        try await withTestDatabase { database in
            try await withClient(pool: PoolConfiguration(maxConnections: 8, acquireTimeout: .seconds(10)), configuration: database) { client in
                let work = Task {
                    try await withThrowingTaskGroup(of: [PostgresError].self) { group in
                        for task in 0..<16 {
                            group.addTask {
                                var errors: [PostgresError] = []
                                for call in 0..<200 {
                                    do throws(PostgresError) {
                                        let question = Int64(task * 1000 + call)
                                        let answer = try await client.run(Statement<Int64>("SELECT \(question) FROM pg_sleep(0.0005)")).rows
                                        if answer != [question] { errors.append(.protocolViolation("a wrong answer", outcome: .outcomeUnknown)) }
                                    } catch {
                                        errors.append(error)
                                    }
                                }
                                return errors
                            }
                        }
                        return try await group.reduce(into: []) { $0 += $1 }
                    }
                }
                try await withClient { observer in
                    let name = database.database
                    for _ in 0..<40 {
                        _ = try await observer.run(Statement<Bool>("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = \(name)"))
                        _ = try await observer.run(Statement<Void>("SELECT pg_sleep(0.005)"))
                    }
                }

                let errors = try await work.value

                #expect(errors.allSatisfy { $0.kind == .connectionLost || $0.kind == .connectionFailed })
                let answer = try await client.run(Statement<Int64>("SELECT \(Int64(1))")).rows
                #expect(answer == [1])
                try await client.wait { client.poolSnapshot.inUse == 0 }
                #expect(client.poolSnapshot.open <= 8)
            }
        }
    }

    private func backends(named name: String, _ client: PostgresClient) async throws -> Int64 {
        try await client.run(Statement<Int64>("SELECT count(*) FROM pg_stat_activity WHERE application_name = \(name)")).rows[0]
    }
}
