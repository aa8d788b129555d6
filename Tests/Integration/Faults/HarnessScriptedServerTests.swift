import FaultHarness
import PostgresDriver
import Testing

@Suite("The scripted server", .serialized, .timeLimit(.minutes(1)))
struct HarnessScriptedServerTests {
    private static let one = Statement<Int64>("SELECT \(Int64(1))")
    private static let password = "the very secret password"

    private func connection(_ server: ScriptedServer, _ tls: TransportSecurity = .disable) -> ConnectionConfiguration {
        ConnectionConfiguration(
            host: "127.0.0.1", port: server.port, database: "app", user: "app", password: Secret(Self.password), tls: tls,
            connectTimeout: .milliseconds(400))
    }

    private func answer(of script: [ScriptStep], _ tls: TransportSecurity = .disable) async throws -> (
        Result<[Int64], PostgresError>, [ScriptedSession]
    ) {
        let server = try ScriptedServer(script)
        let result: Result<[Int64], PostgresError>
        do {
            result = .success(
                try await withClient(connection(server, tls), pool: PoolConfiguration(acquireTimeout: .milliseconds(300))) { client in
                    try await client.run(Self.one).rows
                })
        } catch {
            result = .failure(try #require(error as? PostgresError))
        }
        let sessions = server.sessions
        await server.close()
        return (result, sessions)
    }

    @Test func itLetsTheDriverInAndAnswers() async throws {
        let (result, sessions) = try await answer(of: .obliging)

        #expect(try result.get() == [1])
        #expect(sessions.first?.hasReceived("SELECT $1".utf8) == true)
        #expect(sessions.first?.hasReceived(Self.password.utf8) == false)
    }

    @Test func itSeesAPasswordThatIsAskedForInTheClear() async throws {
        let (result, sessions) = try await answer(of: .asking(BackendMessage.authenticationCleartext))

        #expect(try result.get() == [1])
        #expect(sessions.first?.hasReceived(Self.password.utf8) == true)
    }

    @Test func itDoesNotSeeAPasswordOfWhichTheHashIsAskedFor() async throws {
        let (result, sessions) = try await answer(of: .asking(BackendMessage.authenticationMD5()))

        #expect(try result.get() == [1])
        #expect(sessions.first?.hasReceived(Self.password.utf8) == false)
        #expect(sessions.first?.hasReceived("md5".utf8) == true)
    }

    @Test func itOffersSCRAM() async throws {
        let (result, sessions) = try await answer(of: .scram(rounds: 4096) + [.send(BackendMessage.error("28P01", severity: "FATAL"))])

        #expect(throws: PostgresError.self) { try result.get() }
        #expect(sessions.first?.hasReceived("SCRAM-SHA-256".utf8) == true)
        #expect(sessions.first?.hasReceived("c=biws,r=".utf8) == true)
    }

    @Test func whoLetsUsInBeforeItsOwnProofIsBelievedLikeOneThatAsksForNothing() async throws {
        let (result, sessions) = try await answer(of: .scram(rounds: 1, then: [.awaitMessage("p")] + .letIn))

        #expect(try result.get() == [1])
        #expect(sessions.first?.hasReceived("c=biws,r=".utf8) == true)
        #expect(sessions.first?.hasReceived(Self.password.utf8) == false)
    }

    @Test(arguments: [
        [ScriptStep.awaitPacket, .send(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8))],
        [.awaitPacket, .reset],
        [.awaitPacket, .finish],
        [.awaitPacket, .silence],
        [.awaitPacket, .send(BackendMessage.notice("one moment") + BackendMessage.error("57P03", severity: "FATAL"))],
        [.awaitPacket, .send(BackendMessage.error("57P01", severity: "FATAL") + BackendMessage.error("57P01", severity: "FATAL"))],
        [.awaitPacket, .send(BackendMessage.typed("R", BackendMessage.number(0), declaredLength: 3))],
        [.awaitPacket, .send(BackendMessage.typed("R", BackendMessage.number(0), declaredLength: .max)), .silence],
        [.awaitPacket, .flood([0x52, 0, 0, 0, 8, 0, 0, 0], total: 100_000)],
    ])
    func whatIsNoServerIsRefused(_ script: [ScriptStep]) async throws {
        let (result, sessions) = try await answer(of: script)

        #expect(throws: PostgresError.self) { try result.get() }
        #expect(!sessions.isEmpty)
    }

    @Test func aRefusalOfEncryptionIsTheEnd() async throws {
        for script in [
            [ScriptStep].answeringEncryption([UInt8(ascii: "N")], then: .obliging), .answeringEncryption([UInt8(ascii: "S")], then: [.finish]),
        ] {
            let (result, sessions) = try await answer(of: script, .require)

            #expect(throws: PostgresError.self) { try result.get() }
            #expect(sessions.allSatisfy { !$0.hasReceived("app".utf8) })
        }
    }
}
