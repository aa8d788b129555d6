import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import FaultHarness
import PostgresDriver
import Testing

/// K9: the answer to the COMMIT of a refresh is lost, in three ways.
///
/// The caller cannot know whether its old token was used. It is told so; a family never has two tokens that can be used; and the one way on that the
/// documentation names, to use the old token once more, either works or ends the family.
@Suite("K9 Lost answers to a refresh", .serialized, .database, .requiresServer, .faults)
struct LostGrantFaultTests {
    private typealias Loss = LostAnswerFaultTests.Loss

    private struct Count: Sendable {
        var unknown = 0
        var doubled = 0
        var renewed = 0
        var ended = 0
        var other: [DataError] = []
    }

    @Test func aLostAnswerToARefreshLeavesOneTokenAndAWayOn() async throws {
        let lent = try await TestDatabase.lent().configuration
        let proxy = try FaultProxy(to: lent.host.hasPrefix("/") ? .server(at: lent.host, port: lent.port) : .port(lent.port))
        var configuration = lent
        (configuration.host, configuration.port, configuration.tls) = ("127.0.0.1", proxy.port, .disable)
        configuration.pool.maxConnections = 8
        let (direct, disturbed) = (try await DataStore.postgres(lent), try await DataStore.postgres(configuration))
        let client = try PostgresClient(connection: lent.connection)
        let owner = try await direct.users.createUser(.fixture(), withDefaultTeam: false).id
        let grant = NewRefreshToken(user: owner, team: try await direct.teams.createTeam(.fixture(owner: owner)).id, client: "cursor_mcp_client")

        var figures: [String] = []
        for loss in [Loss.beforeTheServerGotIt, .answerLost, .halfAnAnswer] {
            let count = FaultSize.of(ci: 100, long: 3_334)
            var seen = Count()
            for _ in 0..<count {
                let issued = try await direct.tokens.issueRefreshToken(grant)
                // A connection from before may be broken already, which the caller would be told instead.
                _ = try await disturbed.tokens.introspect(issued.token.reveal())
                proxy.arm(loss.rule("COMMIT", tag: "COMMIT"))
                let error = await #expect(throws: DataError.self) {
                    _ = try await disturbed.tokens.refresh(issued.token.reveal(), client: grant.client)
                }
                proxy.disarm()
                if error?.kind == .outcomeUnknown { seen.unknown += 1 }
                if try await client.run(Self.usable(in: issued.record.familyID)).rows != [1] { seen.doubled += 1 }
                do {
                    _ = try await direct.tokens.refresh(issued.token.reveal(), client: grant.client)
                    seen.renewed += 1
                    if try await client.run(Self.usable(in: issued.record.familyID)).rows != [1] { seen.doubled += 1 }
                } catch let error as DataError where error.rule == .reusedGrant {
                    seen.ended += 1
                    #expect(try await client.run(Self.usable(in: issued.record.familyID)).rows == [0])
                } catch let error as DataError {
                    seen.other.append(error)
                }
            }

            #expect(seen.unknown == count && seen.doubled == 0 && seen.other == [], "\(loss): \(seen)")
            #expect(loss.happens ? seen.ended == count : seen.renewed == count, "\(loss): \(seen)")
            figures.append(
                "\(loss.rawValue): \(seen.unknown) unknown, then renewed \(seen.renewed), family ended \(seen.ended), doubled \(seen.doubled)")
        }
        await client.close()
        await disturbed.close()
        await direct.close()
        await proxy.close()
        FaultReport.row("K9", "lost answers to refreshes; " + figures.joined(separator: "; "))
    }

    /// How many refresh tokens of a family can be used.
    private static func usable(in family: TokenFamilyID) -> Statement<Int64> {
        "SELECT count(*) FROM \"oauth_refresh_tokens\" WHERE \"family_id\" = \(family) AND NOT \"used\""
    }
}
