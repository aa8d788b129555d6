import FaultHarness
import PostgresDriver
import Synchronization
import Testing

/// X4 and X5: the answer to what makes a change final is lost, in four ways.
///
/// Nothing of this may be reported as failed when it has happened, nor done a second time. What the server never got is reported as unknown as well,
/// because the client cannot tell.
@Suite("X4, X5 Lost answers", .serialized, .faults, .ownServer)
struct LostAnswerFaultTests {
    /// How the answer is lost.
    enum Loss: String, CaseIterable, Sendable, CustomTestStringConvertible {
        case beforeTheServerGotIt
        case answerLost
        case halfAnAnswer
        /// The connection stays and nothing comes: only the deadline ends it.
        case answerSwallowed

        var testDescription: String { rawValue }

        /// The fault, for a statement that begins so and is completed with such a tag. It strikes the first one on every link.
        func rule(_ sql: String, tag: String) -> FaultRule {
            switch self {
            case .beforeTheServerGotIt: FaultRule(rawValue, .before(.execution(of: sql)), .reset(), strikes: .max)
            case .answerLost: FaultRule(rawValue, .before(.completion(tag)), .reset(), strikes: .max)
            case .answerSwallowed: FaultRule(rawValue, .before(.completion(tag)), .mode(.swallow, .toClient), strikes: .max)
            case .halfAnAnswer: FaultRule(rawValue, .inside(.completion(tag), byte: 7), .reset(), strikes: .max)
            }
        }

        var happens: Bool { self != .beforeTheServerGotIt }

        /// What may be said of the operations. While answers are swallowed, some callers' time is up before anything of theirs was sent.
        var allowed: Set<Journal.Verdict> { self == .answerSwallowed ? [.unknown, .failed] : [.unknown] }

        /// Whether so many operations have met it: all, but for those whose time was up before.
        func isEnough(_ strikes: Int) -> Bool { self == .answerSwallowed ? strikes > count / 4 : strikes == count }

        /// How many operations meet it.
        var count: Int { FaultSize.of(ci: 500, long: 10_000) }
    }

    @Test func aLostAnswerToACommitIsUnknownAndNothingIsDoubled() async throws {
        var figures: [String] = []
        for loss in Loss.allCases {
            let count = loss.count
            let (judgement, strikes) = try await run(count, loss.rule("COMMIT", tag: "COMMIT")) { ledger, transfer, client in
                await ledger.transfer(transfer, with: client, retry: .never, allowed: loss.allowed)
            }

            #expect(judgement.isClean, "\(loss): \(judgement)")
            #expect(judgement.operations == count && judgement.unknown == strikes, "\(loss): \(judgement), \(strikes) strikes")
            #expect(loss.isEnough(strikes), "\(loss): \(strikes) strikes")
            #expect(judgement.unknownButDone == (loss.happens ? strikes : 0), "\(loss): \(judgement.unknownButDone)")
            figures.append("\(judgement.unknown) \(loss.rawValue) (\(judgement.unknownButDone) committed; \(judgement))")
        }
        FaultReport.row("X4", "lost COMMIT answers, all unknown: " + figures.joined(separator: "; "))
    }

    @Test func aLostAnswerToASingleInsertIsUnknownAndNothingIsDoubled() async throws {
        var figures: [String] = []
        for loss in Loss.allCases {
            let count = loss.count
            let (judgement, strikes) = try await run(count, loss.rule("WITH \"done\"", tag: "UPDATE")) { ledger, transfer, client in
                await ledger.transferAtOnce(transfer, with: client, allowed: loss.allowed)
            }

            #expect(judgement.isClean, "\(loss): \(judgement)")
            #expect(judgement.operations == count && judgement.unknown == strikes, "\(loss): \(judgement), \(strikes) strikes")
            #expect(loss.isEnough(strikes), "\(loss): \(strikes) strikes")
            #expect(judgement.unknownButDone == (loss.happens ? strikes : 0), "\(loss): \(judgement.unknownButDone)")
            figures.append("\(judgement.unknown) \(loss.rawValue) (\(judgement.unknownButDone) done; \(judgement))")
        }
        FaultReport.row("X5", "lost answers to single writes, all unknown: " + figures.joined(separator: "; "))
    }

    /// Many tasks write at once over few connections, so that a lost answer meets several writes under way. Each of them is judged.
    @Test func lostAnswersAmongManyWritesUnderWayAreJudgedOneByOne() async throws {
        var figures: [String] = []
        for loss in Loss.allCases {
            let count = loss.count
            var rule = loss.rule("WITH \"done\"", tag: "UPDATE")
            // Some are answered on each link before it is lost, so that the statement is known as a short one and shares its connection.
            switch rule.point {
            case .before(let pattern, _): rule.point = .before(pattern, occurrence: 12)
            case .inside(let pattern, let byte, _): rule.point = .inside(pattern, byte: byte, occurrence: 12)
            case .after, .boundary, .byte: break
            }
            let pool = PoolConfiguration(maxConnections: 4, acquireTimeout: .seconds(20), initialBackoff: .milliseconds(1))
            let (judgement, strikes) = try await run(count, rule, pool: pool, atOnce: 16) { ledger, transfer, client in
                await ledger.transferAtOnce(transfer, with: client)
            }

            #expect(judgement.isClean, "\(loss): \(judgement)")
            #expect(judgement.operations == count && judgement.ok > 0 && judgement.unknown >= strikes && strikes > 0, "\(loss): \(judgement)")
            figures.append(
                "\(judgement.ok) ok, \(judgement.failed) failed, \(judgement.unknown) unknown (\(judgement.unknownButDone) done) at \(strikes) losses "
                    + "\(loss.rawValue) (\(judgement))")
        }
        FaultReport.row("X5 pipeline", "concurrent writes: " + figures.joined(separator: "; "))
    }

    @Test func aLostAnswerToAnUpsertOfManyRowsIsUnknownAndNothingIsDoubled() async throws {
        var figures: [String] = []
        for loss in Loss.allCases {
            let count = loss.count
            let (rows, unknown, strikes) = try await upserts(count, loss)

            #expect(unknown == strikes && loss.isEnough(strikes), "\(loss): \(unknown) of \(strikes) unknown")
            // Each upsert has three rows of its own, written once or not at all.
            let expected = loss.happens ? 3 * strikes : 0
            #expect(rows.written == expected && rows.doubled == 0 && rows.half == 0, "\(loss): \(rows)")
            figures.append("\(unknown) \(loss.rawValue) (\(rows.written / 3) done; doubled \(rows.doubled), half done \(rows.half))")
        }
        FaultReport.row("X5 upsert", "lost answers to upserts of three rows, all unknown: " + figures.joined(separator: "; "))
    }

    // MARK: - Running

    private func setting(_ proxy: FaultProxy, _ pool: PoolConfiguration) -> FaultSetting {
        var setting = FaultSetting()
        setting.pool = pool
        setting.limits = ClientLimits(callTimeout: .seconds(10), cleaningTimeout: .milliseconds(50))
        let port = proxy.port
        setting.connection = { $0 = $0.through(port: port) }
        setting.evidence = { [proxy.logText()] }
        return setting
    }

    private static var manyConnections: PoolConfiguration {
        PoolConfiguration(
            maxConnections: 48, acquireTimeout: .seconds(20), initialBackoff: .milliseconds(1), multiplexing: Multiplexing(maxSlowStatements: 48))
    }

    /// Runs so many operations under a fault, and judges them.
    private func run(
        _ count: Int, _ rule: FaultRule, pool: PoolConfiguration = Self.manyConnections, atOnce: Int = 48,
        _ operation: @escaping @Sendable (Ledger, Transfer, PostgresClient) async -> (any Error)?
    ) async throws -> (Judgement, strikes: Int) {
        let cluster = try await FaultCluster.shared(.plain)
        let proxy = try FaultProxy(to: cluster.target)
        let result = try await withFaultScene(on: cluster, setting(proxy, pool)) { scene in
            let ledger = try await Ledger(accounts: 100, with: scene.client)
            try await Self.startAfresh(scene, proxy)
            proxy.arm(rule)
            await inBatches(of: count, atOnce: atOnce) { index in
                var random = FaultSeed.run.generator("\(rule.name) \(index)")
                let transfer = ledger.transfer(&random)
                // Who waits for an answer that was swallowed gives up soon.
                await CallDeadline.within(.milliseconds(rule.isSwallowing ? 700 : 10_000)) {
                    _ = await operation(ledger, transfer, scene.client)
                }
            }
            let strikes = proxy.strikes(of: rule.name)
            proxy.disarm()
            proxy.strikeNow(.reset())
            try await scene.administrator.wait(for: "the end of all sessions") { try await scene.sessions().allSatisfy { !$0.isInTransaction } }
            return (try await ledger.judge(with: scene.client), strikes)
        }
        await proxy.close()
        return result
    }

    /// Ends the connections that are open, and waits until the client knows: a write that meets a dead connection is unknown as well.
    private static func startAfresh(_ scene: FaultScene, _ proxy: FaultProxy) async throws {
        proxy.strikeNow(.reset())
        try await scene.administrator.wait(for: "the end of the first connections") { scene.client.poolSnapshot.open == 0 }
    }

    private struct UpsertRows: Sendable {
        var written = 0
        var doubled = 0
        var half = 0
    }

    private func upserts(_ count: Int, _ loss: Loss) async throws -> (UpsertRows, unknown: Int, strikes: Int) {
        let cluster = try await FaultCluster.shared(.plain)
        let proxy = try FaultProxy(to: cluster.target)
        let rule = loss.rule("INSERT INTO \"counted\"", tag: "INSERT")
        let result = try await withFaultScene(on: cluster, setting(proxy, Self.manyConnections)) { scene in
            _ = try await scene.client.run(
                Statement<Void>("CREATE TABLE \"counted\" (\"group\" bigint, \"part\" bigint, \"times\" bigint, PRIMARY KEY (\"group\", \"part\"))"))
            try await Self.startAfresh(scene, proxy)
            proxy.arm(rule)
            let unknown = SharedCount()
            await inBatches(of: count, atOnce: 48) { index in
                let statement = Self.upsert(Int64(index))
                let error = await driverError {
                    try await CallDeadline.within(.milliseconds(rule.isSwallowing ? 700 : 10_000)) { try await scene.client.run(statement) }
                }
                if error?.outcome == .outcomeUnknown { unknown.increment() }
            }
            proxy.disarm()
            proxy.strikeNow(.reset())
            let times = try await scene.client.run(
                Statement("SELECT count(*), coalesce(sum(\"times\"), 0)::bigint FROM \"counted\" GROUP BY \"group\"") { row in
                    (parts: try row.read() as Int64, times: try row.read() as Int64)
                }
            ).rows
            var rows = UpsertRows()
            for group in times {
                rows.written += Int(group.parts)
                if group.times != group.parts { rows.doubled += 1 }
                if group.parts != 3 { rows.half += 1 }
            }
            return (rows, unknown.value, proxy.strikes(of: rule.name))
        }
        await proxy.close()
        return result
    }

    private static func upsert(_ group: Int64) -> Statement<Void> {
        """
        INSERT INTO "counted" ("group", "part", "times") VALUES (\(group), 1, 1), (\(group), 2, 1), (\(group), 3, 1)
        ON CONFLICT ("group", "part") DO UPDATE SET "times" = "counted"."times" + 1
        """
    }
}

extension FaultRule {
    fileprivate var isSwallowing: Bool {
        if case .mode(.swallow, _) = action { true } else { false }
    }
}
