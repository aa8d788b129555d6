import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct RegisteringClientsTests {
    private static let callback = "https://app.example/callback"

    @Test(arguments: Backend.all)
    func aClientIsWhatItSaidOfItself(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        let registered = try await scene.store.oauthClients.register(
            NewOAuthClient(
                name: " Editor ", redirectURIs: [Self.callback, "cursor://callback"], grantTypes: ["authorization_code"], scopes: [.read],
                teamID: scene.team.id, createdBy: scene.owner.id, lifetime: .seconds(60)))

        let client = registered.client
        #expect(registered.secret == nil && !client.hasSecret)
        #expect(client.id.rawValue.contains(/^dyn_[0-9]+_[0-9a-z]{9}$/))
        #expect(client.registration == .dynamic && client.name == "Editor" && client.redirectURIs == [Self.callback, "cursor://callback"])
        #expect(client.grantTypes == ["authorization_code"] && client.responseTypes == ["code"] && client.scopes == [.read])
        #expect(client.teamID == scene.team.id && client.createdBy == scene.owner.id)
        #expect(client.isActive && client.expiresAt == scene.clock.now() + .seconds(60) && client.lastUsedAt == nil)
        #expect(try await scene.store.oauthClients.client(client.id) == client)
    }

    @Test(arguments: Backend.all)
    func aSecretIsGivenOutOnceAndProvesTheClient(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        let registered = try await store.oauthClients.register(NewOAuthClient(name: "Service", redirectURIs: [Self.callback], wantsSecret: true))
        let other = try await store.oauthClients.register(NewOAuthClient(name: "Public", redirectURIs: [Self.callback]))

        let secret = try #require(registered.secret?.reveal())
        #expect(secret.hasPrefix("dss_") && secret.utf8.count == 47)
        #expect(registered.client.hasSecret)
        #expect(try await store.oauthClients.client(registered.client.id)?.hasSecret == true)
        #expect(try await store.oauthClients.isValid(registered.client.id, secret: secret))
        #expect(try await !store.oauthClients.isValid(registered.client.id, secret: secret + "A"))
        #expect(try await !store.oauthClients.isValid(registered.client.id, secret: ""))
        #expect(try await !store.oauthClients.isValid(other.client.id, secret: ""))
        #expect(try await !store.oauthClients.isValid("nobody", secret: secret))
    }

    private static let refused: [(client: NewOAuthClient, field: String)] = [
        (NewOAuthClient(name: " ", redirectURIs: [callback]), "name"), (NewOAuthClient(name: "a\0b", redirectURIs: [callback]), "name"),
        (NewOAuthClient(name: "x", redirectURIs: []), "redirectURIs"),
        (NewOAuthClient(name: "x", redirectURIs: Array(repeating: callback, count: 21)), "redirectURIs"),
        (NewOAuthClient(name: "x", redirectURIs: ["callback"]), "redirectURIs"), (NewOAuthClient(name: "x", redirectURIs: ["a:"]), "redirectURIs"),
        (NewOAuthClient(name: "x", redirectURIs: [callback + "#part"]), "redirectURIs"),
        (NewOAuthClient(name: "x", redirectURIs: ["https://app.example/a b"]), "redirectURIs"),
        (NewOAuthClient(name: "x", redirectURIs: ["javascript:alert(1)"]), "redirectURIs"),
        (NewOAuthClient(name: "x", redirectURIs: [callback], grantTypes: []), "grantTypes"),
        (NewOAuthClient(name: "x", redirectURIs: [callback], grantTypes: ["password"]), "grantTypes"),
        (NewOAuthClient(name: "x", redirectURIs: [callback], grantTypes: ["refresh_token", "refresh_token"]), "grantTypes"),
        (NewOAuthClient(name: "x", redirectURIs: [callback], responseTypes: []), "responseTypes"),
        (NewOAuthClient(name: "x", redirectURIs: [callback], scopes: [TokenScope(rawValue: "mcp:all")]), "scopes"),
        (NewOAuthClient(name: "x", redirectURIs: [callback], responseTypes: ["token"]), "responseTypes"),
        (NewOAuthClient(name: "x", redirectURIs: [callback], scopes: []), "scopes"),
        (NewOAuthClient(name: "x", redirectURIs: [callback], lifetime: .zero), "lifetime"),
    ]

    @Test(arguments: Backend.all)
    func whatIsNotAcceptableIsRefused(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        for example in Self.refused { await expectInvalid(example.field) { _ = try await store.oauthClients.register(example.client) } }
        await expectError(.referenceMissing(.team, constraint: "oauth_clients_team_id_fkey")) {
            _ = try await store.oauthClients.register(NewOAuthClient(name: "x", redirectURIs: [Self.callback], teamID: "nothing"))
        }
        await expectError(.referenceMissing(.user, constraint: "oauth_clients_created_by_user_id_fkey")) {
            _ = try await store.oauthClients.register(NewOAuthClient(name: "x", redirectURIs: [Self.callback], createdBy: "nobody"))
        }
    }

    @Test(arguments: Backend.all)
    func aRedirectURIMustBeExactlyTheRegisteredOne(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let clients = scene.store.oauthClients
        let client = try await clients.register(
            NewOAuthClient(name: "x", redirectURIs: [Self.callback, "http://127.0.0.1/callback"], lifetime: .seconds(60))
        ).client

        #expect(try await clients.isValid(client.id, redirectURI: Self.callback))
        for other in [
            Self.callback + "/", Self.callback.uppercased(), "https://app.example", Self.callback + "?a=b", "http://127.0.0.1:8080/callback", "",
        ] {
            #expect(try await !clients.isValid(client.id, redirectURI: other))
        }
        #expect(try await !clients.isValid("nobody", redirectURI: Self.callback))
        scene.clock.advance(by: .seconds(60))
        #expect(try await !clients.isValid(client.id, redirectURI: Self.callback))
    }

    @Test(arguments: Backend.all)
    func staticClientsAreKnownByName(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        for id in ["vscode_mcp_extension", "cursor_mcp_client", "claude_ai_mcp_client", "cline_mcp_client"] as [OAuthClientID] {
            #expect(try await store.oauthClients.client(id)?.registration == .static)
            for uri in ["http://127.0.0.1:51234/callback", "http://localhost:8080", "http://localhost:1/", "http://[::1]:65535/callback"] {
                #expect(try await store.oauthClients.isValid(id, redirectURI: uri))
            }
            for uri in [
                "http://127.0.0.1.evil.example/callback", "http://localhost:8080@evil.example/", "http://localhost:/", "http://localhost:8080/other",
                "https://evil.example/callback", "http://127.0.0.1:123456/callback",
            ] {
                #expect(try await !store.oauthClients.isValid(id, redirectURI: uri))
            }
            #expect(try await !store.oauthClients.deactivate(id))
        }
        #expect(try await store.oauthClients.isValid("claude_ai_mcp_client", redirectURI: "https://claude.ai/api/mcp/auth_callback"))
    }

    @Test(arguments: Backend.all)
    func aClientIsDeactivatedOnce(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let clients = scene.store.oauthClients
        let registered = try await clients.register(NewOAuthClient(name: "x", redirectURIs: [Self.callback], wantsSecret: true))
        scene.clock.advance(by: .seconds(1))

        #expect(try await clients.deactivate(registered.client.id))

        #expect(try await !clients.deactivate(registered.client.id))
        #expect(try await !clients.deactivate("nobody"))
        #expect(try await !clients.isValid(registered.client.id, redirectURI: Self.callback))
        #expect(try await !clients.isValid(registered.client.id, secret: registered.secret?.reveal() ?? ""))
        let client = try await clients.client(registered.client.id)
        #expect(client?.isActive == false && client?.updatedAt == scene.clock.now())
    }

    @Test(arguments: Backend.all)
    func aClientIsUnusedAfterNinetyDaysUnlessItHasAToken(_ backend: Backend) async throws {
        let clock = ManualTimeSource()
        let store = try await backend.makeStore(options: StoreOptions(timeSource: clock, accessTokenLifetime: .seconds(100 * 86_400)))
        let user = try await store.users.createUser(.fixture())
        let team = try #require(try await store.teams.defaultTeam(of: user.id))
        let unused = try await store.oauthClients.register(NewOAuthClient(name: "x", redirectURIs: [Self.callback])).client.id
        let used = try await store.oauthClients.register(NewOAuthClient(name: "x", redirectURIs: [Self.callback])).client.id
        _ = try await store.tokens.issueAccessToken(.fixture(user: user.id, team: team.id, clientID: used.rawValue))

        clock.advance(by: .seconds(90 * 86_400))
        #expect(try await store.oauthClients.purgeUnused() == 0)
        clock.advance(by: .microseconds(1))
        #expect(try await store.oauthClients.purgeUnused() == 1)

        #expect(try await store.oauthClients.client(unused) == nil)
        #expect(try await store.oauthClients.client(used) != nil)
    }

    @Test(arguments: Backend.all)
    func clientsThatNobodyUsesArePurged(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let clients = scene.store.oauthClients
        func register() async throws -> OAuthClientID {
            try await clients.register(NewOAuthClient(name: "x", redirectURIs: [TeamScene.redirectURI])).client.id
        }
        let unused = try await register()
        let asked = try await register()
        let connected = try await register()
        _ = try await scene.store.tokens.issueRefreshToken(
            NewRefreshToken(user: scene.owner.id, team: scene.team.id, client: connected))
        scene.clock.advance(by: .seconds(10))
        _ = try await scene.store.tokens.createAuthorizationRequest(scene.newRequest(client: asked))
        #expect(try await clients.client(asked)?.lastUsedAt == scene.clock.now())

        #expect(try await clients.purgeUnused(olderThan: .seconds(10)) == 0)
        #expect(try await clients.purgeUnused(olderThan: .seconds(9)) == 1)
        #expect(try await clients.client(unused) == nil)
        #expect(try await clients.client(asked) != nil)
        scene.clock.advance(by: .seconds(91 * 86_400))
        #expect(try await clients.purgeUnused() == 1)
        #expect(try await clients.client(connected) != nil)
        try await scene.store.tokens.purgeExpired()
        #expect(try await clients.purgeUnused() == 1)
        await expectInvalid("age") { try await clients.purgeUnused(olderThan: .seconds(-1)) }
    }
}
