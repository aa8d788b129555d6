import DeployStackData
import DeployStackDataTesting
import DeployStackModels
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
}
