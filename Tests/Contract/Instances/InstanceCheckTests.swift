import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct InstanceCheckTests {
    /// Instances of four installations, in order of their identifiers.
    private static func instances(of scene: TeamScene) async throws -> [McpServerInstance] {
        let server = try await scene.addServer()
        var instances: [McpServerInstance] = []
        for _ in 1...4 { instances += try await scene.install(server).instances }
        return instances.sorted { $0.id < $1.id }
    }

    @Test(arguments: Backend.all)
    func whatWasNeverTriedIsDueFirstThenTheLongestUntried(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let all = try await Self.instances(of: scene)
        let (now, repository) = (scene.clock.now(), scene.store.instances)
        for (index, seconds) in [(0, 900), (2, 2_000), (3, 899)] {
            try await repository.setCredentialCheck(
                installation: all[index].installationID, user: scene.owner.id, at: now - .seconds(seconds))
        }

        let due = try await repository.dueForCredentialCheck()

        #expect(due.map(\.id) == [all[1].id, all[2].id, all[0].id])
        #expect(due.map(\.lastCredentialCheckAt) == [nil, now - .seconds(2_000), now - .seconds(900)])
        #expect(try await repository.dueForCredentialCheck(olderThan: .seconds(900), limit: 2).map(\.id) == [all[1].id, all[2].id])
        #expect(try await repository.dueForCredentialCheck(olderThan: .zero, limit: 10).map(\.id) == [1, 2, 0, 3].map { all[$0].id })
        #expect(try await repository.dueForCredentialCheck(olderThan: .seconds(Int64.max), limit: 10).map(\.id) == [all[1].id])
    }

    @Test(arguments: Backend.all)
    func whatIsDueTogetherIsOrderedByTheBytesOfItsIdentifier(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let all = try await Self.instances(of: scene)

        #expect(try await scene.store.instances.dueForCredentialCheck().map(\.id) == all.map(\.id))
        for instance in all {
            try await scene.store.instances.setCredentialCheck(
                installation: instance.installationID, user: scene.owner.id, at: scene.clock.now() - .seconds(1_000))
        }
        #expect(try await scene.store.instances.dueForCredentialCheck().map(\.id) == all.map(\.id))
    }

    @Test(arguments: Backend.all)
    func aCheckIsNotedAndNeverMovesBack(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let detail = try await scene.install(try await scene.addServer())
        let (now, repository) = (scene.clock.now(), scene.store.instances)
        scene.clock.advance(by: .seconds(60))

        for seconds in [5, 3] {
            #expect(try await repository.setHealthCheck(installation: detail.id, user: scene.owner.id, at: now + .seconds(seconds)))
            #expect(try await repository.setCredentialCheck(installation: detail.id, user: scene.owner.id, at: now + .seconds(seconds + 1)))
        }

        var expected = try #require(detail.instances.first)
        expected.lastHealthCheckAt = now + .seconds(5)
        expected.lastCredentialCheckAt = now + .seconds(6)
        expected.updatedAt = scene.clock.now()
        #expect(try await repository.statuses(installation: detail.id, team: scene.team.id).map(\.instance) == [expected])
    }

    @Test(arguments: Backend.all)
    func whoHasNoInstanceIsNotChecked(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let detail = try await scene.install(try await scene.addServer())

        for (installation, user) in [(detail.id, scene.administrator.id), ("nothing", scene.owner.id), ("a\0b", scene.owner.id), (detail.id, "")] {
            #expect(try await !scene.store.instances.setHealthCheck(installation: installation, user: user, at: scene.clock.now()))
            #expect(try await !scene.store.instances.setCredentialCheck(installation: installation, user: user, at: scene.clock.now()))
        }
    }

    @Test(arguments: Backend.all)
    func aLimitOrAnAgeThatIsOutOfRangeIsRefused(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        for limit in [0, -1, 1_001] {
            await expectInvalid("limit") { _ = try await store.instances.dueForCredentialCheck(olderThan: .zero, limit: limit) }
        }
        await expectInvalid("age") { _ = try await store.instances.dueForCredentialCheck(olderThan: .microseconds(-1), limit: 1) }
    }

    @Test(arguments: Backend.all)
    func instancesAreDeletedByUserAndTeamOrByInstallation(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()
        let other = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id, limits: TeamScene.wide))
        let server = try await scene.addServer()
        let (first, second) = (try await scene.install(server), try await scene.install(server))
        let elsewhere = try await scene.store.installations.createInstallation(team: other.id, user: scene.owner.id, .fixture(serverID: server.id))
        let repository = scene.store.instances

        #expect(try await repository.delete(user: scene.owner.id, team: scene.team.id) == 2)
        #expect(try await repository.delete(user: scene.owner.id, team: scene.team.id) == 0)
        #expect(try await repository.statuses(installation: first.id, team: scene.team.id).map(\.instance.userID) == [member.id])
        #expect(try await repository.statuses(installation: elsewhere.id, team: other.id).count == 1)
        #expect(try await repository.delete(installation: first.id) == 1)
        #expect(try await repository.statuses(installation: second.id, team: scene.team.id).count == 1)
        for id in ["nothing", "", "a\0b"] {
            #expect(try await repository.delete(installation: McpInstallationID(id)) == 0)
            #expect(try await repository.delete(user: UserID(id), team: scene.team.id) == 0)
            #expect(try await repository.delete(user: scene.owner.id, team: TeamID(id)) == 0)
        }
    }
}
