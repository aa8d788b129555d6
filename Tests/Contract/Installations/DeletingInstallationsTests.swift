import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct DeletingInstallationsTests {
    @Test(arguments: Backend.all)
    func onlyItsTeamDeletesAnInstallation(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let other = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id))
        let server = try await scene.addServer()
        let made = try await scene.install(server)
        let service = scene.store.installations

        for (id, team) in [(made.id, other.id), ("nothing", scene.team.id), ("a\0b", scene.team.id), (made.id, "")] {
            #expect(try await !service.deleteInstallation(id, team: team))
        }
        #expect(try await service.deleteInstallation(made.id, team: scene.team.id))
        #expect(try await !service.deleteInstallation(made.id, team: scene.team.id))
        #expect(try await scene.store.catalog.server(server.id) != nil)
    }

    @Test(arguments: Backend.all)
    func instancesAndPersonalConfigurationsGoWithIt(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let made = try await scene.install(try await scene.addServer())
        try await scene.store.userConfigurations.save(
            made.id, user: scene.owner.id, team: scene.team.id, UserConfigurationValues(env: ["A": 1]))

        #expect(try await scene.store.installations.deleteInstallation(made.id, team: scene.team.id))

        #expect(try await scene.store.instances.delete(user: scene.owner.id, team: scene.team.id) == 0)
        #expect(try await scene.store.userConfigurations.list(user: scene.owner.id, team: scene.team.id).isEmpty)
        #expect(try await scene.store.userConfigurations.configuration(made.id, user: scene.owner.id) == nil)
    }

    @Test(arguments: Backend.all)
    func aServerThatWasDeployedForTheTeamGoesWithItsInstallations(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let deployed = try await scene.addServer(.fixture(transport: .stdio, source: .github, ownerTeam: scene.team.id))
        let (first, second) = (try await scene.install(deployed), try await scene.install(deployed))
        let kept = try await scene.install(try await scene.addServer())

        #expect(try await scene.store.installations.deleteInstallation(first.id, team: scene.team.id))

        #expect(try await scene.store.catalog.server(deployed.id) == nil)
        #expect(try await scene.store.installations.installation(second.id, team: scene.team.id) == nil)
        #expect(try await scene.store.installations.installationIDs(team: scene.team.id) == [kept.id])
    }

    @Test(arguments: Backend.all)
    func everyOtherServerStays(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let servers = [
            try await scene.addServer(.fixture(source: .github)), try await scene.addServer(.fixture(source: .manual, ownerTeam: scene.team.id)),
        ]

        for server in servers {
            let made = try await scene.install(server)
            #expect(try await scene.store.installations.deleteInstallation(made.id, team: scene.team.id))
            #expect(try await scene.store.catalog.server(server.id) != nil)
        }
    }

    @Test(arguments: Backend.all)
    func theFormWithoutATeamLeavesTheServer(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let deployed = try await scene.addServer(.fixture(transport: .stdio, source: .github, ownerTeam: scene.team.id))
        let made = try await scene.install(deployed)

        #expect(try await scene.store.installations.deleteInstallation(made.id))

        #expect(try await scene.store.catalog.server(deployed.id) != nil)
    }

    @Test(arguments: Backend.all)
    func ofManyWhoDeleteADeployedServerOneDoes(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let deployed = try await scene.addServer(.fixture(transport: .stdio, source: .github, ownerTeam: scene.team.id))
        let made = try await scene.install(deployed)

        let outcomes = await race(8) { _ in try await scene.store.installations.deleteInstallation(made.id, team: scene.team.id) }

        #expect(outcomes.errors.isEmpty)
        #expect(outcomes.values.count { $0 } == 1)
    }
}
