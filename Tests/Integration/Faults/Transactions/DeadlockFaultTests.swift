import FaultHarness
import PostgresDriver
import Testing

/// X2: callers who take the same locks in opposite order.
@Suite(.serialized, .ownServer, .faults)
struct DeadlockFaultTests {
    private final class Tally: Sendable {
        let begun = Count(), done = Count(), repeated = Count()
        let attempts = Measurements()

        /// Notes how often a transaction has run until it was done, as a length of time, since those can be measured.
        func note(_ runs: Int) {
            done.add()
            repeated.add(runs - 1)
            attempts.add(.seconds(runs))
        }
    }

    @Test func allWhoWaitInACircleGetThrough() async throws {
        let rounds = FaultSize.of(ci: 25, long: 1_000)
        let retry = RetryPolicy(maxRetries: 20)
        var setting = FaultSetting()
        setting.pool = PoolConfiguration(maxConnections: 20, acquireTimeout: .seconds(30))
        setting.watchdog = .seconds(FaultSize.of(ci: 90, long: 1_200))
        let tally = Tally()

        try await withFaultScene(on: try await .shared(.plain), setting) { scene in
            // The server looks for circles only after this time.
            try await scene.administrator.runScript("ALTER DATABASE \"\(scene.connection.database)\" SET deadlock_timeout TO '10ms'")
            _ = try await scene.client.run(Statement<Void>("CREATE TABLE counters (id bigint PRIMARY KEY, n bigint NOT NULL)"))
            _ = try await scene.client.run(Statement<Void>("INSERT INTO counters SELECT id, 0 FROM generate_series(0, 19) AS id"))

            for _ in 0..<rounds {
                await inBatches(of: 16, atOnce: 16, Self.meet(scene.client, retry, tally))
            }
            // And without a meeting: 16 callers over four rows, each two of them in any order.
            await inBatches(of: 16 * rounds, atOnce: 16) { number in
                var random = FaultSeed.run.generator("X2 \(number)")
                let first = Int.random(in: 16...19, using: &random)
                let second = 16 + (first - 16 + Int.random(in: 1...3, using: &random)) % 4
                await Self.increment(first, second, scene.client, retry, tally) {}
            }
            let sum = try await scene.client.run(Statement<Int64>("SELECT sum(n)::bigint FROM counters")).rows
            #expect(sum == [Int64(2 * tally.done.value)])
        }

        #expect(tally.begun.value == 32 * rounds)
        #expect(tally.done.value == tally.begun.value)
        #expect(tally.repeated.value >= 8 * rounds, "there were too few circles")
        FaultReport.row(
            "X2",
            """
            \(tally.begun.value) transactions of 16 tasks in opposite order, done \(tally.done.value), deadlocks broken by repetition \(tally.repeated.value), \
            attempts p99 \(Int(tally.attempts.percentile(99).inSeconds)), most \(Int(tally.attempts.longest.inSeconds)) of \(retry.maxRetries + 1)
            """)
    }

    /// Eight pairs, each of which certainly waits in a circle at first: both have their first row before either wants its second one.
    private static func meet(_ client: PostgresClient, _ retry: RetryPolicy, _ tally: Tally) -> @Sendable (Int) async -> Void {
        let meetings = (0..<8).map { _ in Meeting(of: 2) }
        return { number in
            let pair = number / 2
            let rows = number.isMultiple(of: 2) ? (2 * pair, 2 * pair + 1) : (2 * pair + 1, 2 * pair)
            await increment(rows.0, rows.1, client, retry, tally) { await meetings[pair].arrive() }
        }
    }

    private static func increment(
        _ first: Int, _ second: Int, _ client: PostgresClient, _ retry: RetryPolicy, _ tally: Tally,
        between: @Sendable () async -> Void
    ) async {
        tally.begun.add()
        let runs = Count()
        do {
            try await client.withTransaction(retry: retry) { transaction in
                runs.add()
                _ = try await transaction.run(Statement<Void>("UPDATE counters SET n = n + 1 WHERE id = \(first)"))
                await between()
                _ = try await transaction.run(Statement<Void>("UPDATE counters SET n = n + 1 WHERE id = \(second)"))
            }
            tally.note(runs.value)
        } catch {
            Issue.record("after \(runs.value) attempts: \(error)")
            await between()
        }
    }
}
