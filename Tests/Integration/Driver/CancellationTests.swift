import DeployStackDataTesting
import PostgresDriver
import Testing

@Suite("Callers that leave early", .requiresServer)
struct CancellationTests {
    private let onlyOne = PoolConfiguration(maxConnections: 1, acquireTimeout: .seconds(60))

    @Test func aCancelledTaskReturnsAtOnceAndItsStatementStops() async throws {
        try await withClient(pool: PoolConfiguration(maxConnections: 2)) { client in
            let task = Task { try await client.run(Statement<Void>("SELECT pg_sleep(60), 'cancel-me-once'")) }
            try await client.wait { try await isRunning("cancel-me-once", client) }

            let start = ContinuousClock.now
            task.cancel()
            let error = await postgresError { try await task.value }

            #expect(error?.kind == .cancelled)
            #expect(ContinuousClock.now - start < .seconds(25))
            try await client.wait { try await !isRunning("cancel-me-once", client) }
        }
    }

    @Test func theConnectionOfACancelledStatementIsLentAgainClean() async throws {
        try await withClient(pool: onlyOne, limits: .patient) { client in
            let before = try await client.run(Statement<Int32>("SELECT pg_backend_pid()")).rows
            let sleeping = Task { try await client.run(Statement<Void>("SELECT pg_sleep(60)")) }
            try await client.wait { client.poolSnapshot.inUse == 1 }
            sleeping.cancel()
            _ = await sleeping.result

            for _ in 0..<20 {
                let after = try await client.run(Statement<Int32>("SELECT pg_backend_pid()")).rows
                #expect(after == before)
            }
        }
    }

    @Test func aTaskThatWasCancelledBeforehandSendsNothing() async throws {
        try await withClient { client in
            let task = Task {
                cancelCurrentTask()
                return try await client.run(Statement<Void>("SELECT 1"))
            }

            let error = await postgresError { try await task.value }

            #expect(error?.kind == .cancelled)
            #expect(error?.outcome == .notSent)
            #expect(client.statementsSent == 0)
        }
    }

    @Test func aCancelledCallerThatWaitsForAConnectionLeavesTheQueue() async throws {
        try await withClient(pool: onlyOne) { client in
            try await client.withTransaction { transaction in
                _ = try await transaction.run(Statement<Void>("SELECT 1"))
                let waiting = Task { try await client.run(Statement<Void>("SELECT 1")) }
                try await client.wait { client.poolSnapshot.waiting == 1 }
                waiting.cancel()

                let error = await postgresError { try await waiting.value }

                #expect(error?.kind == .cancelled)
                #expect(error?.outcome == .notSent)
                try await client.wait { client.poolSnapshot.waiting == 0 }
            }
        }
    }

    @Test func aStatementThatExceedsTheDeadlineEndsWithItAndFreesTheConnection() async throws {
        try await withClient(pool: onlyOne) { client in
            let start = ContinuousClock.now
            let error = await postgresError {
                try await CallDeadline.within(.milliseconds(150)) { try await client.run(Statement<Void>("SELECT pg_sleep(60)")) }
            }
            let elapsed = ContinuousClock.now - start

            #expect(error?.kind == .deadlineExceeded)
            #expect(elapsed >= .milliseconds(150) && elapsed < .seconds(25))
            let answer = try await client.run(Statement<Int64>("SELECT \(Int64(1))")).rows
            #expect(answer == [1])
        }
    }

    @Test func aWriteWhoseTimeIsUpIsNotSent() async throws {
        try await withClient { client in
            _ = try await client.run(Statement<Void>("SELECT 1"))
            let sent = client.statementsSent

            let error = await postgresError { try await CallDeadline.within(.zero) { try await client.run(Statement<Void>("SELECT pg_sleep(0)")) } }

            #expect(error?.kind == .deadlineExceeded)
            #expect(error?.outcome == .notSent)
            #expect(client.statementsSent == sent)
        }
    }

    @Test func aReadThatIsInterruptedHasCertainlyDoneNothingAndAWriteMayHave() async throws {
        func outcome(_ statement: Statement<Void>) async throws -> PostgresError.Outcome? {
            try await withClient { client in
                _ = try await client.run(Statement<Void>("SELECT 1"))
                var outcome: PostgresError.Outcome?
                // A machine that is busy may need longer than the first limit to send anything at all; that is another test's matter.
                for limit in [100, 1_000, 10_000] where outcome == nil || outcome == .notSent {
                    outcome = await postgresError { try await CallDeadline.within(.milliseconds(limit)) { try await client.run(statement) } }?.outcome
                }
                return outcome
            }
        }

        let read = try await outcome(Statement<Void>("SELECT count(*) FROM generate_series(1, 1000000000)"))
        let write = try await outcome(Statement<Void>("SELECT pg_sleep(60)"))

        #expect(read == .failedCertain)
        #expect(write == .outcomeUnknown)
    }

    @Test func aTransactionWhoseStatementIsCancelledIsRolledBack() async throws {
        try await withTestDatabase { database in
            try await runScript("CREATE TABLE t (a bigint)", on: database)
            try await withClient(pool: PoolConfiguration(maxConnections: 2), configuration: database) { client in
                let task = Task {
                    try await client.withTransaction { transaction in
                        _ = try await transaction.run(Statement<Void>("INSERT INTO t VALUES (1)"))
                        _ = try await transaction.run(Statement<Void>("SELECT pg_sleep(60), 'cancel-me-inside'"))
                    }
                }
                try await client.wait { try await isRunning("cancel-me-inside", client) }
                task.cancel()
                let error = await postgresError { try await task.value }

                #expect(error?.kind == .cancelled)
                #expect(error?.outcome == .failedCertain)
                let count = try await client.run(Statement<Int64>("SELECT count(*) FROM t")).rows
                #expect(count == [0])
                try await client.wait { try await hasNoOpenTransaction(client) }
            }
        }
    }

    @Test func aTaskThatIsCancelledBetweenStatementsStillRollsBack() async throws {
        try await withTestDatabase { database in
            try await runScript("CREATE TABLE t (a bigint)", on: database)
            try await withClient(pool: onlyOne, configuration: database) { client in
                let task = Task {
                    try await client.withTransaction { transaction in
                        _ = try await transaction.run(Statement<Void>("INSERT INTO t VALUES (1)"))
                        cancelCurrentTask()
                        _ = try await transaction.run(Statement<Void>("INSERT INTO t VALUES (2)"))
                    }
                }
                let error = await postgresError { try await task.value }

                #expect(error?.kind == .cancelled)
                let count = try await client.run(Statement<Int64>("SELECT count(*) FROM t")).rows
                #expect(count == [0])
            }
        }
    }

    @Test func aTaskThatIsCancelledBeforeTheCommitStillCommits() async throws {
        try await withTestDatabase { database in
            try await runScript("CREATE TABLE t (a bigint)", on: database)
            try await withClient(configuration: database) { client in
                try await Task {
                    try await client.withTransaction { transaction in
                        _ = try await transaction.run(Statement<Void>("INSERT INTO t VALUES (1)"))
                        cancelCurrentTask()
                    }
                }.value

                let count = try await client.run(Statement<Int64>("SELECT count(*) FROM t")).rows
                #expect(count == [1])
            }
        }
    }

    @Test func aNeighbourNeverMeetsAnothersCancellation() async throws {
        try await withClient(pool: PoolConfiguration(maxConnections: 2, acquireTimeout: .seconds(20))) { client in
            let neighbour = Task {
                var calls: Int64 = 0
                while !Task.isCancelled, calls < 3000 {
                    let answer = try await client.run(Statement<Int64>("SELECT \(calls) FROM pg_sleep(0.0002)")).rows
                    if answer != [calls] { return false }
                    calls += 1
                }
                return true
            }
            for round in 0..<300 {
                let task = Task { try await client.run(Statement<Void>("SELECT pg_sleep(0.0005)")) }
                for _ in 0..<(round % 40) { await Task.yield() }
                task.cancel()
                _ = await task.result
            }

            let isUndisturbed = try await neighbour.value
            #expect(isUndisturbed)
        }
    }

    @Test func aThousandTasksCancelledAtAnyPointLeaveNothingBehind() async throws {
        var configuration = try await DriverTestServer.configuration()
        configuration.applicationName = "cancelled-\(UInt32.random(in: .min ... .max))"
        let pool = PoolConfiguration(maxConnections: 4, acquireTimeout: .seconds(20))
        try await withClient(pool: pool, configuration: configuration) { client in
            await withTaskGroup { group in
                for number in 0..<1000 {
                    group.addTask {
                        let task = Task {
                            if number.isMultiple(of: 2) {
                                _ = try await client.run(Statement<Int64>("SELECT \(Int64(number)) FROM pg_sleep(0.001)"))
                            } else {
                                try await client.withTransaction { _ = try await $0.run(Statement<Int64>("SELECT \(Int64(number))")) }
                            }
                        }
                        for _ in 0..<(number % 97) { await Task.yield() }
                        task.cancel()
                        _ = await task.result
                    }
                }
            }

            try await client.wait { client.poolSnapshot.inUse == 0 && client.poolSnapshot.waiting == 0 }
            let isClean = try await hasNoOpenTransaction(client)
            #expect(isClean)
            #expect(client.poolSnapshot.open <= 4)
        }
    }

    private func isRunning(_ mark: String, _ client: PostgresClient) async throws -> Bool {
        let pattern = "%\(mark)%"
        let running = Statement<Int64>(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE state = 'active' AND query LIKE \(pattern) AND pid <> pg_backend_pid()
            """)
        return try await client.run(running).rows[0] > 0
    }

    private func hasNoOpenTransaction(_ client: PostgresClient) async throws -> Bool {
        let open = Statement<Int64>(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE state LIKE 'idle in transaction%' AND application_name = current_setting('application_name')
            """)
        return try await client.run(open).rows[0] == 0
    }
}
