import DeployStackData
import DeployStackDataTesting
import FaultHarness
import PostgresDriver
import Synchronization
import Testing

/// S4, first half: what is being copied to the server when something breaks is there completely or not at all.
@Suite(.database)
struct CopyFaultTests {
    private static let rows = 3_000
    private static let columns: ColumnList = ["operation", "n"]
    /// One table for each worker, so that a worker finds its own session by the statement.
    private static let tables: [StaticString] = ["copy_1", "copy_2", "copy_3", "copy_4", "copy_5", "copy_6"]

    /// What became of one operation.
    private struct Verdict: Sendable {
        var operation: Int
        var table: Int
        var fault: StreamFault
        /// The number of rows if it succeeded.
        var count: Int?
        var error: PostgresError?
    }

    @Test(.requiresServer) func aCopyThatBreaksLeavesNoRowAndNoConnectionBehind() async throws {
        let connection = try await TestDatabase.lent().configuration.connection
        let pool = PoolConfiguration(maxConnections: Self.tables.count, acquireTimeout: .seconds(20))
        let client = try PostgresClient(connection: connection, pool: pool)
        let administrator = try PostgresClient(connection: connection)
        try await administrator.withConnection { session in
            for table in Self.tables {
                try await session.runScript("CREATE TABLE \"\(table)\" (\"operation\" int8, \"n\" int8, PRIMARY KEY (\"operation\", \"n\"))")
            }
        }
        let operations = FaultSize.of(ci: 120, long: 2_400)

        let verdicts = await withTaskGroup(of: [Verdict].self) { group in
            for worker in Self.tables.indices {
                group.addTask {
                    var random = FaultSeed.run.generator("S4 copy \(worker)")
                    var verdicts: [Verdict] = []
                    for operation in stride(from: worker, to: operations, by: Self.tables.count) {
                        let fault = StreamFault.allCases[operation / Self.tables.count % StreamFault.allCases.count]
                        let place = Int.random(in: 0..<Self.rows, using: &random)
                        verdicts.append(await copy(operation, fault: fault, at: place, table: worker, client, administrator))
                    }
                    return verdicts
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }

        let stored = try await storedRows(administrator)
        let (lost, leaked) = judge(verdicts, stored)
        let isUsable = try await client.run(Statement<Int>("SELECT 1::int8")).rows == [1]
        let stuck = try await stuckSessions(administrator)
        #expect(lost == 0, "\(FaultSeed.run)")
        #expect(leaked == 0, "\(FaultSeed.run)")
        #expect(isUsable)
        #expect(stuck == 0)
        #expect(client.poolSnapshot.inUse == 0)
        #expect(verdicts.allSatisfy { ($0.count != nil) == ($0.fault == .none) || $0.fault == .kill }, "\(FaultSeed.run)")
        let faulted = verdicts.count { $0.fault != .none }
        FaultReport.row(
            "S4",
            "\(verdicts.count) COPYs of \(Self.rows) rows, \(faulted) with a fault (\(summary(verdicts))): "
                + "rows lost \(lost), rows leaked \(leaked), sessions stuck \(stuck)")
        await client.close()
        await administrator.close()
    }

    private func copy(
        _ operation: Int, fault: StreamFault, at place: Int, table: Int, _ client: PostgresClient, _ administrator: PostgresClient
    ) async -> Verdict {
        let task = SelfCancellingTask()
        let numbers = InterruptedNumbers(count: Self.rows, place: place) {
            switch fault {
            case .none: return .goesOn
            case .refusal: return place == 0 ? .goesOn : .repeats
            case .clientError: throw ClientFailure()
            case .cancel, .leave:
                task.cancel()
                return fault == .leave ? .ends : .goesOn
            case .kill:
                let mark = "COPY \"\(Self.tables[table])\"%"
                let kill: Statement<Bool> = """
                    SELECT pg_terminate_backend("pid")
                    FROM "pg_stat_activity"
                    WHERE "datname" = current_database() AND "state" = 'active' AND "query" LIKE \(mark)
                    """
                _ = try await administrator.run(kill)
                return .goesOn
            }
        }
        let result = await task.run {
            try await client.copy(into: Self.tables[table], columns: Self.columns, rows: numbers) { number, row in
                try row.write(operation)
                // Whoever repeats a number at the very beginning repeats nothing.
                try row.write(fault == .refusal && place == 0 && number == 1 ? 0 : number)
            }
        }
        switch result {
        case .success(let count): return Verdict(operation: operation, table: table, fault: fault, count: count)
        case .failure(let error): return Verdict(operation: operation, table: table, fault: fault, error: error as? PostgresError)
        }
    }

    /// The rows that are missing although the COPY succeeded, and those that are there although it failed.
    private func judge(_ verdicts: [Verdict], _ stored: [Int: Int]) -> (lost: Int, leaked: Int) {
        var (lost, leaked) = (0, 0)
        for verdict in verdicts {
            let count = stored[verdict.operation] ?? 0
            if verdict.count != nil {
                lost += Self.rows - count
            } else if verdict.error?.outcome == .outcomeUnknown {
                // All or nothing, but which of them the client cannot know.
                leaked += count == 0 || count == Self.rows ? 0 : count
            } else {
                leaked += count
            }
        }
        return (lost, leaked)
    }

    private func storedRows(_ administrator: PostgresClient) async throws -> [Int: Int] {
        let union = Self.tables.map { "SELECT \"operation\" FROM \"\($0)\"" }.joined(separator: " UNION ALL ")
        _ = try await administrator.withConnection { try await $0.runScript("CREATE VIEW \"copied\" AS \(union)") }
        let counts = Statement<(Int, Int)>("SELECT \"operation\", count(*) FROM \"copied\" GROUP BY 1 ORDER BY 1") { row in
            (try row.read(), try row.read())
        }
        return Dictionary(uniqueKeysWithValues: try await administrator.run(counts).rows)
    }

    private func stuckSessions(_ administrator: PostgresClient) async throws -> Int {
        let stuck: Statement<Int> = """
            SELECT count(*) FROM "pg_stat_activity"
            WHERE "datname" = current_database() AND "pid" <> pg_backend_pid() AND "state" <> 'idle'
            """
        var count = try await administrator.run(stuck).rows[0]
        let deadline = ContinuousClock.now + .seconds(5)
        // The server may still be ending what the client has given up; each look is a round trip.
        while count > 0, ContinuousClock.now < deadline { count = try await administrator.run(stuck).rows[0] }
        return count
    }

    private func summary(_ verdicts: [Verdict]) -> String {
        StreamFault.allCases.filter { $0 != .none }.map { fault in "\(fault) \(verdicts.count { $0.fault == fault })" }.joined(separator: ", ")
    }
}
