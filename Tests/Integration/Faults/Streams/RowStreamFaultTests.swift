import DeployStackData
import DeployStackDataTesting
import FaultHarness
import PostgresDriver
import Testing

/// S4, second half: rows that are being read when something breaks are the first ones, in order, and never taken for all of them.
@Suite(.database)
struct RowStreamFaultTests {
    private static let rows = 4_000
    private static let workers = 6

    private struct Verdict: Sendable {
        var fault: StreamFault
        /// The number of rows that came, or nil if they were not the first ones in order.
        var seen: Int?
        var hasThrown: Bool
        var hasLeft: Bool
    }

    @Test(.requiresServer) func aStreamThatBreaksIsNeverTakenForComplete() async throws {
        let connection = try await TestDatabase.lent().configuration.connection
        let client = try PostgresClient(connection: connection, pool: PoolConfiguration(maxConnections: Self.workers, acquireTimeout: .seconds(20)))
        let administrator = try PostgresClient(connection: connection)
        let streams = FaultSize.of(ci: 120, long: 2_400)

        let verdicts = await withTaskGroup(of: [Verdict].self) { group in
            for worker in 0..<Self.workers {
                group.addTask {
                    var random = FaultSeed.run.generator("S4 stream \(worker)")
                    var verdicts: [Verdict] = []
                    for number in stride(from: worker, to: streams, by: Self.workers) {
                        let fault = StreamFault.allCases[number / Self.workers % StreamFault.allCases.count]
                        verdicts.append(await read(fault, at: Int.random(in: 1..<Self.rows - 1_000, using: &random), client, administrator))
                    }
                    return verdicts
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }

        let disordered = verdicts.count { $0.seen == nil }
        let cut = verdicts.count { !$0.hasThrown && !$0.hasLeft && $0.seen != Self.rows }
        #expect(disordered == 0, "\(FaultSeed.run)")
        #expect(cut == 0, "\(FaultSeed.run)")
        // What is fetched in advance ends long before the last rows.
        for fault in [StreamFault.clientError, .cancel, .refusal, .kill] {
            #expect(verdicts.allSatisfy { $0.fault != fault || $0.hasThrown }, "\(fault), \(FaultSeed.run)")
        }
        #expect(verdicts.allSatisfy { $0.fault != .none || $0.seen == Self.rows }, "\(FaultSeed.run)")
        #expect(try await client.run(Statement<Int>("SELECT 1::int8")).rows == [1])
        let leaked = try await openTransactions(administrator)
        #expect(leaked == 0)
        FaultReport.row(
            "S4",
            "\(verdicts.count) streams of \(Self.rows) rows, \(verdicts.count { $0.fault != .none }) with a fault: "
                + "cut short unseen \(cut), disordered \(disordered), transactions left open \(leaked)")
        await client.close()
        await administrator.close()
    }

    private func read(_ fault: StreamFault, at place: Int, _ client: PostgresClient, _ administrator: PostgresClient) async -> Verdict {
        let task = SelfCancellingTask()
        let failingRow = fault == .refusal ? place : -1
        let numbers = Statement<(Int, Int32)>(
            """
            SELECT n + 0 / (n - \(failingRow)), pg_backend_pid() FROM generate_series(0::int8, \(Self.rows - 1)) AS n
            """
        ) { row in (try row.read(), try row.read()) }

        let result = await task.run { () -> Verdict in
            var verdict = Verdict(fault: fault, seen: 0, hasThrown: false, hasLeft: false)
            do {
                for try await (number, backend) in client.stream(numbers) {
                    verdict.seen = number == verdict.seen ? number + 1 : nil
                    guard number == place else { continue }
                    switch fault {
                    case .none, .refusal: break
                    case .clientError: throw ClientFailure()
                    case .cancel: task.cancel()
                    case .kill: _ = try await administrator.run(Statement<Bool>("SELECT pg_terminate_backend(\(backend))"))
                    case .leave:
                        verdict.hasLeft = true
                        return verdict
                    }
                }
            } catch {
                verdict.hasThrown = true
            }
            return verdict
        }
        return (try? result.get()) ?? Verdict(fault: fault, seen: nil, hasThrown: true, hasLeft: false)
    }

    private func openTransactions(_ administrator: PostgresClient) async throws -> Int {
        let open: Statement<Int> = """
            SELECT count(*) FROM "pg_stat_activity"
            WHERE "datname" = current_database() AND "pid" <> pg_backend_pid() AND "xact_start" IS NOT NULL
            """
        var count = try await administrator.run(open).rows[0]
        let deadline = ContinuousClock.now + .seconds(5)
        while count > 0, ContinuousClock.now < deadline { count = try await administrator.run(open).rows[0] }
        return count
    }
}
