import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct RegistrationTests {
    @Test(arguments: Backend.all)
    func theFirstUserIsAGlobalAdministratorWithAConfirmedAddress(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        let first = try await store.users.createUser(.fixture())

        #expect(first.isGlobalAdministrator)
        #expect(first.isEmailVerified)
    }

    @Test(arguments: Backend.all)
    func everyOtherUserIsAGlobalUserWithAnUnconfirmedAddress(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.users.createUser(.fixture())

        let second = try await store.users.createUser(.fixture())

        #expect(second.roleID == .globalUser)
        #expect(!second.isEmailVerified)
    }

    @Test(arguments: Backend.all)
    func aUserIsStoredAsGivenWithTheAddressInLowerCase(_ backend: Backend) async throws {
        let clock = ManualTimeSource()
        let store = try await backend.makeStore(options: StoreOptions(timeSource: clock))
        let new = NewUser(username: "ada", email: "  Ada@Example.ORG ", authType: .github, firstName: "Ada", lastName: "Lovelace", githubID: "4711")

        let created = try await store.users.createUser(new)

        #expect(created.username == "ada")
        #expect(created.email == "ada@example.org")
        #expect(created.authType == .github)
        #expect(created.firstName == "Ada")
        #expect(created.lastName == "Lovelace")
        #expect(created.githubID == "4711")
        #expect(created.createdAt == clock.now())
        #expect(created.updatedAt == clock.now())
        #expect(try await store.users.user(created.id) == created)
    }

    @Test(arguments: Backend.all)
    func aUserGetsADefaultTeamInTheSameTransaction(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        let user = try await store.users.createUser(.fixture(username: "grace"))

        let team = try #require(try await store.teams.defaultTeam(of: user.id))
        #expect(team.isDefault)
        #expect(team.name == "grace")
        #expect(team.slug == "grace")
        #expect(team.description == "grace's team")
        #expect(team.ownerID == user.id)
        let members = try await store.teams.members(of: team.id)
        #expect(members.map(\.membership.userID) == [user.id])
        #expect(members.map(\.membership.role) == [.administrator])
    }

    @Test(arguments: Backend.all)
    func aUserCanBeCreatedWithoutATeam(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        let user = try await store.users.createUser(.fixture(), withDefaultTeam: false)

        #expect(try await store.teams.defaultTeam(of: user.id) == nil)
        #expect(try await store.teams.teams(of: user.id).isEmpty)
    }

    @Test(arguments: Backend.all)
    func anAddressIsTakenInAnySpellingOfItsCase(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.users.createUser(.fixture(email: "ada@example.org"))

        await expectError(.alreadyExists(.user, "email", constraint: "authUser_email_key")) {
            try await store.users.createUser(.fixture(email: "ADA@example.org"))
        }
    }

    @Test(arguments: Backend.all)
    func aUsernameIsTakenOnce(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.users.createUser(.fixture(username: "ada"))

        await expectError(.alreadyExists(.user, "username", constraint: "authUser_username_key")) {
            try await store.users.createUser(.fixture(username: "ada"))
        }
    }

    @Test(arguments: Backend.all)
    func aGitHubAccountIsLinkedOnce(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.users.createUser(.fixture(githubID: "1"))

        await expectError(.alreadyExists(.user, "githubID", constraint: "authUser_github_id_key")) {
            try await store.users.createUser(.fixture(githubID: "1"))
        }
    }

    @Test(arguments: Backend.all)
    func aRefusedRegistrationLeavesNothingBehind(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.users.createUser(.fixture(username: "first", email: "taken@example.org"))

        await #expect(throws: DataError.self) { try await store.users.createUser(.fixture(username: "second", email: "taken@example.org")) }

        #expect(try await store.teams.team(slug: "second") == nil)
        #expect(try await store.users.user(email: "taken@example.org")?.username == "first")
    }

    @Test(arguments: Backend.all)
    func aRegistrationWhoseTeamCannotBeMadeLeavesNoUserBehind(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.users.createUser(.fixture(username: "first"))
        try await store.settings.set("team.default_mcp_server_limit", to: 1)

        await expectError(
            DataError(
                .configuration, entity: .setting, field: "team.default_mcp_server_limit",
                reason: "it must be at least team.default_non_http_mcp_limit and team.github_mcp_limit together")
        ) {
            try await store.users.createUser(.fixture(username: "second"))
        }

        #expect(try await store.users.user(username: "second") == nil)
        #expect(try await store.teams.team(slug: "second") == nil)
        try await store.settings.set("team.default_mcp_server_limit", to: 5)
        #expect(try await store.users.createUser(.fixture(username: "second")).username == "second")
    }

    @Test(arguments: Backend.all)
    func usernamesThatDifferInCaseOrInTheSpellingOfAnAccentAreTwo(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        for username in ["caf\u{e9}", "cafe\u{301}", "Caf\u{e9}"] {
            let user = try await store.users.createUser(.fixture(username: username), withDefaultTeam: false)

            #expect(bytes(try await store.users.user(user.id)?.username) == bytes(username))
        }
    }
}
