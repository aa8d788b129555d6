import DeployStackDataTesting
import PostgresDriver
import Testing

@Suite("Rows read bit by bit", .requiresServer)
struct RowStreamTests {
    private let onlyOne = PoolConfiguration(maxConnections: 1, acquireTimeout: .seconds(60))

    @Test(arguments: [0, 1, 63, 64, 65, 319, 320, 321, 1_343, 1_344, 1_345, 2_368, 20_000])
    func everyRowComesOnceAndInOrder(count: Int) async throws {
        try await withClient(pool: onlyOne) { client in
            let rows = try await collected(client.stream(numbers(to: count)))

            #expect(rows == Array(0..<count))
            try await client.wait { client.poolSnapshot.inUse == 0 }
        }
    }

    @Test func nothingIsSentBeforeTheFirstRowIsAskedFor() async throws {
        try await withClient { client in
            var iterator = client.stream(numbers(to: 1)).makeAsyncIterator()
            #expect(client.statementsSent == 0)

            let answers = [try await iterator.next(isolation: #isolation), try await iterator.next(isolation: #isolation)]
            #expect(answers == [0, nil])
            #expect(try await iterator.next(isolation: #isolation) == nil)
        }
    }

    @Test func aLoopThatIsLeftGivesItsConnectionBack() async throws {
        try await withClient(pool: onlyOne, limits: .patient) { client in
            let backend = try await client.run(Statement<Int32>("SELECT pg_backend_pid()")).rows

            for count in [1, 64, 65, 320, 321, 1_344, 5_000] {
                for try await number in client.stream(numbers(to: 1_000_000)) where number == count { break }
                #expect(try await client.run(Statement<Int32>("SELECT pg_backend_pid()")).rows == backend)
            }
        }
    }

    @Test func anIteratorThatIsNeverUsedOrKeptUnusedTakesNoConnection() async throws {
        try await withClient(pool: onlyOne) { client in
            let iterator = client.stream(numbers(to: 10)).makeAsyncIterator()

            let one = try await client.run(Statement<Int>("SELECT 1::int8")).rows
            #expect(one == [1])
            withExtendedLifetime(iterator) {}
        }
    }

    @Test func anErrorComesBehindRowsThatCameBeforeItAndEndsTheStream() async throws {
        try await withClient(pool: onlyOne) { client in
            let statement: Statement<Int> = "SELECT 1000 / (1000 - n) + n FROM generate_series(0::int8, \(5_000)) AS n"
            var (iterator, seen) = (client.stream(statement).makeAsyncIterator(), 0)

            let error = await postgresError {
                while try await iterator.next(isolation: #isolation) != nil { seen += 1 }
            }

            #expect(error?.sqlState == "22012")
            #expect(error?.outcome == .rejectedByServer)
            // The chunks before had 64 and 256 rows.
            #expect(seen == 320)
            let next = try await iterator.next(isolation: #isolation)
            #expect(next == nil)
            #expect(try await client.run(Statement<Int>("SELECT 1::int8")).rows == [1])
        }
    }

    @Test func aRowThatCannotBeDecodedEndsTheStream() async throws {
        try await withClient(pool: onlyOne) { client in
            let statement: Statement<Int> = "SELECT nullif(n, 700) FROM generate_series(0::int8, 5000::int8) AS n"
            var seen = 0

            let error = await postgresError { for try await _ in client.stream(statement) { seen += 1 } }

            #expect(error?.kind == .decoding)
            #expect(seen == 320)
            let one = try await client.run(Statement<Int>("SELECT 1::int8")).rows
            #expect(one == [1])
        }
    }

    @Test func aStatementThatWritesIsRefused() async throws {
        try await withEmptyDatabase { database in
            try await runScript("CREATE TABLE \"t\" (\"n\" int8)", on: database)
            try await withClient(configuration: database) { client in
                let statement: Statement<Int> = "INSERT INTO \"t\" VALUES (1) RETURNING \"n\""

                let error = await postgresError { try await collected(client.stream(statement)) }

                #expect(error != nil)
                let count = try await client.run(Statement<Int>("SELECT count(*) FROM \"t\"")).rows
                #expect(count == [0])
            }
        }
    }

    @Test func aTaskThatIsCancelledWhileItWaitsReturnsAtOnce() async throws {
        try await withEmptyDatabase { database in
            try await withClient(pool: PoolConfiguration(maxConnections: 2), configuration: database) { client in
                let statement: Statement<String> = "SELECT 'x' || pg_sleep(n) FROM generate_series(60::int8, 62::int8) AS n"
                let task = Task { try await collected(client.stream(statement)) }
                try await client.wait { try await isFetching(client) }

                let start = ContinuousClock.now
                task.cancel()
                let error = await postgresError { try await task.value }

                #expect(error?.kind == .cancelled)
                #expect(ContinuousClock.now - start < .seconds(25))
                try await client.wait { try await !isFetching(client) }
                try await client.wait { client.poolSnapshot.inUse == 0 }
            }
        }
    }

    @Test func theDeadlineCountsForEachWait() async throws {
        try await withClient(pool: onlyOne, limits: ClientLimits(callTimeout: .seconds(2))) { client in
            let slow: Statement<String> = "SELECT 'x' || pg_sleep(n) FROM generate_series(5::int8, 6::int8) AS n"
            let error = await postgresError { try await collected(client.stream(slow)) }
            #expect(error?.kind == .deadlineExceeded)

            // Each chunk takes 0.6 s, all of them 2.4 s.
            let steady: Statement<String> = """
                SELECT CASE WHEN n IN (64, 320, 1344, 2368) THEN pg_sleep(0.6)::text ELSE '' END FROM generate_series(1::int8, 2368::int8) AS n
                """
            let rows = try await collected(client.stream(steady))
            #expect(rows.count == 2_368)
        }
    }

    @Test func theConsumersOwnTimeIsNotLimited() async throws {
        try await withClient(pool: onlyOne, limits: ClientLimits(callTimeout: .seconds(3))) { client in
            var seen = 0
            for try await number in client.stream(numbers(to: 2_000)) {
                seen += 1
                // A pause of the consumer is what this is about.
                if number.isMultiple(of: 400) { try await Task.sleep(for: .milliseconds(700)) }
            }
            #expect(seen == 2_000)
        }
    }

    @Test func aClosedClientHasNoRows() async throws {
        let client = try PostgresClient(connection: try await DriverTestServer.configuration())
        await client.close()

        let error = await postgresError { try await collected(client.stream(numbers(to: 1))) }

        #expect(error?.kind == .closed)
        #expect(error?.outcome == .notSent)
    }

    @Test func theSameStatementIsPreparedOnce() async throws {
        try await withClient(pool: onlyOne) { client in
            for count in 1...5 { #expect(try await collected(client.stream(numbers(to: count))).count == count) }

            let prepared = try await client.run(
                Statement<Int>("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'DECLARE%'"))
            #expect(prepared.rows == [1])
        }
    }

    private func numbers(to count: Int) -> Statement<Int> {
        "SELECT n FROM generate_series(0::int8, \(count - 1)) AS n"
    }

    private func collected<Output>(_ stream: RowStream<Output>) async throws -> [Output] {
        var rows: [Output] = []
        for try await row in stream { rows.append(row) }
        return rows
    }

    private func isFetching(_ client: PostgresClient) async throws -> Bool {
        let statement: Statement<Bool> = """
            SELECT EXISTS (
                SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE 'FETCH%')
            """
        return try await client.run(statement).rows == [true]
    }
}
