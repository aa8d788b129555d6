import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct BadIdentifierTests {
    static let identifiers = ["", "\0", "a\0b", String(repeating: "x", count: 10_000), "' OR 1 = 1 --", "\u{1F600}", " "]

    @Test(arguments: Backend.all)
    func whatCannotExistIsNotFound(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let store = scene.store

        for id in Self.identifiers {
            #expect(try await store.users.user(UserID(id)) == nil)
            #expect(try await !store.users.deleteUser(UserID(id)))
            #expect(try await store.teams.team(TeamID(id)) == nil)
            #expect(try await store.teams.team(slug: id) == nil)
            #expect(try await store.teams.defaultTeam(of: UserID(id)) == nil)
            #expect(try await store.teams.teams(of: UserID(id)).isEmpty)
            #expect(try await store.teams.updateTeam(TeamID(id), TeamPatch(name: "x")) == nil)
            #expect(try await !store.teams.updateTeamName(TeamID(id), "x"))
            #expect(try await !store.teams.deleteTeam(TeamID(id), force: true))
            #expect(try await store.teams.members(of: TeamID(id)).isEmpty)
            #expect(try await !store.teams.isMember(UserID(id), of: scene.team.id))
            #expect(try await !store.teams.isMember(scene.owner.id, of: TeamID(id)))
            #expect(try await store.catalog.server(McpServerID(id)) == nil)
            #expect(try await store.catalog.server(slug: id) == nil)
            #expect(try await store.catalog.list(viewer: .member(of: [TeamID(id)])).total == 0)
            #expect(try await store.installations.installationViews(team: TeamID(id)).isEmpty)
            #expect(try await store.installations.installationViews(team: TeamID(id), tagged: ["t"]).isEmpty)
            #expect(try await store.installations.usage(team: TeamID(id)) == nil)
            #expect(try await !store.installations.deleteInstallation(McpInstallationID(id)))
            #expect(try await store.installations.installation(McpInstallationID(id), team: scene.team.id) == nil)
            #expect(try await store.installations.satelliteConfigurations(SatelliteID(id)).isEmpty)
            #expect(try await store.instances.instance(path: id, token: id) == nil)
            #expect(try await store.userConfigurations.list(user: UserID(id), team: TeamID(id)).isEmpty)
            #expect(try await !store.tokens.revokeAccessToken(AccessTokenID(id)))
            #expect(try await store.notifications.list(user: UserID(id)).total == 0)
            #expect(try await store.notifications.feed(user: UserID(id)).items.isEmpty)
            #expect(try await store.notifications.unreadCount(user: UserID(id)) == 0)
            #expect(try await !store.notifications.markRead(NotificationID(id), user: scene.owner.id))
            #expect(try await store.notifications.markAllRead(user: UserID(id)) == 0)
            #expect(try await !store.notifications.delete(NotificationID(id), user: scene.owner.id))
            #expect(try await store.notifications.notifyTeam(TeamID(id), title: "x", message: "x") == 0)
            #expect(try await store.notifications.notification(NotificationID(id), user: scene.owner.id) == nil)
            #expect(try await store.notifications.missed(user: UserID(id), since: "x").isEmpty)
            #expect(try await store.notifications.missed(user: scene.owner.id, since: NotificationID(id)).isEmpty)
            #expect(try await store.notifications.unreadCounts(users: [UserID(id)]) == [UserID(id): 0])
            #expect(try await store.notifications.markRead([NotificationID(id)], user: scene.owner.id) == 0)
            #expect(try await !store.notifications.markUnread(NotificationID(id), user: scene.owner.id))
            #expect(try await store.notifications.deleteRead(user: UserID(id)) == 0)
        }
    }

    @Test(arguments: Backend.all)
    func referringToWhatCannotExistIsRefusedLikeAnyUnknownThing(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let store = scene.store
        let server = try await scene.addServer()
        let team = scene.team.id
        let owner = scene.owner.id

        for id in Self.identifiers {
            await expectError(.referenceMissing(.user, constraint: "teams_owner_id_fkey")) {
                try await store.teams.createTeam(.fixture(owner: UserID(id)))
            }
            await expectError(.referenceMissing(.user, constraint: "teams_owner_id_fkey")) {
                try await store.teams.createDefaultTeam(user: UserID(id), username: "x")
            }
            await expectError(.notFound(.team)) { try await store.teams.addMember(owner, to: TeamID(id)) }
            await expectError(.notFound(.user)) { try await store.teams.addMember(UserID(id), to: team) }
            await expectError(.referenceMissing(.team, constraint: "mcpServerTemplates_owner_team_id_fkey")) {
                try await store.catalog.create(.fixture(ownerTeam: TeamID(id)), by: .system)
            }
            await expectError(.referenceMissing(.user, constraint: "mcpServerTemplates_created_by_fkey")) {
                try await store.catalog.create(.fixture(), by: .globalAdministrator(UserID(id)))
            }
            await expectError(.notFound(.server)) {
                try await store.installations.createInstallation(team: team, user: owner, .fixture(serverID: McpServerID(id)))
            }
            await expectError(.notFound(.team)) {
                try await store.installations.createInstallation(team: TeamID(id), user: owner, .fixture(serverID: server.id))
            }
            await expectError(.notFound(.user)) {
                try await store.installations.createInstallation(team: team, user: UserID(id), .fixture(serverID: server.id))
            }
            await expectError(.referenceMissing(.satellite, constraint: "mcpTeamInstallations_satellite_id_fkey")) {
                try await store.installations.createInstallation(
                    team: team, user: owner, .fixture(serverID: server.id, satelliteID: SatelliteID(id)))
            }
            await expectError(.referenceMissing(.user)) { _ = try await store.tokens.issueAccessToken(.fixture(user: UserID(id), team: team)) }
            await expectError(.referenceMissing(.team)) { _ = try await store.tokens.issueAccessToken(.fixture(user: owner, team: TeamID(id))) }
            await expectError(.referenceMissing(.user, constraint: "notifications_user_id_fkey")) {
                try await store.notifications.create(user: UserID(id), title: "x", message: "x")
            }
        }

        #expect(try await store.catalog.list(viewer: .administrator).items.map(\.id) == [server.id])
        #expect(try await store.installations.usage(team: team)?.total == 0)
    }

    @Test(arguments: Backend.all)
    func aCategoryThatCannotExistIsRefusedLikeAnyUnknownOne(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        for id in Self.identifiers where !id.isEmpty {
            await expectError(.referenceMissing(.category, constraint: "mcpServerTemplates_category_id_fkey")) {
                try await store.catalog.create(.fixture(category: CategoryID(id)), by: .system)
            }
        }
    }

    @Test(arguments: Backend.all)
    func aCursorThatNoFeedReturnedIsRefused(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        for id in ["", "\0", String(repeating: "x", count: 10_000)] {
            await expectError(.validation("cursor", "it must be one that a feed returned")) {
                _ = try await scene.store.notifications.feed(user: scene.owner.id, before: FeedCursor(createdAt: .epoch, id: id))
            }
        }
    }

    @Test(arguments: Backend.all)
    func anExcludedMemberThatCannotExistExcludesNobody(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        for id in Self.identifiers {
            let count = try await scene.store.notifications.notifyTeam(
                scene.team.id, title: "x", message: "x", role: nil, excluding: UserID(id))

            #expect(count == 1)
        }
    }
}
