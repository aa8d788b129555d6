import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Synchronization
import Testing

/// The rules that count rows hold in every isolation level, also where a transaction's snapshot is older than what it counts.
@Suite(.requiresServer, .database)
struct IsolationTests {
    private static let levels: [IsolationLevel] = [.readCommitted, .repeatableRead, .serializable]

    private struct Scene {
        let store: DataStore
        let owner: User
        let team: Team
        let server: McpServer

        static func make(limits: TeamLimits = TeamLimits()) async throws -> Scene {
            let store = try await Backend.postgres.makeStore()
            let owner = try await store.users.createUser(.fixture(), withDefaultTeam: false)
            let team = try await store.teams.createTeam(.fixture(owner: owner.id, limits: limits))
            return Scene(store: store, owner: owner, team: team, server: try await store.catalog.create(.fixture(), by: .system))
        }

        func install(_ store: DataStore) async throws {
            try await store.installations.createInstallation(team: team.id, user: owner.id, .fixture(serverID: server.id))
        }

        /// Runs `act` in a transaction that has looked at the database before `meanwhile` happened, and says how it ended.
        func act(
            _ level: IsolationLevel, meanwhile: @escaping @Sendable () async throws -> Void,
            _ act: @escaping @Sendable (DataStore) async throws -> Void
        ) async -> DataError? {
            do {
                try await IsolationTests.repeating(store, level, meanwhile: meanwhile, act)
                return nil
            } catch {
                return error as? DataError
            }
        }
    }

    /// A transaction that collides is run again, by the store or here, as any caller would; what happens meanwhile happens once.
    private static func repeating<Result: Sendable>(
        _ store: DataStore, _ level: IsolationLevel, meanwhile: @escaping @Sendable () async throws -> Void,
        _ act: @escaping @Sendable (DataStore) async throws -> Result
    ) async throws -> Result {
        let hasHappened = Atomic(false)
        while true {
            do {
                return try await store.transaction(TransactionOptions(isolation: level)) { inside in
                    _ = try await inside.users.user("nobody")
                    if !hasHappened.exchange(true, ordering: .relaxed) {
                        // A task of its own does not belong to the transaction, so it may use the store.
                        try await Task.detached { try await meanwhile() }.value
                    }
                    return try await act(inside)
                }
            } catch let error as DataError where error.kind == .conflict {
                continue
            }
        }
    }

    @Test(arguments: levels)
    func anOlderSnapshotDoesNotPassTheLimitOfInstallations(_ level: IsolationLevel) async throws {
        let scene = try await Scene.make(limits: TeamLimits(mcpServers: 1, nonHttp: 0))

        let error = await scene.act(level, meanwhile: { try await scene.install(scene.store) }, { try await scene.install($0) })

        #expect(error == .limitExceeded(.mcpServers, maximum: 1, current: 1))
        #expect(try await scene.store.installations.usage(team: scene.team.id)?.total == 1)
    }

    @Test(arguments: levels)
    func anOlderSnapshotDoesNotPassTheLimitOfMembers(_ level: IsolationLevel) async throws {
        let scene = try await Scene.make(limits: TeamLimits(members: 2))
        let first = try await scene.store.users.createUser(.fixture(), withDefaultTeam: false)
        let second = try await scene.store.users.createUser(.fixture(), withDefaultTeam: false)

        let error = await scene.act(
            level, meanwhile: { try await scene.store.teams.addMember(first.id, to: scene.team.id) },
            { try await $0.teams.addMember(second.id, to: scene.team.id) })

        #expect(error == .limitExceeded(.members, maximum: 2, current: 2))
        #expect(try await scene.store.teams.members(of: scene.team.id).count == 2)
    }

    @Test(arguments: levels)
    func anOlderSnapshotDoesNotPassTheLimitOfTeams(_ level: IsolationLevel) async throws {
        let scene = try await Scene.make()
        try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id))

        let error = await scene.act(
            level,
            meanwhile: { try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id)) },
            { try await $0.teams.createTeam(.fixture(owner: scene.owner.id)) })

        #expect(error == .limitExceeded(.teamsPerUser, maximum: 3, current: 3))
    }

    @Test(arguments: levels)
    func anOlderSnapshotDoesNotDeleteATeamIntoWhichSomethingWasInstalled(_ level: IsolationLevel) async throws {
        let scene = try await Scene.make()

        let error = await scene.act(
            level, meanwhile: { try await scene.install(scene.store) }, { _ = try await $0.teams.deleteTeam(scene.team.id) })

        #expect(error?.kind == .inUse)
        #expect(try await scene.store.teams.team(scene.team.id) == scene.team)
    }

    @Test(arguments: levels)
    func anOlderSnapshotDoesNotDeleteAnOwnerWhoseTeamWasJoined(_ level: IsolationLevel) async throws {
        let scene = try await Scene.make()
        try await TestDatabase.lent().run("UPDATE \"authUser\" SET \"role_id\" = 'global_user'")
        let other = try await scene.store.users.createUser(.fixture(), withDefaultTeam: false)

        let error = await scene.act(
            level, meanwhile: { try await scene.store.teams.addMember(other.id, to: scene.team.id) },
            { _ = try await $0.users.deleteUser(scene.owner.id) })

        #expect(error?.kind == .inUse)
        #expect(try await scene.store.teams.members(of: scene.team.id).count == 2)
    }

    @Test(arguments: levels)
    func anOlderSnapshotMakesNoSecondAdministrator(_ level: IsolationLevel) async throws {
        let store = try await Backend.postgres.makeStore()

        let second = try await Self.repeating(
            store, level, meanwhile: { try await store.users.createUser(.fixture(username: "first", email: "first@example.org")) },
            { try await $0.users.createUser(.fixture()) })

        #expect(!second.isGlobalAdministrator)
        #expect(try await store.users.user(email: "first@example.org")?.isGlobalAdministrator == true)
    }

    @Test func whatRefersToAnAdministratorDoesNotWaitForTheDeletionOfSomebodyElse() async throws {
        let store = try await Backend.postgres.makeStore()
        let administrator = try await store.users.createUser(.fixture())
        let other = try await store.users.createUser(.fixture())

        let notification = try await store.transaction { inside in
            _ = try await inside.users.deleteUser(other.id)
            return try await Task.detached { try await store.notifications.create(user: administrator.id, title: "x", message: "x") }.value
        }

        #expect(notification.userID == administrator.id)
    }
}
