import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct CreatingTeamsTests {
    @Test(arguments: Backend.all)
    func aTeamIsStoredAsGiven(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let limits = TeamLimits(
            mcpServers: 9, nonHttp: 4, github: 5, members: 7, allowsRemoteServers: true, allowsGitHubServers: false, allowsPrivateRepositories: false)

        let team = try await scene.store.teams.createTeam(
            NewTeam(name: "  Acme Corp\u{3000}", owner: scene.owner.id, description: "We make everything.", limits: limits))

        #expect(team.name == "Acme Corp")
        #expect(team.slug == "acme-corp")
        #expect(team.description == "We make everything.")
        #expect(team.ownerID == scene.owner.id)
        #expect(!team.isDefault)
        #expect(team.limits == limits)
        #expect(team.createdAt == scene.clock.now())
        #expect(team.updatedAt == scene.clock.now())
        #expect(try await scene.store.teams.team(team.id) == team)
        #expect(try await scene.store.teams.team(slug: "acme-corp") == team)
    }

    @Test(arguments: Backend.all)
    func limitsThatAreNotGivenAreThoseOfThePlatform(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend, limits: nil)

        #expect(scene.team.limits == TeamLimits())
    }

    @Test(arguments: Backend.all)
    func theOwnerIsTheFirstMemberAndAdministrator(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        let members = try await scene.store.teams.members(of: scene.team.id)

        let member = try #require(members.first)
        #expect(members.count == 1)
        #expect(member.membership.userID == scene.owner.id)
        #expect(member.membership.role == .administrator)
        #expect(member.membership.joinedAt == scene.team.createdAt)
        #expect(member.username == scene.owner.username)
        #expect(member.email == scene.owner.email)
        #expect(member.isOwner)
        #expect(member.isAdministrator)
    }

    @Test(arguments: Backend.all)
    func anUnknownOwnerIsRefused(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        await expectError(.referenceMissing(.user, constraint: "teams_owner_id_fkey")) {
            try await store.teams.createTeam(.fixture(owner: "nobody", name: "Acme"))
        }

        #expect(try await store.teams.team(slug: "acme") == nil)
    }

    @Test(arguments: Backend.all)
    func oneUserOwnsThreeTeamsAtMostDefaultTeamIncluded(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let owner = try await store.users.createUser(.fixture())
        for _ in 1...2 { try await store.teams.createTeam(.fixture(owner: owner.id)) }

        await expectError(.limitExceeded(.teamsPerUser, maximum: 3, current: 3)) {
            try await store.teams.createTeam(.fixture(owner: owner.id))
        }

        #expect(try await store.teams.teams(of: owner.id).count == 3)
    }

    @Test(arguments: Backend.all)
    func membershipInOthersTeamsDoesNotCountAgainstTheLimit(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let user = try await scene.addMember()

        for _ in 1...3 { try await scene.store.teams.createTeam(.fixture(owner: user.id)) }

        #expect(try await scene.store.teams.teams(of: user.id).count == 4)
    }

    private static let badLimits: [(limits: TeamLimits, field: String)] = [
        (TeamLimits(mcpServers: -1, nonHttp: 0, github: 0), "limits.mcpServers"),
        (TeamLimits(nonHttp: -1), "limits.nonHttp"),
        (TeamLimits(github: -1), "limits.github"),
        (TeamLimits(members: 0), "limits.members"),
        (TeamLimits(mcpServers: 1, nonHttp: 1, github: 1), "limits.mcpServers"),
        (TeamLimits(mcpServers: Int(Int32.max) + 1), "limits.mcpServers"),
        (TeamLimits(members: .max), "limits.members"),
    ]

    @Test(arguments: Backend.all)
    func limitsMustBeInRangeAndConsistent(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        for (limits, field) in Self.badLimits {
            await expectInvalid(field) { try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id, name: "Acme", limits: limits)) }
        }

        #expect(try await scene.store.teams.team(slug: "acme") == nil)
    }
}
