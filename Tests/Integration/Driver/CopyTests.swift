import DeployStackDataTesting
import PostgresDriver
import Testing

@Suite("Rows written by COPY", .requiresServer)
struct CopyTests {
    private let onlyOne = PoolConfiguration(maxConnections: 1, acquireTimeout: .seconds(60))
    private static let columns: ColumnList = ["n", "text", "flag"]

    /// What most tests do: an empty table `t` and a client with one connection.
    private func withTable(limits: ClientLimits = .patient, _ body: (PostgresClient, ConnectionConfiguration) async throws -> Void) async throws {
        try await withEmptyDatabase { database in
            try await runScript("CREATE TABLE \"t\" (\"n\" int8 PRIMARY KEY, \"text\" text, \"flag\" bool NOT NULL)", on: database)
            try await withClient(pool: onlyOne, limits: limits, configuration: database) { client in
                try await body(client, database)
            }
        }
    }

    @Test(arguments: [0, 1, 100_000])
    func rowsArriveAsTheyWereGivenAndTheConnectionIsUsedAgain(count: Int) async throws {
        try await withTable { client, _ in
            let backend = try await backend(of: client)

            let copied = try await client.copy(into: "t", columns: Self.columns, rows: 0..<count) { number, row in
                try row.write(number)
                try row.write(number.isMultiple(of: 3) ? nil : "text \(number) é")
                try row.write(number.isMultiple(of: 2))
            }

            #expect(copied == count)
            #expect(try await self.count(client) == count)
            let wrong: Statement<Int> = """
                SELECT count(*) FROM "t"
                WHERE "flag" <> ("n" % 2 = 0) OR "text" IS DISTINCT FROM CASE WHEN "n" % 3 = 0 THEN NULL ELSE 'text ' || "n" || ' é' END
                """
            #expect(try await client.run(wrong).rows == [0])
            #expect(try await self.backend(of: client) == backend)
        }
    }

    @Test func aConnectionThatWasSharedTakesACopy() async throws {
        let shared = PoolConfiguration(maxConnections: 2, multiplexing: Multiplexing(lanes: 1, shortStatement: .milliseconds(50)))
        try await withEmptyDatabase { database in
            try await runScript("CREATE TABLE \"t\" (\"n\" int8 PRIMARY KEY, \"text\" text, \"flag\" bool NOT NULL)", on: database)
            try await withClient(pool: shared, configuration: database) { client in
                for number in 0..<20 { _ = try await client.run(Statement<Int>("SELECT 1 + \(number)")) }

                let copied = try await client.copy(into: "t", columns: Self.columns, rows: 0..<10, write: Self.write)

                #expect(copied == 10)
                #expect(try await self.count(client) == 10)
            }
        }
    }

    @Test func rowsCanComeFromAnAsynchronousSequence() async throws {
        try await withTable { client, _ in
            let numbers = AsyncStream<Int> { continuation in
                for number in 0..<5_000 { continuation.yield(number) }
                continuation.finish()
            }

            let copied = try await client.copy(into: "t", columns: Self.columns, rows: numbers, write: Self.write)

            #expect(copied == 5_000)
            #expect(try await count(client) == 5_000)
        }
    }

    @Test func aRefusedRowRefusesAll() async throws {
        try await withTable { client, _ in
            let error = await postgresError {
                try await client.copy(into: "t", columns: Self.columns, rows: Array(0..<5_000) + [4_999], write: Self.write)
            }

            #expect(error?.sqlState == "23505")
            #expect(error?.constraint == "t_pkey")
            #expect(error?.outcome == .rejectedByServer)
            let stored = try await count(client)
            #expect(stored == 0)
        }
    }

    @Test func aTableThatDoesNotExistIsRefusedAtOnce() async throws {
        try await withTable { client, _ in
            let backend = try await backend(of: client)

            let error = await postgresError {
                try await client.copy(into: "nothing", columns: Self.columns, rows: 0..<10, write: Self.write)
            }

            #expect(error?.sqlState == "42P01")
            #expect(try await self.backend(of: client) == backend)
        }
    }

    @Test func aProducerThatFailsLeavesNothing() async throws {
        struct Failed: Error {}
        try await withTable { client, _ in
            let backend = try await backend(of: client)

            await #expect(throws: Failed.self) {
                try await client.copy(into: "t", columns: Self.columns, rows: 0..<50_000) { number, row in
                    if number == 40_000 { throw Failed() }
                    try Self.write(number, &row)
                }
            }

            #expect(try await count(client) == 0)
            #expect(try await self.backend(of: client) == backend)
        }
    }

    @Test func aValueThatCannotBeStoredLeavesNothing() async throws {
        try await withTable { client, _ in
            let error = await postgresError {
                try await client.copy(into: "t", columns: Self.columns, rows: 0..<10) { number, row in
                    try row.write(number)
                    try row.write(number == 7 ? "a\0b" : "a")
                    try row.write(true)
                }
            }

            #expect(error?.kind == .invalidParameter)
            #expect(error?.column == "text")
            let stored = try await count(client)
            #expect(stored == 0)
        }
    }

    @Test func whatACancelledProducerHasGivenIsNotTakenForTheWhole() async throws {
        try await withTable { client, _ in
            let (numbers, continuation) = AsyncStream.makeStream(of: Int.self)
            for number in 0..<5_000 { continuation.yield(number) }
            // The stream ends without an error when the task is cancelled.
            let task = Task { try await client.copy(into: "t", columns: Self.columns, rows: numbers, write: Self.write) }
            try await client.wait { client.statementsSent == 1 }
            task.cancel()

            let error = await postgresError { try await task.value }

            #expect(error?.kind == .cancelled)
            #expect(try await count(client) == 0)
            continuation.finish()
        }
    }

    @Test func aDeadlineEndsACopyThatWaitsForALock() async throws {
        try await withTable(limits: ClientLimits(callTimeout: .seconds(1))) { client, database in
            try await withClient(configuration: database) { other in
                try await other.withTransaction { transaction in
                    _ = try await transaction.run(Statement<Void>("LOCK TABLE \"t\""))

                    let error = await postgresError {
                        try await client.copy(into: "t", columns: Self.columns, rows: 0..<10, write: Self.write)
                    }

                    #expect(error?.kind == .deadlineExceeded)
                    #expect(error?.outcome == .failedCertain)
                }
            }
            #expect(try await count(client) == 0)
        }
    }

    @Test func aCopyIsAPartOfItsTransaction() async throws {
        struct Undo: Error {}
        try await withTable { client, _ in
            try await client.withTransaction { transaction in
                try await transaction.copy(into: "t", columns: Self.columns, rows: 0..<10, write: Self.write)
                #expect(try await transaction.run(Statement<Int>("SELECT count(*) FROM \"t\"")).rows == [10])
            }
            await #expect(throws: Undo.self) {
                try await client.withTransaction { transaction in
                    try await transaction.copy(into: "t", columns: Self.columns, rows: 10..<20, write: Self.write)
                    throw Undo()
                }
            }

            #expect(try await count(client) == 10)
        }
    }

    @Test func aFailedCopyInASavepointLeavesTheTransactionUsable() async throws {
        try await withTable { client, _ in
            try await client.withTransaction { transaction in
                try await transaction.copy(into: "t", columns: Self.columns, rows: 0..<10, write: Self.write)
                let error = await postgresError {
                    try await transaction.withSavepoint { savepoint in
                        try await savepoint.copy(into: "t", columns: Self.columns, rows: 5..<15, write: Self.write)
                    }
                }
                #expect(error?.sqlState == "23505")
                try await transaction.copy(into: "t", columns: Self.columns, rows: 10..<15, write: Self.write)
            }

            #expect(try await count(client) == 15)
        }
    }

    @Test func nothingElseRunsInATransactionDuringItsCopy() async throws {
        try await withTable { client, _ in
            let error = await postgresError {
                try await client.withTransaction { transaction in
                    let numbers: Statement<Int> = "SELECT n FROM generate_series(0::int8, 9::int8) AS n"
                    try await transaction.copy(into: "t", columns: Self.columns, rows: transaction.stream(numbers), write: Self.write)
                }
            }

            #expect(error?.kind == .protocolViolation)
            let stored = try await count(client)
            #expect(stored == 0)
        }
    }

    @Test func aStreamCanBeCopiedFromAnotherConnection() async throws {
        try await withTable { client, database in
            try await withClient(configuration: database) { source in
                let numbers: Statement<Int> = "SELECT n FROM generate_series(0::int8, 19999::int8) AS n"

                let copied = try await client.copy(into: "t", columns: Self.columns, rows: source.stream(numbers), write: Self.write)

                #expect(copied == 20_000)
                #expect(try await count(client) == 20_000)
            }
        }
    }

    private static func write(_ number: Int, _ row: inout CopyRow) throws {
        try row.write(number)
        try row.write("text \(number)")
        try row.write(true)
    }

    private func count(_ client: PostgresClient) async throws -> Int {
        try await client.run(Statement<Int>("SELECT count(*) FROM \"t\"")).rows[0]
    }

    private func backend(of client: PostgresClient) async throws -> [Int32] {
        try await client.run(Statement<Int32>("SELECT pg_backend_pid()")).rows
    }
}
