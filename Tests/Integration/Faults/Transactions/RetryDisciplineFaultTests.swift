import FaultHarness
import PostgresDriver
import Testing

/// X3: what is run again, and what never is.
@Suite(.serialized, .ownServer, .faults)
struct RetryDisciplineFaultTests {
    /// What the server raises, and whether the whole transaction may succeed at another try.
    private static let states: [(code: String, isRepeated: Bool)] =
        [("40001", true), ("40P01", true)]
        + [
            "40000", "40002", "40003", "55P03", "55006", "57014", "57P03", "53200", "53300", "53400", "58030", "XX000", "08000", "08006", "0A000",
            "22003",
            "22012", "22P02", "23502", "23503", "23505", "23514", "23P01", "25006", "25P01", "2D000", "34000", "3B001", "42501", "42601",
            "42703", "42P01", "42883", "54000", "54001", "P0001", "P0002", "ZZ999",
        ].map { ($0, false) }

    private struct Refused: Error {}

    private final class Tally: Sendable {
        let cases = Count(), wrong = Count(), repetitions = Count()
    }

    @Test func onlyWhatLostAgainstAnotherRunsAgain() async throws {
        let rounds = FaultSize.of(ci: 10, long: 500)
        let retry = RetryPolicy(maxRetries: 2, pause: .milliseconds(1))
        var setting = FaultSetting()
        setting.pool = PoolConfiguration(maxConnections: 8, acquireTimeout: .seconds(30))
        setting.watchdog = .seconds(FaultSize.of(ci: 60, long: 900))
        let tally = Tally()

        try await withFaultScene(on: try await .shared(.plain), setting) { scene in
            try await scene.observer.runScript(
                """
                CREATE FUNCTION fail(state text, mark bigint) RETURNS void LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION USING ERRCODE = state, MESSAGE = 'on purpose';
                END $$
                """,
                "CREATE TABLE effects (id bigint CONSTRAINT effects_key UNIQUE DEFERRABLE INITIALLY DEFERRED, n bigint UNIQUE)",
                "GRANT ALL ON effects TO \"\(FaultCluster.role)\"", "INSERT INTO effects VALUES (-1, -1)")
            await inBatches(of: rounds * Self.states.count, atOnce: 16) { number in
                let state = Self.states[number % Self.states.count]
                await Self.expect(runs: state.isRepeated ? 3 : 1, "\(state.code)", tally, retry, scene.client) { transaction in
                    _ = try await transaction.run(Statement<Void>("INSERT INTO effects VALUES (\(number), \(number))"))
                    _ = try await transaction.run(Statement<Void>("SELECT fail(\(state.code), \(number))"))
                }
            }
            await inBatches(of: rounds, atOnce: 8) { number in
                await Self.expectOtherErrors(number, tally, retry, scene.client)
            }
            let effects = try await scene.client.run(Statement<Int>("SELECT count(*) FROM effects")).rows
            #expect(effects == [1], "something that failed has left an effect")
        }

        #expect(tally.cases.value == rounds * (Self.states.count + 6))
        #expect(tally.wrong.value == 0)
        #expect(tally.repetitions.value == rounds * 4)
        FaultReport.row(
            "X3",
            """
            \(tally.cases.value) failures of \(Self.states.count) codes and of callers' own, run again \(tally.repetitions.value) times for 40001 and 40P01, \
            wrong re-runs \(tally.wrong.value)
            """)
    }

    /// Errors that are not simply raised by a statement. None of them is worth another run.
    private static func expectOtherErrors(_ number: Int, _ tally: Tally, _ retry: RetryPolicy, _ client: PostgresClient) async {
        let insert = Statement<Void>("INSERT INTO effects VALUES (\(1_000_000 + number), \(1_000_000 + number))")
        await expect(runs: 1, "a caller's own error", tally, retry, client) { transaction in
            _ = try await transaction.run(insert)
            throw Refused()
        }
        await expect(runs: 1, "a caller's own error after one of the server's was undone", tally, retry, client) { transaction in
            _ = await driverError {
                try await transaction.withSavepoint { _ = try await $0.run(Statement<Void>("SELECT fail('40001', \(number))")) }
            }
            _ = try await transaction.run(insert)
            throw Refused()
        }
        await expect(runs: 1, "a unique violation", tally, retry, client) { transaction in
            _ = try await transaction.run(Statement<Void>("INSERT INTO effects VALUES (\(2_000_000 + number), -1)"))
        }
        await expect(runs: 1, "a unique violation at the commit", tally, retry, client) { transaction in
            _ = try await transaction.run(Statement<Void>("INSERT INTO effects VALUES (-1, \(2_000_000 + number))"))
        }
        await expect(runs: 1, "a swallowed error", tally, retry, client) { transaction in
            _ = await driverError { try await transaction.run(Statement<Int>("SELECT 1 / 0")) }
        }
        await expect(runs: 1, "40001 without a repetition", tally, .never, client) { transaction in
            _ = try await transaction.run(Statement<Void>("SELECT fail('40001', \(number))"))
        }
    }

    /// Expects a body to fail after so many runs.
    private static func expect(
        runs expected: Int, _ what: String, _ tally: Tally, _ retry: RetryPolicy, _ client: PostgresClient,
        _ body: (PostgresTransaction) async throws -> Void
    ) async {
        let runs = Count()
        var hasFailed = false
        do {
            try await client.withTransaction(retry: retry) { transaction in
                runs.add()
                try await body(transaction)
            }
        } catch {
            hasFailed = true
        }
        tally.cases.add()
        if runs.value > 1, runs.value == expected { tally.repetitions.add(runs.value - 1) }
        guard runs.value != expected || !hasFailed else { return }
        tally.wrong.add()
        Issue.record("\(what): ran \(runs.value) times, \(hasFailed ? "failed" : "succeeded")")
    }
}
