import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct AddingMembersTests {
    @Test(arguments: Backend.all)
    func anUnknownTeamOrUserIsRefused(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        await expectError(.notFound(.team)) { try await scene.store.teams.addMember(scene.administrator.id, to: "nothing") }
        await expectError(.notFound(.user)) { try await scene.store.teams.addMember("nobody", to: scene.team.id) }
        await expectError(.notFound(.team)) { try await scene.store.teams.addMember("nobody", to: "nothing") }
    }

    @Test(arguments: Backend.all)
    func aMemberIsAddedOnce(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()

        await expectError(.alreadyExists(.membership, "userID", constraint: "teamMemberships_team_id_user_id_key")) {
            try await scene.store.teams.addMember(member.id, to: scene.team.id, role: .administrator)
        }

        #expect(try await scene.store.teams.members(of: scene.team.id).last?.membership.role == .user)
    }

    @Test(arguments: Backend.all)
    func aNewMemberHasOneInstanceOfEachInstallation(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let configured = NewServer.fixture(configuration: McpConfigurationSchemas(user: .init(env: [["name": "KEY", "required": true]])))
        var installations: [McpInstallationID] = []
        for server in [.fixture(), .fixture(), configured] { installations.append(try await scene.install(try await scene.addServer(server)).id) }

        let member = try await scene.addMember().id

        var states: [[McpInstanceStatus]] = []
        for installation in installations {
            let all = try await scene.store.instances.statuses(installation: installation, team: scene.team.id).map(\.instance)
            states.append(all.filter { $0.userID == member }.map(\.status))
        }
        #expect(states == [[.provisioning], [.provisioning], [.awaitingUserConfiguration]])
    }

    @Test(arguments: Backend.all)
    func aFullTeamTakesNobody(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend, limits: TeamLimits(members: 2))
        _ = try await scene.addMember()

        await expectError(.limitExceeded(.members, maximum: 2, current: 2)) {
            try await scene.store.teams.addMember(scene.administrator.id, to: scene.team.id)
        }

        #expect(try await scene.store.teams.members(of: scene.team.id).count == 2)
    }

    @Test(arguments: Backend.all)
    func membershipIsCheckedBeforeTheLimit(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend, limits: TeamLimits(members: 1))

        await expectError(.alreadyExists(.membership, "userID", constraint: "teamMemberships_team_id_user_id_key")) {
            try await scene.store.teams.addMember(scene.owner.id, to: scene.team.id)
        }
    }

    @Test(arguments: Backend.all)
    func aRoleThatThisVersionDoesNotKnowIsRefused(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        await expectError(.validation("role", "it must be team_admin or team_user")) {
            try await scene.store.teams.addMember(scene.administrator.id, to: scene.team.id, role: .unknown("emperor"))
        }
    }

    @Test(arguments: Backend.all)
    func aNewMemberIsThereWhenAServerIsInstalledLater(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()

        let detail = try await scene.install(try await scene.addServer())

        #expect(Set(detail.instances.map(\.userID)) == [scene.owner.id, member.id])
    }
}
