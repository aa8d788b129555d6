import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ConsentTests {
    @Test(arguments: Backend.all)
    func aConsentIsKeptForUserTeamAndClient(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let clients = scene.store.oauthClients

        let consent = try await clients.grantConsent(user: scene.owner.id, team: scene.team.id, client: TeamScene.client, scopes: [.read, .read])

        #expect(consent.userID == scene.owner.id && consent.teamID == scene.team.id && consent.clientID == TeamScene.client)
        #expect(consent.scopes == [.read] && consent.grantedAt == scene.clock.now())
        #expect(try await clients.consent(user: scene.owner.id, team: scene.team.id, client: TeamScene.client) == consent)
        #expect(try await clients.consent(user: scene.owner.id, team: scene.team.id, client: "vscode_mcp_extension") == nil)
        #expect(try await clients.consent(user: scene.administrator.id, team: scene.team.id, client: TeamScene.client) == nil)
    }

    @Test(arguments: Backend.all)
    func aSecondConsentTakesThePlaceOfTheFirst(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let clients = scene.store.oauthClients
        let first = try await clients.grantConsent(user: scene.owner.id, team: scene.team.id, client: TeamScene.client, scopes: [.read])
        scene.clock.advance(by: .seconds(1))

        let second = try await clients.grantConsent(user: scene.owner.id, team: scene.team.id, client: TeamScene.client, scopes: [.executeTools])

        #expect(second.id == first.id && second.scopes == [.executeTools] && second.grantedAt == scene.clock.now())
        #expect(try await clients.consent(user: scene.owner.id, team: scene.team.id, client: TeamScene.client) == second)
    }

    @Test(arguments: Backend.all)
    func aConsentIsUsedWhenARequestIsApprovedThatItAllows(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let clients = scene.store.oauthClients
        let other = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id))
        for (team, client) in [(scene.team.id, TeamScene.client), (other.id, TeamScene.client), (scene.team.id, "vscode_mcp_extension")] {
            let consent = try await clients.grantConsent(user: scene.owner.id, team: team, client: client, scopes: [.read, .offlineAccess])
            #expect(consent.lastUsedAt == nil)
        }
        let request = try await scene.store.tokens.createAuthorizationRequest(scene.newRequest(scopes: [.offlineAccess]))
        func used() async throws -> Timestamp? {
            try await clients.consent(user: scene.owner.id, team: scene.team.id, client: TeamScene.client)?.lastUsedAt
        }
        scene.clock.advance(by: .seconds(1))
        let approvedAt = scene.clock.now()

        #expect(try await used() == nil)
        _ = try await scene.store.tokens.approve(request.id)

        #expect(try await used() == approvedAt)
        #expect(try await clients.consent(user: scene.owner.id, team: other.id, client: TeamScene.client)?.lastUsedAt == nil)
        #expect(try await clients.consent(user: scene.owner.id, team: scene.team.id, client: "vscode_mcp_extension")?.lastUsedAt == nil)
        // Neither a second approval, which is refused, nor a request that asks for more.
        scene.clock.advance(by: .seconds(1))
        await expectError(.closedRequest) { _ = try await scene.store.tokens.approve(request.id) }
        _ = try await scene.approvedRequest(scene.newRequest(scopes: [.read, .executeTools]))
        #expect(try await used() == approvedAt)
        // What was allowed anew remembers its use.
        let again = try await clients.grantConsent(user: scene.owner.id, team: scene.team.id, client: TeamScene.client, scopes: [.read])
        #expect(again.lastUsedAt == approvedAt && again.grantedAt == scene.clock.now())
    }

    @Test(arguments: Backend.all)
    func aConsentThatWasTakenBackIsNotUsed(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let clients = scene.store.oauthClients
        try await clients.grantConsent(user: scene.owner.id, team: scene.team.id, client: TeamScene.client, scopes: TokenScope.all)
        #expect(try await clients.revokeConsent(user: scene.owner.id, team: scene.team.id, client: TeamScene.client))

        _ = try await scene.approvedRequest()

        let again = try await clients.grantConsent(user: scene.owner.id, team: scene.team.id, client: TeamScene.client, scopes: [.read])
        #expect(again.lastUsedAt == nil)
    }

    @Test(arguments: Backend.all)
    func takingAConsentBackRevokesTheTokensOfItsClientInItsTeam(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let clients = scene.store.oauthClients
        let other = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id))
        try await clients.grantConsent(user: scene.owner.id, team: scene.team.id, client: TeamScene.client, scopes: [.read])
        let pair = try await scene.grant()
        let elsewhere = try await scene.grant(scene.newRequest(team: other.id))
        let others = try await scene.grant(scene.newRequest(client: "vscode_mcp_extension"), by: "vscode_mcp_extension")

        #expect(try await clients.revokeConsent(user: scene.owner.id, team: scene.team.id, client: TeamScene.client))

        #expect(try await clients.consent(user: scene.owner.id, team: scene.team.id, client: TeamScene.client) == nil)
        #expect(try await !clients.revokeConsent(user: scene.owner.id, team: scene.team.id, client: TeamScene.client))
        #expect(try await !scene.isValid(pair.access))
        await expectError(.unknownRefreshToken) { _ = try await scene.store.tokens.refresh(pair.refreshText, client: TeamScene.client) }
        #expect(try await scene.isValid(elsewhere.access))
        #expect(try await scene.isValid(others.access))
        try await clients.grantConsent(user: scene.owner.id, team: scene.team.id, client: TeamScene.client, scopes: [.read])
        #expect(try await clients.consent(user: scene.owner.id, team: scene.team.id, client: TeamScene.client) != nil)
    }

    @Test(arguments: Backend.all)
    func aConsentNeedsAMemberAClientAndAScope(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        func grant(user: UserID? = nil, team: TeamID? = nil, client: OAuthClientID = TeamScene.client, scopes: [TokenScope] = [.read]) async throws {
            try await scene.store.oauthClients.grantConsent(
                user: user ?? scene.owner.id, team: team ?? scene.team.id, client: client, scopes: scopes)
        }

        await expectInvalid("scopes") { try await grant(scopes: []) }
        await expectError(.referenceMissing(.client)) { try await grant(client: "nobody") }
        await expectError(.referenceMissing(.user)) { try await grant(user: "nobody") }
        await expectError(.referenceMissing(.team)) { try await grant(team: "nothing") }
        await expectError(.tokenOfNoMember) { try await grant(user: scene.administrator.id) }
    }

    @Test(arguments: Backend.all)
    func whatAClientWasAllowedGoesWithTheClient(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let clients = scene.store.oauthClients
        let client = try await clients.register(NewOAuthClient(name: "Editor", redirectURIs: [TeamScene.redirectURI])).client.id
        for id in [client, TeamScene.client] {
            try await clients.grantConsent(user: scene.owner.id, team: scene.team.id, client: id, scopes: [.read])
        }
        scene.clock.advance(by: .seconds(1))

        #expect(try await clients.purgeUnused(olderThan: .zero) == 1)

        #expect(try await clients.consent(user: scene.owner.id, team: scene.team.id, client: client) == nil)
        #expect(try await clients.consent(user: scene.owner.id, team: scene.team.id, client: TeamScene.client) != nil)
    }

    @Test(arguments: Backend.all)
    func aClientThatIsNoLongerActiveIsAllowedNothing(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let clients = scene.store.oauthClients
        let client = try await clients.register(NewOAuthClient(name: "Editor", redirectURIs: ["http://127.0.0.1/"])).client.id
        #expect(try await clients.deactivate(client))

        await expectError(.referenceMissing(.client)) {
            try await clients.grantConsent(user: scene.owner.id, team: scene.team.id, client: client, scopes: [.read])
        }
        #expect(try await clients.consent(user: scene.owner.id, team: scene.team.id, client: client) == nil)
    }
}
