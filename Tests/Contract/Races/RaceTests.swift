import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.raceRounds, .database)
struct RaceTests {
    @Test(arguments: Backend.all)
    func fiftyParallelInstallsIntoATeamWithALimitOfFiveLeaveFive(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend, limits: TeamLimits(mcpServers: 5))
        let server = try await scene.addServer()

        let outcomes = await race(50) { _ in try await scene.install(server).id }

        #expect(outcomes.values.count == 5)
        #expect(outcomes.errors == Array(repeating: .limitExceeded(.mcpServers, maximum: 5, current: 5), count: 45))
        #expect(Set(try await scene.store.installations.installationViews(team: scene.team.id).map(\.id)) == Set(outcomes.values))
        #expect(try await scene.store.installations.usage(team: scene.team.id)?.total == 5)
    }

    @Test(arguments: Backend.all)
    func twentyOwnersWhoCreateOneNameGetTwentySlugs(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        var owners: [UserID] = []
        for _ in 1...20 { owners.append(try await store.users.createUser(.fixture(), withDefaultTeam: false).id) }

        let outcomes = await race(20) { [owners] number in try await store.teams.createTeam(.fixture(owner: owners[number], name: "Acme")).slug }

        #expect(outcomes.errors.isEmpty)
        #expect(Set(outcomes.values) == Set(["acme"] + (2...20).map { "acme-\($0)" }))
    }

    @Test(arguments: Backend.all)
    func ofTenRegistrationsAtOnceOneMakesAnAdministrator(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        let outcomes = await race(10) { _ in try await store.users.createUser(.fixture()) }

        #expect(outcomes.errors.isEmpty)
        #expect(outcomes.values.count { $0.isGlobalAdministrator } == 1)
        #expect(outcomes.values.count { $0.roleID == .globalUser && !$0.isEmailVerified } == 9)
    }

    @Test(arguments: Backend.all)
    func ofParallelDefaultTeamsThereIsOne(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let user = try await store.users.createUser(.fixture(), withDefaultTeam: false)

        let outcomes = await race(8) { _ in try await store.teams.createDefaultTeam(user: user.id, username: user.username).team.id }

        #expect(outcomes.values.count == 1)
        #expect(outcomes.errors == Array(repeating: .alreadyExists(.team, "ownerID", constraint: "idx_teams_one_default_per_owner"), count: 7))
        #expect(try await store.teams.teams(of: user.id).map(\.id) == outcomes.values)
    }

    @Test(arguments: Backend.all)
    func parallelMembersDoNotPassTheLimit(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend, limits: TeamLimits(members: 4))
        var users: [UserID] = []
        for _ in 1...12 { users.append(try await scene.store.users.createUser(.fixture(), withDefaultTeam: false).id) }

        let outcomes = await race(12) { [users] number in try await scene.store.teams.addMember(users[number], to: scene.team.id).id }

        #expect(outcomes.values.count == 3)
        #expect(outcomes.errors == Array(repeating: .limitExceeded(.members, maximum: 4, current: 4), count: 9))
        #expect(try await scene.store.teams.members(of: scene.team.id).count == 4)
    }

    @Test(arguments: Backend.all)
    func oneUserIsAddedOnceHoweverManyTryAtOnce(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let user = try await scene.store.users.createUser(.fixture())

        let outcomes = await race(8) { _ in try await scene.store.teams.addMember(user.id, to: scene.team.id).id }

        #expect(outcomes.values.count == 1)
        #expect(
            outcomes.errors
                == Array(repeating: .alreadyExists(.membership, "userID", constraint: "teamMemberships_team_id_user_id_key"), count: 7))
    }

    @Test(arguments: Backend.all)
    func oneOwnerCannotPassTheLimitOfTeamsByHaste(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let owner = try await store.users.createUser(.fixture())

        let outcomes = await race(10) { _ in try await store.teams.createTeam(.fixture(owner: owner.id)).id }

        #expect(outcomes.values.count == 2)
        #expect(outcomes.errors == Array(repeating: .limitExceeded(.teamsPerUser, maximum: 3, current: 3), count: 8))
    }

    @Test(arguments: Backend.all)
    func oneNameIsInstalledOnceHoweverManyTryAtOnce(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()

        let outcomes = await race(10) { _ in try await scene.install(server, name: "same").id }

        #expect(outcomes.values.count == 1)
        #expect(Set(outcomes.errors).map(\.constraint) == ["mcpTeamInstallations_team_id_installation_name_key"])
    }

    @Test(arguments: Backend.all)
    func aFileThatIsImportedTwiceAtOnceIsThereOnce(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let entries = (1...100).map { "{\"name\": \"server \($0)\", \"category\": \"c\($0 % 5)\"}" }.joined(separator: ",")
        let file = try CatalogFile(text: "[\(entries)]")

        let outcomes = await race(4) { _ in try await store.catalog.importServers(file) }

        #expect(outcomes.errors.isEmpty)
        #expect(outcomes.values.map(\.inserted).reduce(0, +) == 100)
        #expect(outcomes.values.allSatisfy { $0.total == 100 && $0.rejected.isEmpty })
        #expect(try await store.catalog.list(viewer: .administrator).total == 100)
    }

    @Test(arguments: Backend.all)
    func oneNotificationIsMarkedByOneOfMany(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 1)

        let outcomes = await race(8) { _ in try await inbox.store.notifications.markRead(inbox.notifications[0].id, user: inbox.user) }

        #expect(outcomes.errors.isEmpty)
        #expect(outcomes.values.count { $0 } == 1)
    }

    @Test(arguments: Backend.all)
    func aTeamIsDeletedByOneOfMany(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        try await scene.install(try await scene.addServer())

        let outcomes = await race(6) { _ in try await scene.store.teams.deleteTeam(scene.team.id, force: true) }

        #expect(outcomes.errors.isEmpty)
        #expect(outcomes.values.count { $0 } == 1)
    }
}
