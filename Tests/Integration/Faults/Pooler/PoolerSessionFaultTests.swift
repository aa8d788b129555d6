import EphemeralPostgres
import FaultHarness
import PostgresDriver
import Testing

@Suite("Behind a pooler nothing reaches a neighbour", .serialized, .ownServer, .requiresPooler, .faults)
struct PoolerSessionFaultTests {
    @Test func theLimitForStatementsHoldsInTransactionsAndEndsWithThem() async throws {
        let server = try await PooledServer.start(poolSize: 1)
        var limited = server.pooled
        limited.statementTimeout = .milliseconds(100)
        let setting: Statement<String> = "SELECT current_setting('statement_timeout')"

        try await withClient(limited) { client in
            let error = await driverError {
                try await client.withTransaction { transaction in
                    let inside = try await transaction.run(setting).rows
                    #expect(inside == ["100ms"])
                    _ = try await transaction.run(Statement<Void>("SELECT pg_sleep(20)"))
                }
            }
            #expect(error?.sqlState == "57014")
            try await client.withTransaction { transaction in _ = try await transaction.run(Statement<Void>("SELECT 1")) }
        }
        // There is one session, so this is the one that had the limit.
        try await withClient(server.pooled) { neighbour in
            let outside = try await neighbour.run(setting).rows
            #expect(outside == ["0"])
        }
        await server.pooler.stop()
    }

    @Test func theSettingsOfASessionAreAsTheServerHasThem() async throws {
        let server = try await PooledServer.start(poolSize: 1)
        let settings: Statement<String?> = """
            SELECT string_agg("name" || '=' || "setting", ',' ORDER BY "name") FROM "pg_settings"
            WHERE "source" = 'session' AND "name" NOT IN ('application_name', 'client_encoding')
            """

        try await withClient(server.pooled) { client in
            try await client.withTransaction { transaction in _ = try await transaction.run(Statement<Void>("SELECT 1")) }
            let changed = try await client.run(settings).rows
            #expect(changed == [nil])
        }
        await server.pooler.stop()
    }

    /// B4: cancelled callers share three sessions with neighbours whose every answer is checked.
    @Test func aCancelledCallerNeverDisturbsANeighbour() async throws {
        let count = FaultSize.of(ci: 150, long: 2_000)
        let server = try await PooledServer.start(poolSize: 3)
        let ended = Counter()
        let calls = Counter()
        let disturbances = Disturbances()
        let cancelled = Counter()

        try await withClient(server.pooled) { neighbours in
            try await withClient(server.pooled) { victims in
                await withTaskGroup(of: Void.self) { group in
                    for _ in 0..<4 {
                        group.addTask {
                            while ended.value == 0 { await Self.call(calls.increment(), neighbours, disturbances) }
                        }
                    }
                    group.addTask {
                        await inBatches(of: count, atOnce: 4) { index in
                            var random = FaultSeed.run.generator("B4 \(index)")
                            let delay = Duration.microseconds(Int.random(in: 0...4_000, using: &random))
                            let victim = Task { try await victims.run(Statement<Void>("SELECT pg_sleep(0.003), 'cancel-me-b4'")) }
                            try? await Task.sleep(for: delay)
                            victim.cancel()
                            let error = await driverError { try await victim.value }
                            if error?.kind == .cancelled { cancelled.increment() }
                            await Self.call(calls.increment(), neighbours, disturbances)
                        }
                        ended.increment()
                    }
                }
            }
        }
        await server.pooler.stop()

        let seen = disturbances.all
        #expect(seen.isEmpty, "\(seen.prefix(3)), \(FaultSeed.run)")
        #expect(cancelled.value > count / 4 && calls.value > count)
        FaultReport.row("B4", "\(cancelled.value) callers cancelled behind PgBouncer, \(calls.value) neighbours' calls, disturbed \(seen.count)")
    }

    /// A neighbour's call, which must give its own number back.
    private static func call(_ number: Int, _ client: PostgresClient, _ disturbances: Disturbances) async {
        let tag = Int64(number)
        do {
            let answer = try await ask(tag, client, inTransaction: number % 2 == 0)
            if answer != [tag] { disturbances.note("\(answer) for \(tag)") }
        } catch {
            disturbances.note("\(error)")
        }
    }

    private static func ask(_ tag: Int64, _ client: PostgresClient, inTransaction: Bool) async throws -> [Int64] {
        let question: Statement<Int64> = "SELECT \(tag) FROM pg_sleep(0.001)"
        guard inTransaction else { return try await client.run(question).rows }
        return try await client.withTransaction { transaction in
            _ = try await transaction.run(question)
            return try await transaction.run(question).rows
        }
    }
}

/// What neighbours have seen that they should not.
private final class Disturbances: Sendable {
    private let texts = Lock<[String]>([])

    var all: [String] { texts.withLock { $0 } }

    func note(_ text: String) {
        texts.withLock { $0.append(text) }
    }
}
