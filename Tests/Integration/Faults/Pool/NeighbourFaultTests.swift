import FaultHarness
import PostgresDriver
import Testing

/// P4: a caller is cancelled again and again while others, who have the same two connections, ask tagged questions all the time.
@Suite(.serialized, .ownServer, .faults)
struct NeighbourFaultTests {
    private final class Tally: Sendable {
        let cancelled = Count(), answers = Count(), shared = Count(), wrongRows = Count(), errors = Count()
        let firstError = Lock<PostgresError?>(nil)
    }

    @Test func nobodyMeetsTheCancellationOfAnother() async throws {
        let rounds = FaultSize.of(ci: 10_000, long: 100_000)
        var setting = FaultSetting()
        setting.pool = PoolConfiguration(maxConnections: 2, acquireTimeout: .seconds(60))
        setting.limits = ClientLimits(callTimeout: .seconds(60))
        setting.watchdog = .seconds(FaultSize.of(ci: 120, long: 1_800))

        let tally = Tally()
        try await withFaultScene(on: try await .shared(.plain), setting) { scene in
            let client = scene.client
            for number in 0..<5 { _ = try await client.run(Self.question(number)) }
            let work = Switch()
            await withTaskGroup(of: Void.self) { group in
                for neighbour in 0..<4 { group.addTask { await Self.ask(neighbour, client, tally, while: work) } }
                await inBatches(of: rounds, atOnce: 2) { await Self.cancelOne($0, client, tally) }
                work.off()
            }
        }

        let error = tally.firstError.withLock { $0 }
        #expect(tally.wrongRows.value == 0)
        #expect(tally.errors.value == 0, "\(error.map { "\($0)" } ?? "")")
        #expect(tally.cancelled.value > rounds / 4, "too few calls were met by their cancellation")
        #expect(tally.shared.value > 0, "no connection was ever shared")
        FaultReport.row(
            "P4",
            """
            \(rounds) calls cancelled (\(tally.cancelled.value) before their answer) beside \(tally.answers.value) tagged ones on the same 2 connections, \
            neighbours hit \(tally.errors.value), wrong rows \(tally.wrongRows.value)
            """)
    }

    private static func question(_ tag: Int) -> Statement<Int> { "SELECT \(tag) * 2" }

    private static func slowQuestion(_ tag: Int) -> Statement<Int> { "SELECT \(tag) * 2 FROM pg_sleep(0.0003)" }

    private static func cancelOne(_ round: Int, _ client: PostgresClient, _ tally: Tally) async {
        var random = FaultSeed.run.generator("P4 \(round)")
        let kind = Int.random(in: 0..<6, using: &random)
        let task = Task {
            await driverError {
                switch kind {
                case 0: try await client.withTransaction { _ = try await $0.run(slowQuestion(-round)) }
                case 1: _ = try await client.run(Statement<Void>("SELECT pg_sleep(0.001)"))
                case 2: _ = try await client.run(slowQuestion(-round))
                default: _ = try await client.run(question(-round))
                }
            }
        }
        await passMoment(upTo: .milliseconds(2), &random)
        task.cancel()
        if await task.value?.kind == .cancelled { tally.cancelled.add() }
    }

    private static func ask(_ neighbour: Int, _ client: PostgresClient, _ tally: Tally, while work: Switch) async {
        var number = neighbour
        while await work.isOn() {
            number += 4
            let tag = number
            let answer = await attempt {
                switch neighbour {
                case 0, 1: try await client.run(question(tag)).rows
                case 2: try await client.run(slowQuestion(tag)).rows
                default: try await client.withTransaction { try await $0.run(slowQuestion(tag)).rows }
                }
            }
            switch answer {
            case .success(let rows):
                tally.answers.add()
                if rows != [2 * tag] { tally.wrongRows.add() }
            case .failure(let error):
                tally.errors.add()
                tally.firstError.withLock { $0 = $0 ?? error }
            }
            if client.poolSnapshot.lanes > 0 { tally.shared.add() }
        }
    }
}
