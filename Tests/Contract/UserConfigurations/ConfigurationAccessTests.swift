import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ConfigurationAccessTests {
    @Test(arguments: Backend.all)
    func onlyAMemberConfiguresWhatItsTeamInstalled(_ backend: Backend) async throws {
        let world = try await ConfiguredScene.make(on: backend)
        let other = try await world.store.teams.createTeam(.fixture(owner: world.scene.owner.id)).id
        let stranger = try await world.store.users.createUser(.fixture(), withDefaultTeam: false).id
        let refused: [(McpInstallationID, UserID, TeamID)] = [
            (world.installation, stranger, world.team), (world.installation, world.scene.owner.id, other), ("nothing", world.member, world.team),
            (world.installation, "nobody", world.team), (world.installation, world.member, "nothing"), ("a\0b", world.member, world.team),
            (world.installation, "", world.team), (world.installation, world.member, "a\0b"),
        ]

        for (installation, user, team) in refused {
            await expectError(.notFound(.installation)) {
                try await world.store.userConfigurations.save(installation, user: user, team: team, ConfiguredScene.complete)
            }
            await expectError(.notFound(.installation)) {
                try await world.store.userConfigurations.update(installation, user: user, team: team, UserConfigurationPatch())
            }
        }
        #expect(try await world.store.userConfigurations.list(user: stranger, team: world.team).isEmpty)
        #expect(try await world.store.userConfigurations.list(user: world.scene.owner.id, team: other).isEmpty)
    }

    @Test(arguments: Backend.all)
    func eachUserHasAConfigurationOfTheirOwn(_ backend: Backend) async throws {
        let world = try await ConfiguredScene.make(on: backend)
        let repository = world.store.userConfigurations
        let mine = try await world.save(UserConfigurationValues(args: ["level": 1]))
        let theirs = try await repository.save(
            world.installation, user: world.scene.owner.id, team: world.team, UserConfigurationValues(args: ["level": 2]))

        #expect(mine.id != theirs.id)
        #expect(try await repository.configuration(world.installation, user: world.member) == mine)
        #expect(try await repository.configuration(world.installation, user: world.scene.owner.id) == theirs)
        for user in ["nobody", "", "a\0b"] {
            #expect(try await repository.configuration(world.installation, user: UserID(user)) == nil)
        }
        #expect(try await repository.configuration("a\0b", user: world.member) == nil)
    }

    @Test(arguments: Backend.all)
    func aUsersListIsThatOfOneTeamNewestFirst(_ backend: Backend) async throws {
        let world = try await ConfiguredScene.make(on: backend)
        let repository = world.store.userConfigurations
        let server = try await world.scene.addServer()
        let other = try await world.store.teams.createTeam(.fixture(owner: world.member, limits: TeamScene.wide)).id
        let elsewhere = try await world.store.installations.createInstallation(team: other, user: world.member, .fixture(serverID: server.id))
        try await repository.save(elsewhere.id, user: world.member, team: other, UserConfigurationValues())
        var saved = [try await world.save(UserConfigurationValues())]
        for number in 1...5 {
            if number % 2 == 0 { world.clock.advance(by: .seconds(1)) }
            let installation = try await world.scene.install(server).id
            saved.append(try await repository.save(installation, user: world.member, team: world.team, UserConfigurationValues()))
        }

        let list = try await repository.list(user: world.member, team: world.team)

        #expect(list == saved.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) })
        #expect(try await repository.list(user: world.member, team: "nothing").isEmpty)
        #expect(try await repository.list(user: "a\0b", team: "").isEmpty)
    }

    @Test(arguments: Backend.all)
    func onlyItsUserDeletesAConfigurationOfThatTeam(_ backend: Backend) async throws {
        let world = try await ConfiguredScene.make(on: backend)
        let repository = world.store.userConfigurations
        let saved = try await world.save(ConfiguredScene.complete)
        let other = try await world.store.teams.createTeam(.fixture(owner: world.member)).id
        let second = try await repository.save(
            try await world.scene.install(try await world.scene.addServer()).id, user: world.member, team: world.team, UserConfigurationValues())
        let refused: [(McpUserConfigurationID, UserID, TeamID)] = [
            (saved.id, world.scene.owner.id, world.team), (saved.id, world.member, other), ("nothing", world.member, world.team),
            ("a\0b", world.member, world.team), (saved.id, "", world.team), (saved.id, world.member, "a\0b"),
        ]

        for (id, user, team) in refused {
            #expect(try await !repository.delete(id, user: user, team: team))
        }
        #expect(try await repository.delete(saved.id, user: world.member, team: world.team))
        #expect(try await !repository.delete(saved.id, user: world.member, team: world.team))
        #expect(try await repository.list(user: world.member, team: world.team) == [second])
    }
}
