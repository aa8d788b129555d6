import FaultHarness
import PostgresDriver
import Testing

/// S3: sessions that many callers share are ended while several of their statements are under way.
@Suite(.serialized, .ownServer, .faults)
struct KilledLaneFaultTests {
    private final class Tally: Sendable {
        let kills = Count(), underWay = Count(), reads = Count(), wrongReads = Count(), failedReads = Count(), lanes = Count()
        let drain = Measurements()
        let lastKill = Lock(ContinuousClock.now)
    }

    @Test func statementsUnderWayOnASharedSessionAreToldTheTruth() async throws {
        let kills = FaultSize.of(ci: 200, long: 5_000)
        var setting = FaultSetting()
        setting.pool = PoolConfiguration(maxConnections: 8)
        setting.watchdog = .seconds(FaultSize.of(ci: 60, long: 1_200))

        let (judgement, tally) = try await withFaultScene(on: try await .shared(.plain), setting) { scene in
            let ledger = try await Ledger(accounts: 500, with: scene.client)
            try await scene.observer.runScript(
                "CREATE TABLE \"constants\" AS SELECT \"id\"::int8, \"id\" * 7::int8 AS \"value\" FROM generate_series(1, 500) AS \"id\"")
            try await scene.observer.runScript("ALTER TABLE \"constants\" ADD PRIMARY KEY (\"id\")", "GRANT SELECT ON \"constants\" TO \"app\"")
            // So that both statements are known to be short.
            var random = FaultSeed.run.generator("S3")
            for _ in 0..<20 {
                _ = try await scene.client.run(Self.read(1))
                await ledger.transferAtOnce(ledger.transfer(&random), with: scene.client)
            }
            let tally = Tally()
            let work = Switch()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<48 { group.addTask { await Self.work(caller, scene.client, ledger, tally, while: work) } }
                do {
                    try await Self.kill(kills, in: scene, tally)
                } catch {
                    work.off()
                    throw error
                }
                work.off()
                try await group.waitForAll()
            }
            return (try await ledger.judge(with: scene.client), tally)
        }

        #expect(judgement.isClean, "\(judgement)")
        #expect(tally.wrongReads.value == 0)
        #expect(tally.lanes.value > 0, "no session was ever shared")
        #expect(judgement.unknown > 0, "no write was ever under way")
        FaultReport.row(
            "S3",
            """
            \(tally.kills.value) shared sessions ended under \(judgement.operations) writes (\(judgement.unknown) unknown, \(judgement.failed) failed) and \
            \(tally.reads.value) reads (\(tally.failedReads.value) failed, \(tally.wrongReads.value) wrong), \(judgement), stuck calls 0, \
            longest end after a kill \(tally.drain.longest.inMilliseconds)
            """)
    }

    private static func read(_ id: Int) -> Statement<Int> {
        "SELECT \"value\" FROM \"constants\" WHERE \"id\" = \(id)"
    }

    private static func work(_ caller: Int, _ client: PostgresClient, _ ledger: Ledger, _ tally: Tally, while work: Switch) async {
        var random = FaultSeed.run.generator("S3 \(caller)")
        while await work.isOn() {
            let error: PostgresError?
            if caller.isMultiple(of: 2) {
                error = await ledger.transferAtOnce(ledger.transfer(&random), with: client)
            } else {
                let id = Int.random(in: 1...500, using: &random)
                tally.reads.add()
                switch await attempt({ () async throws(PostgresError) in try await client.run(read(id)).rows }) {
                case .success(let rows):
                    if rows != [id * 7] { tally.wrongReads.add() }
                    error = nil
                case .failure(let failure):
                    tally.failedReads.add()
                    if failure.outcome == .outcomeUnknown { tally.wrongReads.add() }
                    error = failure
                }
            }
            if error != nil { tally.drain.add(ContinuousClock.now - tally.lastKill.withLock { $0 }) }
            tally.lanes.raise(to: client.poolSnapshot.lanes)
        }
    }

    /// Ends one session after another, each when statements are running again.
    private static func kill(_ kills: Int, in scene: FaultScene, _ tally: Tally) async throws {
        while tally.kills.value < kills {
            let sent = scene.client.statementsSent
            try await scene.administrator.wait(for: "work under way") { scene.client.statementsSent > sent + 200 }
            guard let victim = try await scene.sessions().max(by: { ($0.state == "active" ? 1 : 0) < ($1.state == "active" ? 1 : 0) }) else {
                continue
            }
            tally.lastKill.withLock { $0 = .now }
            if try await scene.administrator.terminate(victim.pid) { tally.kills.add() }
        }
    }
}
