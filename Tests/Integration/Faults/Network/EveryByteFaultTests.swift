import FaultHarness
import PostgresDriver
import Testing

/// N1: the connection is reset after every single byte of a session, in both directions.
@Suite("N1 A reset at every byte", .serialized, .faults, .ownServer)
struct EveryByteFaultTests {
    /// One session: a write by itself, a read, a transaction.
    private struct Session: Sendable {
        static let numbers = Statement<Int64>("SELECT \"n\"::bigint FROM generate_series(1, 12) AS \"n\"")
        static let expected = Array(Int64(1)...12)

        let client: PostgresClient
        let ledger: Ledger

        /// Runs it.
        ///
        /// - Returns: How many answers were wrong.
        func run(_ transfers: (Transfer, Transfer), _ allowed: (single: Set<Journal.Verdict>?, transaction: Set<Journal.Verdict>?)) async -> Answers {
            var answers = Answers()
            await ledger.transferAtOnce(transfers.0, with: client, allowed: allowed.single)
            if let rows = try? await client.run(Self.numbers).rows, rows != Self.expected { answers.wrong += 1 }
            await transaction(transfers.1, allowed.transaction)
            return answers
        }

        /// One write in a transaction, by a statement that is prepared already: few bytes, so that there are few places for a reset.
        private func transaction(_ transfer: Transfer, _ allowed: Set<Journal.Verdict>?) async {
            let operation = ledger.journal.intend()
            let error = await driverError {
                try await client.withTransaction(retry: .never) { try await $0.run(transfer.singleStatement(for: operation)) }
            }
            ledger.journal.settle(operation, Journal.Verdict(error), allowed: allowed)
        }
    }

    private struct Answers: Sendable {
        var wrong = 0
        var stuck = 0
        var late = 0
    }

    @Test func aResetAtAnyByteIsToldForWhatItIs() async throws {
        let cluster = try await FaultCluster.shared(.plain)
        var setting = FaultSetting()
        setting.watchdog = .seconds(180)
        // A set of clients with their threads comes and goes all the time.
        setting.slack.threads = 40
        try await withProxies(16, before: cluster.target) { proxies in
            try await withFaultScene(on: cluster, setting) { scene in
                let ledger = try await Ledger(accounts: 100, with: scene.client)
                let (marks, commitMarks, total) = try await Self.measure(proxies[0], scene, ledger)
                let cases = FlowDirection.allCases.flatMap { direction in (0...total[direction]).map { (direction, $0) } }
                let tally = Lock(Answers())
                await inBatches(of: cases, with: proxies) { place, proxy in
                    let (direction, byte) = place
                    let name = "byte \(byte) \(direction.rawValue)"
                    proxy.arm(FaultRule(name, .byte(byte, direction), .reset()))
                    let allowed = (
                        single: marks.allowed(byte, direction, whenBefore: [.ok]),
                        transaction: commitMarks.allowed(byte, direction, whenBefore: [.ok, .failed])
                    )
                    let start = ContinuousClock.now
                    let answers = await Self.session(proxy, scene, ledger, name, allowed)
                    let isLate = ContinuousClock.now - start > .seconds(4)
                    tally.withLock { tally in
                        tally.wrong += answers.wrong
                        tally.stuck += answers.stuck
                        tally.late += isLate ? 1 : 0
                    }
                }
                let judgement = try await ledger.judge(with: scene.client)
                let answers = tally.withLock { $0 }
                #expect(judgement.isClean, "\(judgement)")
                #expect(answers.wrong == 0 && answers.stuck == 0 && answers.late == 0, "\(answers)")
                FaultReport.row(
                    "N1",
                    "resets at all \(cases.count) byte offsets (\(total.toServer) to the server, \(total.toClient) to the client), wrong answers "
                        + "\(answers.wrong), hangs \(answers.late), not recovered \(answers.stuck), \(judgement.unknown) of \(judgement.operations) "
                        + "writes unknown, \(judgement)")
            }
        }
    }

    private static func session(
        _ proxy: FaultProxy, _ scene: FaultScene, _ ledger: Ledger, _ name: String,
        _ allowed: (single: Set<Journal.Verdict>?, transaction: Set<Journal.Verdict>?)
    ) async -> Answers {
        var random = FaultSeed.run.generator(name)
        let transfers = (ledger.transfer(&random), ledger.transfer(&random))
        let pool = PoolConfiguration(maxConnections: 1, acquireTimeout: .seconds(5), initialBackoff: .milliseconds(1))
        let limits = ClientLimits(callTimeout: .seconds(5), cleaningTimeout: .milliseconds(200), closeTimeout: .milliseconds(200))
        let answers = try? await withClient(scene.connection.through(port: proxy.port), pool: pool, limits: limits) { client in
            var answers = await Session(client: client, ledger: ledger).run(transfers, allowed)
            proxy.disarm()
            if await WireFlow.complaint(of: client) != nil { answers.stuck += 1 }
            return answers
        }
        return answers ?? Answers(stuck: 1)
    }

    // MARK: - Where things happen in the bytes

    private struct Bytes: Sendable {
        var toServer = 0
        var toClient = 0

        subscript(_ direction: FlowDirection) -> Int { direction == .toServer ? toServer : toClient }
    }

    /// Between which bytes the fate of a write is open.
    private struct OpenFate: Sendable {
        /// The bytes that have passed when the first message of the deciding statement is sent.
        let start: Bytes
        /// The bytes that have passed when its answer has come.
        let end: Bytes

        func allowed(_ byte: Int, _ direction: FlowDirection, whenBefore: Set<Journal.Verdict>) -> Set<Journal.Verdict> {
            let (start, end) = (start[direction], end[direction])
            // A reset at the very moment before the first byte may come before or after the client has sent it.
            if byte < start { return whenBefore }
            if byte == start { return whenBefore.union([.unknown]) }
            if byte < end { return [.unknown] }
            // All bytes to the server have passed and the answer has not come; or the answer has come as the last that came.
            if byte == end { return direction == .toServer ? [.unknown] : [.ok, .unknown] }
            return [.ok]
        }
    }

    /// Runs a session without a fault.
    private static func measure(
        _ proxy: FaultProxy, _ scene: FaultScene, _ ledger: Ledger
    ) async throws -> (single: OpenFate, commit: OpenFate, total: Bytes) {
        let answers = await session(proxy, scene, ledger, "measuring", ([.ok], [.ok]))
        #expect(answers.wrong == 0 && answers.stuck == 0)
        try await proxy.quiescence()
        let messages = proxy.events.compactMap { event -> WireMessage? in
            if case .message(let message) = event.kind, event.link == 1 { message } else { nil }
        }
        func bytes(_ messages: some Collection<WireMessage>) -> Bytes {
            messages.reduce(into: Bytes()) { bytes, message in
                if message.direction == .toServer { bytes.toServer += message.length } else { bytes.toClient += message.length }
            }
        }
        func fate(of sql: String) throws -> OpenFate {
            let first = try #require(messages.firstIndex { MessagePattern.statement(sql).matches($0) })
            let ready = try #require(messages[first...].firstIndex { MessagePattern.readyForQuery.matches($0) })
            return OpenFate(start: bytes(messages[..<first]), end: bytes(messages[...ready]))
        }
        let commit = try fate(of: "COMMIT")
        // What follows the session is the look whether the client still works.
        return (try fate(of: "WITH \"done\""), commit, commit.end)
    }
}
