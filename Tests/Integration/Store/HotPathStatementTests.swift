import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// What a service does all day costs one statement a call, however many rows the answer has: no look-up for each row, nothing asked twice.
@Suite(.database)
struct HotPathStatementTests {
    @Test(.requiresServer, arguments: HotPath.all)
    func aCallSendsOneStatement(_ path: HotPath) async throws {
        let world = try await HotPathWorld.make()
        let before = try #require(world.store.statementsSent)

        let rows = try await path.call(world)

        #expect(rows == path.rows)
        #expect(try #require(world.store.statementsSent) - before == 1)
    }

    @Test(.requiresServer) func everyCallInATransactionIsCounted() async throws {
        let world = try await HotPathWorld.make()
        let before = try #require(world.store.statementsSent)

        try await world.store.transaction { store in
            for _ in 0..<3 { _ = try await store.teams.team(world.team) }
        }

        #expect(try #require(world.store.statementsSent) - before == 3)
    }
}

/// A call that services make often.
struct HotPath: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// How many rows the answer has, or how many were changed.
    let rows: Int
    /// Makes the call and returns the number of rows.
    let call: @Sendable (HotPathWorld) async throws -> Int

    private init(_ description: String, rows: Int, _ call: @escaping @Sendable (HotPathWorld) async throws -> Int) {
        testDescription = description
        self.rows = rows
        self.call = call
    }

    static let all = [
        HotPath("a team", rows: 1) { try await $0.store.teams.team($0.team) == nil ? 0 : 1 },
        HotPath("a user's teams", rows: 1) { try await $0.store.teams.teams(of: $0.user).count },
        HotPath("a user with the role", rows: 1) { try await $0.store.users.userWithRole($0.user) == nil ? 0 : 1 },
        HotPath("a page of users", rows: 1) { try await $0.store.users.list(search: "example.org").items.count },
        HotPath("the users of each role", rows: 4) { try await $0.store.users.countByRole().count },
        HotPath("a permission", rows: 1) { try await $0.store.roles.userHasPermission($0.user, "teams.create") ? 1 : 0 },
        HotPath("a setting", rows: 1) { try await $0.store.settings.get("team.creation_limit") == nil ? 0 : 1 },
        HotPath("a setting that is stored", rows: 1) { try await $0.store.settings.set("x", to: 1).value == 1 ? 1 : 0 },
        HotPath("all settings by group", rows: 8) { try await $0.store.settings.groupsWithSettings().flatMap(\.settings).count },
        HotPath("a user's preferences", rows: 5) { try await $0.store.preferences.all(user: $0.user).count },
        HotPath("some preferences that are stored", rows: 1) {
            try await $0.store.preferences.setMany(["interface.theme": "dark", "onboarding.completed": true], user: $0.user)
            return 1
        },
        HotPath("a user's teams with roles", rows: 1) { try await $0.store.teams.teamsWithRoles(of: $0.user).count },
        HotPath("a membership", rows: 1) { try await $0.store.teams.membership(of: $0.user, in: $0.team) == nil ? 0 : 1 },
        HotPath("whether a user is a member", rows: 1) { try await $0.store.teams.isMember($0.user, of: $0.team) ? 1 : 0 },
        HotPath("whether a user is an administrator", rows: 1) { try await $0.store.teams.isAdmin($0.user, of: $0.team) ? 1 : 0 },
        HotPath("whether a user owns a team", rows: 1) { try await $0.store.teams.isOwner($0.user, of: $0.team) ? 1 : 0 },
        HotPath("the number of members", rows: 1) { try await $0.store.teams.memberCount(of: $0.team) },
        HotPath("the number of administrators", rows: 1) { try await $0.store.teams.adminCount(of: $0.team) },
        HotPath("a page of all teams", rows: 1) { try await $0.store.teams.allTeams(search: "team", page: .first).items.count },
        HotPath("a team's members", rows: 1) { try await $0.store.teams.members(of: $0.team).count },
        HotPath("a team's new name", rows: 1) { try await $0.store.teams.updateTeamName($0.team, "Renamed") ? 1 : 0 },
        HotPath("servers by tag", rows: 30) { try await $0.store.catalog.servers(withAllTags: ["tagged"], page: Page(limit: 50)).count },
        HotPath("a page of the catalog", rows: 20) { try await $0.store.catalog.list(viewer: .administrator).items.count },
        HotPath("a page of the catalog with its tags", rows: 20) {
            try await $0.store.catalog.listWithTagCounts(viewer: .administrator).servers.items.count
        },
        HotPath("a part of the catalog from a cursor", rows: 10) {
            try await $0.store.catalog.browse(viewer: .administrator, from: $0.cursor).items.count
        },
        HotPath("a tag added", rows: 1) { try await $0.store.catalog.addTags(["new"], to: $0.server, by: .system) == nil ? 0 : 1 },
        HotPath("a search", rows: 20) { try await $0.store.catalog.search("gathers", viewer: .administrator).items.count },
        HotPath("the joined view of installations", rows: 20) { try await $0.store.installations.installationViews(team: $0.team).count },
        HotPath("an installation with everything about it", rows: 1) {
            try await $0.store.installations.installation($0.installation, team: $0.team) == nil ? 0 : 1
        },
        HotPath("a list of installations with counts", rows: 20) {
            try await $0.store.installations.listInstallations(team: $0.team, viewer: $0.user, includeStats: true).count
        },
        HotPath("a search of installations", rows: 20) {
            try await $0.store.installations.searchInstallations(team: $0.team, text: "gathers").items.count
        },
        HotPath("what an instance runs with", rows: 1) {
            try await $0.store.installations.resolvedConfiguration($0.installation, user: $0.user) == nil ? 0 : 1
        },
        HotPath("merged settings", rows: 1) {
            try await $0.store.installations.updateSettings($0.installation, team: $0.team, ["a": 1])?.object?.count ?? 0
        },
        HotPath("an instance by its path", rows: 1) { try await $0.store.instances.instance(path: $0.path, token: $0.instanceToken) == nil ? 0 : 1 },
        HotPath("an instance's new status", rows: 1) {
            try await $0.store.instances.updateStatus(installation: $0.installation, user: $0.user, status: .online, at: .now() + .seconds(60))
                ? 1 : 0
        },
        HotPath("an installation's instances with their users", rows: 1) {
            try await $0.store.instances.statuses(installation: $0.installation, team: $0.team).count
        },
        HotPath("a user's configuration", rows: 1) {
            try await $0.store.userConfigurations.configuration($0.installation, user: $0.user) == nil ? 0 : 1
        },
        HotPath("a team's usage", rows: 1) { try await $0.store.installations.usage(team: $0.team) == nil ? 0 : 1 },
        HotPath("a token", rows: 1) { try await $0.store.tokens.verify($0.token) == nil ? 0 : 1 },
        HotPath("what a token is", rows: 1) { try await $0.store.tokens.introspect($0.token).isActive ? 1 : 0 },
        HotPath("a user's connected clients", rows: 1) { try await $0.store.tokens.activeTokens(user: $0.user).items.count },
        HotPath("a page of notifications", rows: 12) { try await $0.store.notifications.list(user: $0.user).items.count },
        HotPath("a part of a feed", rows: 12) { try await $0.store.notifications.feed(user: $0.user).items.count },
        HotPath("a notification", rows: 0) { try await $0.store.notifications.notification("unknown", user: $0.user) == nil ? 0 : 1 },
        HotPath("what a user has missed", rows: 12) { try await $0.store.notifications.missed(user: $0.user, since: "unknown").count },
        HotPath("the unread notifications of many users", rows: 12) {
            try await $0.store.notifications.unreadCounts(users: [$0.user, "unknown"]).values.reduce(0, +)
        },
        HotPath("several notifications read", rows: 0) { try await $0.store.notifications.markRead(["unknown", "neither"], user: $0.user) },
        HotPath("the number of unread notifications", rows: 12) { try await $0.store.notifications.unreadCount(user: $0.user) },
        HotPath("all notifications read", rows: 12) { try await $0.store.notifications.markAllRead(user: $0.user) },
        HotPath("a satellite's key", rows: 1) { try await $0.store.satellites.authenticate($0.satelliteKey) == nil ? 0 : 1 },
        HotPath("a heartbeat", rows: 1) { try await $0.store.satellites.recordHeartbeat(NewSatelliteHeartbeat(), of: $0.satellite) ? 1 : 0 },
        HotPath("a poll", rows: 8) { try await $0.store.satelliteCommands.poll($0.satellite).commands.count },
        HotPath("a command for all satellites", rows: 3) {
            try await $0.store.satelliteCommands.enqueueForAllGlobal(NewSatelliteCommand(.configure)).count
        },
        HotPath("the active satellites", rows: 3) { try await $0.store.satellites.activeGlobal().count },
    ]
}

/// A team with twenty of thirty servers installed, a member with a token and twelve notifications, and three satellites, one with eight commands.
struct HotPathWorld: Sendable {
    let store: DataStore
    let user: UserID
    let team: TeamID
    let token: String
    let server: McpServerID
    let cursor: ListCursor?
    let satellite: SatelliteID
    let satelliteKey: String
    /// One of the installations, which the member has configured.
    let installation: McpInstallationID
    /// Where the member's instance of it is, and what opens it.
    let path: String
    let instanceToken: String

    static func make() async throws -> HotPathWorld {
        let store = try await Backend.postgres.makeStore()
        let user = try await store.users.createUser(.fixture(), withDefaultTeam: false).id
        let limits = TeamLimits(mcpServers: 50, nonHttp: 40, github: 0)
        let team = try await store.teams.createTeam(.fixture(owner: user, limits: limits)).id
        for number in 0..<30 {
            let server = NewServer(name: "Server \(number)", description: "Gathers figures.", tags: ["tagged", "tag-\(number)"])
            let id = try await store.catalog.create(server, by: .system).id
            guard number < 20 else { continue }
            try await store.installations.createInstallation(team: team, user: user, .fixture(serverID: id))
        }
        for number in 0..<12 { try await store.notifications.create(user: user, title: "\(number)", message: "…") }
        let token = try await store.tokens.issueAccessToken(.fixture(user: user, team: team)).token.reveal()
        let part = try await store.catalog.browse(viewer: .administrator)
        let (server, cursor) = (part.items[0].id, part.next)
        var satellites: [RegisteredSatellite] = []
        for number in 0..<3 {
            satellites.append(try await store.satellites.register(NewSatellite(name: "satellite-\(number)")))
            try await store.satellites.recordHeartbeat(NewSatelliteHeartbeat(), of: satellites[number].satellite.id)
        }
        for _ in 0..<8 { try await store.satelliteCommands.enqueue(NewSatelliteCommand(.spawn), for: satellites[0].satellite.id) }
        let installation = try #require(try await store.installations.installationIDs(team: team).first)
        try await store.userConfigurations.save(installation, user: user, team: team, UserConfigurationValues(env: ["A": 1]))
        let path = try await store.instances.statuses(installation: installation, team: team).first?.instance.path
        let opening = try await store.instances.resetToken(installation: installation, user: user)
        return HotPathWorld(
            store: store, user: user, team: team, token: token, server: server, cursor: cursor, satellite: satellites[0].satellite.id,
            satelliteKey: satellites[0].apiKey.reveal(), installation: installation, path: try #require(path),
            instanceToken: try #require(opening).reveal())
    }
}
