import FaultHarness
import PostgresDriver
import Testing

/// P2: tasks are cancelled at any point of a call: before it, in the queue, while connecting, in BEGIN, in a statement, in COMMIT, in ROLLBACK, and when the
/// connection is given back; on shared connections and on those of one caller.
@Suite(.serialized, .ownServer, .faults)
struct CancelledTaskFaultTests {
    private enum Call: CaseIterable {
        case sharedRead, slowRead, sharedWrite, transaction, failingTransaction, session
    }

    private final class Tally: Sendable {
        let done = Count(), notSent = Count(), undone = Count(), unknown = Count(), wrongRows = Count(), strange = Count()
    }

    @Test func cancelledTasksLeaveNothingBehind() async throws {
        let count = FaultSize.of(ci: 10_000, long: 100_000)
        var setting = FaultSetting()
        setting.pool = PoolConfiguration(maxConnections: 4, acquireTimeout: .seconds(30))
        setting.limits = ClientLimits(callTimeout: .seconds(60))
        setting.watchdog = .seconds(FaultSize.of(ci: 120, long: 1_800))

        let tally = Tally()
        let (judgement, quiet, leaked) = try await withFaultScene(on: try await .shared(.plain), setting) { scene in
            let ledger = try await Ledger(accounts: 400, with: scene.client)
            var random = FaultSeed.run.generator("P2")
            for number in 0..<5 {
                // So that both are known to be short, and shared.
                _ = try await scene.client.run(Self.read(number))
                await ledger.transferAtOnce(ledger.transfer(&random), with: scene.client)
            }
            await inBatches(of: count, atOnce: 8) { await Self.cancelOne($0, scene.client, ledger, tally) }

            let end = ContinuousClock.now
            try await scene.administrator.wait(for: "a quiet pool") {
                let pool = scene.client.poolSnapshot
                return pool.inUse + pool.waiting + pool.connecting == 0
            }
            let quiet = ContinuousClock.now - end
            let leaked = abs(try await scene.sessions().count - scene.client.poolSnapshot.open)
            return (try await ledger.judge(with: scene.client), quiet, leaked)
        }

        #expect(judgement.isClean, "\(judgement)")
        #expect(leaked == 0)
        #expect(tally.wrongRows.value == 0)
        #expect(tally.strange.value == 0)
        // The goal is one second; the machine may be busy with other things.
        #expect(quiet <= .seconds(2))
        for (point, count) in [("before", tally.notSent), ("in", tally.undone), ("in a write", tally.unknown), ("after", tally.done)] {
            #expect(count.value > 0, "no call was cancelled \(point)")
        }
        FaultReport.row(
            "P2",
            """
            \(count) cancelled tasks (\(tally.notSent.value) before anything was sent, \(tally.undone.value) undone, \(tally.unknown.value) unknown, \
            \(tally.done.value) done), leaked \(leaked), \(judgement), wrong rows \(tally.wrongRows.value), quiet after \(quiet.inMilliseconds)
            """)
    }

    private static func read(_ number: Int) -> Statement<Int> { "SELECT \(number) + 1" }

    private static func cancelOne(_ number: Int, _ client: PostgresClient, _ ledger: Ledger, _ tally: Tally) async {
        var random = FaultSeed.run.generator("P2 \(number)")
        let call = Call.allCases.any(&random)
        let transfer = ledger.transfer(&random)
        let point = Int.random(in: 0...Transfer.statementCount, using: &random)
        // Half of the transactions are cancelled from inside, between two statements, and the others whenever it happens.
        let isFromInside = Bool.random(using: &random) && [.transaction, .failingTransaction, .session].contains(call)
        let canceller = Canceller()
        let beforeStatement = { @Sendable (index: Int, _: PostgresTransaction) async throws in
            guard index == point else { return }
            if isFromInside { canceller.cancel() }
            if call == .failingTransaction { throw Refused() }
        }
        let task = Task { () -> (any Error)? in
            switch call {
            case .sharedRead:
                return await driverError {
                    if try await client.run(read(number)).rows != [number + 1] { tally.wrongRows.add() }
                }
            case .slowRead:
                return await driverError {
                    if try await client.run(Statement<Int>("SELECT \(number) FROM pg_sleep(0.002)")).rows != [number] { tally.wrongRows.add() }
                }
            case .sharedWrite:
                return await ledger.transferAtOnce(transfer, with: client)
            case .transaction, .failingTransaction:
                return await ledger.transfer(transfer, with: client, beforeStatement: beforeStatement)
            case .session:
                var inside: (any Error)?
                let outside = await driverError {
                    try await client.withConnection { inside = await ledger.transfer(transfer, with: $0, beforeStatement: beforeStatement) }
                }
                return inside ?? outside
            }
        }
        canceller.take(task)
        if !isFromInside {
            await passMoment(upTo: .milliseconds(5), &random)
            canceller.cancel()
        }
        note(await task.value, tally)
    }

    private static func note(_ error: (any Error)?, _ tally: Tally) {
        guard let error else {
            tally.done.add()
            return
        }
        guard let error = error as? PostgresError else {
            // The body's own error, after which the transaction was rolled back.
            tally.undone.add()
            return
        }
        switch error.outcome {
        case .notSent: tally.notSent.add()
        case .failedCertain, .rejectedByServer: tally.undone.add()
        case .outcomeUnknown: tally.unknown.add()
        }
        if error.kind != .cancelled { tally.strange.add() }
    }

    private struct Refused: Error {}
}
