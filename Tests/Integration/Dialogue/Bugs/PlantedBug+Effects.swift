import DeployStackModels

@testable import DeployStackData

extension PlantedBug {
    /// Effects that are forgotten, kept or doubled.
    static let effects = [
        PlantedBug(name: "a savepoint that failed keeps its effect", keeping: .failedSavepoints),
        PlantedBug(name: "a transaction that failed keeps its effect", keeping: .failedTransactions),
        PlantedBug("revoking all of a user's tokens leaves the access tokens") { services, backend in
            services.tokens = LeftTokens(base: services.tokens, backend: backend)
        },
        PlantedBug("a team that is deleted leaves its satellites behind") { services, backend in
            services.teams = LeftSatellites(base: services.teams, backend: backend)
        },
        PlantedBug("the latest version is told and not stored") { services, backend in
            services.serverVersions = UnstoredLatest(base: services.serverVersions, backend: backend)
        },
        PlantedBug("settings that come before one that is refused are kept") { services, _ in services.settings = OneByOne(base: services.settings) },
        PlantedBug("a user who is named twice is notified twice") { services, _ in services.notifications = Doubled(base: services.notifications) },
        PlantedBug("an installation's variables are not cleared") { services, _ in
            services.installations = UnclearedVariables(base: services.installations)
        },
    ]

    /// Texts that are compared as Swift does, or not escaped.
    static let texts = [
        PlantedBug("an address is found in its own case alone") { services, _ in services.users = OwnCase(base: services.users) },
        PlantedBug("in a search for settings, % stands for anything") { services, _ in services.settings = Wildcard(base: services.settings) },
        PlantedBug("U+0000 in a search finds nothing") { services, _ in services.users = NulFindsNothing(base: services.users) },
        PlantedBug("one of any tags is as good as all") { services, _ in services.catalog = AnyForAll(base: services.catalog) },
        PlantedBug("tags that look alike are one") { services, _ in services.catalog = TagsLookAlike(base: services.catalog) },
    ]

    static let all = orders + rules + effects + texts + grants + commands + secrets
}

private struct LeftTokens: ForwardingTokenService {
    let base: any TokenService
    let backend: PlantedBackend

    func revokeAll(user: UserID) async throws(DataError) -> Int {
        try await backend.forgetting(\.accessTokens) { () async throws(DataError) in try await base.revokeAll(user: user) }
    }
}

private struct LeftSatellites: ForwardingTeamService {
    let base: any TeamService
    let backend: PlantedBackend

    func deleteTeam(_ id: TeamID, force: Bool) async throws(DataError) -> Bool {
        try await backend.forgetting(\.satellites) { () async throws(DataError) in try await base.deleteTeam(id, force: force) }
    }
}

private struct UnstoredLatest: ForwardingServerVersionRepository {
    let base: any ServerVersionRepository
    let backend: PlantedBackend

    func setLatest(_ id: McpServerVersionID, of server: McpServerID) async throws(DataError) -> McpServerVersion? {
        try await backend.forgetting(\.serverVersions) { () async throws(DataError) in try await base.setLatest(id, of: server) }
    }
}

private struct OneByOne: ForwardingSettingsRepository {
    let base: any SettingsRepository

    func setMany(_ settings: [NewSetting]) async throws(DataError) -> [Setting] {
        do throws(DataError) {
            return try await base.setMany(settings)
        } catch {
            for setting in settings {
                do throws(DataError) { _ = try await base.set(setting) } catch { break }
            }
            throw error
        }
    }
}

private struct Doubled: ForwardingNotificationRepository {
    let base: any NotificationRepository

    func create(users: [UserID], title: String, message: String) async throws(DataError) -> Int {
        let count = try await base.create(users: users, title: title, message: message)
        var seen: Set<UserID> = []
        for user in users where !seen.insert(user).inserted { _ = try await base.create(user: user, title: title, message: message) }
        return count
    }
}

private struct UnclearedVariables: ForwardingMcpInstallationService {
    let base: any McpInstallationService

    func updateInstallation(_ id: McpInstallationID, team: TeamID, _ patch: InstallationPatch) async throws(DataError) -> McpInstallationDetail? {
        var patch = patch
        if patch.env == .clear { patch.env = .unchanged }
        return try await base.updateInstallation(id, team: team, patch)
    }
}

private struct OwnCase: ForwardingUserService {
    let base: any UserService

    func user(email: String) async throws(DataError) -> User? {
        guard let user = try await base.user(email: email) else { return nil }
        return Array(user.email.utf8) == Array(email.utf8) ? user : nil
    }
}

private struct Wildcard: ForwardingSettingsRepository {
    let base: any SettingsRepository

    func search(_ pattern: String) async throws(DataError) -> [Setting] {
        try await base.search(pattern == "%" ? "e" : pattern)
    }
}

private struct NulFindsNothing: ForwardingUserService {
    let base: any UserService

    func list(search: String?, role: RoleID?, page: Page) async throws(DataError) -> PageResult<UserWithRole> {
        if let search, search.utf8.contains(0) { return PageResult(items: [], total: 0, page: page) }
        return try await base.list(search: search, role: role, page: page)
    }
}

private struct AnyForAll: ForwardingMcpServerCatalog {
    let base: any McpServerCatalog

    func servers(withAllTags tags: [String], viewer: CatalogViewer, page: Page) async throws(DataError) -> [McpServer] {
        guard tags.count > 1 else { return try await base.servers(withAllTags: tags, viewer: viewer, page: page) }
        return try await base.servers(withAnyTag: tags, viewer: viewer, page: page)
    }
}

private struct TagsLookAlike: ForwardingMcpServerCatalog {
    let base: any McpServerCatalog

    func addTags(_ tags: [String], to id: McpServerID, by editor: CatalogEditor) async throws(DataError) -> McpServer? {
        let present = try await base.server(id)?.tags ?? []
        return try await base.addTags(tags.filter { !present.contains($0) }, to: id, by: editor)
    }
}
