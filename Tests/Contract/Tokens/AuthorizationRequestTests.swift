import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct AuthorizationRequestTests {
    @Test(arguments: Backend.all)
    func aRequestSaysWhatTheClientAskedFor(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        let request = try await scene.store.tokens.createAuthorizationRequest(
            scene.newRequest(scopes: [.read, .offlineAccess, .read], resource: "https://example.org/mcp"))

        #expect(request.userID == scene.owner.id)
        #expect(request.teamID == scene.team.id)
        #expect(request.clientID == TeamScene.client)
        #expect(request.redirectURI == TeamScene.redirectURI)
        #expect(request.scopes == [.read, .offlineAccess])
        #expect(request.state == "xyz")
        #expect(request.codeChallenge == Proof.challenge)
        #expect(request.codeChallengeMethod == .s256)
        #expect(request.resource == "https://example.org/mcp")
        #expect(request.createdAt == scene.clock.now())
        #expect(request.expiresAt == scene.clock.now() + .seconds(600))
        #expect(try await scene.store.tokens.authorizationRequest(request.id) == request)
    }

    @Test(arguments: Backend.all)
    func aRequestIsOpenUntilItExpires(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let request = try await scene.store.tokens.createAuthorizationRequest(scene.newRequest())

        scene.clock.set(to: request.expiresAt - .microseconds(1))
        #expect(try await scene.store.tokens.authorizationRequest(request.id) != nil)
        scene.clock.set(to: request.expiresAt)

        #expect(try await scene.store.tokens.authorizationRequest(request.id) == nil)
        #expect(try await !scene.store.tokens.setTeam(scene.team.id, of: request.id))
        await expectError(.closedRequest) { _ = try await scene.store.tokens.approve(request.id) }
    }

    @Test(arguments: Backend.all)
    func aRequestWhoseCodeWasUsedIsGone(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let (request, code) = try await scene.approvedRequest()
        #expect(try await scene.store.tokens.authorizationRequest(request.id) == request)

        _ = try await scene.exchange(code)

        #expect(try await scene.store.tokens.authorizationRequest(request.id) == nil)
        #expect(try await !scene.store.tokens.deny(request.id))
    }

    @Test(arguments: Backend.all)
    func aNewRequestTakesTheExpiredOnesOfTheSameUserAndClientAway(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let old = try await scene.store.tokens.createAuthorizationRequest(scene.newRequest())
        let other = try await scene.store.tokens.createAuthorizationRequest(scene.newRequest(client: "vscode_mcp_extension"))
        let anothers = try await scene.store.tokens.createAuthorizationRequest(scene.newRequest(user: try await scene.addMember().id))
        scene.clock.advance(by: .microseconds(1))
        let open = try await scene.store.tokens.createAuthorizationRequest(scene.newRequest())
        scene.clock.set(to: old.expiresAt)

        _ = try await scene.store.tokens.createAuthorizationRequest(scene.newRequest())

        #expect(try await !scene.store.tokens.deny(old.id))
        for kept in [other, anothers, open] { #expect(try await scene.store.tokens.deny(kept.id)) }
    }

    @Test(arguments: Backend.all)
    func whatIsNotAcceptableIsRefused(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let store = scene.store

        await expectInvalid("redirectURI") {
            _ = try await store.tokens.createAuthorizationRequest(scene.newRequest(redirectURI: "https://elsewhere.example/callback"))
        }
        await expectInvalid("scopes") { _ = try await store.tokens.createAuthorizationRequest(scene.newRequest(scopes: [])) }
        await expectInvalid("scopes") {
            _ = try await store.tokens.createAuthorizationRequest(scene.newRequest(scopes: [TokenScope(rawValue: "mcp:all")]))
        }
        await expectInvalid("state") {
            _ = try await store.tokens.createAuthorizationRequest(scene.newRequest(state: String(repeating: "s", count: 2_049)))
        }
        await expectInvalid("resource") { _ = try await store.tokens.createAuthorizationRequest(scene.newRequest(resource: "")) }
        for challenge in ["", String(Proof.challenge.dropLast()), Proof.challenge + "A", String(Proof.challenge.dropLast()) + "="] {
            await expectInvalid("codeChallenge") { _ = try await store.tokens.createAuthorizationRequest(scene.newRequest(challenge: challenge)) }
        }
        await expectInvalid("codeChallengeMethod") {
            _ = try await store.tokens.createAuthorizationRequest(scene.newRequest(challenge: Proof.verifier, method: .plain))
        }
        await expectError(.referenceMissing(.client)) {
            _ = try await store.tokens.createAuthorizationRequest(scene.newRequest(client: "nobody"))
        }
        await expectError(.referenceMissing(.user)) { _ = try await store.tokens.createAuthorizationRequest(scene.newRequest(user: "nobody")) }
        await expectError(.referenceMissing(.team)) { _ = try await store.tokens.createAuthorizationRequest(scene.newRequest(team: "nothing")) }
        await expectError(.tokenOfNoMember) {
            _ = try await store.tokens.createAuthorizationRequest(scene.newRequest(user: scene.administrator.id))
        }
    }

    @Test(arguments: Backend.all)
    func aClientAsksForNoMoreThanItRegisteredAndNotOnceItExpired(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let client = try await scene.store.oauthClients.register(
            NewOAuthClient(name: "Editor", redirectURIs: [TeamScene.redirectURI], scopes: [.read, .offlineAccess], lifetime: .seconds(60))
        ).client.id

        await expectInvalid("scopes") {
            _ = try await scene.store.tokens.createAuthorizationRequest(scene.newRequest(client: client, scopes: [.read, .executeTools]))
        }
        _ = try await scene.store.tokens.createAuthorizationRequest(scene.newRequest(client: client, scopes: [.read, .offlineAccess]))
        scene.clock.advance(by: .seconds(60))

        await expectError(.referenceMissing(.client)) {
            _ = try await scene.store.tokens.createAuthorizationRequest(scene.newRequest(client: client, scopes: [.read]))
        }
    }

    @Test(arguments: Backend.all)
    func aPlainChallengeIsAcceptedWhereTheStoreAllowsIt(_ backend: Backend) async throws {
        var options = StoreOptions()
        options.allowsPlainCodeChallenges = true
        let store = try await backend.makeStore(options: options)
        let user = try await store.users.createUser(.fixture())
        let team = try #require(try await store.teams.defaultTeam(of: user.id))
        // A plain challenge is the verifier itself, and stored as it is.
        let plain = String(repeating: "plain-verifier.", count: 3)

        let request = try await store.tokens.createAuthorizationRequest(
            NewAuthorizationRequest(
                user: user.id, team: team.id, client: TeamScene.client, redirectURI: TeamScene.redirectURI, codeChallenge: plain,
                codeChallengeMethod: .plain))
        let code = try await store.tokens.approve(request.id).reveal()

        _ = try await store.tokens.exchangeCode(code, verifier: plain, client: TeamScene.client, redirectURI: TeamScene.redirectURI)
    }

    @Test(arguments: Backend.all)
    func theTeamIsChosenBeforeTheApproval(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let other = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id))
        let foreign = try await scene.store.teams.createTeam(.fixture(owner: scene.administrator.id))
        let request = try await scene.store.tokens.createAuthorizationRequest(scene.newRequest())

        #expect(try await scene.store.tokens.setTeam(other.id, of: request.id))
        await expectError(.tokenOfNoMember) { _ = try await scene.store.tokens.setTeam(foreign.id, of: request.id) }
        await expectError(.referenceMissing(.team)) { _ = try await scene.store.tokens.setTeam("nothing", of: request.id) }
        #expect(try await !scene.store.tokens.setTeam(other.id, of: "nothing"))
        #expect(try await scene.store.tokens.authorizationRequest(request.id)?.teamID == other.id)

        let code = try await scene.store.tokens.approve(request.id).reveal()
        #expect(try await !scene.store.tokens.setTeam(scene.team.id, of: request.id))
        #expect(try await scene.exchange(code).access.record.teamID == other.id)
    }

    @Test(arguments: Backend.all)
    func aRequestIsApprovedOnce(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let (request, code) = try await scene.approvedRequest()

        await expectError(.closedRequest) { _ = try await scene.store.tokens.approve(request.id) }
        await expectError(.closedRequest) { _ = try await scene.store.tokens.approve("nothing") }

        #expect(code.hasPrefix("dsc_") && code.utf8.count == 47)
        _ = try await scene.exchange(code)
    }

    @Test(arguments: Backend.all)
    func aDeniedRequestIsGoneWithItsCode(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let (request, code) = try await scene.approvedRequest()

        #expect(try await scene.store.tokens.deny(request.id))

        #expect(try await !scene.store.tokens.deny(request.id))
        #expect(try await scene.store.tokens.authorizationRequest(request.id) == nil)
        await expectError(.unknownCode) { _ = try await scene.exchange(code) }
    }
}
