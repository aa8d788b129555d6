import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct IssuingTokensTests {
    @Test(arguments: Backend.all)
    func theRecordSaysWhatTheTokenIsFor(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        let issued = try await scene.store.tokens.issueAccessToken(
            NewAccessToken(
                user: scene.owner.id, team: scene.team.id, clientID: "cursor", scopes: [.executeTools, .read, .executeTools],
                resource: "https://example.org/mcp", familyID: "family-1"))

        let record = issued.record
        #expect(record.userID == scene.owner.id)
        #expect(record.teamID == scene.team.id)
        #expect(record.clientID == "cursor")
        #expect(record.scopes == [.executeTools, .read])
        #expect(record.resource == "https://example.org/mcp")
        #expect(record.familyID == "family-1")
        #expect(record.createdAt == scene.clock.now())
        #expect(record.expiresAt == scene.clock.now() + .seconds(604_800))
        #expect(record.lastUsedAt == nil)
        #expect(try await scene.store.tokens.verify(issued.token.reveal())?.token == record)
    }

    @Test(arguments: Backend.all)
    func aTokenIs32RandomBytesAfterAPrefix(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        var tokens: Set<String> = []

        for _ in 1...10 {
            tokens.insert(try await scene.store.tokens.issueAccessToken(.fixture(user: scene.owner.id, team: scene.team.id)).token.reveal())
        }

        #expect(tokens.count == 10)
        #expect(tokens.allSatisfy { $0.hasPrefix("dsa_") && $0.utf8.count == 47 })
        let alphabet = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        #expect(tokens.allSatisfy { $0.dropFirst(4).allSatisfy(alphabet.contains) })
    }

    @Test(arguments: Backend.all)
    func printingAnIssuedTokenDoesNotShowIt(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        let issued = try await scene.store.tokens.issueAccessToken(.fixture(user: scene.owner.id, team: scene.team.id))

        var dumped = ""
        dump(issued, to: &dumped)
        let secret = issued.token.reveal().dropFirst(4)
        #expect(!dumped.contains(secret))
        #expect(!"\(issued)".contains(secret))
        #expect(!String(reflecting: issued).contains(secret))
    }

    @Test(arguments: Backend.all)
    func theLifetimeIsTheStores(_ backend: Backend) async throws {
        let clock = ManualTimeSource()
        let store = try await backend.makeStore(options: StoreOptions(timeSource: clock, accessTokenLifetime: .seconds(60)))
        let user = try await store.users.createUser(.fixture())
        let team = try #require(try await store.teams.defaultTeam(of: user.id))

        let issued = try await store.tokens.issueAccessToken(.fixture(user: user.id, team: team.id))

        #expect(issued.record.expiresAt == clock.now() + .seconds(60))
    }

    @Test(arguments: Backend.all)
    func anUnknownUserOrTeamIsRefused(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        await expectError(.referenceMissing(.user)) {
            _ = try await scene.store.tokens.issueAccessToken(.fixture(user: "nobody", team: scene.team.id))
        }
        await expectError(.referenceMissing(.team)) {
            _ = try await scene.store.tokens.issueAccessToken(.fixture(user: scene.owner.id, team: "nothing"))
        }
        await expectError(.referenceMissing(.user)) {
            _ = try await scene.store.tokens.issueAccessToken(.fixture(user: "nobody", team: "nothing"))
        }
    }

    @Test(arguments: Backend.all)
    func onlyMembersOfTheTeamGetATokenForIt(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        await expectError(.ruleViolation(.notMember, "a token is issued to members of its team only")) {
            _ = try await scene.store.tokens.issueAccessToken(.fixture(user: scene.administrator.id, team: scene.team.id))
        }
    }

    @Test(arguments: Backend.all)
    func thereMustBeAScopeAndEachMustBeKnown(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        await expectError(.validation("scopes", "there must be at least one")) {
            _ = try await scene.store.tokens.issueAccessToken(.fixture(user: scene.owner.id, team: scene.team.id, scopes: []))
        }
        await expectInvalid("scopes") {
            _ = try await scene.store.tokens.issueAccessToken(
                .fixture(user: scene.owner.id, team: scene.team.id, scopes: [.read, TokenScope(rawValue: "mcp:everything")]))
        }
    }
}
