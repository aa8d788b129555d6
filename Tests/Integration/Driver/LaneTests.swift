import DeployStackDataTesting
import PostgresDriver
import Testing

/// Short statements of many callers on few connections. Each test first runs its statements a few times, because only what is known to be short is shared.
@Suite("Statements that share connections", .requiresServer)
struct LaneTests {
    /// One lane, so that everything that is shared meets there.
    private let oneLane = PoolConfiguration(maxConnections: 6, multiplexing: Multiplexing(lanes: 1, shortStatement: .milliseconds(50)))

    private func quotient(of divisor: Int) -> Statement<Int> { Statement("SELECT 5040 / \(divisor)") }

    @Test func manyCallersNeedFewConnections() async throws {
        try await withClient(pool: PoolConfiguration(multiplexing: Multiplexing(shortStatement: .milliseconds(50)))) { client in
            for _ in 0..<5 { _ = try await client.run(quotient(of: 1)) }

            let lanesSeen = try await withThrowingTaskGroup(of: Int.self) { group in
                for divisor in 1...64 {
                    group.addTask {
                        var lanesSeen = 0
                        for _ in 0..<50 {
                            let rows = try await client.run(quotient(of: divisor)).rows
                            #expect(rows == [5040 / divisor])
                            lanesSeen = max(lanesSeen, client.poolSnapshot.lanes)
                        }
                        return lanesSeen
                    }
                }
                return try await group.reduce(0) { max($0, $1) }
            }

            #expect(lanesSeen > 0)
            #expect(client.poolSnapshot.open <= 8)
        }
    }

    @Test func aReadThatFailsDoesNotReachTheReadsBesideIt() async throws {
        try await withClient(pool: oneLane) { client in
            for _ in 0..<5 { _ = try await client.run(quotient(of: 1)) }

            let answers = await withTaskGroup(of: (Int, Result<[Int], PostgresError>).self) { group in
                for number in 0..<400 {
                    group.addTask {
                        do throws(PostgresError) {
                            return (number, .success(try await client.run(quotient(of: number % 10)).rows))
                        } catch {
                            return (number, .failure(error))
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }

            #expect(answers.count == 400)
            for (number, answer) in answers {
                switch answer {
                case .success(let rows): #expect(rows == [5040 / max(1, number % 10)] && number % 10 != 0)
                case .failure(let error): #expect(error.sqlState == "22012" && number % 10 == 0)
                }
            }
        }
    }

    /// The server finds the fault of a deferred constraint only at the end of the transaction, after it has reported the row as inserted.
    @Test func aWriteThatFailsAtItsEndIsToldToItsOwnCaller() async throws {
        try await withTestDatabase { configuration in
            try await runScript(
                "CREATE TABLE parents (id bigint PRIMARY KEY)", "INSERT INTO parents VALUES (1)",
                "CREATE TABLE children (id bigint PRIMARY KEY, parent bigint REFERENCES parents DEFERRABLE INITIALLY DEFERRED)", on: configuration)
            try await withClient(pool: oneLane, configuration: configuration) { client in
                @Sendable func insert(_ id: Int, parent: Int) -> Statement<Void> {
                    Statement("INSERT INTO children VALUES (\(id), \(parent))")
                }
                for id in 1...5 { _ = try await client.run(insert(id, parent: 1)) }

                let failed = await withTaskGroup(of: Int?.self) { group in
                    for id in 100..<400 {
                        group.addTask { await postgresError { try await client.run(insert(id, parent: id % 2)) }?.sqlState == "23503" ? id : nil }
                    }
                    return await group.reduce(into: Set<Int>()) { if let id = $1 { $0.insert(id) } }
                }

                #expect(failed == Set((100..<400).filter { $0.isMultiple(of: 2) }))
                let stored = try await client.run(Statement<Int>("SELECT id FROM children WHERE id >= 100 ORDER BY id")).rows
                #expect(stored == (100..<400).filter { !$0.isMultiple(of: 2) })
            }
        }
    }

    @Test func aStatementThatWaitsForALockHoldsNobodyElseUp() async throws {
        try await withBlockedWrite { client, blocked in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...200 {
                    group.addTask {
                        if number.isMultiple(of: 4) {
                            _ = try await client.run(increment(2))
                        } else {
                            let rows = try await client.run(quotient(of: number)).rows
                            #expect(rows == [5040 / number])
                        }
                    }
                }
                try await group.waitForAll()
            }
            let isStillWaiting = try await isWaitingForALock(client)
            #expect(isStillWaiting)
        } afterwards: { client, blocked in
            _ = try await blocked.value
            let values = try await client.run(Statement<Int>("SELECT n FROM counters ORDER BY id")).rows
            #expect(values == [6, 55])
        }
    }

    @Test func aStatementWhoseCallerHasGoneIsStoppedOnceNobodyElseIsThere() async throws {
        try await withBlockedWrite { client, blocked in
            blocked.cancel()
            let error = await postgresError { try await blocked.value }

            #expect(error?.kind == .cancelled)
            #expect(error?.outcome == .outcomeUnknown)
            try await client.wait { try await !isWaitingForALock(client) }
            try await client.wait { client.poolSnapshot.lanes == 0 }
        } afterwards: { client, _ in
            let values = try await client.run(Statement<Int>("SELECT n FROM counters ORDER BY id")).rows
            #expect(values == [5, 5])
        }
    }

    @Test func whatBelongsToASessionIsNeverShared() async throws {
        try await withClient(pool: oneLane) { client in
            for _ in 0..<5 {
                let error = await postgresError { try await client.run(Statement<Void>("SET work_mem TO '1MB'")) }
                #expect(error == nil)
                _ = try await client.run(Statement<Bool>("SELECT pg_try_advisory_xact_lock(42)"))
                #expect(client.poolSnapshot.lanes == 0)
            }
        }
    }

    // MARK: - A write that waits for a lock

    private func increment(_ id: Int) -> Statement<Void> {
        Statement("UPDATE counters SET n = n + 1 WHERE id = \(id)")
    }

    private func isWaitingForALock(_ client: PostgresClient) async throws -> Bool {
        let waiting = Statement<Int>(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND state = 'active'")
        return try await client.run(waiting).rows != [0]
    }

    /// Runs `body` while an update of row 1, which was sent on the only lane, waits for a lock, and `afterwards` when the lock is free again.
    private func withBlockedWrite(
        _ body: (PostgresClient, Task<Void, any Error>) async throws -> Void,
        afterwards: (PostgresClient, Task<Void, any Error>) async throws -> Void
    ) async throws {
        try await withTestDatabase { configuration in
            try await runScript(
                "CREATE TABLE counters (id bigint PRIMARY KEY, n bigint)", "INSERT INTO counters VALUES (1, 0), (2, 0)", on: configuration)
            try await withClient(pool: oneLane, configuration: configuration) { client in
                for id in [1, 2, 1, 2, 1, 2, 1, 2, 1, 2] { _ = try await client.run(increment(id)) }
                for _ in 0..<5 { _ = try await client.run(quotient(of: 1)) }
                let blocked = try await withClient(configuration: configuration) { other in
                    try await other.withTransaction { transaction in
                        _ = try await transaction.run(Statement<Int>("SELECT n FROM counters WHERE id = 1 FOR UPDATE"))
                        let blocked = Task { _ = try await client.run(increment(1)) }
                        try await other.wait { try await isWaitingForALock(other) }
                        try await body(client, blocked)
                        return blocked
                    }
                }
                try await afterwards(client, blocked)
            }
        }
    }
}
