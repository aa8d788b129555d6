import FaultHarness
import Foundation
import PostgresDriver
import Testing

/// N8: something answers that is no PostgreSQL server, or one that has lost its mind.
@Suite("N8 Garbage", .serialized, .faults)
struct GarbageFaultTests {
    private static let password = "a password that must not be seen"
    private static let user = "a_role_that_must_not_be_seen_before_encryption"

    @Test func whateverAnswersIsRefusedAndLearnsNoPassword() async throws {
        let count = FaultSize.of(ci: 10_000, long: 200_000)
        let plain = try ScriptedServer { GarbageVariants(isEncrypted: false).script($0) }
        let encrypted = try ScriptedServer { GarbageVariants(isEncrypted: true).script($0) }
        let tally = Lock(Tally())
        await inBatches(of: count, atOnce: 48) { index in
            // A quarter of them asks for encryption, in one of two ways.
            let tls: TransportSecurity = index % 8 == 0 ? .require : index % 8 == 4 ? .verifyFull(rootCertificate: nil) : .disable
            let server = tls == .disable ? plain : encrypted
            let outcome = await Self.attempt(index, port: server.port, tls)
            tally.withLock { $0.add(outcome, index, isEncrypted: tls != .disable) }
        }

        let sessions = plain.sessions + encrypted.sessions
        let withPassword = sessions.count { $0.hasReceived(Self.password.utf8) }
        let withUser = encrypted.sessions.count { $0.hasReceived(Self.user.utf8) }
        let result = tally.withLock { $0 }
        #expect(withPassword == 0)
        #expect(withUser == 0)
        for index in result.answered {
            for session in sessions where session.hasReceived(Self.question(index).bigEndianBytes) {
                Issue.record("Client \(index) was told an answer. Variant \(session.number) that it met had heard \(session.received).")
            }
        }
        #expect(result.answered == [])
        #expect(result.untyped == 0)
        #expect(result.late == 0)
        #expect(result.mislabelled == 0, "\(result.examples)")
        // A client's time may be up before a busy machine has connected it.
        #expect(sessions.count >= count * 9 / 10)
        await plain.close()
        await encrypted.close()
        FaultReport.row(
            "N8",
            "\(count) clients met \(sessions.count) variants of garbage, crashes 0, wrong answers \(result.answered.count), untyped errors \(result.untyped), "
                + "password bytes on the wire \(withPassword), slowest refusal \(result.slowest.inMilliseconds)")
    }

    /// What came of one client.
    private struct Outcome {
        var error: (any Error)?
        var time: Duration
    }

    private struct Tally {
        /// The numbers of the clients that were told an answer.
        var answered: [Int] = []
        var untyped = 0
        var mislabelled = 0
        var late = 0
        var slowest = Duration.zero
        var examples: [String] = []

        mutating func add(_ outcome: Outcome, _ index: Int, isEncrypted: Bool) {
            slowest = max(slowest, outcome.time)
            if outcome.time > .seconds(3) { late += 1 }
            guard let error = outcome.error else {
                answered.append(index)
                return
            }
            guard let error = error as? PostgresError else {
                untyped += 1
                return
            }
            // A read changes nothing, and behind encryption nothing was ever sent.
            let isRight = isEncrypted ? error.outcome == .notSent : error.outcome != .outcomeUnknown
            if !isRight {
                mislabelled += 1
                if examples.count < 5 { examples.append("\(error)") }
            }
        }
    }

    /// What a client asks for, by which a server knows it.
    private static func question(_ index: Int) -> Int64 { 0x5a5a_0000_0000_0000 + Int64(index) }

    private static func attempt(_ index: Int, port: Int, _ tls: TransportSecurity) async -> Outcome {
        let connection = ConnectionConfiguration(
            host: "127.0.0.1", port: port, database: "app", user: user, password: Secret(password), tls: tls, connectTimeout: .seconds(1))
        // One attempt, and then a pause longer than anybody waits.
        let pool = PoolConfiguration(maxConnections: 1, acquireTimeout: .milliseconds(30), initialBackoff: .seconds(1), maxBackoff: .seconds(1))
        let start = ContinuousClock.now
        do {
            try await withClient(connection, pool: pool, limits: ClientLimits(callTimeout: .seconds(2), closeTimeout: .milliseconds(50))) { client in
                _ = try await client.run(Statement<Int64>("SELECT \(question(index))"))
            }
            return Outcome(error: nil, time: ContinuousClock.now - start)
        } catch {
            return Outcome(error: error, time: ContinuousClock.now - start)
        }
    }
}

extension Int64 {
    /// As it travels.
    fileprivate var bigEndianBytes: [UInt8] { stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> $0) } }
}
