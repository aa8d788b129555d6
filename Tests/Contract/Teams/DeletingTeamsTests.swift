import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct DeletingTeamsTests {
    @Test(arguments: Backend.all)
    func aTeamWithoutInstallationsIsDeletedOnce(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        #expect(try await scene.store.teams.deleteTeam(scene.team.id))

        #expect(try await scene.store.teams.team(scene.team.id) == nil)
        #expect(try await scene.store.teams.members(of: scene.team.id).isEmpty)
        #expect(try await scene.store.teams.teams(of: scene.owner.id).isEmpty)
        #expect(try await !scene.store.teams.deleteTeam(scene.team.id))
    }

    @Test(arguments: Backend.all)
    func aTeamWithInstallationsIsInUse(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        try await scene.install(try await scene.addServer())

        await expectError(.inUse(.team, "the team has installations; delete it with force to delete them too")) {
            _ = try await scene.store.teams.deleteTeam(scene.team.id)
        }

        #expect(try await scene.store.teams.team(scene.team.id) == scene.team)
    }

    @Test(arguments: Backend.all)
    func withForceEverythingOfTheTeamGoesWithIt(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()
        let shared = try await scene.addServer()
        let own = try await scene.addServer(.fixture(ownerTeam: scene.team.id))
        let installation = try await scene.install(shared)
        try await scene.install(own)
        try await scene.store.oauthClients.grantConsent(user: member.id, team: scene.team.id, client: TeamScene.client, scopes: [.read])
        let token = try await scene.store.tokens.issueAccessToken(.fixture(user: member.id, team: scene.team.id))

        #expect(try await scene.store.teams.deleteTeam(scene.team.id, force: true))

        #expect(try await scene.store.installations.installationViews(team: scene.team.id).isEmpty)
        #expect(try await scene.store.installations.usage(team: scene.team.id) == nil)
        #expect(try await !scene.store.installations.deleteInstallation(installation.id))
        #expect(try await scene.store.instances.delete(installation: installation.id) == 0)
        #expect(try await scene.store.oauthClients.consent(user: member.id, team: scene.team.id, client: TeamScene.client) == nil)
        #expect(try await scene.store.catalog.server(own.id) == nil)
        #expect(try await scene.store.catalog.server(shared.id) == shared)
        #expect(try await scene.store.tokens.verify(token.token.reveal()) == nil)
        #expect(try await scene.store.users.user(member.id) == member)
    }

    @Test(arguments: Backend.all)
    func theSlugOfADeletedTeamIsFreeAgain(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        _ = try await scene.store.teams.deleteTeam(scene.team.id)

        let again = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id, name: scene.team.name))

        #expect(again.slug == scene.team.slug)
        #expect(again.id != scene.team.id)
    }
}
