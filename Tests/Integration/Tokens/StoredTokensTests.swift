import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import PostgresDriver
import Testing

@Suite(.requiresServer, .database)
struct StoredTokensTests {
    @Test func theDatabaseHasOnlyTheHashOfAToken() async throws {
        let store = try await Backend.postgres.makeStore()
        let user = try await store.users.createUser(.fixture())
        let team = try #require(try await store.teams.defaultTeam(of: user.id))

        let issued = try await store.tokens.issueAccessToken(.fixture(user: user.id, team: team.id))

        let table = try await TestDatabase.lent().text(of: "oauth_access_tokens")
        #expect(table.contains(issued.record.id.rawValue))
        #expect(!table.contains(issued.token.reveal().dropFirst(4)))
    }

    @Test func theTokenOfSomebodyWhoIsNoLongerAMemberIsNotValid() async throws {
        let store = try await Backend.postgres.makeStore()
        let user = try await store.users.createUser(.fixture())
        let team = try #require(try await store.teams.defaultTeam(of: user.id))
        let issued = try await store.tokens.issueAccessToken(.fixture(user: user.id, team: team.id))

        try await TestDatabase.lent().run("DELETE FROM \"teamMemberships\" WHERE \"user_id\" = '\(user.id)'")

        #expect(try await store.tokens.verify(issued.token.reveal()) == nil)
    }

    @Test func aRefreshTokenSaysWhenItWasUsed() async throws {
        let clock = ManualTimeSource()
        let store = try await Backend.postgres.makeStore(options: StoreOptions(timeSource: clock))
        let user = try await store.users.createUser(.fixture())
        let team = try #require(try await store.teams.defaultTeam(of: user.id))
        let issued = try await store.tokens.issueRefreshToken(NewRefreshToken(user: user.id, team: team.id, client: "cursor_mcp_client"))
        clock.advance(by: .seconds(1))

        _ = try await store.tokens.refresh(issued.token.reveal(), client: "cursor_mcp_client")

        let client = try PostgresClient(connection: try await TestDatabase.lent().configuration.connection)
        let times = try await client.run(#"SELECT "used_at" FROM "oauth_refresh_tokens" WHERE "used" ORDER BY "id""# as Statement<Timestamp>).rows
        await client.close()
        #expect(times == [clock.now()])
    }
}
