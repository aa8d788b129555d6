import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ExchangingCodesTests {
    @Test(arguments: Backend.all)
    func aCodeGivesTokensForWhatWasApproved(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let (request, code) = try await scene.approvedRequest(scene.newRequest(resource: "https://example.org/mcp"))

        let pair = try await scene.exchange(code)

        let access = pair.access.record
        #expect(access.userID == scene.owner.id && access.teamID == scene.team.id && access.clientID == TeamScene.client.rawValue)
        #expect(access.scopes == TokenScope.all && access.resource == "https://example.org/mcp")
        #expect(access.familyID == request.id.rawValue)
        #expect(try await scene.store.tokens.verify(pair.access.token.reveal())?.token == access)
        let refresh = try #require(pair.refresh)
        #expect(refresh.token.reveal().hasPrefix("dsr_"))
        #expect(refresh.record.familyID == TokenFamilyID(request.id.rawValue))
        #expect(refresh.record.scopes == TokenScope.all && refresh.record.resource == "https://example.org/mcp")
        #expect(refresh.record.createdAt == scene.clock.now())
        #expect(refresh.record.expiresAt == scene.clock.now() + .seconds(30 * 86_400))
        #expect(!refresh.record.isUsed && refresh.record.usedAt == nil)
    }

    @Test(arguments: Backend.all)
    func withoutOfflineAccessThereIsNoRefreshToken(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        let pair = try await scene.grant(scene.newRequest(scopes: [.read]))

        #expect(pair.refresh == nil)
        #expect(pair.access.record.scopes == [.read])
    }

    @Test(arguments: Backend.all)
    func whatIsWrongBurnsNothing(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let (_, code) = try await scene.approvedRequest()
        let tokens = scene.store.tokens
        let wrongVerifiers = ["", String(Proof.verifier.dropLast()) + "l", String(Proof.verifier.dropLast()), Proof.challenge, Proof.verifier + "\0"]

        for verifier in wrongVerifiers {
            await expectError(.wrongVerifier) {
                _ = try await tokens.exchangeCode(code, verifier: verifier, client: TeamScene.client, redirectURI: TeamScene.redirectURI)
            }
        }
        await expectError(.unknownCode) {
            _ = try await tokens.exchangeCode(code, verifier: Proof.verifier, client: "vscode_mcp_extension", redirectURI: TeamScene.redirectURI)
        }
        await expectError(.unknownCode) {
            _ = try await tokens.exchangeCode(code, verifier: Proof.verifier, client: TeamScene.client, redirectURI: TeamScene.redirectURI + "/")
        }
        for garbage in ["", "dsc_", "dsc_" + String(repeating: "A", count: 43), code + "A", String(repeating: "x", count: 10_000)] {
            await expectError(.unknownCode) { _ = try await scene.exchange(garbage) }
        }

        #expect(try await scene.isValid(scene.exchange(code).access))
    }

    @Test(arguments: Backend.all)
    func aCodeIsValidUntilTheMomentItExpires(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let (first, code) = try await scene.approvedRequest()
        let (_, late) = try await scene.approvedRequest()

        scene.clock.set(to: first.expiresAt - .microseconds(1))
        _ = try await scene.exchange(code)
        scene.clock.set(to: first.expiresAt)

        await expectError(.unknownCode) { _ = try await scene.exchange(late) }
    }

    @Test(arguments: Backend.all)
    func requestsAndRefreshTokensLiveAsLongAsTheStoreSays(_ backend: Backend) async throws {
        let clock = ManualTimeSource()
        var options = StoreOptions(timeSource: clock)
        options.authorizationLifetime = .seconds(60)
        options.refreshTokenLifetime = .seconds(120)
        let store = try await backend.makeStore(options: options)
        let user = try await store.users.createUser(.fixture())
        let team = try #require(try await store.teams.defaultTeam(of: user.id))
        let new = NewAuthorizationRequest(
            user: user.id, team: team.id, client: TeamScene.client, redirectURI: TeamScene.redirectURI, codeChallenge: Proof.challenge)

        let request = try await store.tokens.createAuthorizationRequest(new)
        let code = try await store.tokens.approve(request.id).reveal()
        let pair = try await store.tokens.exchangeCode(
            code, verifier: Proof.verifier, client: TeamScene.client, redirectURI: TeamScene.redirectURI)

        #expect(request.expiresAt == clock.now() + .seconds(60))
        #expect(pair.refresh?.record.expiresAt == clock.now() + .seconds(120))
        clock.advance(by: .seconds(120))
        await expectError(.unknownRefreshToken) { _ = try await store.tokens.refresh(pair.refreshText, client: TeamScene.client) }
    }

    /// RFC 7636, section 4.1: 43 to 128 characters, also where the challenge fits.
    @Test(arguments: Backend.all)
    func aVerifierOfAnotherLengthProvesNothing(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        // The challenges of 42 and of 129 times "a".
        let challenges = [42: "elOGB_2quSlplZKfRRVlu7gULhhEEXMiqv0rPXawGv8", 129: "wSywJKLlVRzKDgj86PHF4xRVXMP-9jKe6ZSj23UhZq4"]
        for (length, challenge) in challenges {
            let (_, code) = try await scene.approvedRequest(scene.newRequest(challenge: challenge))
            await expectError(.wrongVerifier) {
                _ = try await scene.store.tokens.exchangeCode(
                    code, verifier: String(repeating: "a", count: length), client: TeamScene.client, redirectURI: TeamScene.redirectURI)
            }
        }
    }

    @Test(arguments: Backend.all)
    func aSecondUseRevokesWhatTheFirstGotAlthoughItFails(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let (_, code) = try await scene.approvedRequest()
        let first = try await scene.exchange(code)
        let second = try await scene.store.tokens.refresh(first.refreshText, client: TeamScene.client)
        let bystander = try await scene.grant()

        await expectError(.reusedCode) { _ = try await scene.exchange(code) }

        #expect(try await !scene.isValid(first.access))
        #expect(try await !scene.isValid(second.access))
        await expectError(.unknownRefreshToken) { _ = try await scene.store.tokens.refresh(second.refreshText, client: TeamScene.client) }
        #expect(try await scene.isValid(bystander.access))
    }

    /// What came of a code lives longer than the code.
    @Test(arguments: Backend.all)
    func aSecondUseAfterTheCodeExpiredRevokesWhatTheFirstGot(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let (request, code) = try await scene.approvedRequest()
        let pair = try await scene.exchange(code)
        scene.clock.set(to: request.expiresAt)
        #expect(try await scene.isValid(pair.access))

        await expectError(.reusedCode) { _ = try await scene.exchange(code) }

        #expect(try await !scene.isValid(pair.access))
    }

    @Test(arguments: Backend.all)
    func aSecondUseWithSomethingWrongRevokesNothing(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let (_, code) = try await scene.approvedRequest()
        let pair = try await scene.exchange(code)

        await expectError(.wrongVerifier) {
            _ = try await scene.store.tokens.exchangeCode(
                code, verifier: String(repeating: "A", count: 43), client: TeamScene.client, redirectURI: TeamScene.redirectURI)
        }
        await expectError(.unknownCode) { _ = try await scene.exchange(code, client: "vscode_mcp_extension") }

        #expect(try await scene.isValid(pair.access))
    }

    @Test(arguments: Backend.all)
    func whoLeftTheTeamGetsNothing(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()
        let (_, code) = try await scene.approvedRequest(scene.newRequest(user: member.id))

        _ = try await scene.store.users.deleteUser(member.id)

        await expectError(.unknownCode) { _ = try await scene.exchange(code) }
    }

    @Test(arguments: Backend.all)
    func insideATransactionARefusalIsAValue(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let (_, code) = try await scene.approvedRequest()
        let pair = try await scene.exchange(code)

        await expectRule(.outcomeInTransaction) {
            try await scene.store.transaction { store in
                _ = try await store.tokens.exchangeCode(
                    code, verifier: Proof.verifier, client: TeamScene.client, redirectURI: TeamScene.redirectURI)
            }
        }
        #expect(try await scene.isValid(pair.access))

        let refusal = try await scene.store.transaction { store -> DataError? in
            let outcome = try await store.tokens.redeemCode(
                code, verifier: Proof.verifier, client: TeamScene.client, redirectURI: TeamScene.redirectURI)
            if case .refused(let error) = outcome { return error }
            return nil
        }

        #expect(refusal == .reusedCode)
        #expect(try await !scene.isValid(pair.access))
    }
}
