import DeployStackDataTesting
import PostgresDriver
import Synchronization
import Testing

@Suite("Transactions", .requiresServer)
struct TransactionTests {
    private struct Refusal: Error {}

    private func withTable<Value>(_ body: (PostgresClient, ConnectionConfiguration) async throws -> Value) async throws -> Value {
        try await withTestDatabase { database in
            try await runScript("CREATE TABLE t (id bigint PRIMARY KEY, n bigint NOT NULL)", "INSERT INTO t VALUES (1, 0), (2, 0)", on: database)
            return try await withClient(configuration: database) { client in try await body(client, database) }
        }
    }

    @Test func whatABodyDoesIsCommittedWhenItReturns() async throws {
        try await withTable { client, _ in
            let changed = try await client.withTransaction { try await $0.run(Statement<Void>("UPDATE t SET n = 5")).affectedRows }

            #expect(changed == 2)
            let sum = try await client.run(Statement<Int64>("SELECT sum(n)::bigint FROM t")).rows
            #expect(sum == [10])
        }
    }

    @Test func whatABodyDoesIsUndoneWhenItThrows() async throws {
        try await withTable { client, _ in
            await #expect(throws: Refusal.self) {
                try await client.withTransaction { transaction in
                    _ = try await transaction.run(Statement<Void>("UPDATE t SET n = 5"))
                    throw Refusal()
                }
            }

            let sum = try await client.run(Statement<Int64>("SELECT sum(n)::bigint FROM t")).rows
            #expect(sum == [0])
        }
    }

    @Test func anErrorThatTheBodySwallowsDoesNotLookLikeSuccess() async throws {
        try await withTable { client, _ in
            let error = await postgresError {
                try await client.withTransaction { transaction in
                    _ = try await transaction.run(Statement<Void>("UPDATE t SET n = 5"))
                    _ = try? await transaction.run(Statement<Void>("SELECT 1 / 0"))
                }
            }

            #expect(error?.kind == .transactionRolledBack)
            #expect(error?.outcome == .failedCertain)
            let sum = try await client.run(Statement<Int64>("SELECT sum(n)::bigint FROM t")).rows
            #expect(sum == [0])
        }
    }

    @Test func aConstraintThatIsCheckedAtTheCommitIsReportedThere() async throws {
        try await withTable { client, database in
            try await runScript("CREATE TABLE child (id bigint CONSTRAINT child_fkey REFERENCES t DEFERRABLE INITIALLY DEFERRED)", on: database)

            let error = await postgresError {
                try await client.withTransaction { try await $0.run(Statement<Void>("INSERT INTO child VALUES (99)")) }
            }

            #expect(error?.constraint == "child_fkey")
            #expect(error?.outcome == .rejectedByServer)
            let count = try await client.run(Statement<Int64>("SELECT count(*) FROM child")).rows
            #expect(count == [0])
        }
    }

    @Test func aSavepointUndoesItsPartAlone() async throws {
        try await withTable { client, _ in
            try await client.withTransaction { transaction in
                _ = try await transaction.run(Statement<Void>("UPDATE t SET n = 1 WHERE id = 1"))
                await #expect(throws: PostgresError.self) {
                    try await transaction.withSavepoint { inner in
                        _ = try await inner.run(Statement<Void>("UPDATE t SET n = 7"))
                        _ = try await inner.run(Statement<Void>("SELECT 1 / 0"))
                    }
                }
                try await transaction.withSavepoint { _ = try await $0.run(Statement<Void>("UPDATE t SET n = 2 WHERE id = 2")) }
            }

            let answer = try await client.run(Statement<Int64>("SELECT n FROM t ORDER BY id")).rows
            #expect(answer == [1, 2])
        }
    }

    @Test func savepointsNestAsDeepAsOneLikes() async throws {
        try await withTable { client, _ in
            @Sendable func descend(_ transaction: PostgresTransaction, _ depth: Int64) async throws {
                _ = try await transaction.run(Statement<Void>("INSERT INTO t VALUES (\(100 + depth), 0)"))
                if depth < 10 {
                    try? await transaction.withSavepoint { inner in
                        try await descend(inner, depth + 1)
                        if depth == 5 { throw Refusal() }
                    }
                }
            }

            try await client.withTransaction { try await descend($0, 1) }

            let count = try await client.run(Statement<Int64>("SELECT count(*) FROM t WHERE id > 100")).rows
            #expect(count == [5])
        }
    }

    @Test func aSerializationFailureRunsTheWholeBodyAgain() async throws {
        try await withTable { client, _ in
            let runs = Atomic<Int>(0)
            try await client.withTransaction(TransactionOptions(isolation: .repeatableRead)) { transaction in
                let run = runs.add(1, ordering: .relaxed).newValue
                _ = try await transaction.run(Statement<Int64>("SELECT n FROM t WHERE id = 1"))
                if run == 1 { _ = try await client.run(Statement<Void>("UPDATE t SET n = n + 10 WHERE id = 1")) }
                _ = try await transaction.run(Statement<Void>("UPDATE t SET n = n + 1 WHERE id = 1"))
            }

            #expect(runs.load(ordering: .relaxed) == 2)
            let answer = try await client.run(Statement<Int64>("SELECT n FROM t WHERE id = 1")).rows
            #expect(answer == [11])
        }
    }

    @Test func aBodyThatTranslatesTheErrorIsRunAgainAllTheSame() async throws {
        try await withTable { client, _ in
            let runs = Atomic<Int>(0)
            try await client.withTransaction(TransactionOptions(isolation: .serializable)) { transaction in
                let run = runs.add(1, ordering: .relaxed).newValue
                _ = try await transaction.run(Statement<Int64>("SELECT n FROM t WHERE id = 1"))
                if run == 1 { _ = try await client.run(Statement<Void>("UPDATE t SET n = n + 10 WHERE id = 1")) }
                do {
                    _ = try await transaction.run(Statement<Void>("UPDATE t SET n = n + 1 WHERE id = 1"))
                } catch {
                    throw Refusal()
                }
            }

            #expect(runs.load(ordering: .relaxed) == 2)
        }
    }

    @Test func aSerializationFailureInASavepointRunsTheWholeBodyAgain() async throws {
        try await withTable { client, _ in
            let runs = Atomic<Int>(0)
            try await client.withTransaction(TransactionOptions(isolation: .repeatableRead)) { transaction in
                let run = runs.add(1, ordering: .relaxed).newValue
                _ = try await transaction.run(Statement<Int64>("SELECT n FROM t WHERE id = 1"))
                if run == 1 { _ = try await client.run(Statement<Void>("UPDATE t SET n = n + 10 WHERE id = 1")) }
                try await transaction.withSavepoint { _ = try await $0.run(Statement<Void>("UPDATE t SET n = n + 1 WHERE id = 1")) }
            }

            #expect(runs.load(ordering: .relaxed) == 2)
            let answer = try await client.run(Statement<Int64>("SELECT n FROM t WHERE id = 1")).rows
            #expect(answer == [11])
        }
    }

    @Test func aCommitWhoseTimeIsUpIsNotSentAndCertainlyUndone() async throws {
        try await withTable { client, _ in
            for inSession in [false, true] {
                let hasReachedTheEnd = Atomic<Bool>(false)
                var error: PostgresError?
                // On a busy machine the time may be up before the body has done its part; then it gets another chance.
                while !hasReachedTheEnd.load(ordering: .relaxed) {
                    let deadline = ContinuousClock.now + .milliseconds(500)
                    let body = { (transaction: PostgresTransaction) async throws in
                        _ = try await transaction.run(Statement<Void>("UPDATE t SET n = 5"))
                        hasReachedTheEnd.store(true, ordering: .relaxed)
                        while ContinuousClock.now <= deadline + .milliseconds(20) { await Task.yield() }
                    }
                    error = await postgresError {
                        try await CallDeadline.within(.milliseconds(500)) {
                            if inSession {
                                try await client.withConnection { session in try await session.withTransaction { try await body($0) } }
                            } else {
                                try await client.withTransaction { try await body($0) }
                            }
                        }
                    }
                }

                #expect(error?.kind == .deadlineExceeded)
                #expect(error?.outcome == .failedCertain)
                let sum = try await client.run(Statement<Int64>("SELECT sum(n)::bigint FROM t")).rows
                #expect(sum == [0])
            }
            try await client.wait { client.poolSnapshot.inUse == 0 }
        }
    }

    @Test func aFailureThatComesBackIsGivenUpAfterThreeRepetitions() async throws {
        try await withTable { client, _ in
            let runs = Atomic<Int>(0)
            let error = await postgresError {
                try await client.withTransaction(TransactionOptions(isolation: .repeatableRead)) { transaction in
                    runs.add(1, ordering: .relaxed)
                    _ = try await transaction.run(Statement<Int64>("SELECT n FROM t WHERE id = 1"))
                    _ = try await client.run(Statement<Void>("UPDATE t SET n = n + 10 WHERE id = 1"))
                    _ = try await transaction.run(Statement<Void>("UPDATE t SET n = n + 1 WHERE id = 1"))
                }
            }

            #expect(error?.sqlState == "40001")
            #expect(error?.outcome == .failedCertain)
            #expect(runs.load(ordering: .relaxed) == 4)
        }
    }

    @Test func otherErrorsNeverRunTheBodyAgain() async throws {
        try await withTable { client, _ in
            let runs = Atomic<Int>(0)
            await #expect(throws: PostgresError.self) {
                try await client.withTransaction { transaction in
                    runs.add(1, ordering: .relaxed)
                    _ = try await transaction.run(Statement<Void>("INSERT INTO t VALUES (1, 1)"))
                }
            }
            await #expect(throws: Refusal.self) {
                try await client.withTransaction { _ in
                    runs.add(1, ordering: .relaxed)
                    throw Refusal()
                }
            }

            #expect(runs.load(ordering: .relaxed) == 2)
        }
    }

    @Test func twoThatDeadlockBothGetThrough() async throws {
        try await withTable { client, _ in
            let gate = Gate(parties: 2)
            @Sendable func transfer(_ first: Int64, _ second: Int64) async throws {
                try await client.withTransaction { transaction in
                    _ = try await transaction.run(Statement<Void>("UPDATE t SET n = n + 1 WHERE id = \(first)"))
                    await gate.arrive()
                    _ = try await transaction.run(Statement<Void>("UPDATE t SET n = n + 1 WHERE id = \(second)"))
                }
            }

            async let left: Void = transfer(1, 2)
            async let right: Void = transfer(2, 1)
            _ = try await (left, right)

            let answer = try await client.run(Statement<Int64>("SELECT n FROM t ORDER BY id")).rows
            #expect(answer == [2, 2])
        }
    }

    @Test func aReadOnlyTransactionRefusesWrites() async throws {
        try await withTable { client, _ in
            let error = await postgresError {
                try await client.withTransaction(TransactionOptions(isReadOnly: true)) { try await $0.run(Statement<Void>("UPDATE t SET n = 1")) }
            }

            #expect(error?.sqlState == "25006")
            #expect(error?.outcome == .rejectedByServer)
        }
    }

    @Test func aTransactionThatHasEndedTakesNoStatements() async throws {
        try await withTable { client, _ in
            let kept = try await client.withTransaction { $0 }

            let error = await postgresError { try await kept.run(Statement<Void>("UPDATE t SET n = 1")) }

            #expect(error?.outcome == .notSent)
            let sum = try await client.run(Statement<Int64>("SELECT sum(n)::bigint FROM t")).rows
            #expect(sum == [0])
        }
    }

    @Test func aSessionsTransactionKeepsTheSession() async throws {
        try await withTable { client, _ in
            let isSame = try await client.withConnection { session in
                let outside = try await session.run(Statement<Int32>("SELECT pg_backend_pid()")).rows
                let inside = try await session.withTransaction { transaction in
                    _ = try await transaction.run(Statement<Void>("UPDATE t SET n = 3"))
                    return try await transaction.run(Statement<Int32>("SELECT pg_backend_pid()")).rows
                }
                let after = try await session.run(Statement<Int32>("SELECT pg_backend_pid()")).rows
                return outside == inside && inside == after
            }

            #expect(isSame)
            let sum = try await client.run(Statement<Int64>("SELECT sum(n)::bigint FROM t")).rows
            #expect(sum == [6])
        }
    }

    @Test func parallelTransfersKeepTheSum() async throws {
        try await withTable { client, database in
            try await runScript("INSERT INTO t SELECT i, 100 FROM generate_series(10, 19) AS i", on: database)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in 0..<16 {
                    group.addTask {
                        for round in 0..<20 {
                            let from = Int64(10 + (task + round) % 10)
                            let to = Int64(10 + (task * 3 + round * 7 + 1) % 10)
                            let options = TransactionOptions(isolation: round.isMultiple(of: 2) ? .serializable : .readCommitted)
                            try await client.withTransaction(options, retry: RetryPolicy(maxRetries: 100)) { transaction in
                                _ = try await transaction.run(Statement<Void>("UPDATE t SET n = n - 1 WHERE id = \(from)"))
                                _ = try await transaction.run(Statement<Void>("UPDATE t SET n = n + 1 WHERE id = \(to)"))
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }

            let sum = try await client.run(Statement<Int64>("SELECT sum(n)::bigint FROM t WHERE id >= 10")).rows
            #expect(sum == [1000])
        }
    }
}

/// Holds tasks until all have arrived; later arrivals pass.
private actor Gate {
    private let parties: Int
    private var arrived = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(parties: Int) {
        self.parties = parties
    }

    func arrive() async {
        arrived += 1
        if arrived >= parties {
            for continuation in waiting { continuation.resume() }
            waiting = []
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }
}
