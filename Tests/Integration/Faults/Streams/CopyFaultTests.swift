import FaultHarness
import PostgresDriver
import Testing

/// S4, first half: what is being copied to the server when something breaks is there completely or not at all.
@Suite(.serialized, .ownServer, .faults)
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

    @Test func aCopyThatBreaksLeavesNoRowAndNoConnectionBehind() async throws {
        var setting = FaultSetting()
        setting.pool = PoolConfiguration(maxConnections: Self.tables.count, acquireTimeout: .seconds(20))
        setting.watchdog = .seconds(FaultSize.of(ci: 60, long: 1_200))

        let (verdicts, stored) = try await withFaultScene(on: try await .shared(.plain), setting) { scene in
            try await scene.client.withConnection { session in
                for table in Self.tables {
                    try await session.runScript("CREATE TABLE \"\(table)\" (\"operation\" int8, \"n\" int8, PRIMARY KEY (\"operation\", \"n\"))")
                }
            }
            let verdicts = await Self.verdicts(scene)
            return (verdicts, try await Self.storedRows(scene))
        }

        let (lost, leaked) = judge(verdicts, stored)
        #expect(lost == 0)
        #expect(leaked == 0)
        #expect(verdicts.allSatisfy { ($0.count != nil) == ($0.fault == .none) || $0.fault == .kill })
        let faulted = verdicts.count { $0.fault != .none }
        FaultReport.row(
            "S4",
            "\(verdicts.count) COPYs of \(Self.rows) rows, \(faulted) with a fault (\(summary(verdicts))): rows lost \(lost), rows leaked \(leaked)")
    }

    private static func verdicts(_ scene: FaultScene) async -> [Verdict] {
        let operations = FaultSize.of(ci: 120, long: 2_400)

        return await withTaskGroup(of: [Verdict].self) { group in
            for worker in tables.indices {
                group.addTask {
                    var random = FaultSeed.run.generator("S4 copy \(worker)")
                    var verdicts: [Verdict] = []
                    for operation in stride(from: worker, to: operations, by: tables.count) {
                        let fault = StreamFault.allCases[operation / tables.count % StreamFault.allCases.count]
                        let place = Int.random(in: 0..<rows, using: &random)
                        verdicts.append(await copy(operation, fault: fault, at: place, table: worker, scene))
                    }
                    return verdicts
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
    }

    private static func copy(_ operation: Int, fault: StreamFault, at place: Int, table: Int, _ scene: FaultScene) async -> Verdict {
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
                _ = try await scene.observer.rows(kill)
                return .goesOn
            }
        }
        let result = await task.run {
            try await scene.client.copy(into: Self.tables[table], columns: Self.columns, rows: numbers) { number, row in
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

    private static func storedRows(_ scene: FaultScene) async throws -> [Int: Int] {
        let union = tables.map { "SELECT \"operation\" FROM \"\($0)\"" }.joined(separator: " UNION ALL ")
        try await scene.observer.runScript("CREATE VIEW \"copied\" AS \(union)")
        let counts = Statement<(Int, Int)>("SELECT \"operation\", count(*) FROM \"copied\" GROUP BY 1 ORDER BY 1") { row in
            (try row.read(), try row.read())
        }
        return Dictionary(uniqueKeysWithValues: try await scene.observer.rows(counts))
    }

    private func summary(_ verdicts: [Verdict]) -> String {
        StreamFault.allCases.filter { $0 != .none }.map { fault in "\(fault) \(verdicts.count { $0.fault == fault })" }.joined(separator: ", ")
    }
}
