import FaultHarness
import PostgresDriver

/// What the flows write, and what the client was told about it.
struct WireBooks: Sendable {
    /// Writes and transactions.
    let ledger: Ledger
    private let copies = Copies()

    /// The rows of each COPY.
    private static let rows = 40

    private final class Copies: Sendable {
        /// The outcome of each COPY; nil where it succeeded.
        let verdicts = Lock<[PostgresError.Outcome?]>([])
    }

    /// Makes the tables.
    init(with executor: some StatementExecutor) async throws {
        ledger = try await Ledger(accounts: 100, with: executor)
        _ = try await executor.run(Statement<Void>("CREATE TABLE \"copied\" (\"copy\" bigint NOT NULL, \"row\" bigint NOT NULL)"))
    }

    /// Writes rows by COPY and notes what came of it.
    func copy(with client: PostgresClient) async {
        let number = copies.verdicts.withLock { verdicts in
            verdicts.append(.outcomeUnknown)
            return verdicts.count - 1
        }
        let error = await driverError {
            try await client.copy(into: "copied", columns: ["copy", "row"], rows: 0..<Self.rows) { row, columns in
                try columns.write(Int64(number))
                try columns.write(Int64(row))
            }
        }
        copies.verdicts.withLock { $0[number] = error?.outcome }
    }

    /// Holds the ledger against the database.
    func judge(with executor: some StatementExecutor) async throws -> Judgement {
        var judgement = try await ledger.judge(with: executor)
        let stored = try await executor.run(
            Statement("SELECT \"copy\", count(*) FROM \"copied\" GROUP BY \"copy\"") { row in
                (number: try row.read() as Int64, rows: try row.read() as Int64)
            }
        ).rows
        let rows = Dictionary(uniqueKeysWithValues: stored.map { (Int($0.number), Int($0.rows)) })
        for (number, outcome) in copies.verdicts.withLock({ $0 }).enumerated() {
            let count = rows[number] ?? 0
            judgement.operations += 1
            if count > Self.rows { judgement.doubled += 1 }
            if count != 0, count != Self.rows { judgement.halfDone += 1 }
            switch outcome {
            case nil:
                judgement.ok += 1
                if count == 0 { judgement.lost += 1 }
            case .outcomeUnknown:
                judgement.unknown += 1
                if count > 0 { judgement.unknownButDone += 1 }
            case .notSent, .rejectedByServer, .failedCertain:
                judgement.failed += 1
                if count > 0 { judgement.misclassified += 1 }
            }
        }
        return judgement
    }
}
