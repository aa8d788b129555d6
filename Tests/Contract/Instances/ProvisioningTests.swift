import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ProvisioningTests {
    /// An installation of a team without instances, and two members beside the owner.
    private static func scene(on backend: Backend) async throws -> (scene: TeamScene, installation: McpInstallationID, members: [UserID]) {
        let scene = try await TeamScene.make(on: backend)
        let members = [try await scene.addMember().id, try await scene.addMember().id].sorted()
        let server = try await scene.addServer()
        let installation = try await scene.store.installations.createInstallation(
            team: scene.team.id, user: scene.owner.id, .fixture(serverID: server.id, provisioning: .none))
        return (scene, installation.id, members)
    }

    @Test(arguments: Backend.all)
    func eachMemberGetsAnInstanceWithATokenOfItsOwn(_ backend: Backend) async throws {
        let (scene, installation, members) = try await Self.scene(on: backend)

        let made = try await scene.store.instances.provision(installation, users: [members[1], members[0], members[1]])

        #expect(made.map(\.instance.userID) == members)
        #expect(made.allSatisfy { $0.instance.installationID == installation && $0.instance.status == .provisioning })
        #expect(made.allSatisfy { $0.instance.createdAt == scene.clock.now() && $0.instance.statusMessage == nil })
        #expect(made.allSatisfy { $0.token.reveal().wholeMatch(of: /ds_inst_[0-9a-f]{64}/) != nil })
        #expect(Set(made.map { $0.token.reveal() }).count == 2)
        #expect(try await scene.store.instances.statuses(installation: installation, team: scene.team.id).map(\.instance.id).count == 2)
    }

    @Test(arguments: Backend.all)
    func aPathIsAnAdjectiveANounAndFourDigits(_ backend: Backend) async throws {
        let (scene, installation, members) = try await Self.scene(on: backend)

        let path = try #require(try await scene.store.instances.provision(installation, users: [members[0]]).first?.instance.path)

        #expect(path.wholeMatch(of: /[a-z]+-[a-z]+-[0-9a-f]{4}/) != nil)
    }

    @Test(arguments: Backend.all)
    func whoHasAnInstanceIsPassedOver(_ backend: Backend) async throws {
        let (scene, installation, members) = try await Self.scene(on: backend)
        let first = try await scene.store.instances.provision(installation, users: [members[0]])

        let second = try await scene.store.instances.provision(installation, users: members)

        #expect(second.map(\.instance.userID) == [members[1]])
        let path = try #require(first[0].instance.path)
        #expect(try await scene.store.instances.instance(path: path, token: first[0].token.reveal()) == first[0].instance)
    }

    @Test(arguments: Backend.all)
    func whoIsNotAMemberIsRefusedTogetherWithTheOthers(_ backend: Backend) async throws {
        let (scene, installation, members) = try await Self.scene(on: backend)
        let stranger = try await scene.store.users.createUser(.fixture(), withDefaultTeam: false).id

        for user in [stranger, "nobody", "", "a\0b"] {
            await expectError(.ruleViolation(.notMember, "instances are made for members of the team only")) {
                try await scene.store.instances.provision(installation, users: [members[0], user])
            }
        }

        #expect(try await scene.store.instances.statuses(installation: installation, team: scene.team.id).isEmpty)
    }

    @Test(arguments: Backend.all)
    func anUnknownInstallationIsNotFound(_ backend: Backend) async throws {
        let (scene, _, members) = try await Self.scene(on: backend)

        for id in ["nothing", "", "a\0b"] {
            await expectError(.notFound(.installation)) {
                try await scene.store.instances.provision(McpInstallationID(id), users: members)
            }
        }
    }

    @Test(arguments: Backend.all)
    func nobodyIsProvisionedForNobody(_ backend: Backend) async throws {
        let (scene, installation, _) = try await Self.scene(on: backend)

        #expect(try await scene.store.instances.provision(installation, users: []).isEmpty)
        await expectError(.validation("users", "there may be at most 10000")) {
            try await scene.store.instances.provision(installation, users: Array(repeating: scene.owner.id, count: 10_001))
        }
    }

    @Test(arguments: Backend.all)
    func anInstanceWaitsForARequiredPersonalValue(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let schema = McpConfigurationSchemas(user: .init(env: [["name": "KEY", "required": true]]))
        let server = try await scene.addServer(.fixture(configuration: schema))
        let installation = try await scene.store.installations.createInstallation(
            team: scene.team.id, user: scene.owner.id, .fixture(serverID: server.id, provisioning: .none))

        let made = try await scene.store.instances.provision(installation.id, users: [scene.owner.id])

        #expect(made.map(\.instance.status) == [.awaitingUserConfiguration])
    }

    @Test(arguments: Backend.all)
    func aTakenPathIsDrawnAgainAndFiveTimesAtMost(_ backend: Backend) async throws {
        let store = try await backend.makeStore(options: StoreOptions(randomSource: OnePathOnly()))
        let owner = try await store.users.createUser(.fixture(), withDefaultTeam: false)
        let team = try await store.teams.createTeam(.fixture(owner: owner.id, limits: TeamScene.wide))
        let server = try await store.catalog.create(.fixture(), by: .system)
        let first = try await store.installations.createInstallation(team: team.id, user: owner.id, .fixture(serverID: server.id))

        await expectError(DataError(.internal, entity: .instance, reason: "no free path was found in 5 attempts")) {
            try await store.installations.createInstallation(team: team.id, user: owner.id, .fixture(serverID: server.id))
        }

        #expect(first.instances.map(\.path) == ["able-badger-0000"])
        #expect(try await store.installations.usage(team: team.id)?.total == 1, "The installation without instances stayed.")
    }

    @Test(arguments: Backend.all)
    func ofManyWhoProvisionAtOnceOneMakesEachInstance(_ backend: Backend) async throws {
        let (scene, installation, members) = try await Self.scene(on: backend)

        let outcomes = await race(12) { _ in
            try await scene.store.instances.provision(installation, users: members).map(\.instance.userID)
        }

        #expect(outcomes.errors.isEmpty)
        #expect(outcomes.values.flatMap { $0 }.sorted() == members)
        #expect(try await scene.store.instances.statuses(installation: installation, team: scene.team.id).count == 2)
    }

    @Test(arguments: Backend.all)
    func provisioningWhileTheInstallationGoesAwayLeavesNothing(_ backend: Backend) async throws {
        let (scene, installation, members) = try await Self.scene(on: backend)

        let outcomes = await race(9) { number in
            if number == 4 {
                _ = try await scene.store.installations.deleteInstallation(installation)
            } else {
                try await scene.store.instances.provision(installation, users: members)
            }
        }

        #expect(Set(outcomes.errors).subtracting([.notFound(.installation)]) == [])
        #expect(try await scene.store.instances.delete(user: members[0], team: scene.team.id) == 0)
    }
}

/// Gives zeros, so that every path is the same one.
private struct OnePathOnly: RandomSource {
    func bytes(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }
}
