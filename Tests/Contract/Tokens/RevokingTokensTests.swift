import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct RevokingTokensTests {
    @Test(arguments: Backend.all)
    func aRevokedTokenIsInvalidAndRevokedOnce(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let first = try await scene.store.tokens.issueAccessToken(.fixture(user: scene.owner.id, team: scene.team.id))
        let second = try await scene.store.tokens.issueAccessToken(.fixture(user: scene.owner.id, team: scene.team.id))

        #expect(try await scene.store.tokens.revokeAccessToken(first.record.id))

        #expect(try await !scene.store.tokens.revokeAccessToken(first.record.id))
        #expect(try await scene.store.tokens.verify(first.token.reveal()) == nil)
        #expect(try await scene.store.tokens.verify(second.token.reveal()) != nil)
    }

    @Test(arguments: Backend.all)
    func anUnknownTokenIsNotRevoked(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        #expect(try await !store.tokens.revokeAccessToken("nothing"))
    }

    @Test(arguments: Backend.all)
    func expiredTokensAreRevokedAndCounted(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        var expired: [IssuedAccessToken] = []
        for _ in 1...3 { expired.append(try await scene.store.tokens.issueAccessToken(.fixture(user: scene.owner.id, team: scene.team.id))) }
        scene.clock.advance(by: .seconds(1))
        let valid = try await scene.store.tokens.issueAccessToken(.fixture(user: scene.owner.id, team: scene.team.id))

        scene.clock.set(to: expired[0].record.expiresAt - .microseconds(1))
        #expect(try await scene.store.tokens.revokeExpiredTokens() == 0)
        scene.clock.set(to: expired[0].record.expiresAt)
        #expect(try await scene.store.tokens.revokeExpiredTokens() == 3)
        #expect(try await scene.store.tokens.revokeExpiredTokens() == 0)

        #expect(try await !scene.store.tokens.revokeAccessToken(expired[0].record.id))
        #expect(try await scene.store.tokens.verify(valid.token.reveal()) != nil)
    }

    /// Refresh tokens and codes go with ``TokenService/purgeExpired(batchSize:)``.
    @Test(arguments: Backend.all)
    func onlyAccessTokensAreRevokedBecauseTheyExpired(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let pair = try await scene.grant()
        scene.clock.set(to: try #require(pair.refresh?.record.expiresAt))

        #expect(try await scene.store.tokens.revokeExpiredTokens() == 1)

        #expect(try await scene.store.tokens.purgeExpired() == PurgedGrants(refreshTokens: 1, codes: 1))
    }
}
