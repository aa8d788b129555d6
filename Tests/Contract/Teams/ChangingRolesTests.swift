import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ChangingRolesTests {
    @Test(arguments: Backend.all)
    func aMemberIsPromotedAndDemoted(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()

        let promoted = try await scene.store.teams.updateRole(of: member.id, in: scene.team.id, to: .administrator)

        #expect(promoted?.role == .administrator)
        #expect(try await scene.store.teams.membership(of: member.id, in: scene.team.id) == promoted)
        #expect(try await scene.store.teams.isAdmin(member.id, of: scene.team.id))
        #expect(try await scene.store.teams.adminCount(of: scene.team.id) == 2)

        #expect(try await scene.store.teams.updateRole(of: member.id, in: scene.team.id, to: .user)?.role == .user)
        #expect(try await !scene.store.teams.isAdmin(member.id, of: scene.team.id))
        #expect(try await scene.store.teams.adminCount(of: scene.team.id) == 1)
    }

    @Test(arguments: Backend.all)
    func theRoleThatAMemberHasIsNoChange(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()

        #expect(try await scene.store.teams.updateRole(of: member.id, in: scene.team.id, to: .user)?.role == .user)
        #expect(try await scene.store.teams.updateRole(of: scene.owner.id, in: scene.team.id, to: .administrator)?.role == .administrator)
    }

    @Test(arguments: Backend.all)
    func theLastAdministratorStaysOne(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        _ = try await scene.addMember()

        await expectError(.ruleViolation(.lastAdmin, "the last administrator of a team stays one")) {
            try await scene.store.teams.updateRole(of: scene.owner.id, in: scene.team.id, to: .user)
        }

        #expect(try await scene.store.teams.isAdmin(scene.owner.id, of: scene.team.id))
    }

    @Test(arguments: Backend.all)
    func theOwnerStaysAnAdministratorBesideOthers(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        _ = try await scene.addMember(role: .administrator)

        await expectError(.ruleViolation(.ownerMustTransferFirst, "the owner stays an administrator until the team has another owner")) {
            try await scene.store.teams.updateRole(of: scene.owner.id, in: scene.team.id, to: .user)
        }

        #expect(try await scene.store.teams.adminCount(of: scene.team.id) == 2)
    }

    @Test(arguments: Backend.all)
    func rolesInADefaultTeamStay(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let user = try await store.users.createUser(.fixture())
        let team = try #require(try await store.teams.defaultTeam(of: user.id))

        for role in [TeamRole.user, .administrator] {
            await expectError(.ruleViolation(.defaultTeamImmutable, "the only member of a default team stays its administrator")) {
                try await store.teams.updateRole(of: user.id, in: team.id, to: role)
            }
        }
    }

    @Test(arguments: Backend.all)
    func whoIsNoMemberHasNoRole(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        #expect(try await scene.store.teams.updateRole(of: scene.administrator.id, in: scene.team.id, to: .user) == nil)
        #expect(try await scene.store.teams.updateRole(of: "nobody", in: scene.team.id, to: .user) == nil)
        #expect(try await scene.store.teams.updateRole(of: scene.owner.id, in: "nothing", to: .user) == nil)
        #expect(try await scene.store.teams.updateRole(of: scene.owner.id, in: "a\0b", to: .user) == nil)
    }

    @Test(arguments: Backend.all)
    func aRoleThatThisVersionDoesNotKnowIsRefused(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()

        await expectError(.validation("role", "it must be team_admin or team_user")) {
            try await scene.store.teams.updateRole(of: member.id, in: scene.team.id, to: .unknown("emperor"))
        }

        #expect(try await scene.store.teams.membership(of: member.id, in: scene.team.id)?.role == .user)
    }
}
