import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ManagingSatellitesTests {
    @Test(arguments: Backend.all)
    func satellitesAreListedByNameAndFiltered(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellites = scene.store.satellites
        for name in ["satellite-c", "satellite-a", "satellite-_"] { try await scene.addSatellite(name) }
        try await scene.addSatellite("satellite-b", ofTeam: true, isActive: false)

        #expect(try await satellites.list().items.map(\.name) == ["satellite-_", "satellite-a", "satellite-b", "satellite-c"])
        #expect(try await satellites.list(type: .team).items.map(\.name) == ["satellite-b"])
        #expect(try await satellites.list(team: scene.team.id).items.map(\.name) == ["satellite-b"])
        #expect(try await satellites.list(status: .inactive).items.map(\.name) == ["satellite-b"])
        #expect(try await satellites.list(type: .global, status: .inactive).items.isEmpty)
        #expect(try await satellites.list(type: .global, team: scene.team.id).total == 0)
        for team: TeamID in ["nowhere", "", "\0"] { #expect(try await satellites.list(team: team) == PageResult(items: [], total: 0, page: .first)) }
    }

    @Test(arguments: Backend.all)
    func aListIsPagedAndHasNoDetails(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        for number in 0..<5 { try await scene.addSatellite("satellite-\(number)") }

        let page = try await scene.store.satellites.list(type: nil, team: nil, status: nil, page: Page(limit: 2, offset: 2))
        let beyond = try await scene.store.satellites.list(type: nil, team: nil, status: nil, page: Page(limit: 2, offset: 8))

        #expect(page.items.map(\.name) == ["satellite-2", "satellite-3"])
        #expect(page.total == 5 && page.hasMore)
        #expect(page.items.allSatisfy { $0.details == nil })
        #expect(beyond.items.isEmpty && beyond.total == 5)
    }

    @Test(arguments: Backend.all)
    func aFilterThatNoVersionKnowsIsRefused(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        await expectInvalid("type") { _ = try await store.satellites.list(type: .unknown("moon")) }
        await expectInvalid("status") { _ = try await store.satellites.list(status: .unknown("asleep")) }
        await expectInvalid("page.limit") { _ = try await store.satellites.list(type: nil, team: nil, status: nil, page: Page(limit: 0)) }
    }

    @Test(arguments: Backend.all)
    func onlyActiveSatellitesOfEverybodyAreActiveGlobal(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        try await scene.addSatellite("satellite-b")
        try await scene.addSatellite("satellite-a")
        try await scene.addSatellite("satellite-c", isActive: false)
        try await scene.addSatellite("satellite-d", ofTeam: true)
        let broken = try await scene.addSatellite("satellite-e")
        try await scene.store.satellites.setStatus(broken.id, .error)

        let active = try await scene.store.satellites.activeGlobal()

        #expect(active.map(\.name) == ["satellite-a", "satellite-b"])
        #expect(active.allSatisfy { $0.details == nil })
    }

    @Test(arguments: Backend.all)
    func anAdministratorTakesASatelliteOutOfServiceAndBack(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")
        scene.clock.advance(by: .seconds(1))

        for status: SatelliteStatus in [.maintenance, .error, .inactive] {
            var expected = satellite
            expected.status = status
            expected.updatedAt = scene.clock.now()
            #expect(try await scene.store.satellites.setStatus(satellite.id, status) == expected)
            #expect(try await scene.store.satellites.satellite(satellite.id) == expected)
        }
    }

    @Test(arguments: Backend.all)
    func onlyAHeartbeatMakesASatelliteActive(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1", isActive: false)

        for status: SatelliteStatus in [.active, .unknown("asleep")] {
            await expectInvalid("status") { try await scene.store.satellites.setStatus(satellite.id, status) }
        }

        #expect(try await scene.store.satellites.satellite(satellite.id)?.status == .inactive)
    }

    @Test(arguments: Backend.all)
    func aConfigurationIsReplaced(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")
        scene.clock.advance(by: .seconds(1))

        try await scene.store.satellites.updateConfig(satellite.id, ["a": 1])
        let changed = try await scene.store.satellites.updateConfig(satellite.id, ["b": 2])

        #expect(changed?.details?.config == ["b": 2])
        #expect(changed?.updatedAt == scene.clock.now())
        #expect(try await scene.store.satellites.satellite(satellite.id) == changed)
        await expectInvalid("config") { try await scene.store.satellites.updateConfig(satellite.id, []) }
    }

    @Test(arguments: Backend.all)
    func whatDoesNotExistCannotBeChanged(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        for id: SatelliteID in ["unknown", "", "\0", SatelliteID(String(repeating: "x", count: 300))] {
            #expect(try await store.satellites.satellite(id) == nil)
            #expect(try await store.satellites.setStatus(id, .error) == nil)
            #expect(try await store.satellites.updateConfig(id, [:]) == nil)
            #expect(try await store.satellites.delete(id) == false)
        }
    }

    @Test(arguments: Backend.all)
    func aDeletedSatelliteTakesItsHeartbeatsAndCommandsWithIt(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")
        let command = try await scene.enqueue(for: satellite)
        let server = try await scene.addServer()
        let new = NewInstallation(serverID: server.id, name: "here", satelliteID: satellite.id)
        let installation = try await scene.store.installations.createInstallation(team: scene.team.id, user: scene.owner.id, new)

        #expect(try await scene.store.satellites.delete(satellite.id))

        #expect(try await scene.store.satellites.satellite(satellite.id) == nil)
        #expect(try await scene.store.satellites.heartbeats(of: satellite.id).total == 0)
        #expect(try await scene.store.satelliteCommands.command(command.id) == nil)
        let views = try await scene.store.installations.installationViews(team: scene.team.id)
        #expect(views.map(\.id) == [installation.id] && views[0].installation.satelliteID == nil)
    }

    @Test(arguments: Backend.all)
    func aDeletedTeamTakesItsSatellitesAndLeavesCommandsOfOthers(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let own = try await scene.addSatellite("satellite-1", ofTeam: true)
        let global = try await scene.addSatellite("satellite-2")
        let command = try await scene.enqueue(
            NewSatelliteCommand(.spawn, targetTeam: scene.team.id, createdBy: scene.owner.id), for: global)

        _ = try await scene.store.teams.deleteTeam(scene.team.id, force: true)
        _ = try await scene.store.users.deleteUser(scene.owner.id)

        #expect(try await scene.store.satellites.satellite(own.id) == nil)
        var expected = command
        expected.targetTeamID = nil
        expected.createdBy = nil
        #expect(try await scene.store.satelliteCommands.command(command.id) == expected)
    }
}
