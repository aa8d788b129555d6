// Written by ./scripts/generate-fake from the repositories' protocols. Run it again when one has changed; do not edit.
// swift-format-ignore-file

import DeployStackData
import DeployStackModels

extension StoreServices {
    /// The repositories with every call going through one place.
    func observed(at site: CallSite) -> StoreServices {
        var services = self
        services.users = ObservedUserService(base: users, site: site)
        services.roles = ObservedRoleRepository(base: roles, site: site)
        services.teams = ObservedTeamService(base: teams, site: site)
        services.catalog = ObservedMcpServerCatalog(base: catalog, site: site)
        services.categories = ObservedCategoryRepository(base: categories, site: site)
        services.installations = ObservedMcpInstallationService(base: installations, site: site)
        services.instances = ObservedInstanceRepository(base: instances, site: site)
        services.userConfigurations = ObservedUserConfigurationRepository(base: userConfigurations, site: site)
        services.tokens = ObservedTokenService(base: tokens, site: site)
        services.oauthClients = ObservedOAuthClientRepository(base: oauthClients, site: site)
        services.secrets = ObservedSecretMaintenance(base: secrets, site: site)
        services.settings = ObservedSettingsRepository(base: settings, site: site)
        services.preferences = ObservedPreferenceRepository(base: preferences, site: site)
        services.notifications = ObservedNotificationRepository(base: notifications, site: site)
        services.satellites = ObservedSatelliteRepository(base: satellites, site: site)
        services.satelliteCommands = ObservedSatelliteCommandQueue(base: satelliteCommands, site: site)
        services.registrationTokens = ObservedRegistrationTokenRepository(base: registrationTokens, site: site)
        services.serverVersions = ObservedServerVersionRepository(base: serverVersions, site: site)
        return services
    }
}

private struct ObservedUserService: UserService {
    let base: any UserService
    let site: CallSite

    func createUser(_ user: NewUser, withDefaultTeam: Bool) async throws(DataError) -> User {
        try await site.call(.users.createUser, "createUser(_:withDefaultTeam:)", [CallArgument("user", user), CallArgument("withDefaultTeam", withDefaultTeam)]) { () async throws(DataError) in try await base.createUser(user, withDefaultTeam: withDefaultTeam) }
    }

    func user(_ id: UserID) async throws(DataError) -> User? {
        try await site.call(.users.user, "user(_:)", [CallArgument("id", id)]) { () async throws(DataError) in try await base.user(id) }
    }

    func user(email: String) async throws(DataError) -> User? {
        try await site.call(.users.user, "user(email:)", [CallArgument("email", email)]) { () async throws(DataError) in try await base.user(email: email) }
    }

    func user(username: String) async throws(DataError) -> User? {
        try await site.call(.users.user, "user(username:)", [CallArgument("username", username)]) { () async throws(DataError) in try await base.user(username: username) }
    }

    func user(githubID: String) async throws(DataError) -> User? {
        try await site.call(.users.user, "user(githubID:)", [CallArgument("githubID", githubID)]) { () async throws(DataError) in try await base.user(githubID: githubID) }
    }

    func userWithRole(_ id: UserID) async throws(DataError) -> UserWithRole? {
        try await site.call(.users.userWithRole, "userWithRole(_:)", [CallArgument("id", id)]) { () async throws(DataError) in try await base.userWithRole(id) }
    }

    func list(search: String?, role: RoleID?, page: Page) async throws(DataError) -> PageResult<UserWithRole> {
        try await site.call(.users.list, "list(search:role:page:)", [CallArgument("search", search), CallArgument("role", role), CallArgument("page", page)]) { () async throws(DataError) in try await base.list(search: search, role: role, page: page) }
    }

    func users(withRole role: RoleID, page: Page?) async throws(DataError) -> [User] {
        try await site.call(.users.users, "users(withRole:page:)", [CallArgument("role", role), CallArgument("page", page)]) { () async throws(DataError) in try await base.users(withRole: role, page: page) }
    }

    func countByRole() async throws(DataError) -> [RoleCount] {
        try await site.call(.users.countByRole, "countByRole()", []) { () async throws(DataError) in try await base.countByRole() }
    }

    func updateUser(_ id: UserID, _ patch: UserPatch) async throws(DataError) -> User? {
        try await site.call(.users.updateUser, "updateUser(_:_:)", [CallArgument("id", id), CallArgument("patch", patch)]) { () async throws(DataError) in try await base.updateUser(id, patch) }
    }

    func deleteUser(_ id: UserID, transferTeamsTo newOwner: UserID?) async throws(DataError) -> Bool {
        try await site.call(.users.deleteUser, "deleteUser(_:transferTeamsTo:)", [CallArgument("id", id), CallArgument("newOwner", newOwner)]) { () async throws(DataError) in try await base.deleteUser(id, transferTeamsTo: newOwner) }
    }
}

private struct ObservedRoleRepository: RoleRepository {
    let base: any RoleRepository
    let site: CallSite

    func all() async throws(DataError) -> [Role] {
        try await site.call(.roles.all, "all()", []) { () async throws(DataError) in try await base.all() }
    }

    func role(_ id: RoleID) async throws(DataError) -> Role? {
        try await site.call(.roles.role, "role(_:)", [CallArgument("id", id)]) { () async throws(DataError) in try await base.role(id) }
    }

    func create(_ role: NewRole) async throws(DataError) -> Role {
        try await site.call(.roles.create, "create(_:)", [CallArgument("role", role)]) { () async throws(DataError) in try await base.create(role) }
    }

    func update(_ id: RoleID, _ patch: RolePatch) async throws(DataError) -> Role? {
        try await site.call(.roles.update, "update(_:_:)", [CallArgument("id", id), CallArgument("patch", patch)]) { () async throws(DataError) in try await base.update(id, patch) }
    }

    func delete(_ id: RoleID) async throws(DataError) -> Bool {
        try await site.call(.roles.delete, "delete(_:)", [CallArgument("id", id)]) { () async throws(DataError) in try await base.delete(id) }
    }

    func sync(_ definitions: [RoleDefinition]) async throws(DataError) -> RoleSyncReport {
        try await site.call(.roles.sync, "sync(_:)", [CallArgument("definitions", definitions)]) { () async throws(DataError) in try await base.sync(definitions) }
    }

    func userHasPermission(_ user: UserID, _ permission: String) async throws(DataError) -> Bool {
        try await site.call(.roles.userHasPermission, "userHasPermission(_:_:)", [CallArgument("user", user), CallArgument("permission", permission)]) { () async throws(DataError) in try await base.userHasPermission(user, permission) }
    }
}

private struct ObservedTeamService: TeamService {
    let base: any TeamService
    let site: CallSite

    func createTeam(_ team: NewTeam) async throws(DataError) -> Team {
        try await site.call(.teams.createTeam, "createTeam(_:)", [CallArgument("team", team)]) { () async throws(DataError) in try await base.createTeam(team) }
    }

    func createDefaultTeam(user: UserID, username: String) async throws(DataError) -> DefaultTeam {
        try await site.call(.teams.createDefaultTeam, "createDefaultTeam(user:username:)", [CallArgument("user", user), CallArgument("username", username)]) { () async throws(DataError) in try await base.createDefaultTeam(user: user, username: username) }
    }

    func team(_ id: TeamID) async throws(DataError) -> Team? {
        try await site.call(.teams.team, "team(_:)", [CallArgument("id", id)]) { () async throws(DataError) in try await base.team(id) }
    }

    func team(slug: String) async throws(DataError) -> Team? {
        try await site.call(.teams.team, "team(slug:)", [CallArgument("slug", slug)]) { () async throws(DataError) in try await base.team(slug: slug) }
    }

    func defaultTeam(of user: UserID) async throws(DataError) -> Team? {
        try await site.call(.teams.defaultTeam, "defaultTeam(of:)", [CallArgument("user", user)]) { () async throws(DataError) in try await base.defaultTeam(of: user) }
    }

    func teams(of user: UserID) async throws(DataError) -> [Team] {
        try await site.call(.teams.teams, "teams(of:)", [CallArgument("user", user)]) { () async throws(DataError) in try await base.teams(of: user) }
    }

    func teamsWithRoles(of user: UserID) async throws(DataError) -> [TeamWithRole] {
        try await site.call(.teams.teamsWithRoles, "teamsWithRoles(of:)", [CallArgument("user", user)]) { () async throws(DataError) in try await base.teamsWithRoles(of: user) }
    }

    func allTeams(search: String?, page: Page) async throws(DataError) -> PageResult<TeamOverview> {
        try await site.call(.teams.allTeams, "allTeams(search:page:)", [CallArgument("search", search), CallArgument("page", page)]) { () async throws(DataError) in try await base.allTeams(search: search, page: page) }
    }

    func teamCount(of user: UserID) async throws(DataError) -> Int {
        try await site.call(.teams.teamCount, "teamCount(of:)", [CallArgument("user", user)]) { () async throws(DataError) in try await base.teamCount(of: user) }
    }

    func canCreateTeam(_ user: UserID) async throws(DataError) -> Bool {
        try await site.call(.teams.canCreateTeam, "canCreateTeam(_:)", [CallArgument("user", user)]) { () async throws(DataError) in try await base.canCreateTeam(user) }
    }

    func updateTeam(_ id: TeamID, _ patch: TeamPatch) async throws(DataError) -> Team? {
        try await site.call(.teams.updateTeam, "updateTeam(_:_:)", [CallArgument("id", id), CallArgument("patch", patch)]) { () async throws(DataError) in try await base.updateTeam(id, patch) }
    }

    func updateTeamName(_ id: TeamID, _ name: String) async throws(DataError) -> Bool {
        try await site.call(.teams.updateTeamName, "updateTeamName(_:_:)", [CallArgument("id", id), CallArgument("name", name)]) { () async throws(DataError) in try await base.updateTeamName(id, name) }
    }

    func updateLimits(_ id: TeamID, _ patch: TeamLimitsPatch) async throws(DataError) -> Team? {
        try await site.call(.teams.updateLimits, "updateLimits(_:_:)", [CallArgument("id", id), CallArgument("patch", patch)]) { () async throws(DataError) in try await base.updateLimits(id, patch) }
    }

    func removeTeam(_ id: TeamID, force: Bool) async throws(DataError) -> RemovedTeam? {
        try await site.call(.teams.removeTeam, "removeTeam(_:force:)", [CallArgument("id", id), CallArgument("force", force)]) { () async throws(DataError) in try await base.removeTeam(id, force: force) }
    }

    func deleteTeam(_ id: TeamID, force: Bool) async throws(DataError) -> Bool {
        try await site.call(.teams.deleteTeam, "deleteTeam(_:force:)", [CallArgument("id", id), CallArgument("force", force)]) { () async throws(DataError) in try await base.deleteTeam(id, force: force) }
    }

    func members(of team: TeamID, page: Page?) async throws(DataError) -> [TeamMember] {
        try await site.call(.teams.members, "members(of:page:)", [CallArgument("team", team), CallArgument("page", page)]) { () async throws(DataError) in try await base.members(of: team, page: page) }
    }

    func addMember(_ user: UserID, to team: TeamID, role: TeamRole) async throws(DataError) -> TeamMembership {
        try await site.call(.teams.addMember, "addMember(_:to:role:)", [CallArgument("user", user), CallArgument("team", team), CallArgument("role", role)]) { () async throws(DataError) in try await base.addMember(user, to: team, role: role) }
    }

    func removeMember(_ user: UserID, from team: TeamID) async throws(DataError) -> Bool {
        try await site.call(.teams.removeMember, "removeMember(_:from:)", [CallArgument("user", user), CallArgument("team", team)]) { () async throws(DataError) in try await base.removeMember(user, from: team) }
    }

    func updateRole(of user: UserID, in team: TeamID, to role: TeamRole) async throws(DataError) -> TeamMembership? {
        try await site.call(.teams.updateRole, "updateRole(of:in:to:)", [CallArgument("user", user), CallArgument("team", team), CallArgument("role", role)]) { () async throws(DataError) in try await base.updateRole(of: user, in: team, to: role) }
    }

    func transferOwnership(of team: TeamID, to newOwner: UserID) async throws(DataError) -> Team {
        try await site.call(.teams.transferOwnership, "transferOwnership(of:to:)", [CallArgument("team", team), CallArgument("newOwner", newOwner)]) { () async throws(DataError) in try await base.transferOwnership(of: team, to: newOwner) }
    }

    func membership(of user: UserID, in team: TeamID) async throws(DataError) -> TeamMembership? {
        try await site.call(.teams.membership, "membership(of:in:)", [CallArgument("user", user), CallArgument("team", team)]) { () async throws(DataError) in try await base.membership(of: user, in: team) }
    }

    func isMember(_ user: UserID, of team: TeamID) async throws(DataError) -> Bool {
        try await site.call(.teams.isMember, "isMember(_:of:)", [CallArgument("user", user), CallArgument("team", team)]) { () async throws(DataError) in try await base.isMember(user, of: team) }
    }

    func isAdmin(_ user: UserID, of team: TeamID) async throws(DataError) -> Bool {
        try await site.call(.teams.isAdmin, "isAdmin(_:of:)", [CallArgument("user", user), CallArgument("team", team)]) { () async throws(DataError) in try await base.isAdmin(user, of: team) }
    }

    func isOwner(_ user: UserID, of team: TeamID) async throws(DataError) -> Bool {
        try await site.call(.teams.isOwner, "isOwner(_:of:)", [CallArgument("user", user), CallArgument("team", team)]) { () async throws(DataError) in try await base.isOwner(user, of: team) }
    }

    func memberCount(of team: TeamID) async throws(DataError) -> Int {
        try await site.call(.teams.memberCount, "memberCount(of:)", [CallArgument("team", team)]) { () async throws(DataError) in try await base.memberCount(of: team) }
    }

    func adminCount(of team: TeamID) async throws(DataError) -> Int {
        try await site.call(.teams.adminCount, "adminCount(of:)", [CallArgument("team", team)]) { () async throws(DataError) in try await base.adminCount(of: team) }
    }
}

private struct ObservedMcpServerCatalog: McpServerCatalog {
    let base: any McpServerCatalog
    let site: CallSite

    func create(_ server: NewServer, by editor: CatalogEditor) async throws(DataError) -> McpServer {
        try await site.call(.catalog.create, "create(_:by:)", [CallArgument("server", server), CallArgument("editor", editor)]) { () async throws(DataError) in try await base.create(server, by: editor) }
    }

    func server(_ id: McpServerID) async throws(DataError) -> McpServer? {
        try await site.call(.catalog.server, "server(_:)", [CallArgument("id", id)]) { () async throws(DataError) in try await base.server(id) }
    }

    func server(slug: String) async throws(DataError) -> McpServer? {
        try await site.call(.catalog.server, "server(slug:)", [CallArgument("slug", slug)]) { () async throws(DataError) in try await base.server(slug: slug) }
    }

    func server(officialName: String) async throws(DataError) -> McpServer? {
        try await site.call(.catalog.server, "server(officialName:)", [CallArgument("officialName", officialName)]) { () async throws(DataError) in try await base.server(officialName: officialName) }
    }

    func readme(_ id: McpServerID) async throws(DataError) -> String? {
        try await site.call(.catalog.readme, "readme(_:)", [CallArgument("id", id)]) { () async throws(DataError) in try await base.readme(id) }
    }

    func update(_ id: McpServerID, _ patch: ServerPatch, by editor: CatalogEditor) async throws(DataError) -> McpServer? {
        try await site.call(.catalog.update, "update(_:_:by:)", [CallArgument("id", id), CallArgument("patch", patch), CallArgument("editor", editor)]) { () async throws(DataError) in try await base.update(id, patch, by: editor) }
    }

    func delete(_ id: McpServerID, by editor: CatalogEditor) async throws(DataError) -> DeletedServer? {
        try await site.call(.catalog.delete, "delete(_:by:)", [CallArgument("id", id), CallArgument("editor", editor)]) { () async throws(DataError) in try await base.delete(id, by: editor) }
    }

    func addTags(_ tags: [String], to id: McpServerID, by editor: CatalogEditor) async throws(DataError) -> McpServer? {
        try await site.call(.catalog.addTags, "addTags(_:to:by:)", [CallArgument("tags", tags), CallArgument("id", id), CallArgument("editor", editor)]) { () async throws(DataError) in try await base.addTags(tags, to: id, by: editor) }
    }

    func removeTags(_ tags: [String], from id: McpServerID, by editor: CatalogEditor) async throws(DataError) -> McpServer? {
        try await site.call(.catalog.removeTags, "removeTags(_:from:by:)", [CallArgument("tags", tags), CallArgument("id", id), CallArgument("editor", editor)]) { () async throws(DataError) in try await base.removeTags(tags, from: id, by: editor) }
    }

    func setHealth(_ id: McpServerID, _ health: McpServerHealth, error: String?, at time: Timestamp) async throws(DataError) -> Bool {
        try await site.call(.catalog.setHealth, "setHealth(_:_:error:at:)", [CallArgument("id", id), CallArgument("health", health), CallArgument("error", error), CallArgument("time", time)]) { () async throws(DataError) in try await base.setHealth(id, health, error: error, at: time) }
    }

    func listWithTagCounts(viewer: CatalogViewer, filter: CatalogFilter, sort: CatalogSort, page: Page, tagLimit: Int) async throws(DataError) -> CatalogListing {
        try await site.call(.catalog.listWithTagCounts, "listWithTagCounts(viewer:filter:sort:page:tagLimit:)", [CallArgument("viewer", viewer), CallArgument("filter", filter), CallArgument("sort", sort), CallArgument("page", page), CallArgument("tagLimit", tagLimit)]) { () async throws(DataError) in try await base.listWithTagCounts(viewer: viewer, filter: filter, sort: sort, page: page, tagLimit: tagLimit) }
    }

    func browse(viewer: CatalogViewer, filter: CatalogFilter, sort: CatalogSort, from cursor: ListCursor?, limit: Int) async throws(DataError) -> CursorPage<McpServer> {
        try await site.call(.catalog.browse, "browse(viewer:filter:sort:from:limit:)", [CallArgument("viewer", viewer), CallArgument("filter", filter), CallArgument("sort", sort), CallArgument("cursor", cursor), CallArgument("limit", limit)]) { () async throws(DataError) in try await base.browse(viewer: viewer, filter: filter, sort: sort, from: cursor, limit: limit) }
    }

    func browseHits(_ query: SearchQuery, viewer: CatalogViewer, filter: CatalogFilter, from cursor: ListCursor?, limit: Int) async throws(DataError) -> CursorPage<CatalogSearchHit> {
        try await site.call(.catalog.browseHits, "browseHits(_:viewer:filter:from:limit:)", [CallArgument("query", query), CallArgument("viewer", viewer), CallArgument("filter", filter), CallArgument("cursor", cursor), CallArgument("limit", limit)]) { () async throws(DataError) in try await base.browseHits(query, viewer: viewer, filter: filter, from: cursor, limit: limit) }
    }

    func list(viewer: CatalogViewer, filter: CatalogFilter, sort: CatalogSort, page: Page) async throws(DataError) -> PageResult<McpServer> {
        try await site.call(.catalog.list, "list(viewer:filter:sort:page:)", [CallArgument("viewer", viewer), CallArgument("filter", filter), CallArgument("sort", sort), CallArgument("page", page)]) { () async throws(DataError) in try await base.list(viewer: viewer, filter: filter, sort: sort, page: page) }
    }

    func servers(withAllTags tags: [String], viewer: CatalogViewer, page: Page) async throws(DataError) -> [McpServer] {
        try await site.call(.catalog.servers, "servers(withAllTags:viewer:page:)", [CallArgument("tags", tags), CallArgument("viewer", viewer), CallArgument("page", page)]) { () async throws(DataError) in try await base.servers(withAllTags: tags, viewer: viewer, page: page) }
    }

    func servers(withAnyTag tags: [String], viewer: CatalogViewer, page: Page) async throws(DataError) -> [McpServer] {
        try await site.call(.catalog.servers, "servers(withAnyTag:viewer:page:)", [CallArgument("tags", tags), CallArgument("viewer", viewer), CallArgument("page", page)]) { () async throws(DataError) in try await base.servers(withAnyTag: tags, viewer: viewer, page: page) }
    }

    func tagCounts(viewer: CatalogViewer, limit: Int) async throws(DataError) -> [TagCount] {
        try await site.call(.catalog.tagCounts, "tagCounts(viewer:limit:)", [CallArgument("viewer", viewer), CallArgument("limit", limit)]) { () async throws(DataError) in try await base.tagCounts(viewer: viewer, limit: limit) }
    }

    func search(_ query: SearchQuery, viewer: CatalogViewer, filter: CatalogFilter, page: Page) async throws(DataError) -> PageResult<
        CatalogSearchHit
    > {
        try await site.call(.catalog.search, "search(_:viewer:filter:page:)", [CallArgument("query", query), CallArgument("viewer", viewer), CallArgument("filter", filter), CallArgument("page", page)]) { () async throws(DataError) in try await base.search(query, viewer: viewer, filter: filter, page: page) }
    }

    func suggestion(for text: String, viewer: CatalogViewer) async throws(DataError) -> SearchSuggestion? {
        try await site.call(.catalog.suggestion, "suggestion(for:viewer:)", [CallArgument("text", text), CallArgument("viewer", viewer)]) { () async throws(DataError) in try await base.suggestion(for: text, viewer: viewer) }
    }

    func canSuggest() async throws(DataError) -> Bool {
        try await site.call(.catalog.canSuggest, "canSuggest()", []) { () async throws(DataError) in try await base.canSuggest() }
    }

    func exportServers(viewer: CatalogViewer, filter: CatalogFilter, sort: CatalogSort) -> DataStream<McpServer> {
        site.stream(.catalog.exportServers, "exportServers(viewer:filter:sort:)", [CallArgument("viewer", viewer), CallArgument("filter", filter), CallArgument("sort", sort)], base.exportServers(viewer: viewer, filter: filter, sort: sort))
    }

    func upsertFromRegistry(_ servers: [RegistryServer]) async throws(DataError) -> CatalogImportReport {
        try await site.call(.catalog.upsertFromRegistry, "upsertFromRegistry(_:)", [CallArgument("servers", servers)]) { () async throws(DataError) in try await base.upsertFromRegistry(servers) }
    }

    func importServers(_ file: CatalogFile, by editor: CatalogEditor, progress: (@Sendable (_ done: Int) -> Void)?) async throws(DataError) -> CatalogImportReport {
        try await site.call(.catalog.importServers, "importServers(_:by:progress:)", [CallArgument("file", file), CallArgument("editor", editor)]) { () async throws(DataError) in try await base.importServers(file, by: editor, progress: progress) }
    }
}

private struct ObservedCategoryRepository: CategoryRepository {
    let base: any CategoryRepository
    let site: CallSite

    func all() async throws(DataError) -> [McpCategory] {
        try await site.call(.categories.all, "all()", []) { () async throws(DataError) in try await base.all() }
    }

    func category(_ id: CategoryID) async throws(DataError) -> McpCategory? {
        try await site.call(.categories.category, "category(_:)", [CallArgument("id", id)]) { () async throws(DataError) in try await base.category(id) }
    }

    func create(_ category: NewCategory) async throws(DataError) -> McpCategory {
        try await site.call(.categories.create, "create(_:)", [CallArgument("category", category)]) { () async throws(DataError) in try await base.create(category) }
    }

    func update(_ id: CategoryID, _ patch: CategoryPatch) async throws(DataError) -> McpCategory? {
        try await site.call(.categories.update, "update(_:_:)", [CallArgument("id", id), CallArgument("patch", patch)]) { () async throws(DataError) in try await base.update(id, patch) }
    }

    func delete(_ id: CategoryID) async throws(DataError) -> Bool {
        try await site.call(.categories.delete, "delete(_:)", [CallArgument("id", id)]) { () async throws(DataError) in try await base.delete(id) }
    }

    func withFeaturedCounts() async throws(DataError) -> [FeaturedCategory] {
        try await site.call(.categories.withFeaturedCounts, "withFeaturedCounts()", []) { () async throws(DataError) in try await base.withFeaturedCounts() }
    }
}

private struct ObservedMcpInstallationService: McpInstallationService {
    let base: any McpInstallationService
    let site: CallSite

    func createInstallation(team: TeamID, user: UserID, _ installation: NewInstallation) async throws(DataError) -> McpInstallationDetail {
        try await site.call(.installations.createInstallation, "createInstallation(team:user:_:)", [CallArgument("team", team), CallArgument("user", user), CallArgument("installation", installation)]) { () async throws(DataError) in try await base.createInstallation(team: team, user: user, installation) }
    }

    func installation(_ id: McpInstallationID, team: TeamID, reveal: SecretReveal) async throws(DataError) -> McpInstallationDetail? {
        try await site.call(.installations.installation, "installation(_:team:reveal:)", [CallArgument("id", id), CallArgument("team", team), CallArgument("reveal", reveal)]) { () async throws(DataError) in try await base.installation(id, team: team, reveal: reveal) }
    }

    func listInstallations(team: TeamID, viewer: UserID, source: McpServerSource?, includeStats: Bool, page: Page?) async throws(DataError) -> [McpInstallationListItem] {
        try await site.call(.installations.listInstallations, "listInstallations(team:viewer:source:includeStats:page:)", [CallArgument("team", team), CallArgument("viewer", viewer), CallArgument("source", source), CallArgument("includeStats", includeStats), CallArgument("page", page)]) { () async throws(DataError) in try await base.listInstallations(team: team, viewer: viewer, source: source, includeStats: includeStats, page: page) }
    }

    func searchInstallations(team: TeamID, text: String, page: Page) async throws(DataError) -> PageResult<McpInstallationSearchHit> {
        try await site.call(.installations.searchInstallations, "searchInstallations(team:text:page:)", [CallArgument("team", team), CallArgument("text", text), CallArgument("page", page)]) { () async throws(DataError) in try await base.searchInstallations(team: team, text: text, page: page) }
    }

    func installationIDs(team: TeamID) async throws(DataError) -> [McpInstallationID] {
        try await site.call(.installations.installationIDs, "installationIDs(team:)", [CallArgument("team", team)]) { () async throws(DataError) in try await base.installationIDs(team: team) }
    }

    func installations(ofServer server: McpServerID) async throws(DataError) -> [McpInstallationReference] {
        try await site.call(.installations.installations, "installations(ofServer:)", [CallArgument("server", server)]) { () async throws(DataError) in try await base.installations(ofServer: server) }
    }

    func installationViews(team: TeamID, page: Page?) async throws(DataError) -> [McpInstallationView] {
        try await site.call(.installations.installationViews, "installationViews(team:page:)", [CallArgument("team", team), CallArgument("page", page)]) { () async throws(DataError) in try await base.installationViews(team: team, page: page) }
    }

    func installationViews(team: TeamID, tagged tags: [String], match: TagMatch) async throws(DataError) -> [McpInstallationView] {
        try await site.call(.installations.installationViews, "installationViews(team:tagged:match:)", [CallArgument("team", team), CallArgument("tags", tags), CallArgument("match", match)]) { () async throws(DataError) in try await base.installationViews(team: team, tagged: tags, match: match) }
    }

    func usage(team: TeamID) async throws(DataError) -> TeamUsage? {
        try await site.call(.installations.usage, "usage(team:)", [CallArgument("team", team)]) { () async throws(DataError) in try await base.usage(team: team) }
    }

    func updateInstallation(_ id: McpInstallationID, team: TeamID, _ patch: InstallationPatch) async throws(DataError) -> McpInstallationDetail? {
        try await site.call(.installations.updateInstallation, "updateInstallation(_:team:_:)", [CallArgument("id", id), CallArgument("team", team), CallArgument("patch", patch)]) { () async throws(DataError) in try await base.updateInstallation(id, team: team, patch) }
    }

    func updateSettings(_ id: McpInstallationID, team: TeamID, _ settings: JSONValue) async throws(DataError) -> JSONValue? {
        try await site.call(.installations.updateSettings, "updateSettings(_:team:_:)", [CallArgument("id", id), CallArgument("team", team), CallArgument("settings", settings)]) { () async throws(DataError) in try await base.updateSettings(id, team: team, settings) }
    }

    func deleteInstallation(_ id: McpInstallationID) async throws(DataError) -> Bool {
        try await site.call(.installations.deleteInstallation, "deleteInstallation(_:)", [CallArgument("id", id)]) { () async throws(DataError) in try await base.deleteInstallation(id) }
    }

    func deleteInstallation(_ id: McpInstallationID, team: TeamID) async throws(DataError) -> Bool {
        try await site.call(.installations.deleteInstallation, "deleteInstallation(_:team:)", [CallArgument("id", id), CallArgument("team", team)]) { () async throws(DataError) in try await base.deleteInstallation(id, team: team) }
    }

    func touchLastUsed(_ id: McpInstallationID, at time: Timestamp?) async throws(DataError) -> Bool {
        try await site.call(.installations.touchLastUsed, "touchLastUsed(_:at:)", [CallArgument("id", id), CallArgument("time", time)]) { () async throws(DataError) in try await base.touchLastUsed(id, at: time) }
    }

    func resolvedConfiguration(_ id: McpInstallationID, user: UserID, reveal: SecretReveal) async throws(DataError) -> ResolvedConfiguration? {
        try await site.call(.installations.resolvedConfiguration, "resolvedConfiguration(_:user:reveal:)", [CallArgument("id", id), CallArgument("user", user), CallArgument("reveal", reveal)]) { () async throws(DataError) in try await base.resolvedConfiguration(id, user: user, reveal: reveal) }
    }

    func satelliteConfigurations(_ satellite: SatelliteID) async throws(DataError) -> [SatelliteConfiguration] {
        try await site.call(.installations.satelliteConfigurations, "satelliteConfigurations(_:)", [CallArgument("satellite", satellite)]) { () async throws(DataError) in try await base.satelliteConfigurations(satellite) }
    }

    func clientConfiguration(_ id: McpInstallationID, team: TeamID, client: McpClientProgram) async throws(DataError) -> JSONValue? {
        try await site.call(.installations.clientConfiguration, "clientConfiguration(_:team:client:)", [CallArgument("id", id), CallArgument("team", team), CallArgument("client", client)]) { () async throws(DataError) in try await base.clientConfiguration(id, team: team, client: client) }
    }
}

private struct ObservedInstanceRepository: InstanceRepository {
    let base: any InstanceRepository
    let site: CallSite

    func provision(_ installation: McpInstallationID, users: [UserID]) async throws(DataError) -> [ProvisionedInstance] {
        try await site.call(.instances.provision, "provision(_:users:)", [CallArgument("installation", installation), CallArgument("users", users)]) { () async throws(DataError) in try await base.provision(installation, users: users) }
    }

    func instance(path: String, token: String) async throws(DataError) -> McpServerInstance? {
        try await site.call(.instances.instance, "instance(path:token:)", [CallArgument("path", path), CallArgument("token", token)]) { () async throws(DataError) in try await base.instance(path: path, token: token) }
    }

    func resetToken(installation: McpInstallationID, user: UserID) async throws(DataError) -> SecretText? {
        try await site.call(.instances.resetToken, "resetToken(installation:user:)", [CallArgument("installation", installation), CallArgument("user", user)]) { () async throws(DataError) in try await base.resetToken(installation: installation, user: user) }
    }

    func updateStatus(installation: McpInstallationID, user: UserID, status: McpInstanceStatus, message: String?, at time: Timestamp) async throws(DataError) -> Bool {
        try await site.call(.instances.updateStatus, "updateStatus(installation:user:status:message:at:)", [CallArgument("installation", installation), CallArgument("user", user), CallArgument("status", status), CallArgument("message", message), CallArgument("time", time)]) { () async throws(DataError) in try await base.updateStatus(installation: installation, user: user, status: status, message: message, at: time) }
    }

    func statuses(installation: McpInstallationID, team: TeamID) async throws(DataError) -> [McpInstanceWithUser] {
        try await site.call(.instances.statuses, "statuses(installation:team:)", [CallArgument("installation", installation), CallArgument("team", team)]) { () async throws(DataError) in try await base.statuses(installation: installation, team: team) }
    }

    func delete(user: UserID, team: TeamID) async throws(DataError) -> Int {
        try await site.call(.instances.delete, "delete(user:team:)", [CallArgument("user", user), CallArgument("team", team)]) { () async throws(DataError) in try await base.delete(user: user, team: team) }
    }

    func delete(installation: McpInstallationID) async throws(DataError) -> Int {
        try await site.call(.instances.delete, "delete(installation:)", [CallArgument("installation", installation)]) { () async throws(DataError) in try await base.delete(installation: installation) }
    }

    func dueForCredentialCheck(olderThan age: Duration, limit: Int) async throws(DataError) -> [McpServerInstance] {
        try await site.call(.instances.dueForCredentialCheck, "dueForCredentialCheck(olderThan:limit:)", [CallArgument("age", age), CallArgument("limit", limit)]) { () async throws(DataError) in try await base.dueForCredentialCheck(olderThan: age, limit: limit) }
    }

    func setCredentialCheck(installation: McpInstallationID, user: UserID, at time: Timestamp) async throws(DataError) -> Bool {
        try await site.call(.instances.setCredentialCheck, "setCredentialCheck(installation:user:at:)", [CallArgument("installation", installation), CallArgument("user", user), CallArgument("time", time)]) { () async throws(DataError) in try await base.setCredentialCheck(installation: installation, user: user, at: time) }
    }

    func setHealthCheck(installation: McpInstallationID, user: UserID, at time: Timestamp) async throws(DataError) -> Bool {
        try await site.call(.instances.setHealthCheck, "setHealthCheck(installation:user:at:)", [CallArgument("installation", installation), CallArgument("user", user), CallArgument("time", time)]) { () async throws(DataError) in try await base.setHealthCheck(installation: installation, user: user, at: time) }
    }
}

private struct ObservedUserConfigurationRepository: UserConfigurationRepository {
    let base: any UserConfigurationRepository
    let site: CallSite

    func configuration(_ installation: McpInstallationID, user: UserID, reveal: SecretReveal) async throws(DataError) -> McpUserConfiguration? {
        try await site.call(.userConfigurations.configuration, "configuration(_:user:reveal:)", [CallArgument("installation", installation), CallArgument("user", user), CallArgument("reveal", reveal)]) { () async throws(DataError) in try await base.configuration(installation, user: user, reveal: reveal) }
    }

    func save(_ installation: McpInstallationID, user: UserID, team: TeamID, _ configuration: UserConfigurationValues) async throws(DataError) -> McpUserConfiguration {
        try await site.call(.userConfigurations.save, "save(_:user:team:_:)", [CallArgument("installation", installation), CallArgument("user", user), CallArgument("team", team), CallArgument("configuration", configuration)]) { () async throws(DataError) in try await base.save(installation, user: user, team: team, configuration) }
    }

    func update(_ installation: McpInstallationID, user: UserID, team: TeamID, _ patch: UserConfigurationPatch) async throws(DataError) -> McpUserConfiguration? {
        try await site.call(.userConfigurations.update, "update(_:user:team:_:)", [CallArgument("installation", installation), CallArgument("user", user), CallArgument("team", team), CallArgument("patch", patch)]) { () async throws(DataError) in try await base.update(installation, user: user, team: team, patch) }
    }

    func delete(_ id: McpUserConfigurationID, user: UserID, team: TeamID) async throws(DataError) -> Bool {
        try await site.call(.userConfigurations.delete, "delete(_:user:team:)", [CallArgument("id", id), CallArgument("user", user), CallArgument("team", team)]) { () async throws(DataError) in try await base.delete(id, user: user, team: team) }
    }

    func list(user: UserID, team: TeamID) async throws(DataError) -> [McpUserConfiguration] {
        try await site.call(.userConfigurations.list, "list(user:team:)", [CallArgument("user", user), CallArgument("team", team)]) { () async throws(DataError) in try await base.list(user: user, team: team) }
    }
}

private struct ObservedTokenService: TokenService {
    let base: any TokenService
    let site: CallSite

    func createAuthorizationRequest(_ request: NewAuthorizationRequest) async throws(DataError) -> AuthorizationRequest {
        try await site.call(.tokens.createAuthorizationRequest, "createAuthorizationRequest(_:)", [CallArgument("request", request)]) { () async throws(DataError) in try await base.createAuthorizationRequest(request) }
    }

    func authorizationRequest(_ id: AuthorizationCodeID) async throws(DataError) -> AuthorizationRequest? {
        try await site.call(.tokens.authorizationRequest, "authorizationRequest(_:)", [CallArgument("id", id)]) { () async throws(DataError) in try await base.authorizationRequest(id) }
    }

    func setTeam(_ team: TeamID, of request: AuthorizationCodeID) async throws(DataError) -> Bool {
        try await site.call(.tokens.setTeam, "setTeam(_:of:)", [CallArgument("team", team), CallArgument("request", request)]) { () async throws(DataError) in try await base.setTeam(team, of: request) }
    }

    func approve(_ request: AuthorizationCodeID) async throws(DataError) -> SecretText {
        try await site.call(.tokens.approve, "approve(_:)", [CallArgument("request", request)]) { () async throws(DataError) in try await base.approve(request) }
    }

    func deny(_ request: AuthorizationCodeID) async throws(DataError) -> Bool {
        try await site.call(.tokens.deny, "deny(_:)", [CallArgument("request", request)]) { () async throws(DataError) in try await base.deny(request) }
    }

    func exchangeCode(_ code: String, verifier: String, client: OAuthClientID, redirectURI: String) async throws(DataError) -> TokenPair {
        try await site.call(.tokens.exchangeCode, "exchangeCode(_:verifier:client:redirectURI:)", [CallArgument("code", code), CallArgument("verifier", verifier), CallArgument("client", client), CallArgument("redirectURI", redirectURI)]) { () async throws(DataError) in try await base.exchangeCode(code, verifier: verifier, client: client, redirectURI: redirectURI) }
    }

    func redeemCode(_ code: String, verifier: String, client: OAuthClientID, redirectURI: String) async throws(DataError) -> GrantOutcome {
        try await site.call(.tokens.redeemCode, "redeemCode(_:verifier:client:redirectURI:)", [CallArgument("code", code), CallArgument("verifier", verifier), CallArgument("client", client), CallArgument("redirectURI", redirectURI)]) { () async throws(DataError) in try await base.redeemCode(code, verifier: verifier, client: client, redirectURI: redirectURI) }
    }

    func issueAccessToken(_ token: NewAccessToken) async throws(DataError) -> IssuedAccessToken {
        try await site.call(.tokens.issueAccessToken, "issueAccessToken(_:)", [CallArgument("token", token)]) { () async throws(DataError) in try await base.issueAccessToken(token) }
    }

    func issueRefreshToken(_ token: NewRefreshToken) async throws(DataError) -> IssuedRefreshToken {
        try await site.call(.tokens.issueRefreshToken, "issueRefreshToken(_:)", [CallArgument("token", token)]) { () async throws(DataError) in try await base.issueRefreshToken(token) }
    }

    func verify(_ token: String) async throws(DataError) -> TokenContext? {
        try await site.call(.tokens.verify, "verify(_:)", [CallArgument("token", token)]) { () async throws(DataError) in try await base.verify(token) }
    }

    func introspect(_ token: String, expectedTeam: TeamID?, expectedAudience: String?) async throws(DataError) -> TokenIntrospection {
        try await site.call(.tokens.introspect, "introspect(_:expectedTeam:expectedAudience:)", [CallArgument("token", token), CallArgument("expectedTeam", expectedTeam), CallArgument("expectedAudience", expectedAudience)]) { () async throws(DataError) in try await base.introspect(token, expectedTeam: expectedTeam, expectedAudience: expectedAudience) }
    }

    func refresh(_ token: String, client: OAuthClientID) async throws(DataError) -> TokenPair {
        try await site.call(.tokens.refresh, "refresh(_:client:)", [CallArgument("token", token), CallArgument("client", client)]) { () async throws(DataError) in try await base.refresh(token, client: client) }
    }

    func redeemRefreshToken(_ token: String, client: OAuthClientID) async throws(DataError) -> GrantOutcome {
        try await site.call(.tokens.redeemRefreshToken, "redeemRefreshToken(_:client:)", [CallArgument("token", token), CallArgument("client", client)]) { () async throws(DataError) in try await base.redeemRefreshToken(token, client: client) }
    }

    func revokeAccessToken(_ id: AccessTokenID) async throws(DataError) -> Bool {
        try await site.call(.tokens.revokeAccessToken, "revokeAccessToken(_:)", [CallArgument("id", id)]) { () async throws(DataError) in try await base.revokeAccessToken(id) }
    }

    func revoke(_ token: String, client: OAuthClientID?) async throws(DataError) -> Bool {
        try await site.call(.tokens.revoke, "revoke(_:client:)", [CallArgument("token", token), CallArgument("client", client)]) { () async throws(DataError) in try await base.revoke(token, client: client) }
    }

    func revokeAll(user: UserID) async throws(DataError) -> Int {
        try await site.call(.tokens.revokeAll, "revokeAll(user:)", [CallArgument("user", user)]) { () async throws(DataError) in try await base.revokeAll(user: user) }
    }

    func revokeAll(user: UserID, team: TeamID) async throws(DataError) -> Int {
        try await site.call(.tokens.revokeAll, "revokeAll(user:team:)", [CallArgument("user", user), CallArgument("team", team)]) { () async throws(DataError) in try await base.revokeAll(user: user, team: team) }
    }

    func revokeAll(client: OAuthClientID) async throws(DataError) -> Int {
        try await site.call(.tokens.revokeAll, "revokeAll(client:)", [CallArgument("client", client)]) { () async throws(DataError) in try await base.revokeAll(client: client) }
    }

    func revokeFamily(_ family: TokenFamilyID) async throws(DataError) -> Int {
        try await site.call(.tokens.revokeFamily, "revokeFamily(_:)", [CallArgument("family", family)]) { () async throws(DataError) in try await base.revokeFamily(family) }
    }

    func revokeExpiredTokens() async throws(DataError) -> Int {
        try await site.call(.tokens.revokeExpiredTokens, "revokeExpiredTokens()", []) { () async throws(DataError) in try await base.revokeExpiredTokens() }
    }

    func purgeExpired(batchSize: Int) async throws(DataError) -> PurgedGrants {
        try await site.call(.tokens.purgeExpired, "purgeExpired(batchSize:)", [CallArgument("batchSize", batchSize)]) { () async throws(DataError) in try await base.purgeExpired(batchSize: batchSize) }
    }

    func activeTokens(user: UserID, page: Page) async throws(DataError) -> PageResult<AccessToken> {
        try await site.call(.tokens.activeTokens, "activeTokens(user:page:)", [CallArgument("user", user), CallArgument("page", page)]) { () async throws(DataError) in try await base.activeTokens(user: user, page: page) }
    }
}

private struct ObservedOAuthClientRepository: OAuthClientRepository {
    let base: any OAuthClientRepository
    let site: CallSite

    func register(_ client: NewOAuthClient) async throws(DataError) -> RegisteredOAuthClient {
        try await site.call(.oauthClients.register, "register(_:)", [CallArgument("client", client)]) { () async throws(DataError) in try await base.register(client) }
    }

    func client(_ id: OAuthClientID) async throws(DataError) -> OAuthClient? {
        try await site.call(.oauthClients.client, "client(_:)", [CallArgument("id", id)]) { () async throws(DataError) in try await base.client(id) }
    }

    func isValid(_ id: OAuthClientID, redirectURI: String) async throws(DataError) -> Bool {
        try await site.call(.oauthClients.isValid, "isValid(_:redirectURI:)", [CallArgument("id", id), CallArgument("redirectURI", redirectURI)]) { () async throws(DataError) in try await base.isValid(id, redirectURI: redirectURI) }
    }

    func isValid(_ id: OAuthClientID, secret: String) async throws(DataError) -> Bool {
        try await site.call(.oauthClients.isValid, "isValid(_:secret:)", [CallArgument("id", id), CallArgument("secret", secret)]) { () async throws(DataError) in try await base.isValid(id, secret: secret) }
    }

    func deactivate(_ id: OAuthClientID) async throws(DataError) -> Bool {
        try await site.call(.oauthClients.deactivate, "deactivate(_:)", [CallArgument("id", id)]) { () async throws(DataError) in try await base.deactivate(id) }
    }

    func purgeUnused(olderThan age: Duration) async throws(DataError) -> Int {
        try await site.call(.oauthClients.purgeUnused, "purgeUnused(olderThan:)", [CallArgument("age", age)]) { () async throws(DataError) in try await base.purgeUnused(olderThan: age) }
    }

    func grantConsent(user: UserID, team: TeamID, client: OAuthClientID, scopes: [TokenScope]) async throws(DataError) -> TeamConsent {
        try await site.call(.oauthClients.grantConsent, "grantConsent(user:team:client:scopes:)", [CallArgument("user", user), CallArgument("team", team), CallArgument("client", client), CallArgument("scopes", scopes)]) { () async throws(DataError) in try await base.grantConsent(user: user, team: team, client: client, scopes: scopes) }
    }

    func consent(user: UserID, team: TeamID, client: OAuthClientID) async throws(DataError) -> TeamConsent? {
        try await site.call(.oauthClients.consent, "consent(user:team:client:)", [CallArgument("user", user), CallArgument("team", team), CallArgument("client", client)]) { () async throws(DataError) in try await base.consent(user: user, team: team, client: client) }
    }

    func revokeConsent(user: UserID, team: TeamID, client: OAuthClientID) async throws(DataError) -> Bool {
        try await site.call(.oauthClients.revokeConsent, "revokeConsent(user:team:client:)", [CallArgument("user", user), CallArgument("team", team), CallArgument("client", client)]) { () async throws(DataError) in try await base.revokeConsent(user: user, team: team, client: client) }
    }
}

private struct ObservedSecretMaintenance: SecretMaintenance {
    let base: any SecretMaintenance
    let site: CallSite

    func reencrypt(batchSize: Int) async throws(DataError) -> ReencryptionReport {
        try await site.call(.secrets.reencrypt, "reencrypt(batchSize:)", [CallArgument("batchSize", batchSize)]) { () async throws(DataError) in try await base.reencrypt(batchSize: batchSize) }
    }
}

private struct ObservedSettingsRepository: SettingsRepository {
    let base: any SettingsRepository
    let site: CallSite

    func get(_ key: String) async throws(DataError) -> SettingValue? {
        try await site.call(.settings.get, "get(_:)", [CallArgument("key", key)]) { () async throws(DataError) in try await base.get(key) }
    }

    func set(_ setting: NewSetting) async throws(DataError) -> Setting {
        try await site.call(.settings.set, "set(_:)", [CallArgument("setting", setting)]) { () async throws(DataError) in try await base.set(setting) }
    }

    func setMany(_ settings: [NewSetting]) async throws(DataError) -> [Setting] {
        try await site.call(.settings.setMany, "setMany(_:)", [CallArgument("settings", settings)]) { () async throws(DataError) in try await base.setMany(settings) }
    }

    func delete(_ key: String) async throws(DataError) -> Bool {
        try await site.call(.settings.delete, "delete(_:)", [CallArgument("key", key)]) { () async throws(DataError) in try await base.delete(key) }
    }

    func list(group: SettingGroupID?) async throws(DataError) -> [Setting] {
        try await site.call(.settings.list, "list(group:)", [CallArgument("group", group)]) { () async throws(DataError) in try await base.list(group: group) }
    }

    func search(_ pattern: String) async throws(DataError) -> [Setting] {
        try await site.call(.settings.search, "search(_:)", [CallArgument("pattern", pattern)]) { () async throws(DataError) in try await base.search(pattern) }
    }

    func groupsWithSettings() async throws(DataError) -> [SettingGroupWithSettings] {
        try await site.call(.settings.groupsWithSettings, "groupsWithSettings()", []) { () async throws(DataError) in try await base.groupsWithSettings() }
    }

    func initializeDefaults(_ definitions: [SettingDefinition], groups: [SettingGroup]) async throws(DataError) -> Int {
        try await site.call(.settings.initializeDefaults, "initializeDefaults(_:groups:)", [CallArgument("definitions", definitions), CallArgument("groups", groups)]) { () async throws(DataError) in try await base.initializeDefaults(definitions, groups: groups) }
    }
}

private struct ObservedPreferenceRepository: PreferenceRepository {
    let base: any PreferenceRepository
    let site: CallSite

    func all(user: UserID) async throws(DataError) -> [UserPreference] {
        try await site.call(.preferences.all, "all(user:)", [CallArgument("user", user)]) { () async throws(DataError) in try await base.all(user: user) }
    }

    func get(_ key: String, user: UserID) async throws(DataError) -> SettingValue {
        try await site.call(.preferences.get, "get(_:user:)", [CallArgument("key", key), CallArgument("user", user)]) { () async throws(DataError) in try await base.get(key, user: user) }
    }

    func set(_ key: String, to value: SettingValue, user: UserID) async throws(DataError) {
        try await site.call(.preferences.set, "set(_:to:user:)", [CallArgument("key", key), CallArgument("value", value), CallArgument("user", user)]) { () async throws(DataError) in try await base.set(key, to: value, user: user) }
    }

    func setMany(_ values: [String: SettingValue], user: UserID) async throws(DataError) {
        try await site.call(.preferences.setMany, "setMany(_:user:)", [CallArgument("values", values), CallArgument("user", user)]) { () async throws(DataError) in try await base.setMany(values, user: user) }
    }
}

private struct ObservedNotificationRepository: NotificationRepository {
    let base: any NotificationRepository
    let site: CallSite

    func create(user: UserID, title: String, message: String) async throws(DataError) -> AppNotification {
        try await site.call(.notifications.create, "create(user:title:message:)", [CallArgument("user", user), CallArgument("title", title), CallArgument("message", message)]) { () async throws(DataError) in try await base.create(user: user, title: title, message: message) }
    }

    func create(users: [UserID], title: String, message: String) async throws(DataError) -> Int {
        try await site.call(.notifications.create, "create(users:title:message:)", [CallArgument("users", users), CallArgument("title", title), CallArgument("message", message)]) { () async throws(DataError) in try await base.create(users: users, title: title, message: message) }
    }

    func notifyTeam(_ team: TeamID, title: String, message: String, role: TeamRole?, excluding: UserID?) async throws(DataError) -> Int {
        try await site.call(.notifications.notifyTeam, "notifyTeam(_:title:message:role:excluding:)", [CallArgument("team", team), CallArgument("title", title), CallArgument("message", message), CallArgument("role", role), CallArgument("excluding", excluding)]) { () async throws(DataError) in try await base.notifyTeam(team, title: title, message: message, role: role, excluding: excluding) }
    }

    func notification(_ id: NotificationID, user: UserID) async throws(DataError) -> AppNotification? {
        try await site.call(.notifications.notification, "notification(_:user:)", [CallArgument("id", id), CallArgument("user", user)]) { () async throws(DataError) in try await base.notification(id, user: user) }
    }

    func list(user: UserID, unreadOnly: Bool, page: Page) async throws(DataError) -> PageResult<AppNotification> {
        try await site.call(.notifications.list, "list(user:unreadOnly:page:)", [CallArgument("user", user), CallArgument("unreadOnly", unreadOnly), CallArgument("page", page)]) { () async throws(DataError) in try await base.list(user: user, unreadOnly: unreadOnly, page: page) }
    }

    func feed(user: UserID, before cursor: FeedCursor?, limit: Int) async throws(DataError) -> FeedPage<AppNotification> {
        try await site.call(.notifications.feed, "feed(user:before:limit:)", [CallArgument("user", user), CallArgument("cursor", cursor), CallArgument("limit", limit)]) { () async throws(DataError) in try await base.feed(user: user, before: cursor, limit: limit) }
    }

    func allNotifications(user: UserID) -> DataStream<AppNotification> {
        site.stream(.notifications.allNotifications, "allNotifications(user:)", [CallArgument("user", user)], base.allNotifications(user: user))
    }

    func missed(user: UserID, since id: NotificationID) async throws(DataError) -> [AppNotification] {
        try await site.call(.notifications.missed, "missed(user:since:)", [CallArgument("user", user), CallArgument("id", id)]) { () async throws(DataError) in try await base.missed(user: user, since: id) }
    }

    func stream(user: UserID) async throws(DataError) -> NotificationStream {
        try await site.call(.notifications.stream, "stream(user:)", [CallArgument("user", user)]) { () async throws(DataError) in try await base.stream(user: user) }
    }

    func stream(team: TeamID) async throws(DataError) -> NotificationStream {
        try await site.call(.notifications.stream, "stream(team:)", [CallArgument("team", team)]) { () async throws(DataError) in try await base.stream(team: team) }
    }

    func unreadCount(user: UserID) async throws(DataError) -> Int {
        try await site.call(.notifications.unreadCount, "unreadCount(user:)", [CallArgument("user", user)]) { () async throws(DataError) in try await base.unreadCount(user: user) }
    }

    func unreadCounts(users: [UserID]) async throws(DataError) -> [UserID: Int] {
        try await site.call(.notifications.unreadCounts, "unreadCounts(users:)", [CallArgument("users", users)]) { () async throws(DataError) in try await base.unreadCounts(users: users) }
    }

    func markRead(_ id: NotificationID, user: UserID) async throws(DataError) -> Bool {
        try await site.call(.notifications.markRead, "markRead(_:user:)", [CallArgument("id", id), CallArgument("user", user)]) { () async throws(DataError) in try await base.markRead(id, user: user) }
    }

    func markRead(_ ids: [NotificationID], user: UserID) async throws(DataError) -> Int {
        try await site.call(.notifications.markRead, "markRead(_:user:)", [CallArgument("ids", ids), CallArgument("user", user)]) { () async throws(DataError) in try await base.markRead(ids, user: user) }
    }

    func markUnread(_ id: NotificationID, user: UserID) async throws(DataError) -> Bool {
        try await site.call(.notifications.markUnread, "markUnread(_:user:)", [CallArgument("id", id), CallArgument("user", user)]) { () async throws(DataError) in try await base.markUnread(id, user: user) }
    }

    func markAllRead(user: UserID, through: Timestamp?) async throws(DataError) -> Int {
        try await site.call(.notifications.markAllRead, "markAllRead(user:through:)", [CallArgument("user", user), CallArgument("through", through)]) { () async throws(DataError) in try await base.markAllRead(user: user, through: through) }
    }

    func delete(_ id: NotificationID, user: UserID) async throws(DataError) -> Bool {
        try await site.call(.notifications.delete, "delete(_:user:)", [CallArgument("id", id), CallArgument("user", user)]) { () async throws(DataError) in try await base.delete(id, user: user) }
    }

    func deleteRead(user: UserID) async throws(DataError) -> Int {
        try await site.call(.notifications.deleteRead, "deleteRead(user:)", [CallArgument("user", user)]) { () async throws(DataError) in try await base.deleteRead(user: user) }
    }

    func purge(olderThan moment: Timestamp, onlyRead: Bool, batchSize: Int) async throws(DataError) -> Int {
        try await site.call(.notifications.purge, "purge(olderThan:onlyRead:batchSize:)", [CallArgument("moment", moment), CallArgument("onlyRead", onlyRead), CallArgument("batchSize", batchSize)]) { () async throws(DataError) in try await base.purge(olderThan: moment, onlyRead: onlyRead, batchSize: batchSize) }
    }
}

private struct ObservedSatelliteRepository: SatelliteRepository {
    let base: any SatelliteRepository
    let site: CallSite

    func register(_ satellite: NewSatellite) async throws(DataError) -> RegisteredSatellite {
        try await site.call(.satellites.register, "register(_:)", [CallArgument("satellite", satellite)]) { () async throws(DataError) in try await base.register(satellite) }
    }

    func authenticate(_ apiKey: String) async throws(DataError) -> Satellite? {
        try await site.call(.satellites.authenticate, "authenticate(_:)", [CallArgument("apiKey", apiKey)]) { () async throws(DataError) in try await base.authenticate(apiKey) }
    }

    func satellite(_ id: SatelliteID) async throws(DataError) -> Satellite? {
        try await site.call(.satellites.satellite, "satellite(_:)", [CallArgument("id", id)]) { () async throws(DataError) in try await base.satellite(id) }
    }

    func list(type: SatelliteType?, team: TeamID?, status: SatelliteStatus?, page: Page) async throws(DataError) -> PageResult<Satellite> {
        try await site.call(.satellites.list, "list(type:team:status:page:)", [CallArgument("type", type), CallArgument("team", team), CallArgument("status", status), CallArgument("page", page)]) { () async throws(DataError) in try await base.list(type: type, team: team, status: status, page: page) }
    }

    func activeGlobal() async throws(DataError) -> [Satellite] {
        try await site.call(.satellites.activeGlobal, "activeGlobal()", []) { () async throws(DataError) in try await base.activeGlobal() }
    }

    func recordHeartbeat(_ heartbeat: NewSatelliteHeartbeat, of satellite: SatelliteID) async throws(DataError) -> Bool {
        try await site.call(.satellites.recordHeartbeat, "recordHeartbeat(_:of:)", [CallArgument("heartbeat", heartbeat), CallArgument("satellite", satellite)]) { () async throws(DataError) in try await base.recordHeartbeat(heartbeat, of: satellite) }
    }

    func heartbeats(of satellite: SatelliteID, page: Page) async throws(DataError) -> PageResult<SatelliteHeartbeat> {
        try await site.call(.satellites.heartbeats, "heartbeats(of:page:)", [CallArgument("satellite", satellite), CallArgument("page", page)]) { () async throws(DataError) in try await base.heartbeats(of: satellite, page: page) }
    }

    func stale(olderThan: Duration) async throws(DataError) -> [Satellite] {
        try await site.call(.satellites.stale, "stale(olderThan:)", [CallArgument("olderThan", olderThan)]) { () async throws(DataError) in try await base.stale(olderThan: olderThan) }
    }

    func pruneHeartbeats(keepGlobal: Int, keepTeam: Int) async throws(DataError) -> Int {
        try await site.call(.satellites.pruneHeartbeats, "pruneHeartbeats(keepGlobal:keepTeam:)", [CallArgument("keepGlobal", keepGlobal), CallArgument("keepTeam", keepTeam)]) { () async throws(DataError) in try await base.pruneHeartbeats(keepGlobal: keepGlobal, keepTeam: keepTeam) }
    }

    func setStatus(_ id: SatelliteID, _ status: SatelliteStatus) async throws(DataError) -> Satellite? {
        try await site.call(.satellites.setStatus, "setStatus(_:_:)", [CallArgument("id", id), CallArgument("status", status)]) { () async throws(DataError) in try await base.setStatus(id, status) }
    }

    func updateConfig(_ id: SatelliteID, _ config: JSONValue) async throws(DataError) -> Satellite? {
        try await site.call(.satellites.updateConfig, "updateConfig(_:_:)", [CallArgument("id", id), CallArgument("config", config)]) { () async throws(DataError) in try await base.updateConfig(id, config) }
    }

    func delete(_ id: SatelliteID) async throws(DataError) -> Bool {
        try await site.call(.satellites.delete, "delete(_:)", [CallArgument("id", id)]) { () async throws(DataError) in try await base.delete(id) }
    }
}

private struct ObservedSatelliteCommandQueue: SatelliteCommandQueue {
    let base: any SatelliteCommandQueue
    let site: CallSite

    func enqueue(_ command: NewSatelliteCommand, for satellite: SatelliteID) async throws(DataError) -> SatelliteCommand? {
        try await site.call(.satelliteCommands.enqueue, "enqueue(_:for:)", [CallArgument("command", command), CallArgument("satellite", satellite)]) { () async throws(DataError) in try await base.enqueue(command, for: satellite) }
    }

    func enqueueForAllGlobal(_ command: NewSatelliteCommand) async throws(DataError) -> [SatelliteCommand] {
        try await site.call(.satelliteCommands.enqueueForAllGlobal, "enqueueForAllGlobal(_:)", [CallArgument("command", command)]) { () async throws(DataError) in try await base.enqueueForAllGlobal(command) }
    }

    func enqueueForTeam(_ command: NewSatelliteCommand, team: TeamID) async throws(DataError) -> [SatelliteCommand] {
        try await site.call(.satelliteCommands.enqueueForTeam, "enqueueForTeam(_:team:)", [CallArgument("command", command), CallArgument("team", team)]) { () async throws(DataError) in try await base.enqueueForTeam(command, team: team) }
    }

    func command(_ id: SatelliteCommandID) async throws(DataError) -> SatelliteCommand? {
        try await site.call(.satelliteCommands.command, "command(_:)", [CallArgument("id", id)]) { () async throws(DataError) in try await base.command(id) }
    }

    func commands(correlationID: String) async throws(DataError) -> [SatelliteCommand] {
        try await site.call(.satelliteCommands.commands, "commands(correlationID:)", [CallArgument("correlationID", correlationID)]) { () async throws(DataError) in try await base.commands(correlationID: correlationID) }
    }

    func poll(_ satellite: SatelliteID, limit: Int) async throws(DataError) -> SatellitePoll {
        try await site.call(.satelliteCommands.poll, "poll(_:limit:)", [CallArgument("satellite", satellite), CallArgument("limit", limit)]) { () async throws(DataError) in try await base.poll(satellite, limit: limit) }
    }

    func report(_ id: SatelliteCommandID, of satellite: SatelliteID, _ status: SatelliteCommandStatus, result: JSONValue?, error: String?) async throws(DataError) -> Bool {
        try await site.call(.satelliteCommands.report, "report(_:of:_:result:error:)", [CallArgument("id", id), CallArgument("satellite", satellite), CallArgument("status", status), CallArgument("result", result), CallArgument("error", error)]) { () async throws(DataError) in try await base.report(id, of: satellite, status, result: result, error: error) }
    }

    func expireCommands() async throws(DataError) -> Int {
        try await site.call(.satelliteCommands.expireCommands, "expireCommands()", []) { () async throws(DataError) in try await base.expireCommands() }
    }

    func purgeCommands(olderThan: Duration) async throws(DataError) -> Int {
        try await site.call(.satelliteCommands.purgeCommands, "purgeCommands(olderThan:)", [CallArgument("olderThan", olderThan)]) { () async throws(DataError) in try await base.purgeCommands(olderThan: olderThan) }
    }
}

private struct ObservedRegistrationTokenRepository: RegistrationTokenRepository {
    let base: any RegistrationTokenRepository
    let site: CallSite

    func create(_ token: NewSatelliteRegistrationToken) async throws(DataError) -> IssuedSatelliteRegistrationToken {
        try await site.call(.registrationTokens.create, "create(_:)", [CallArgument("token", token)]) { () async throws(DataError) in try await base.create(token) }
    }

    func register(_ satellite: NewSatellite, with token: String) async throws(DataError) -> RegisteredSatellite {
        try await site.call(.registrationTokens.register, "register(_:with:)", [CallArgument("satellite", satellite), CallArgument("token", token)]) { () async throws(DataError) in try await base.register(satellite, with: token) }
    }

    func list(team: TeamID?, page: Page) async throws(DataError) -> PageResult<SatelliteRegistrationToken> {
        try await site.call(.registrationTokens.list, "list(team:page:)", [CallArgument("team", team), CallArgument("page", page)]) { () async throws(DataError) in try await base.list(team: team, page: page) }
    }

    func revoke(_ id: SatelliteRegistrationTokenID) async throws(DataError) -> Bool {
        try await site.call(.registrationTokens.revoke, "revoke(_:)", [CallArgument("id", id)]) { () async throws(DataError) in try await base.revoke(id) }
    }

    func deleteExpired() async throws(DataError) -> Int {
        try await site.call(.registrationTokens.deleteExpired, "deleteExpired()", []) { () async throws(DataError) in try await base.deleteExpired() }
    }
}

private struct ObservedServerVersionRepository: ServerVersionRepository {
    let base: any ServerVersionRepository
    let site: CallSite

    func add(_ version: NewServerVersion, to server: McpServerID) async throws(DataError) -> McpServerVersion {
        try await site.call(.serverVersions.add, "add(_:to:)", [CallArgument("version", version), CallArgument("server", server)]) { () async throws(DataError) in try await base.add(version, to: server) }
    }

    func list(_ server: McpServerID) async throws(DataError) -> [McpServerVersion] {
        try await site.call(.serverVersions.list, "list(_:)", [CallArgument("server", server)]) { () async throws(DataError) in try await base.list(server) }
    }

    func setLatest(_ id: McpServerVersionID, of server: McpServerID) async throws(DataError) -> McpServerVersion? {
        try await site.call(.serverVersions.setLatest, "setLatest(_:of:)", [CallArgument("id", id), CallArgument("server", server)]) { () async throws(DataError) in try await base.setLatest(id, of: server) }
    }
}
