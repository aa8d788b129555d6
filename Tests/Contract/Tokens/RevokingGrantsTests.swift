import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct RevokingGrantsTests {
    @Test(arguments: Backend.all)
    func anAccessTokenIsRevokedAlone(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let first = try await scene.grant()
        let second = try await scene.store.tokens.refresh(first.refreshText, client: TeamScene.client)

        #expect(try await scene.store.tokens.revoke(first.access.token.reveal()))

        #expect(try await !scene.store.tokens.revoke(first.access.token.reveal()))
        #expect(try await !scene.isValid(first.access))
        #expect(try await scene.isValid(second.access))
    }

    @Test(arguments: Backend.all)
    func aRefreshTokenIsRevokedWithItsFamily(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let first = try await scene.grant()
        let second = try await scene.store.tokens.refresh(first.refreshText, client: TeamScene.client)
        let bystander = try await scene.grant()

        #expect(try await scene.store.tokens.revoke(second.refreshText))

        #expect(try await !scene.store.tokens.revoke(second.refreshText))
        #expect(try await !scene.isValid(first.access))
        #expect(try await !scene.isValid(second.access))
        await expectError(.unknownRefreshToken) { _ = try await scene.store.tokens.refresh(second.refreshText, client: TeamScene.client) }
        #expect(try await scene.isValid(bystander.access))
    }

    @Test(arguments: Backend.all)
    func onlyItsOwnClientRevokesAToken(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let pair = try await scene.grant()

        for token in [pair.access.token.reveal(), pair.refreshText, "nothing", "dsr_" + String(repeating: "A", count: 43)] {
            #expect(try await !scene.store.tokens.revoke(token, client: "vscode_mcp_extension"))
        }
        #expect(try await scene.isValid(pair.access))

        #expect(try await scene.store.tokens.revoke(pair.access.token.reveal(), client: TeamScene.client))
        #expect(try await scene.store.tokens.revoke(pair.refreshText, client: TeamScene.client))
    }

    /// A code that was approved before would become tokens after the revocation.
    @Test(arguments: Backend.all)
    func aCodeThatIsNotExchangedYetIsRevokedToo(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let (tokens, clients) = (scene.store.tokens, scene.store.oauthClients)
        let other = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id))
        // None of them has a token to count, and there is no consent.
        let revocations: [@Sendable () async throws -> Bool] = [
            { try await tokens.revokeAll(user: scene.owner.id) == 0 },
            { try await tokens.revokeAll(user: scene.owner.id, team: scene.team.id) == 0 },
            { try await tokens.revokeAll(client: TeamScene.client) == 0 },
            { try await !clients.revokeConsent(user: scene.owner.id, team: scene.team.id, client: TeamScene.client) },
        ]

        for (index, revoke) in revocations.enumerated() {
            let (request, code) = try await scene.approvedRequest()
            let open = try await tokens.createAuthorizationRequest(scene.newRequest())
            let elsewhere = try await tokens.createAuthorizationRequest(scene.newRequest(team: other.id))

            let isNothingCounted = try await revoke()

            #expect(isNothingCounted, "\(index)")
            await #expect(throws: DataError.self, "\(index)") { try await scene.exchange(code) }
            let isGone = try await (tokens.authorizationRequest(request.id) == nil, tokens.authorizationRequest(open.id) == nil)
            #expect(isGone == (true, true), "\(index)")
            let isElsewhereGone = try await tokens.authorizationRequest(elsewhere.id) == nil
            #expect(isElsewhereGone == [true, false, true, false][index], "\(index)")
        }
    }

    @Test(arguments: Backend.all)
    func everythingOfAUserOrAMemberOrAClientOrAFamilyIsRevokedAndCounted(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let tokens = scene.store.tokens
        let other = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id))
        let member = try await scene.addMember()
        let mine = try await scene.grant()
        _ = try await tokens.refresh(mine.refreshText, client: TeamScene.client)
        let elsewhere = try await scene.grant(scene.newRequest(team: other.id))
        let members = try await scene.grant(scene.newRequest(user: member.id))

        #expect(try await tokens.revokeAll(user: scene.owner.id, team: other.id) == 2)
        #expect(try await !scene.isValid(elsewhere.access))
        #expect(try await scene.isValid(mine.access))

        #expect(try await tokens.revokeFamily(TokenFamilyID(mine.access.record.familyID ?? "")) == 4)
        #expect(try await !scene.isValid(mine.access))

        let again = try await scene.grant()
        #expect(try await tokens.revokeAll(client: "vscode_mcp_extension") == 0)
        #expect(try await tokens.revokeAll(client: TeamScene.client) == 4)
        #expect(try await !scene.isValid(again.access))
        #expect(try await !scene.isValid(members.access))

        _ = try await scene.grant()
        _ = try await scene.grant(scene.newRequest(team: other.id))
        #expect(try await tokens.revokeAll(user: scene.owner.id) == 4)
        #expect(try await tokens.revokeAll(user: scene.owner.id) == 0)
        for count in [try await tokens.revokeAll(user: "nobody"), try await tokens.revokeFamily("nothing"), try await tokens.revokeAll(client: "\0")]
        {
            #expect(count == 0)
        }
    }

    @Test(arguments: Backend.all, [1, 2, 10_000])
    func whatExpiredIsPurgedInBatchesAndCounted(_ backend: Backend, _ batchSize: Int) async throws {
        let scene = try await TeamScene.make(on: backend)
        for _ in 1...3 { _ = try await scene.grant() }
        let pair = try await scene.grant()
        let last = try await scene.store.tokens.refresh(pair.refreshText, client: TeamScene.client)
        let expiry = try #require(pair.refresh?.record.expiresAt)

        #expect(try await scene.store.tokens.purgeExpired(batchSize: batchSize) == PurgedGrants())
        scene.clock.set(to: expiry - .microseconds(1))
        #expect(try await scene.store.tokens.purgeExpired(batchSize: batchSize) == PurgedGrants(accessTokens: 5, codes: 4))
        // A used token is kept until it expires, so its second use is still noticed.
        await expectError(.reusedRefreshToken) { _ = try await scene.store.tokens.refresh(pair.refreshText, client: TeamScene.client) }
        await expectError(.unknownRefreshToken) { _ = try await scene.store.tokens.refresh(last.refreshText, client: TeamScene.client) }
        scene.clock.set(to: expiry)

        #expect(try await scene.store.tokens.purgeExpired(batchSize: batchSize) == PurgedGrants(refreshTokens: 3))
        #expect(try await scene.store.tokens.purgeExpired() == PurgedGrants())
    }

    @Test(arguments: Backend.all)
    func aBatchHasAReasonableSize(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        for size in [0, -1, 100_001] { await expectInvalid("batchSize") { try await store.tokens.purgeExpired(batchSize: size) } }
    }

    @Test(arguments: Backend.all)
    func connectedClientsAreListedNewestFirst(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()
        var issued: [AccessToken] = []
        for number in 0..<3 {
            scene.clock.advance(by: .seconds(1))
            issued.append(
                try await scene.store.tokens.issueAccessToken(
                    .fixture(user: scene.owner.id, team: scene.team.id, clientID: "client \(number)")
                ).record)
        }
        _ = try await scene.store.tokens.issueAccessToken(.fixture(user: member.id, team: scene.team.id))

        let page = try await scene.store.tokens.activeTokens(user: scene.owner.id)
        #expect(page.items == issued.reversed() && page.total == 3)
        let second = try await scene.store.tokens.activeTokens(user: scene.owner.id, page: Page(limit: 2, offset: 2))
        #expect(second.items == [issued[0]] && second.total == 3)
        #expect(try await scene.store.tokens.activeTokens(user: scene.owner.id, page: Page(limit: 2, offset: 5)).total == 3)
        #expect(try await scene.store.tokens.activeTokens(user: "nobody").total == 0)

        scene.clock.set(to: issued[0].expiresAt)
        #expect(try await scene.store.tokens.activeTokens(user: scene.owner.id).items == [issued[2], issued[1]])
    }

    @Test(arguments: Backend.all)
    func connectedClientsOfOneMomentAreListedByTheirIdentifiers(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        var ids: [AccessTokenID] = []
        for _ in 1...8 { ids.append(try await scene.store.tokens.issueAccessToken(.fixture(user: scene.owner.id, team: scene.team.id)).record.id) }

        #expect(try await scene.store.tokens.activeTokens(user: scene.owner.id).items.map(\.id) == ids.sorted().reversed())
    }
}
