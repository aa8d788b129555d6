import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct SatelliteConfigurationsTests {
    private static let schema = McpConfigurationSchemas(
        template: .init(env: [["name": "MODE", "value": "fast", "locked": true]]), team: .init(env: [["name": "KEY", "type": "secret"]]),
        user: .init(headers: [["name": "X-User", "required": true]]))

    /// Two teams of one owner, each with an installation that its owner has configured, and a satellite of everybody's and one of the first team's.
    private struct World {
        let scene: TeamScene
        let other: TeamID
        let mine: McpInstallationDetail
        let theirs: McpInstallationDetail
        let global: SatelliteID
        let ofTeam: SatelliteID

        static func make(on backend: Backend) async throws -> World {
            let scene = try await TeamScene.make(on: backend, encryptionSecret: try EncryptionSecret("a secret of some length"))
            let store = scene.store
            let other = try await store.teams.createTeam(.fixture(owner: scene.owner.id, limits: TeamScene.wide)).id
            let server = try await scene.addServer(.fixture(configuration: schema))
            let configuration = TeamConfiguration(env: ["KEY": "s3cret", "MODE": "slow"])
            var made: [McpInstallationDetail] = []
            for team in [scene.team.id, other] {
                let new = NewInstallation.fixture(serverID: server.id, configuration: configuration)
                made.append(try await store.installations.createInstallation(team: team, user: scene.owner.id, new))
                try await store.userConfigurations.save(
                    made[made.count - 1].id, user: scene.owner.id, team: team, UserConfigurationValues(headers: ["X-User": "u"]))
            }
            let global = try await store.satellites.register(NewSatellite(name: "everybodys-satellite")).satellite.id
            let ofTeam = try await store.satellites.register(NewSatellite(name: "our-own-satellite", type: .team, team: scene.team.id)).satellite.id
            return World(scene: scene, other: other, mine: made[0], theirs: made[1], global: global, ofTeam: ofTeam)
        }
    }

    @Test(arguments: Backend.all)
    func aSatelliteIsToldWhatEachInstanceRunsWith(_ backend: Backend) async throws {
        let world = try await World.make(on: backend)

        let found = try await world.scene.store.installations.satelliteConfigurations(world.ofTeam)

        #expect(found.map(\.instance.id) == world.mine.instances.map(\.id))
        let first = try #require(found.first)
        #expect(first.teamID == world.scene.team.id && first.installationName == world.mine.installation.name && first.settings == [:])
        #expect(first.server == world.mine.server && first.instance.status == .provisioning)
        #expect(
            try first.configuration.get() == ResolvedConfiguration(env: ["KEY": "s3cret", "MODE": "fast"], headers: ["X-User": "u"]))
    }

    @Test(arguments: Backend.all)
    func aGlobalSatelliteServesAllTeamsInOrder(_ backend: Backend) async throws {
        let world = try await World.make(on: backend)
        let member = try await world.scene.addMember().id
        try await world.scene.store.userConfigurations.save(
            world.mine.id, user: member, team: world.scene.team.id, UserConfigurationValues(headers: ["X-User": "m"]))

        let found = try await world.scene.store.installations.satelliteConfigurations(world.global)

        let expected = [(world.scene.team.id, world.scene.owner.id), (world.scene.team.id, member), (world.other, world.scene.owner.id)]
            .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
        #expect(found.map(\.teamID) == expected.map(\.0) && found.map(\.instance.userID) == expected.map(\.1))
    }

    @Test(arguments: Backend.all)
    func whatASatelliteRunsIsOrderedByTeamAndThenByInstallation(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let store = scene.store
        let server = try await scene.addServer()
        var installed: [(team: TeamID, id: McpInstallationID)] = []
        for _ in 1...4 {
            let owner = try await store.users.createUser(.fixture(), withDefaultTeam: false).id
            let team = try await store.teams.createTeam(.fixture(owner: owner, limits: TeamScene.wide)).id
            for _ in 1...3 {
                let made = try await store.installations.createInstallation(team: team, user: owner, .fixture(serverID: server.id))
                installed.append((team, made.id))
            }
        }
        let satellite = try await store.satellites.register(NewSatellite(name: "everybodys-satellite")).satellite.id

        let found = try await store.installations.satelliteConfigurations(satellite).map(\.instance.installationID)

        #expect(found == installed.sorted { ($0.team, $0.id) < ($1.team, $1.id) }.map(\.id))
    }

    @Test(arguments: Backend.all)
    func whatWaitsForItsUserIsLeftOut(_ backend: Backend) async throws {
        let world = try await World.make(on: backend)
        _ = try await world.scene.addMember()

        let found = try await world.scene.store.installations.satelliteConfigurations(world.ofTeam)

        #expect(found.map(\.instance.userID) == [world.scene.owner.id])
    }

    @Test(arguments: Backend.all)
    func whatAnotherSatelliteRunsIsLeftOut(_ backend: Backend) async throws {
        let world = try await World.make(on: backend)
        let service = world.scene.store.installations

        try await service.updateInstallation(world.mine.id, team: world.scene.team.id, InstallationPatch(satelliteID: .set(world.ofTeam)))

        #expect(try await service.satelliteConfigurations(world.global).map(\.teamID) == [world.other])
        #expect(try await service.satelliteConfigurations(world.ofTeam).count == 1)
    }

    @Test(arguments: Backend.all)
    func anUnknownSatelliteRunsNothing(_ backend: Backend) async throws {
        let world = try await World.make(on: backend)

        for id in ["nothing", "", "a\0b"] {
            #expect(try await world.scene.store.installations.satelliteConfigurations(SatelliteID(id)).isEmpty)
        }
    }
}
