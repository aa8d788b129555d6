import FaultHarness
import PostgresDriver
import Testing

/// X1: a bank with few accounts and many clerks, at each isolation level.
@Suite(.serialized, .ownServer, .faults)
struct BankFaultTests {
    private static let accounts: Int64 = 100
    private static let initialBalance: Int64 = 100

    private final class Tally: Sendable {
        let done = Count(), refused = Count(), givenUp = Count(), runs = Count()
        let numbers = Lock<(ok: Set<Int64>, failed: Set<Int64>)>(([], []))
        let firstError = Lock<PostgresError?>(nil)
    }

    private struct Refused: Error {}

    private struct Posting: Sendable {
        let account: Int64
        let change: Int64
    }

    @Test func moneyIsNeitherMadeNorLostAtAnyLevel() async throws {
        let transfers = FaultSize.of(ci: 20_000, long: 1_000_000) / 3
        var parts: [String] = []
        for level in [TransactionOptions.Isolation.readCommitted, .repeatableRead, .serializable] {
            parts.append(try await figure(of: transfers, TransactionOptions(isolation: level)))
        }
        FaultReport.row("X1", "\(3 * transfers) bank transfers of 32 tasks, anomalies 0: " + parts.joined(separator: "; "))
    }

    private func figure(of transfers: Int, _ options: TransactionOptions) async throws -> String {
        var setting = FaultSetting()
        setting.pool = PoolConfiguration(maxConnections: 16, acquireTimeout: .seconds(30))
        setting.watchdog = .seconds(FaultSize.of(ci: 90, long: 3_600))

        let tally = Tally()
        try await withFaultScene(on: try await .shared(.plain), setting) { scene in
            let client = scene.client
            // Wide rows, so that the accounts lie on several pages and are found by their key: a look at the whole table would be in everybody's way.
            _ = try await client.run(
                Statement<Void>(
                    "CREATE TABLE bank (id bigint PRIMARY KEY, balance bigint NOT NULL, pad text NOT NULL DEFAULT repeat('x', 1500))"))
            _ = try await client.run(Statement<Void>("ALTER TABLE bank ALTER COLUMN pad SET STORAGE PLAIN"))
            _ = try await client.run(Statement<Void>("CREATE TABLE done (operation bigint NOT NULL)"))
            _ = try await client.run(
                Statement<Void>("INSERT INTO bank (id, balance) SELECT id, \(Self.initialBalance) FROM generate_series(1, \(Self.accounts)) AS id"))
            _ = try await client.withConnection { try await $0.runScript("ANALYZE bank") }

            await inBatches(of: transfers, atOnce: 32) { await Self.transfer(Int64($0), options, client, tally) }

            let sum = try await client.run(Statement<Int64>("SELECT sum(balance)::bigint FROM bank")).rows
            let negative = try await client.run(Statement<Int>("SELECT count(*) FROM bank WHERE balance < 0")).rows
            let stored = try await client.run(Statement<Int64>("SELECT operation FROM done")).rows
            let numbers = tally.numbers.withLock { $0 }
            #expect(sum == [Self.accounts * Self.initialBalance])
            #expect(negative == [0])
            #expect(stored.count == Set(stored).count, "something was done twice")
            #expect(Set(stored) == numbers.ok)
            #expect(numbers.ok.count + numbers.failed.count == transfers)
        }

        let error = tally.firstError.withLock { $0 }
        #expect(tally.givenUp.value == 0, "\(error.map { "\($0)" } ?? "")")
        #expect(tally.done.value > transfers / 2 && tally.refused.value > 0)
        let repeated = tally.runs.value - transfers
        let perCommit = Double(repeated * 1_000 / max(1, tally.done.value)) / 1_000
        return
            "\(options.isolation) \(tally.done.value) done, \(tally.refused.value) refused, \(perCommit) retries per commit, given up \(tally.givenUp.value)"
    }

    private static func transfer(_ number: Int64, _ options: TransactionOptions, _ client: PostgresClient, _ tally: Tally) async {
        var random = FaultSeed.run.generator("X1 \(options.isolation) \(number)")
        let from = Int64.random(in: 1...accounts, using: &random)
        let to = (from + Int64.random(in: 1..<accounts, using: &random) - 1) % accounts + 1
        let amount = Int64.random(in: 1...60, using: &random)
        // The lower account first, so that nobody waits in a circle.
        let postings = [Posting(account: from, change: -amount), Posting(account: to, change: amount)].sorted { $0.account < $1.account }
        do {
            try await client.withTransaction(options, retry: RetryPolicy(maxRetries: 60, pause: .milliseconds(1))) { transaction in
                tally.runs.add()
                if options.isolation == .readCommitted {
                    try await postConditionally(postings, in: transaction)
                } else {
                    try await readAndWrite(postings, in: transaction)
                }
                _ = try await transaction.run(Statement<Void>("INSERT INTO done VALUES (\(number))"))
            }
            tally.done.add()
            tally.numbers.withLock { _ = $0.ok.insert(number) }
        } catch {
            tally.numbers.withLock { _ = $0.failed.insert(number) }
            if error is Refused {
                tally.refused.add()
            } else {
                tally.givenUp.add()
                tally.firstError.withLock { $0 = $0 ?? error as? PostgresError }
            }
        }
    }

    private static func postConditionally(_ postings: [Posting], in transaction: PostgresTransaction) async throws {
        for posting in postings {
            let changed = try await transaction.run(
                Statement<Void>(
                    """
                    UPDATE bank SET balance = balance + \(posting.change) WHERE id = \(posting.account) AND balance + \(posting.change) >= 0
                    """)
            ).affectedRows
            if changed == 0 { throw Refused() }
        }
    }

    /// What has been read decides what is written: the isolation level alone keeps two from writing what both have computed from the same balance.
    private static func readAndWrite(_ postings: [Posting], in transaction: PostgresTransaction) async throws {
        for posting in postings {
            let balance = try await transaction.run(Statement<Int64>("SELECT balance FROM bank WHERE id = \(posting.account)")).rows[0]
            guard balance + posting.change >= 0 else { throw Refused() }
            let changed = balance + posting.change
            _ = try await transaction.run(Statement<Void>("UPDATE bank SET balance = \(changed) WHERE id = \(posting.account)"))
        }
    }
}
