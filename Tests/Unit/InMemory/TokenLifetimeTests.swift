import DeployStackData
import DeployStackModels
import Testing

struct TokenLifetimeTests {
    @Test(arguments: [Duration.seconds(Int64.max), .seconds(400_000 * 365 * 86_400), .zero, .seconds(-1)])
    func aLifetimeThatNoTokenCanHaveIsRefused(_ lifetime: Duration) async throws {
        let store = DataStore.inMemory(options: StoreOptions(accessTokenLifetime: lifetime))
        let user = try await store.users.createUser(NewUser(username: "ada", email: "ada@example.org"))
        let team = try #require(try await store.teams.defaultTeam(of: user.id))

        let error = await #expect(throws: DataError.self) {
            try await store.tokens.issueAccessToken(NewAccessToken(user: user.id, team: team.id, clientID: "client"))
        }

        #expect(error?.kind == .configuration)
        #expect(error?.field == "accessTokenLifetime")
    }
}
