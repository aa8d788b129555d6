import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// A client uses the grant types that it has registered, and no others.
@Suite(.database)
struct GrantTypesTests {
    private static let unregistered = DataError.ruleViolation(.grantTypeNotRegistered, "the client did not register this grant type")

    private func register(_ grantTypes: [String], _ scene: TeamScene) async throws -> OAuthClientID {
        try await scene.store.oauthClients.register(
            NewOAuthClient(name: "Editor", redirectURIs: [TeamScene.redirectURI], grantTypes: grantTypes)
        ).client.id
    }

    @Test(arguments: Backend.all)
    func aClientWithoutCodesAsksNobody(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let client = try await register(["refresh_token"], scene)

        await expectError(Self.unregistered) { _ = try await scene.store.tokens.createAuthorizationRequest(scene.newRequest(client: client)) }

        #expect(try await scene.store.oauthClients.client(client)?.lastUsedAt == nil)
    }

    @Test(arguments: Backend.all)
    func aClientWithoutRefreshTokensIsGivenNone(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let client = try await register(["authorization_code"], scene)

        let pair = try await scene.grant(scene.newRequest(client: client), by: client)

        #expect(pair.refresh == nil)
        #expect(pair.access.record.scopes == TokenScope.all)
        #expect(try await scene.isValid(pair.access))
    }

    @Test(arguments: Backend.all)
    func aClientWithBothIsGivenBoth(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let client = try await register(["refresh_token", "authorization_code"], scene)

        let first = try await scene.grant(scene.newRequest(client: client), by: client)
        let second = try await scene.store.tokens.refresh(first.refreshText, client: client)

        #expect(second.refresh != nil)
    }

    /// A token that was made for it by hand is neither burnt nor taken for stolen.
    @Test(arguments: Backend.all)
    func aClientWithoutRefreshTokensUsesNone(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let client = try await register(["authorization_code"], scene)
        let (_, code) = try await scene.approvedRequest(scene.newRequest(client: client))
        let pair = try await scene.exchange(code, client: client)
        let token = try await scene.store.tokens.issueRefreshToken(
            NewRefreshToken(
                user: scene.owner.id, team: scene.team.id, client: client, family: pair.access.record.familyID.map { TokenFamilyID($0) })
        ).token.reveal()

        for _ in 0..<2 { await expectError(Self.unregistered) { _ = try await scene.store.tokens.refresh(token, client: client) } }

        let outcome = try await scene.store.transaction { try await $0.tokens.redeemRefreshToken(token, client: client) }
        guard case .refused(Self.unregistered) = outcome else { return #expect(Bool(false), "\(outcome)") }
        #expect(try await scene.isValid(pair.access))
    }

    /// Those that a program names itself have no row, and the same rules.
    @Test(arguments: Backend.all)
    func aStaticClientUsesWhatItIsNamedWith(_ backend: Backend) async throws {
        let clients = [("codes", ["authorization_code"]), ("refresh", ["refresh_token"])].map { id, grantTypes in
            OAuthClient(
                id: OAuthClientID(id), registration: .static, name: id, redirectURIs: [TeamScene.redirectURI], grantTypes: grantTypes)
        }
        var options = StoreOptions()
        options.staticClients = clients
        let store = try await backend.makeStore(options: options)
        let user = try await store.users.createUser(.fixture())
        let team = try #require(try await store.teams.defaultTeam(of: user.id))
        func request(_ client: OAuthClientID) async throws -> AuthorizationRequest {
            try await store.tokens.createAuthorizationRequest(
                NewAuthorizationRequest(
                    user: user.id, team: team.id, client: client, redirectURI: TeamScene.redirectURI, codeChallenge: Proof.challenge))
        }

        await expectError(Self.unregistered) { _ = try await request("refresh") }
        let code = try await store.tokens.approve(request("codes").id).reveal()
        let pair = try await store.tokens.exchangeCode(code, verifier: Proof.verifier, client: "codes", redirectURI: TeamScene.redirectURI)

        #expect(pair.refresh == nil)
    }
}
