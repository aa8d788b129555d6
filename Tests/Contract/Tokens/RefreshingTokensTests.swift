import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct RefreshingTokensTests {
    private func refresh(_ pair: TokenPair, _ scene: TeamScene, client: OAuthClientID = TeamScene.client) async throws -> TokenPair {
        try await scene.store.tokens.refresh(pair.refreshText, client: client)
    }

    /// The row of a client that registered itself for a team goes with the team.
    @Test(arguments: Backend.all)
    func aClientThatIsGoneGetsNoMoreTokens(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let other = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id))
        let client = try await scene.store.oauthClients.register(
            NewOAuthClient(name: "Editor", redirectURIs: [TeamScene.redirectURI], teamID: other.id)
        ).client.id
        let pair = try await scene.grant(scene.newRequest(client: client), by: client)
        let (_, code) = try await scene.approvedRequest(scene.newRequest(client: client))

        #expect(try await scene.store.teams.deleteTeam(other.id, force: true))

        let inactive = DataError(.invalidGrant, entity: .client, reason: "the client is not active")
        await expectError(inactive) { _ = try await scene.store.tokens.refresh(pair.refreshText, client: client) }
        await expectError(inactive) { _ = try await scene.exchange(code, client: client) }
    }

    @Test(arguments: Backend.all)
    func aRefreshTokenGivesNewTokensOfItsFamilyWithItsScopeAndResource(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let first = try await scene.grant(scene.newRequest(scopes: [.read, .offlineAccess], resource: "https://example.org/mcp"))
        scene.clock.advance(by: .seconds(3_600))

        let second = try await refresh(first, scene)

        #expect(second.access.record.scopes == [.read, .offlineAccess])
        #expect(second.access.record.resource == "https://example.org/mcp")
        #expect(second.access.record.familyID == first.access.record.familyID)
        #expect(second.access.record.expiresAt == scene.clock.now() + .seconds(604_800))
        #expect(second.refresh?.record.familyID == first.refresh?.record.familyID)
        #expect(second.refresh?.record.scopes == [.read, .offlineAccess] && second.refresh?.record.resource == "https://example.org/mcp")
        #expect(second.refresh?.record.createdAt == scene.clock.now() && second.refresh?.record.isUsed == false)
        #expect(second.refresh?.record.expiresAt == scene.clock.now() + .seconds(30 * 86_400))
        #expect(second.refreshText != first.refreshText)
        #expect(try await scene.isValid(first.access))
        #expect(try await scene.isValid(second.access))
        _ = try await refresh(second, scene)
    }

    @Test(arguments: Backend.all)
    func aSecondUseRevokesTheWholeFamilyAlthoughItFails(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let first = try await scene.grant()
        let second = try await refresh(first, scene)
        let third = try await refresh(second, scene)
        let bystander = try await scene.grant()

        await expectError(.reusedRefreshToken) { _ = try await refresh(first, scene) }

        for pair in [first, second, third] {
            #expect(try await !scene.isValid(pair.access))
            await expectError(.unknownRefreshToken) { _ = try await refresh(pair, scene) }
        }
        #expect(try await scene.isValid(bystander.access))
        _ = try await refresh(bystander, scene)
    }

    /// Whoever presents a token that was used has stolen it, or was robbed of it: whichever client he names, and however late.
    @Test(arguments: Backend.all)
    func aSecondUseByAnotherClientOrAfterTheTokenExpiredRevokesTheFamilyToo(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let stolen = try await scene.grant()
        let late = try await scene.grant()
        scene.clock.advance(by: .seconds(1))
        let successors = [try await refresh(stolen, scene), try await refresh(late, scene)]

        await expectError(.reusedRefreshToken) { _ = try await refresh(stolen, scene, client: "vscode_mcp_extension") }
        scene.clock.set(to: try #require(late.refresh?.record.expiresAt))
        await expectError(.reusedRefreshToken) { _ = try await refresh(late, scene) }

        for pair in successors { await expectError(.unknownRefreshToken) { _ = try await refresh(pair, scene) } }
    }

    @Test(arguments: Backend.all)
    func aTokenOfAnotherClientOrThatExpiredIsUnknown(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let pair = try await scene.grant()
        let record = try #require(pair.refresh?.record)

        await expectError(.unknownRefreshToken) { _ = try await refresh(pair, scene, client: "vscode_mcp_extension") }
        for garbage in ["", "dsr_", pair.access.token.reveal(), pair.refreshText + " ", "dsr_" + String(repeating: "A", count: 43)] {
            await expectError(.unknownRefreshToken) { _ = try await scene.store.tokens.refresh(garbage, client: TeamScene.client) }
        }
        scene.clock.set(to: record.expiresAt)
        await expectError(.unknownRefreshToken) { _ = try await refresh(pair, scene) }

        scene.clock.set(to: record.expiresAt - .microseconds(1))
        _ = try await refresh(pair, scene)
    }

    @Test(arguments: Backend.all)
    func theTokensOfADeletedUserOrTeamAreUnknown(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()
        let members = try await scene.grant(scene.newRequest(user: member.id))
        let owners = try await scene.grant()

        _ = try await scene.store.users.deleteUser(member.id)
        await expectError(.unknownRefreshToken) { _ = try await refresh(members, scene) }
        _ = try await scene.store.teams.deleteTeam(scene.team.id, force: true)
        await expectError(.unknownRefreshToken) { _ = try await refresh(owners, scene) }
    }

    @Test(arguments: Backend.all)
    func aClientThatWasDeactivatedGetsNoMoreTokens(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let client = try await scene.store.oauthClients.register(NewOAuthClient(name: "Editor", redirectURIs: [TeamScene.redirectURI])).client
        let (_, code) = try await scene.approvedRequest(scene.newRequest(client: client.id))
        let (_, other) = try await scene.approvedRequest(scene.newRequest(client: client.id))
        let pair = try await scene.exchange(code, client: client.id)

        #expect(try await scene.store.oauthClients.deactivate(client.id))

        let inactive = DataError(.invalidGrant, entity: .client, reason: "the client is not active")
        await expectError(inactive) { _ = try await refresh(pair, scene, client: client.id) }
        await expectError(inactive) { _ = try await scene.exchange(other, client: client.id) }
        await expectError(.referenceMissing(.client)) {
            _ = try await scene.store.tokens.createAuthorizationRequest(scene.newRequest(client: client.id))
        }
    }

    @Test(arguments: Backend.all)
    func insideATransactionARefusalIsAValueAndTheRevocationLasts(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let first = try await scene.grant()
        let second = try await refresh(first, scene)

        await expectRule(.outcomeInTransaction) {
            try await scene.store.transaction { store in _ = try await store.tokens.refresh(first.refreshText, client: TeamScene.client) }
        }
        #expect(try await scene.isValid(second.access))
        let refusal = try await scene.store.transaction { store -> DataError? in
            if case .refused(let error) = try await store.tokens.redeemRefreshToken(first.refreshText, client: TeamScene.client) { return error }
            return nil
        }

        #expect(refusal == .reusedRefreshToken)
        #expect(try await !scene.isValid(second.access))
    }

    @Test(arguments: Backend.all)
    func whatATransactionRefreshedIsUndoneWithIt(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let first = try await scene.grant()
        struct Undone: Error {}

        await #expect(throws: Undone.self) {
            try await scene.store.transaction { store in
                _ = try await store.tokens.redeemRefreshToken(first.refreshText, client: TeamScene.client).get()
                throw Undone()
            }
        }

        _ = try await refresh(first, scene)
    }

    @Test(arguments: Backend.all)
    func aFamilyHasOneUnusedRefreshToken(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let new = NewRefreshToken(user: scene.owner.id, team: scene.team.id, client: TeamScene.client, family: "family")
        let issued = try await scene.store.tokens.issueRefreshToken(new)

        await expectError(.alreadyExists(.refreshToken, "family", constraint: "idx_oauth_refresh_tokens_one_unused")) {
            _ = try await scene.store.tokens.issueRefreshToken(new)
        }

        let pair = try await scene.store.tokens.refresh(issued.token.reveal(), client: TeamScene.client)
        #expect(pair.refresh?.record.familyID == "family")
    }

    @Test(arguments: Backend.all)
    func issuingARefreshTokenHasTheRulesOfAnAccessToken(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        func issue(user: UserID? = nil, team: TeamID? = nil, scopes: [TokenScope] = TokenScope.all, resource: String? = nil) async throws {
            _ = try await scene.store.tokens.issueRefreshToken(
                NewRefreshToken(user: user ?? scene.owner.id, team: team ?? scene.team.id, client: "cli", scopes: scopes, resource: resource))
        }

        await expectError(.referenceMissing(.user)) { try await issue(user: "nobody") }
        await expectError(.referenceMissing(.team)) { try await issue(team: "nothing") }
        await expectError(.tokenOfNoMember) { try await issue(user: scene.administrator.id) }
        await expectInvalid("scopes") { try await issue(scopes: []) }
        await expectInvalid("resource") { try await issue(resource: "a\0b") }
        try await issue()
        try await issue()
    }
}
