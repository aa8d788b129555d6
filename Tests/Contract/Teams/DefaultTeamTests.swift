import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct DefaultTeamTests {
    @Test(arguments: Backend.all)
    func aUserHasOneDefaultTeam(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let user = try await store.users.createUser(.fixture())

        await expectError(.alreadyExists(.team, "ownerID", constraint: "idx_teams_one_default_per_owner")) {
            try await store.teams.createDefaultTeam(user: user.id, username: user.username)
        }

        #expect(try await store.teams.teams(of: user.id).count == 1)
    }

    /// The limit is for the teams that a user makes, and a default team counts among those afterwards.
    @Test(arguments: Backend.all)
    func aUserWhoOwnsAsManyTeamsAsAllowedGetsADefaultTeamAllTheSame(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let user = try await store.users.createUser(.fixture(), withDefaultTeam: false)
        for _ in 1...3 { try await store.teams.createTeam(.fixture(owner: user.id)) }

        let made = try await store.teams.createDefaultTeam(user: user.id, username: user.username)

        #expect(made.team.isDefault)
        #expect(try await store.teams.teamCount(of: user.id) == 4)
        await expectError(.limitExceeded(.teamsPerUser, maximum: 3, current: 4)) {
            try await store.teams.createTeam(.fixture(owner: user.id))
        }
    }

    @Test(arguments: Backend.all)
    func anUnknownUserGetsNoDefaultTeam(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        await expectError(.referenceMissing(.user, constraint: "teams_owner_id_fkey")) {
            try await store.teams.createDefaultTeam(user: "nobody", username: "nobody")
        }

        #expect(try await store.teams.team(slug: "nobody") == nil)
    }

    @Test(arguments: Backend.all)
    func theNameMustBeOneOfATeam(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let user = try await store.users.createUser(.fixture(), withDefaultTeam: false)

        await expectInvalid("name") { try await store.teams.createDefaultTeam(user: user.id, username: " ") }

        #expect(try await store.teams.defaultTeam(of: user.id) == nil)
    }

    @Test(arguments: Backend.all)
    func itKeepsItsName(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let user = try await store.users.createUser(.fixture(username: "grace"))
        let team = try #require(try await store.teams.defaultTeam(of: user.id))

        await expectError(.ruleViolation(.defaultTeamImmutable, "a default team keeps its name")) {
            _ = try await store.teams.updateTeamName(team.id, "Hopper")
        }
        await expectRule(.defaultTeamImmutable) { _ = try await store.teams.updateTeam(team.id, TeamPatch(name: "Hopper")) }

        #expect(try await store.teams.team(team.id) == team)
    }

    @Test(arguments: Backend.all)
    func givingItTheNameThatItHasIsNoChangeOfItsName(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let user = try await store.users.createUser(.fixture(username: "grace"))
        let team = try #require(try await store.teams.defaultTeam(of: user.id))

        #expect(try await store.teams.updateTeamName(team.id, " grace "))
        #expect(try await store.teams.updateTeam(team.id, TeamPatch(name: "grace", description: .set("Mine")))?.description == "Mine")
    }

    @Test(arguments: Backend.all)
    func itsNameInAnotherSpellingIsAnotherName(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let user = try await store.users.createUser(.fixture(username: "caf\u{e9}"))
        let team = try #require(try await store.teams.defaultTeam(of: user.id))

        await expectRule(.defaultTeamImmutable) { _ = try await store.teams.updateTeamName(team.id, "cafe\u{301}") }
    }

    @Test(arguments: Backend.all)
    func itsDescriptionMayChange(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let user = try await store.users.createUser(.fixture())
        let team = try #require(try await store.teams.defaultTeam(of: user.id))

        #expect(try await store.teams.updateTeam(team.id, TeamPatch(description: .clear))?.description == nil)
    }

    @Test(arguments: Backend.all, [false, true])
    func itCannotBeDeletedEvenWithForce(_ backend: Backend, _ force: Bool) async throws {
        let store = try await backend.makeStore()
        let user = try await store.users.createUser(.fixture())
        let team = try #require(try await store.teams.defaultTeam(of: user.id))

        await expectError(.ruleViolation(.defaultTeamImmutable, "a default team cannot be deleted")) {
            _ = try await store.teams.deleteTeam(team.id, force: force)
        }

        #expect(try await store.teams.team(team.id) == team)
    }

    @Test(arguments: Backend.all)
    func itTakesNoOtherMember(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let user = try await store.users.createUser(.fixture())
        let other = try await store.users.createUser(.fixture())
        let team = try #require(try await store.teams.defaultTeam(of: user.id))

        await expectError(.ruleViolation(.defaultTeamImmutable, "a default team has no other members")) {
            try await store.teams.addMember(other.id, to: team.id)
        }

        #expect(try await !store.teams.isMember(other.id, of: team.id))
    }

    @Test(arguments: Backend.all)
    func anothersDefaultTeamIsNotOnesOwn(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.users.createUser(.fixture())
        let other = try await store.users.createUser(.fixture(), withDefaultTeam: false)

        #expect(try await store.teams.defaultTeam(of: other.id) == nil)
        #expect(try await store.teams.defaultTeam(of: "nobody") == nil)
    }
}
