import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct InstallationDetailTests {
    private static let schema = McpConfigurationSchemas(
        template: .init(env: [["name": "MODE", "value": "fast", "locked": true]]),
        team: .init(env: [["name": "KEY", "type": "secret", "required": true], ["name": "REGION"]]),
        user: .init(headers: [["name": "X-User"]]))

    @Test(arguments: Backend.all)
    func aDetailIsWhatInstallingReturned(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend, encryptionSecret: try EncryptionSecret("a secret of some length"))
        for _ in 1...3 { _ = try await scene.addMember() }
        let server = try await scene.addServer(.fixture(description: "It serves.", configuration: Self.schema))
        let made = try await scene.store.installations.createInstallation(
            team: scene.team.id, user: scene.owner.id,
            .fixture(serverID: server.id, configuration: TeamConfiguration(env: ["KEY": "s3cret", "REGION": "eu"])))

        let detail = try await scene.store.installations.installation(made.id, team: scene.team.id)

        #expect(detail == made)
        #expect(detail?.instances.count == 4)
        #expect(detail?.server.details?.configuration == Self.schema)
    }

    @Test(arguments: Backend.all)
    func anInstallationWithoutInstancesHasItsServerToo(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()
        let made = try await scene.store.installations.createInstallation(
            team: scene.team.id, user: scene.owner.id, .fixture(serverID: server.id, provisioning: .none))

        #expect(try await scene.store.installations.installation(made.id, team: scene.team.id) == made)
    }

    @Test(arguments: Backend.all)
    func secretsAreShownToWhoAsksForThem(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend, encryptionSecret: try EncryptionSecret("a secret of some length"))
        let server = try await scene.addServer(.fixture(configuration: Self.schema))
        let configuration = TeamConfiguration(env: ["KEY": "s3cret", "REGION": "eu"])
        let made = try await scene.store.installations.createInstallation(
            team: scene.team.id, user: scene.owner.id, .fixture(serverID: server.id, configuration: configuration))
        let service = scene.store.installations

        #expect(try await service.installation(made.id, team: scene.team.id, reveal: .decrypted)?.installation.configuration == configuration)
        #expect(
            try await service.installation(made.id, team: scene.team.id, reveal: .masked)?.installation.configuration
                == TeamConfiguration(env: ["KEY": "*****", "REGION": "eu"]))
    }

    @Test(arguments: Backend.all)
    func anotherTeamDoesNotSeeIt(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let other = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id))
        let made = try await scene.install(try await scene.addServer())

        for (id, team) in [(made.id, other.id), ("nothing", scene.team.id), ("a\0b", scene.team.id), (made.id, "")] {
            #expect(try await scene.store.installations.installation(id, team: team) == nil)
        }
    }

    @Test(arguments: Backend.all)
    func identifiersAreNewestFirst(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()
        var made: [McpInstallationID] = []
        for number in 1...6 {
            if number % 2 == 0 { scene.clock.advance(by: .seconds(1)) }
            made.append(try await scene.install(server).id)
        }

        let ids = try await scene.store.installations.installationIDs(team: scene.team.id)

        #expect(ids == (try await scene.store.installations.installationViews(team: scene.team.id)).map(\.id))
        #expect(Set(ids) == Set(made) && ids.last == made.first)
        #expect(try await scene.store.installations.installationIDs(team: "nothing").isEmpty)
        #expect(try await scene.store.installations.installationIDs(team: "a\0b").isEmpty)
    }

    @Test(arguments: Backend.all)
    func theInstallationsOfAServerAreThoseOfAllTeams(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let other = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id))
        let server = try await scene.addServer()
        let mine = [try await scene.install(server), try await scene.install(server)]
        let theirs = try await scene.store.installations.createInstallation(
            team: other.id, user: scene.owner.id, .fixture(serverID: server.id, name: "theirs"))
        _ = try await scene.install(try await scene.addServer())

        let found = try await scene.store.installations.installations(ofServer: server.id)

        let expected = (mine + [theirs]).map(\.installation)
            .map { McpInstallationReference(id: $0.id, teamID: $0.teamID, name: $0.name, createdBy: scene.owner.id) }
            .sorted { ($0.teamID, $0.id) < ($1.teamID, $1.id) }
        #expect(found == expected)
        #expect(try await scene.store.installations.installations(ofServer: "nothing").isEmpty)
        #expect(try await scene.store.installations.installations(ofServer: "").isEmpty)
    }
}
