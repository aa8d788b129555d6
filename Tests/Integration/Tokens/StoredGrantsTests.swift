import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// What can be read from a database that somebody has stolen.
@Suite(.requiresServer, .database)
struct StoredGrantsTests {
    private static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    private static let redirectURI = "https://app.example/callback"

    @Test func noTableHasACodeATokenAVerifierOrASecret() async throws {
        let encryption = "an encryption secret, never stored"
        let store = try await Backend.postgres.makeStore(options: StoreOptions(encryptionSecret: try EncryptionSecret(encryption)))
        let user = try await store.users.createUser(.fixture())
        let team = try #require(try await store.teams.defaultTeam(of: user.id))
        let registered = try await store.oauthClients.register(NewOAuthClient(name: "Client", redirectURIs: [Self.redirectURI], wantsSecret: true))
        let client = registered.client.id
        let request = try await store.tokens.createAuthorizationRequest(
            NewAuthorizationRequest(
                user: user.id, team: team.id, client: client, redirectURI: Self.redirectURI,
                codeChallenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"))
        let code = try await store.tokens.approve(request.id).reveal()
        let first = try await store.tokens.exchangeCode(code, verifier: Self.verifier, client: client, redirectURI: Self.redirectURI)
        let second = try await store.tokens.refresh(try #require(first.refresh?.token.reveal()), client: client)
        let server = try await store.catalog.create(
            .fixture(configuration: McpConfigurationSchemas(team: .init(env: [["name": "KEY", "type": "secret"]]))), by: .system)
        try await store.installations.createInstallation(
            team: team.id, user: user.id, .fixture(serverID: server.id, configuration: TeamConfiguration(env: ["KEY": "canary-of-a-configuration"])))

        let database = try await TestDatabase.lent()
        var dump = ""
        for table in try await database.tables() { dump += try await database.text(of: table) }

        #expect(dump.contains(second.access.record.id.rawValue) && dump.contains(request.id.rawValue) && dump.contains(client.rawValue))
        let secrets = [
            Self.verifier, encryption, "canary-of-a-configuration", try #require(registered.secret?.reveal()), code, first.access.token.reveal(),
            second.access.token.reveal(), try #require(first.refresh?.token.reveal()), try #require(second.refresh?.token.reveal()),
        ]
        for secret in secrets { #expect(!dump.contains(secret.hasPrefix("ds") ? String(secret.dropFirst(4)) : secret)) }
    }
}
