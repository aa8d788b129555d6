import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct VerifyingTokensTests {
    @Test(arguments: Backend.all)
    func aValidTokenTellsWhoBearsIt(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let issued = try await scene.store.tokens.issueAccessToken(.fixture(user: scene.owner.id, team: scene.team.id))

        let context = try await scene.store.tokens.verify(issued.token.reveal())

        #expect(
            context
                == TokenContext(
                    token: issued.record, username: scene.owner.username, email: scene.owner.email, userRoleID: .globalUser,
                    teamName: scene.team.name, teamSlug: scene.team.slug, teamRole: .administrator))
    }

    @Test(arguments: Backend.all)
    func whatChangedSinceTheTokenWasIssuedIsSeen(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let issued = try await scene.store.tokens.issueAccessToken(.fixture(user: scene.owner.id, team: scene.team.id))

        #expect(try await scene.store.teams.updateTeamName(scene.team.id, "Renamed"))

        #expect(try await scene.store.tokens.verify(issued.token.reveal())?.teamName == "Renamed")
    }

    @Test(arguments: Backend.all)
    func aTokenIsValidUntilTheMomentItExpires(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let issued = try await scene.store.tokens.issueAccessToken(.fixture(user: scene.owner.id, team: scene.team.id))

        scene.clock.set(to: issued.record.expiresAt - .microseconds(1))
        #expect(try await scene.store.tokens.verify(issued.token.reveal()) != nil)
        scene.clock.set(to: issued.record.expiresAt)
        #expect(try await scene.store.tokens.verify(issued.token.reveal()) == nil)
        scene.clock.advance(by: .seconds(1))
        #expect(try await scene.store.tokens.verify(issued.token.reveal()) == nil)
    }

    @Test(arguments: Backend.all)
    func theTokenOfADeletedUserOrTeamIsNoLongerValid(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()
        let members = try await scene.store.tokens.issueAccessToken(.fixture(user: member.id, team: scene.team.id))
        let owners = try await scene.store.tokens.issueAccessToken(.fixture(user: scene.owner.id, team: scene.team.id))

        _ = try await scene.store.users.deleteUser(member.id)
        #expect(try await scene.store.tokens.verify(members.token.reveal()) == nil)
        #expect(try await scene.store.tokens.verify(owners.token.reveal()) != nil)

        _ = try await scene.store.teams.deleteTeam(scene.team.id)
        #expect(try await scene.store.tokens.verify(owners.token.reveal()) == nil)
    }

    private static let garbage = [
        "", "dsa_", "nonsense", "dsa_" + String(repeating: "A", count: 43), "dsr_" + String(repeating: "A", count: 43),
        "dsa_" + String(repeating: "A", count: 42) + "\0", "dsa_" + String(repeating: "A", count: 44),
        "dsa_" + String(repeating: "é", count: 21) + "A",
        "'; DROP TABLE \"oauth_access_tokens\"; --", String(repeating: "x", count: 10_000),
    ]

    @Test(arguments: Backend.all)
    func anythingElseIsNobodysToken(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let issued = try await scene.store.tokens.issueAccessToken(.fixture(user: scene.owner.id, team: scene.team.id))

        for text in Self.garbage { #expect(try await scene.store.tokens.verify(text) == nil) }

        #expect(try await scene.store.tokens.verify(issued.token.reveal()) != nil)
    }

    @Test(arguments: Backend.all)
    func theIdentifierOfARecordIsNoToken(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let issued = try await scene.store.tokens.issueAccessToken(.fixture(user: scene.owner.id, team: scene.team.id))

        #expect(try await scene.store.tokens.verify(issued.record.id.rawValue) == nil)
    }

    @Test(arguments: Backend.all)
    func aTokenInOtherCaseOrWithASpaceIsNotTheToken(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let token = try await scene.store.tokens.issueAccessToken(.fixture(user: scene.owner.id, team: scene.team.id)).token.reveal()

        #expect(try await scene.store.tokens.verify("dsa_" + token.dropFirst(4).lowercased()) == nil)
        #expect(try await scene.store.tokens.verify(token + " ") == nil)
        #expect(try await scene.store.tokens.verify(" " + token) == nil)
    }
}
