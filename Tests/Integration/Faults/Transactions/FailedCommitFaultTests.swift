import FaultHarness
import PostgresDriver
import Testing

/// X8: commits that the server answers and that have not happened.
@Suite(.serialized, .ownServer, .faults)
struct FailedCommitFaultTests {
    private enum Reason: CaseIterable {
        case swallowedError, swallowedErrorInSession, deferredConstraint, serializationFailure, repeatedSerializationFailure

        var isConflict: Bool { self == .serializationFailure || self == .repeatedSerializationFailure }
    }

    private final class Tally: Sendable {
        let failed = Count(), repeated = Count(), wrong = Count()
        let done = Lock<Set<Int>>([])
    }

    @Test func aCommitThatHasNotHappenedIsNoSuccess() async throws {
        let count = FaultSize.of(ci: 120, long: 10_000)
        var setting = FaultSetting()
        setting.pool = PoolConfiguration(maxConnections: 20, acquireTimeout: .seconds(30))
        setting.watchdog = .seconds(FaultSize.of(ci: 60, long: 900))
        let tally = Tally()

        try await withFaultScene(on: try await .shared(.plain), setting) { scene in
            try await scene.observer.runScript(
                "CREATE TABLE parents (id bigint PRIMARY KEY)",
                "CREATE TABLE children (id bigint PRIMARY KEY, parent bigint CONSTRAINT no_parent REFERENCES parents DEFERRABLE INITIALLY DEFERRED)",
                "CREATE TABLE doctors (pair bigint, name text, is_on_call boolean NOT NULL, PRIMARY KEY (pair, name))",
                "GRANT ALL ON parents, children, doctors TO \"\(FaultCluster.role)\"")
            let cases = (0..<count * Reason.allCases.count).map { (number: $0, reason: Reason.allCases[$0 % Reason.allCases.count]) }
            await inBatches(of: cases.filter { !$0.reason.isConflict }, with: Array(repeating: (), count: 8)) { one, _ in
                await Self.fail(one.number, one.reason, scene.client, tally)
            }
            // One after the other: the server sees conflicts also between those who only look at the same page.
            for one in cases where one.reason.isConflict { await Self.fail(one.number, one.reason, scene.client, tally) }
            let stored = try await scene.client.run(Statement<Int>("SELECT id FROM children")).rows
            #expect(Set(stored) == tally.done.withLock { $0 })
            // Of two doctors one must stay, whoever of them wants to go.
            let unattended = Statement<Int>("SELECT count(*) FROM (SELECT FROM doctors GROUP BY pair HAVING NOT bool_or(is_on_call)) AS p")
            let pairs = try await scene.client.run(unattended).rows
            #expect(pairs == [0])
        }

        #expect(tally.wrong.value == 0)
        #expect(tally.failed.value == 4 * count)
        #expect(tally.repeated.value == count)
        FaultReport.row(
            "X8",
            """
            \(count) commits each in an aborted transaction of a client and of a session, against a deferred constraint and in a serialization conflict: \
            reported \(tally.failed.value) of \(4 * count), repeated to success when allowed \(tally.repeated.value) of \(count), wrong \(tally.wrong.value)
            """)
    }

    private static func fail(_ number: Int, _ reason: Reason, _ client: PostgresClient, _ tally: Tally) async {
        let insert = Statement<Void>("INSERT INTO children (id) VALUES (\(number))")
        let error: PostgresError?
        let isRight: (PostgresError) -> Bool
        switch reason {
        case .swallowedError, .swallowedErrorInSession:
            isRight = { $0.kind == .transactionRolledBack && $0.outcome == .failedCertain }
            let body = { (transaction: PostgresTransaction) async throws in
                _ = try await transaction.run(insert)
                _ = await driverError { try await transaction.run(Statement<Int>("SELECT 1 / 0")) }
            }
            error = await driverError {
                if reason == .swallowedError {
                    try await client.withTransaction { try await body($0) }
                } else {
                    try await client.withConnection { session in try await session.withTransaction { try await body($0) } }
                }
            }
        case .deferredConstraint:
            isRight = { $0.sqlState == "23503" && $0.constraint == "no_parent" && $0.outcome == .rejectedByServer }
            error = await driverError {
                try await client.withTransaction { transaction in
                    let changed = try await transaction.run(Statement<Void>("INSERT INTO children VALUES (\(number), -1)")).affectedRows
                    if changed != 1 { tally.wrong.add() }
                }
            }
        case .serializationFailure, .repeatedSerializationFailure:
            isRight = { $0.sqlState == "40001" && $0.outcome == .failedCertain }
            error = await leaveTogether(number, reason == .serializationFailure ? .never : .default, client, tally)
        }
        guard let error else {
            tally.done.withLock { _ = $0.insert(number) }
            if reason == .repeatedSerializationFailure { tally.repeated.add() } else { note("a success", number, reason, tally) }
            return
        }
        if isRight(error), reason != .repeatedSerializationFailure { tally.failed.add() } else { note("\(error)", number, reason, tally) }
    }

    /// Two doctors look whether the other one is there, and go. The second one's commit must fail.
    private static func leaveTogether(_ pair: Int, _ retry: RetryPolicy, _ client: PostgresClient, _ tally: Tally) async -> PostgresError? {
        let serializable = TransactionOptions(isolation: .serializable)
        let count = Statement<Int>("SELECT count(*) FROM doctors WHERE pair = \(pair) AND is_on_call")
        let (runs, ends) = (Count(), Count())
        // Whatever fails must do so at the commit.
        defer { if runs.value != ends.value { note("a failure before the commit", pair, .serializationFailure, tally) } }
        return await driverError {
            _ = try await client.run(Statement<Void>("INSERT INTO doctors VALUES (\(pair), 'A', true), (\(pair), 'B', true)"))
            try await client.withTransaction(serializable, retry: retry) { second in
                let run = runs.add()
                let onCall = try await second.run(count).rows
                if onCall == [2] {
                    _ = try await second.run(Statement<Void>("UPDATE doctors SET is_on_call = false WHERE pair = \(pair) AND name = 'B'"))
                }
                _ = try await second.run(Statement<Void>("INSERT INTO children (id) VALUES (\(pair))"))
                defer { ends.add() }
                guard run == 1 else { return }
                try await client.withTransaction(serializable) { first in
                    let onCall = try await first.run(count).rows
                    if onCall != [2] { tally.wrong.add() }
                    _ = try await first.run(Statement<Void>("UPDATE doctors SET is_on_call = false WHERE pair = \(pair) AND name = 'A'"))
                }
                // Nothing but the commit is left.
            }
        }
    }

    private static func note(_ what: String, _ number: Int, _ reason: Reason, _ tally: Tally) {
        tally.wrong.add()
        Issue.record("\(reason), \(number): \(what)")
    }
}
