import FaultHarness
import PostgresDriver
import Testing

/// The ledger must find what it is there to find.
@Suite(.serialized, .ownServer, .faults)
struct LedgerTests {
    @Test func whatIsReportedAsItHappenedIsClean() async throws {
        let judgement = try await judge { scene, ledger in
            var random = FaultSeed.run.generator("ledger")
            for _ in 0..<5 { #expect(await ledger.transfer(ledger.transfer(&random), with: scene.client) == nil) }
            for _ in 0..<5 { #expect(await ledger.transferAtOnce(ledger.transfer(&random), with: scene.client) == nil) }
            let error = await ledger.transfer(ledger.transfer(&random), with: scene.client) { index, _ in if index == 3 { throw Refused() } }
            #expect(error is Refused)
        }

        #expect(judgement.isClean)
        #expect(judgement.ok == 10)
        #expect(judgement.failed == 1)
        #expect("\(judgement)" == "lost 0, doubled 0, misclassified 0")
    }

    @Test func aLostOperationIsFound() async throws {
        let judgement = try await judge { scene, ledger in
            await ledger.transferAtOnce(.nothing, with: scene.client)
            try await scene.observer.runScript("DELETE FROM operations", "DELETE FROM entries")
        }

        #expect(judgement.lost == 1)
        #expect(!judgement.isClean)
    }

    @Test func aDoubledOperationIsFound() async throws {
        let judgement = try await judge { scene, ledger in
            await ledger.transferAtOnce(.nothing, with: scene.client)
            try await scene.observer.runScript(
                "INSERT INTO operations SELECT * FROM operations", "INSERT INTO entries SELECT * FROM entries")
        }

        #expect(judgement.doubled == 1)
        #expect(judgement.halfDone == 0)
    }

    @Test func aSuccessThatWasReportedAsAFailureIsFound() async throws {
        let judgement = try await judge { scene, ledger in
            await ledger.transferAtOnce(.nothing, with: scene.client)
            ledger.journal.settle(1, .failed)
        }

        #expect(judgement.misclassified == 1)
    }

    @Test func aVerdictThatTheFaultDoesNotAllowIsFound() async throws {
        let judgement = try await judge { scene, ledger in
            await ledger.transferAtOnce(.nothing, with: scene.client, allowed: [.failed])
        }

        #expect(judgement.misclassified == 1)
        #expect(judgement.lost == 0)
    }

    @Test func anUnknownOutcomeMayBeEither() async throws {
        let judgement = try await judge { scene, ledger in
            await ledger.transferAtOnce(.nothing, with: scene.client)
            ledger.journal.settle(1, .unknown)
            ledger.journal.settle(ledger.journal.intend(), .unknown)
        }

        #expect(judgement.isClean)
        #expect(judgement.unknown == 2)
        #expect(judgement.unknownButDone == 1)
    }

    @Test func halfAnOperationIsFound() async throws {
        let judgement = try await judge { scene, ledger in
            await ledger.transferAtOnce(.nothing, with: scene.client)
            try await scene.observer.runScript("DELETE FROM entries WHERE account = 1")
        }

        #expect(judgement.halfDone == 1)
    }

    @Test func aBalanceWithoutItsEntryIsFound() async throws {
        let judgement = try await judge { scene, ledger in
            try await scene.observer.runScript("UPDATE accounts SET balance = balance + 7 WHERE id = 1")
        }

        #expect(judgement.halfDone == 1)
        #expect(judgement.sumDifference == 7)
    }

    @Test func whatNobodyBeganOrReportedIsFound() async throws {
        let judgement = try await judge { scene, ledger in
            _ = ledger.journal.intend()
            _ = try await scene.client.run(Transfer.nothing.singleStatement(for: 99))
        }

        #expect(judgement.strange == 1)
        #expect(judgement.unresolved == 1)
    }

    private func judge(_ body: @escaping @Sendable (FaultScene, Ledger) async throws -> Void) async throws -> Judgement {
        try await withFaultScene(on: try await .shared(.plain)) { scene in
            let ledger = try await Ledger(accounts: 4, with: scene.client)
            try await body(scene, ledger)
            return try await ledger.judge(with: scene.client)
        }
    }

    private struct Refused: Error {}
}

extension Transfer {
    /// A transfer that changes no balance.
    fileprivate static let nothing = Transfer(lower: 1, higher: 2, amount: 0)
}
