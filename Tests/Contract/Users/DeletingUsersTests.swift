import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct DeletingUsersTests {
    @Test(arguments: Backend.all)
    func aDeletedUserIsGoneAndDeletedOnce(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let user = try await scene.store.users.createUser(.fixture())

        #expect(try await scene.store.users.deleteUser(user.id))

        #expect(try await scene.store.users.user(user.id) == nil)
        #expect(try await scene.store.users.user(email: user.email) == nil)
        #expect(try await !scene.store.users.deleteUser(user.id))
    }

    @Test(arguments: Backend.all)
    func theOnlyGlobalAdministratorStays(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        await expectError(.ruleViolation(.lastGlobalAdministrator, "the only global administrator cannot be deleted")) {
            _ = try await scene.store.users.deleteUser(scene.administrator.id)
        }

        #expect(try await scene.store.users.user(scene.administrator.id) == scene.administrator)
    }

    @Test(arguments: Backend.all)
    func whoOwnsATeamWithOtherMembersStays(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        _ = try await scene.addMember()

        await expectError(.inUse(.team, "the user owns a team that has other members")) {
            _ = try await scene.store.users.deleteUser(scene.owner.id)
        }

        #expect(try await scene.store.teams.members(of: scene.team.id).count == 2)
    }

    @Test(arguments: Backend.all)
    func ownedTeamsGoWithTheirOwner(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let user = try await scene.store.users.createUser(.fixture())
        let second = try await scene.store.teams.createTeam(.fixture(owner: user.id))
        let first = try #require(try await scene.store.teams.defaultTeam(of: user.id))

        #expect(try await scene.store.users.deleteUser(user.id))

        #expect(try await scene.store.teams.team(first.id) == nil)
        #expect(try await scene.store.teams.team(second.id) == nil)
        #expect(try await scene.store.teams.team(scene.team.id) == scene.team)
    }

    @Test(arguments: Backend.all)
    func membershipsInstancesTokensAndNotificationsGoWithAMember(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()
        let installation = try await scene.install(
            try await scene.addServer(.fixture(configuration: McpConfigurationSchemas(user: .init(env: [["name": "REGION"]])))))
        let token = try await scene.store.tokens.issueAccessToken(.fixture(user: member.id, team: scene.team.id))
        try await scene.store.notifications.create(user: member.id, title: "Hello", message: "there")
        try await scene.store.userConfigurations.save(
            installation.id, user: member.id, team: scene.team.id, UserConfigurationValues(env: ["REGION": "eu"]))
        try await scene.store.oauthClients.grantConsent(user: member.id, team: scene.team.id, client: TeamScene.client, scopes: [.read])

        #expect(try await scene.store.users.deleteUser(member.id))

        #expect(try await scene.store.teams.members(of: scene.team.id).map(\.membership.userID) == [scene.owner.id])
        #expect(try await scene.store.tokens.verify(token.token.reveal()) == nil)
        #expect(try await !scene.store.tokens.revokeAccessToken(token.record.id))
        #expect(try await scene.store.notifications.list(user: member.id).total == 0)
        #expect(try await scene.store.notifications.unreadCount(user: member.id) == 0)
        #expect(
            try await scene.store.instances.statuses(installation: installation.id, team: scene.team.id).map(\.instance.userID) == [scene.owner.id])
        #expect(try await scene.store.userConfigurations.configuration(installation.id, user: member.id) == nil)
        #expect(try await scene.store.oauthClients.consent(user: member.id, team: scene.team.id, client: TeamScene.client) == nil)
    }

    @Test(arguments: Backend.all)
    func whatTheUserMadeForOthersStaysWithoutACreator(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()
        let server = try await scene.store.catalog.create(.fixture(), by: .globalAdministrator(member.id))
        let installation = try await scene.store.installations.createInstallation(
            team: scene.team.id, user: member.id, .fixture(serverID: server.id))

        #expect(try await scene.store.users.deleteUser(member.id))

        let view = try #require(try await scene.store.installations.installationViews(team: scene.team.id).first)
        #expect(view.id == installation.id)
        #expect(view.installation.createdBy == nil)
        let kept = try #require(try await scene.store.catalog.server(server.id))
        #expect(kept.details?.createdBy == nil)
    }

    @Test(arguments: Backend.all)
    func teamsGoToANewOwnerWhoBecomesTheirAdministrator(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.users.createUser(.fixture())
        let owner = try await store.users.createUser(.fixture())
        let heir = try await store.users.createUser(.fixture())
        let shared = try await store.teams.createTeam(.fixture(owner: owner.id))
        let own = try await store.teams.createTeam(.fixture(owner: owner.id))
        try await store.teams.addMember(heir.id, to: shared.id)
        let server = try await store.catalog.create(.fixture(transport: .http), by: .system)
        let installation = try await store.installations.createInstallation(team: own.id, user: owner.id, .fixture(serverID: server.id))

        let wasDeleted = try await store.users.deleteUser(owner.id, transferTeamsTo: heir.id)

        #expect(wasDeleted)
        // Whoever comes into a team gets an instance of what it has installed.
        #expect(try await store.instances.statuses(installation: installation.id, team: own.id).map(\.instance.userID) == [heir.id])
        for team in [shared.id, own.id] {
            #expect(try await store.teams.team(team)?.ownerID == heir.id)
            #expect(try await store.teams.members(of: team).map(\.membership.userID) == [heir.id])
            #expect(try await store.teams.members(of: team).map(\.isAdministrator) == [true])
        }
        #expect(try await store.installations.installationViews(team: own.id).count == 1)
        #expect(try await store.teams.defaultTeam(of: owner.id) == nil)
    }

    @Test(arguments: Backend.all)
    func teamsGoOnlyToAnotherUserWhoExists(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.users.createUser(.fixture())
        let owner = try await store.users.createUser(.fixture())

        let unknown = await #expect(throws: DataError.self) { try await store.users.deleteUser(owner.id, transferTeamsTo: "nobody") }
        let malformed = await #expect(throws: DataError.self) { try await store.users.deleteUser(owner.id, transferTeamsTo: "a\0b") }
        let same = await #expect(throws: DataError.self) { try await store.users.deleteUser(owner.id, transferTeamsTo: owner.id) }

        #expect(unknown == .notFound(.user))
        #expect(malformed == .notFound(.user))
        #expect(same?.kind == .validation && same?.field == "transferTeamsTo")
        #expect(try await store.users.user(owner.id) != nil)
    }
}
