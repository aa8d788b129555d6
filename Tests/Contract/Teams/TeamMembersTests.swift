import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct TeamMembersTests {
    @Test(arguments: Backend.all)
    func aNewMemberIsStoredAsGiven(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let user = try await scene.store.users.createUser(.fixture())
        scene.clock.advance(by: .seconds(1))

        let membership = try await scene.store.teams.addMember(user.id, to: scene.team.id, role: .administrator)

        #expect(membership.userID == user.id)
        #expect(membership.teamID == scene.team.id)
        #expect(membership.role == .administrator)
        #expect(membership.joinedAt == scene.clock.now())
        #expect(try await scene.store.teams.members(of: scene.team.id).last?.membership == membership)
    }

    @Test(arguments: Backend.all)
    func withoutARoleAMemberIsAUser(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let user = try await scene.store.users.createUser(.fixture())

        #expect(try await scene.store.teams.addMember(user.id, to: scene.team.id).role == .user)
    }

    @Test(arguments: Backend.all)
    func membersAreOrderedByOwnershipRoleAndTheBytesOfTheUsername(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        for (username, role) in [("zoe", TeamRole.user), ("Ada", .user), ("éva", .user), ("yan", .administrator), ("Bob", .administrator)] {
            _ = try await scene.addMember(role: role, username: username)
        }

        let members = try await scene.store.teams.members(of: scene.team.id)

        #expect(members.map(\.username) == [scene.owner.username, "Bob", "yan", "Ada", "zoe", "éva"])
        #expect(members.map(\.isOwner) == [true, false, false, false, false, false])
        #expect(members.map(\.isAdministrator) == [true, true, true, false, false, false])
    }

    @Test(arguments: Backend.all)
    func membersAreReturnedByPage(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        for username in ["ada", "bob", "cyd"] { _ = try await scene.addMember(username: username) }

        #expect(try await scene.store.teams.members(of: scene.team.id, page: Page(limit: 2, offset: 1)).map(\.username) == ["ada", "bob"])
        #expect(try await scene.store.teams.members(of: scene.team.id, page: Page(limit: 2, offset: 3)).map(\.username) == ["cyd"])
        #expect(try await scene.store.teams.members(of: scene.team.id, page: Page(limit: 2, offset: 4)).isEmpty)
    }

    @Test(arguments: Backend.all)
    func membershipIsSeenFromBothSides(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()

        #expect(try await scene.store.teams.isMember(member.id, of: scene.team.id))
        #expect(try await scene.store.teams.isMember(scene.owner.id, of: scene.team.id))
        #expect(try await !scene.store.teams.isMember(scene.administrator.id, of: scene.team.id))
        #expect(try await !scene.store.teams.isMember("nobody", of: scene.team.id))
        #expect(try await !scene.store.teams.isMember(member.id, of: "nothing"))
        #expect(try await scene.store.teams.teams(of: member.id) == [scene.team])
    }

    @Test(arguments: Backend.all)
    func teamsAreOrderedByDefaultAndTheBytesOfTheirNames(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let user = try await store.users.createUser(.fixture(username: "zzz"))
        let other = try await store.users.createUser(.fixture(), withDefaultTeam: false)
        for (name, owner) in [("b", user), ("B", user), ("a", other), ("é", other)] {
            let team = try await store.teams.createTeam(.fixture(owner: owner.id, name: name))
            if owner == other { try await store.teams.addMember(user.id, to: team.id) }
        }

        #expect(try await store.teams.teams(of: user.id).map(\.name) == ["zzz", "B", "a", "b", "é"])
    }

    @Test(arguments: Backend.all)
    func anUnknownTeamHasNoMembersAndAnUnknownUserNoTeams(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        #expect(try await store.teams.members(of: "nothing").isEmpty)
        #expect(try await store.teams.members(of: "nothing", page: .first).isEmpty)
        #expect(try await store.teams.teams(of: "nobody").isEmpty)
    }
}
