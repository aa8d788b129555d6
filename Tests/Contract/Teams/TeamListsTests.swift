import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct TeamListsTests {
    @Test(arguments: Backend.all)
    func aUsersTeamsComeWithRoleOwnershipAndTheNumberOfMembers(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let user = try await scene.store.users.createUser(.fixture(username: "zzz"))
        let own = try await scene.store.teams.createTeam(.fixture(owner: user.id, name: "b"))
        let joined = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id, name: "a", limits: TeamScene.wide))
        try await scene.store.teams.addMember(user.id, to: joined.id)
        try await scene.store.teams.addMember(scene.administrator.id, to: joined.id, role: .administrator)

        let teams = try await scene.store.teams.teamsWithRoles(of: user.id)

        #expect(teams.map(\.team) == (try await scene.store.teams.teams(of: user.id)))
        #expect(teams.map(\.team.name) == ["zzz", "a", "b"])
        #expect(teams.map(\.isOwner) == [true, false, true])
        #expect(teams.map(\.role) == [.administrator, .user, .administrator])
        #expect(teams.map(\.isAdministrator) == [true, false, true])
        #expect(teams.map(\.memberCount) == [1, 3, 1])
        #expect(teams.last?.id == own.id)
    }

    @Test(arguments: Backend.all)
    func anUnknownUserHasNoTeams(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        #expect(try await store.teams.teamsWithRoles(of: "nobody").isEmpty)
        #expect(try await store.teams.teamsWithRoles(of: "a\0b").isEmpty)
        #expect(try await store.teams.teamCount(of: "nobody") == 0)
        #expect(try await !store.teams.canCreateTeam("nobody"))
        #expect(try await !store.teams.canCreateTeam("a\0b"))
    }

    @Test(arguments: Backend.all)
    func allTeamsAreCountedDistinctly(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()
        for _ in 1...3 { try await scene.install(server) }
        for _ in 1...2 { _ = try await scene.addMember() }
        let empty = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id, name: "Aaa"))

        let page = try await scene.store.teams.allTeams()

        #expect(page.total == 2)
        #expect(page.items.map(\.id) == [empty.id, scene.team.id])
        #expect(page.items.map(\.memberCount) == [1, 3])
        #expect(page.items.map(\.installationCount) == [0, 3])
        #expect(page.items.last?.team == scene.team)
    }

    @Test(arguments: Backend.all)
    func allTeamsAreOrderedByTheBytesOfTheirNamesAndPaged(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        for name in ["b", "B", "é", "a"] {
            let owner = try await store.users.createUser(.fixture(), withDefaultTeam: false)
            try await store.teams.createTeam(.fixture(owner: owner.id, name: name))
        }

        let page = try await store.teams.allTeams(page: Page(limit: 2, offset: 1))

        #expect(page.items.map(\.team.name) == ["a", "b"])
        #expect(page.total == 4 && page.hasMore)
        let beyond = try await store.teams.allTeams(page: Page(limit: 2, offset: 4))
        #expect(beyond.items.isEmpty && beyond.total == 4)
        await expectInvalid("page.limit") { _ = try await store.teams.allTeams(page: Page(limit: 101)) }
    }

    @Test(arguments: Backend.all)
    func teamsOfOneNameAreOrderedByTheirIdentifiers(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let user = try await scene.store.users.createUser(.fixture(), withDefaultTeam: false)
        var ids: [TeamID] = []
        for _ in 1...8 {
            let owner = try await scene.store.users.createUser(.fixture(), withDefaultTeam: false)
            let team = try await scene.store.teams.createTeam(.fixture(owner: owner.id, name: "Of one name"))
            try await scene.store.teams.addMember(user.id, to: team.id)
            ids.append(team.id)
        }
        ids.sort()

        #expect(try await scene.store.teams.teams(of: user.id).map(\.id) == ids)
        #expect(try await scene.store.teams.teamsWithRoles(of: user.id).map(\.id) == ids)
        #expect(try await scene.store.teams.allTeams(search: "of one name", page: .first).items.map(\.id) == ids)
    }

    @Test(arguments: Backend.all)
    func theSearchIsForNameOrSlugWithoutWildcards(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        for (name, slug) in [("100% Acme", "x-1"), ("under_score", "x-2"), ("Ünder", "x-3"), ("back\\slash", "x-4"), ("plain", "acme-five")] {
            let owner = try await store.users.createUser(.fixture(), withDefaultTeam: false)
            try await store.teams.createTeam(.fixture(owner: owner.id, name: name, slug: slug))
        }
        let expected: [(String?, [String])] = [
            ("acme", ["100% Acme", "plain"]), ("ACME", ["100% Acme", "plain"]), ("%", ["100% Acme"]), ("_", ["under_score"]),
            ("\\", ["back\\slash"]), ("Ünd", ["Ünder"]), ("ünd", []), ("nder", ["under_score", "Ünder"]), (" plain ", ["plain"]), ("x-3", ["Ünder"]),
            ("nothing", []), ("  ", ["100% Acme", "back\\slash", "plain", "under_score", "Ünder"]),
            (nil, ["100% Acme", "back\\slash", "plain", "under_score", "Ünder"]),
        ]

        for (search, names) in expected {
            let page = try await store.teams.allTeams(search: search, page: .first)

            #expect(page.items.map(\.team.name) == names, "\(search ?? "nil")")
            #expect(page.total == names.count)
        }
        await expectInvalid("search") { _ = try await store.teams.allTeams(search: "a\0b", page: .first) }
        await expectInvalid("search") { _ = try await store.teams.allTeams(search: String(repeating: "x", count: 256), page: .first) }
    }

    @Test(arguments: Backend.all)
    func aUserMayCreateTeamsUntilTheLimitWhateverTheUserWasInvitedTo(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let user = try await scene.store.users.createUser(.fixture())
        try await scene.store.teams.addMember(user.id, to: scene.team.id)

        #expect(try await scene.store.teams.teamCount(of: user.id) == 1)
        #expect(try await scene.store.teams.canCreateTeam(user.id))
        for _ in 1...2 { try await scene.store.teams.createTeam(.fixture(owner: user.id)) }

        #expect(try await scene.store.teams.teamCount(of: user.id) == 3)
        #expect(try await !scene.store.teams.canCreateTeam(user.id))
    }

    @Test(arguments: Backend.all)
    func membershipIsLookedUpFromEverySide(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let user = try await scene.store.users.createUser(.fixture(), withDefaultTeam: false)
        let membership = try await scene.store.teams.addMember(user.id, to: scene.team.id)

        #expect(try await scene.store.teams.membership(of: user.id, in: scene.team.id) == membership)
        #expect(try await scene.store.teams.membership(of: scene.administrator.id, in: scene.team.id) == nil)
        #expect(try await scene.store.teams.membership(of: user.id, in: "nothing") == nil)
        #expect(try await scene.store.teams.membership(of: "a\0b", in: scene.team.id) == nil)
        #expect(try await scene.store.teams.isAdmin(scene.owner.id, of: scene.team.id))
        #expect(try await !scene.store.teams.isAdmin(user.id, of: scene.team.id))
        #expect(try await !scene.store.teams.isAdmin(scene.administrator.id, of: scene.team.id))
        #expect(try await !scene.store.teams.isAdmin("a\0b", of: scene.team.id))
        #expect(try await scene.store.teams.isOwner(scene.owner.id, of: scene.team.id))
        #expect(try await !scene.store.teams.isOwner(user.id, of: scene.team.id))
        #expect(try await !scene.store.teams.isOwner(scene.owner.id, of: "a\0b"))
        #expect(try await scene.store.teams.memberCount(of: scene.team.id) == 2)
        #expect(try await scene.store.teams.adminCount(of: scene.team.id) == 1)
        #expect(try await scene.store.teams.memberCount(of: "nothing") == 0)
        #expect(try await scene.store.teams.adminCount(of: "a\0b") == 0)
    }

    @Test(arguments: Backend.all)
    func aRemovedTeamSaysWhatWentWithIt(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let first = try await scene.install(try await scene.addServer())
        scene.clock.advance(by: .seconds(1))
        let second = try await scene.install(try await scene.addServer(.fixture(ownerTeam: scene.team.id)))

        await expectError(.inUse(.team, "the team has installations; delete it with force to delete them too")) {
            _ = try await scene.store.teams.removeTeam(scene.team.id, force: false)
        }
        let removed = try #require(try await scene.store.teams.removeTeam(scene.team.id, force: true))

        #expect(removed.team == scene.team)
        #expect(removed.installations == [second.installation, first.installation])
        #expect(try await scene.store.teams.removeTeam(scene.team.id, force: true) == nil)
        #expect(try await scene.store.teams.team(scene.team.id) == nil)
    }
}
