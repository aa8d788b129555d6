import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ConfigurationStatusTests {
    @Test(arguments: Backend.all)
    func theLastMissingValueSetsTheInstanceGoing(_ backend: Backend) async throws {
        let world = try await ConfiguredScene.make(on: backend)
        #expect(try await world.instance()?.status == .awaitingUserConfiguration)
        world.clock.advance(by: .seconds(1))

        try await world.save(UserConfigurationValues(env: ["KEY": "s3cret"]))
        #expect(try await world.instance()?.status == .awaitingUserConfiguration)

        world.clock.advance(by: .seconds(1))
        try await world.store.userConfigurations.update(
            world.installation, user: world.member, team: world.team, UserConfigurationPatch(headers: .set(["X-Region": "eu"])))
        let instance = try #require(try await world.instance())
        #expect(instance.status == .provisioning && instance.statusMessage == nil)
        #expect(instance.statusUpdatedAt == world.clock.now() && instance.updatedAt == world.clock.now())
    }

    @Test(arguments: Backend.all)
    func aNewInstanceOfAUserWhoHasSavedEverythingWaitsForNobody(_ backend: Backend) async throws {
        let world = try await ConfiguredScene.make(on: backend)
        let (store, owner) = (world.store, world.scene.owner.id)
        let satellite = try await store.satellites.register(NewSatellite(name: "everybodys-satellite")).satellite.id
        try await store.instances.delete(installation: world.installation)
        try await world.save(ConfiguredScene.complete)
        try await store.userConfigurations.save(
            world.installation, user: owner, team: world.team, UserConfigurationValues(env: ["KEY": "s3cret"], headers: ["X-Other": "eu"]))

        let made = try await store.instances.provision(world.installation, users: [owner, world.member])

        let statuses = Dictionary(uniqueKeysWithValues: made.map { ($0.instance.userID, $0.instance.status) })
        #expect(statuses == [world.member: .provisioning, owner: .awaitingUserConfiguration])
        #expect(try await store.installations.resolvedConfiguration(world.installation, user: world.member)?.isComplete == true)
        #expect(try await store.installations.satelliteConfigurations(satellite).map(\.instance.userID) == [world.member])
    }

    @Test(arguments: Backend.all)
    func aChangeRestartsWhatIsOnline(_ backend: Backend) async throws {
        let world = try await ConfiguredScene.make(on: backend)
        try await world.save(ConfiguredScene.complete)
        try await world.store.instances.updateStatus(
            installation: world.installation, user: world.member, status: .online, message: "here", at: world.clock.now())
        world.clock.advance(by: .seconds(1))

        try await world.save(UserConfigurationValues(env: ["KEY": "*****"], headers: ["X-Region": "us"]))

        let instance = try #require(try await world.instance())
        #expect(instance.status == .restarting && instance.statusMessage == nil && instance.statusUpdatedAt == world.clock.now())
    }

    @Test(arguments: Backend.all)
    func savingTheSameAgainRestartsNothing(_ backend: Backend) async throws {
        let world = try await ConfiguredScene.make(on: backend)
        try await world.save(ConfiguredScene.complete)
        try await world.store.instances.updateStatus(
            installation: world.installation, user: world.member, status: .online, at: world.clock.now())

        try await world.save(UserConfigurationValues(env: ["KEY": "*****"], headers: ["X-Region": "eu"]))
        try await world.store.userConfigurations.update(
            world.installation, user: world.member, team: world.team, UserConfigurationPatch())

        #expect(try await world.instance()?.status == .online)
    }

    @Test(arguments: Backend.all)
    func whatLosesARequiredValueWaitsForItsUser(_ backend: Backend) async throws {
        let world = try await ConfiguredScene.make(on: backend)
        let repository = world.store.userConfigurations
        for change in 0..<3 {
            let saved = try await world.save(ConfiguredScene.complete)
            world.clock.advance(by: .seconds(1))
            try await world.store.instances.updateStatus(
                installation: world.installation, user: world.member, status: .online, at: world.clock.now())

            switch change {
            case 0: try await world.save(UserConfigurationValues(env: ["KEY": "*****"]))
            case 1:
                try await repository.update(world.installation, user: world.member, team: world.team, UserConfigurationPatch(env: .clear))
            default: try await repository.delete(saved.id, user: world.member, team: world.team)
            }

            #expect(try await world.instance()?.status == .awaitingUserConfiguration, "\(change)")
        }
    }

    private static let untouched: [McpInstanceStatus] = [
        .provisioning, .commandReceived, .connecting, .discoveringTools, .syncingTools, .restarting, .offline, .error, .requiresReauthentication,
        .permanentlyFailed,
    ]

    @Test(arguments: Backend.all)
    func everyOtherStatusIsTheSatellitesBusiness(_ backend: Backend) async throws {
        let world = try await ConfiguredScene.make(on: backend)

        for (number, status) in Self.untouched.enumerated() {
            try await world.store.instances.updateStatus(
                installation: world.installation, user: world.member, status: status, message: "m", at: world.clock.now())
            try await world.save(UserConfigurationValues(args: ["level": .number(number)], env: ["KEY": "k"], headers: ["X-Region": "eu"]))

            let instance = try #require(try await world.instance())
            #expect(instance.status == status && instance.statusMessage == "m")
        }
    }

    @Test(arguments: Backend.all)
    func othersInstancesStayAsTheyAre(_ backend: Backend) async throws {
        let world = try await ConfiguredScene.make(on: backend)

        try await world.save(ConfiguredScene.complete)

        let statuses = try await world.store.instances.statuses(installation: world.installation, team: world.team)
        #expect(statuses.first { $0.instance.userID == world.scene.owner.id }?.instance.status == .awaitingUserConfiguration)
    }

    @Test(arguments: Backend.all)
    func theTimeOfAStatusNeverGoesBack(_ backend: Backend) async throws {
        let world = try await ConfiguredScene.make(on: backend)
        try await world.save(ConfiguredScene.complete)
        let ahead = world.clock.now() + .seconds(30)
        try await world.store.instances.updateStatus(installation: world.installation, user: world.member, status: .online, at: ahead)

        try await world.save(UserConfigurationValues(args: ["level": 1], env: ["KEY": "*****"], headers: ["X-Region": "eu"]))

        let instance = try #require(try await world.instance())
        #expect(instance.status == .restarting && instance.statusUpdatedAt == ahead)
    }

    @Test(arguments: Backend.all)
    func whatFailsMovesNothing(_ backend: Backend) async throws {
        let world = try await ConfiguredScene.make(on: backend)

        await #expect(throws: DataError.self) {
            try await world.store.transaction { store in
                try await store.userConfigurations.save(world.installation, user: world.member, team: world.team, ConfiguredScene.complete)
                throw DataError(.internal)
            }
        }

        #expect(try await world.instance()?.status == .awaitingUserConfiguration)
        #expect(try await world.store.userConfigurations.configuration(world.installation, user: world.member) == nil)
    }
}
