import FaultHarness
import PostgresDriver
import Testing

/// X9: savepoints ten deep, with a failure at each depth that is caught at each depth above, and cancellations.
@Suite(.serialized, .ownServer, .faults)
struct SavepointFaultTests {
    private static let depth = 10

    private enum Failure: CaseIterable {
        case thrown, server, constraint, swallowed, cancelledStatement, cancelledBetween
    }

    /// Something goes wrong at one depth and is caught at another, above it or the same; 0 is the transaction itself.
    private struct Case: Sendable {
        let number: Int
        let failure: Failure
        let failsAt: Int
        let caughtAt: Int

        /// The rows that must be there afterwards: one for each depth that was not undone, and one for what was done after catching.
        func expected(wasCommitted: Bool) -> [Int] {
            guard caughtAt > 0, wasCommitted else { return [] }
            return Array(0..<caughtAt) + (isCancelled ? [] : [1_000 + caughtAt])
        }

        /// Whoever is cancelled sends nothing more.
        var isCancelled: Bool { failure == .cancelledStatement || failure == .cancelledBetween }
    }

    private struct Refused: Error {}

    private final class Tally: Sendable {
        let different = Count(), wrongErrors = Count(), cancelledInside = Count()
        let committed = Lock<Set<Int>>([])
    }

    @Test func whatIsUndoneIsExactlyWhatFailed() async throws {
        let rounds = FaultSize.of(ci: 3, long: 100)
        let combinations = Failure.allCases.flatMap { failure in
            (1...Self.depth).flatMap { failsAt in (0...failsAt).map { (failure, failsAt, $0) } }
        }
        let cases = (0..<rounds * combinations.count).map { number in
            let (failure, failsAt, caughtAt) = combinations[number % combinations.count]
            return Case(number: number, failure: failure, failsAt: failsAt, caughtAt: caughtAt)
        }
        var setting = FaultSetting()
        setting.pool = PoolConfiguration(maxConnections: 8, acquireTimeout: .seconds(30))
        setting.watchdog = .seconds(FaultSize.of(ci: 90, long: 900))
        let tally = Tally()

        try await withFaultScene(on: try await .shared(.plain), setting) { scene in
            _ = try await scene.client.run(
                Statement<Void>("CREATE TABLE marks (number bigint, depth bigint, PRIMARY KEY (number, depth))"))
            await inBatches(of: cases, with: Array(repeating: (), count: 12)) { one, _ in
                await Self.play(one, scene.client, tally)
            }
            let stored = try await scene.client.run(
                Statement("SELECT number, depth FROM marks ORDER BY number, depth") { (number: try $0.read() as Int, depth: try $0.read() as Int) })
            let found = Dictionary(grouping: stored.rows, by: { $0.number })
            for one in cases {
                let depths = (found[one.number] ?? []).map(\.depth)
                let expected = one.expected(wasCommitted: tally.committed.withLock { $0.contains(one.number) })
                guard depths != expected else { continue }
                tally.different.add()
                Issue.record("\(one): \(depths) instead of \(expected)")
            }
        }

        #expect(tally.different.value == 0)
        #expect(tally.wrongErrors.value == 0)
        #expect(tally.cancelledInside.value > 0, "no statement was cancelled while it ran")
        FaultReport.row(
            "X9",
            """
            \(cases.count) transactions with savepoints \(Self.depth) deep, \(Failure.allCases.count) kinds of failure at each depth caught at each depth above: \
            differences from the model \(tally.different.value), wrong errors \(tally.wrongErrors.value)
            """)
    }

    private static func play(_ one: Case, _ client: PostgresClient, _ tally: Tally) async {
        let canceller = Canceller()
        let meeting = Meeting(of: 2)
        let task = Task { () -> (any Error)? in
            do {
                try await client.withTransaction { try await descend($0, to: 0, one, canceller, meeting) }
                return nil
            } catch {
                return error
            }
        }
        canceller.take(task)
        if one.failure == .cancelledStatement {
            await meeting.arrive()
            var random = FaultSeed.run.generator("X9 \(one.number)")
            await passMoment(upTo: .milliseconds(4), &random)
            task.cancel()
        }
        let error = await task.value
        if error == nil { tally.committed.withLock { _ = $0.insert(one.number) } }
        if one.failure == .cancelledStatement, (error as? PostgresError)?.outcome == .failedCertain { tally.cancelledInside.add() }
        guard !isRight(error, for: one) else { return }
        tally.wrongErrors.add()
        Issue.record("\(one): \(error.map { "\($0)" } ?? "no error")")
    }

    private static func isRight(_ error: (any Error)?, for one: Case) -> Bool {
        if one.failure == .cancelledStatement {
            // If the body catches it, the transaction is lost all the same, unless the statement was not even sent.
            guard let error = error as? PostgresError else { return one.caughtAt > 0 }
            return error.kind == (one.caughtAt == 0 ? .cancelled : .transactionRolledBack)
        }
        guard one.caughtAt == 0 else { return error == nil }
        switch one.failure {
        case .thrown: return error is Refused
        case .server: return (error as? PostgresError)?.sqlState == "22012"
        case .constraint: return (error as? PostgresError)?.sqlState == "23505"
        // A part whose failure was swallowed cannot be kept.
        case .swallowed: return (error as? PostgresError)?.sqlState == "25P02"
        case .cancelledStatement, .cancelledBetween: return (error as? PostgresError)?.kind == .cancelled
        }
    }

    private static func descend(
        _ transaction: PostgresTransaction, to depth: Int, _ one: Case, _ canceller: Canceller, _ meeting: Meeting
    ) async throws {
        _ = try await transaction.run(mark(one, depth))
        if depth == one.failsAt { try await fail(transaction, one, canceller, meeting) }
        guard depth < Self.depth else { return }
        let next = depth + 1
        do {
            try await transaction.withSavepoint { try await descend($0, to: next, one, canceller, meeting) }
        } catch {
            guard next == one.caughtAt else { throw error }
            guard !one.isCancelled else { return }
            _ = try await transaction.run(mark(one, 1_000 + next))
        }
    }

    private static func mark(_ one: Case, _ depth: Int) -> Statement<Void> { "INSERT INTO marks VALUES (\(one.number), \(depth))" }

    private static func fail(_ transaction: PostgresTransaction, _ one: Case, _ canceller: Canceller, _ meeting: Meeting) async throws {
        switch one.failure {
        case .thrown: throw Refused()
        case .server: _ = try await transaction.run(Statement<Int>("SELECT 1 / 0"))
        case .constraint: _ = try await transaction.run(mark(one, 0))
        case .swallowed:
            _ = await driverError { try await transaction.run(Statement<Int>("SELECT 1 / 0")) }
        case .cancelledStatement:
            await meeting.arrive()
            _ = try await transaction.run(Statement<Void>("SELECT pg_sleep(10)"))
        case .cancelledBetween:
            canceller.cancel()
            _ = try await transaction.run(Statement<Int>("SELECT 1"))
        }
    }
}
