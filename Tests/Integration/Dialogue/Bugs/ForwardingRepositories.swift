// Written by ./scripts/generate-fake from the repositories' protocols. Run it again when one has changed; do not edit.
// swift-format-ignore-file

import DeployStackData
import DeployStackModels

protocol ForwardingUserService: UserService {
    var base: any UserService { get }
}

extension ForwardingUserService {
    func createUser(_ user: NewUser, withDefaultTeam: Bool) async throws(DataError) -> User {
        try await base.createUser(user, withDefaultTeam: withDefaultTeam)
    }

    func user(_ id: UserID) async throws(DataError) -> User? {
        try await base.user(id)
    }

    func user(email: String) async throws(DataError) -> User? {
        try await base.user(email: email)
    }

    func user(username: String) async throws(DataError) -> User? {
        try await base.user(username: username)
    }

    func user(githubID: String) async throws(DataError) -> User? {
        try await base.user(githubID: githubID)
    }

    func userWithRole(_ id: UserID) async throws(DataError) -> UserWithRole? {
        try await base.userWithRole(id)
    }

    func list(search: String?, role: RoleID?, page: Page) async throws(DataError) -> PageResult<UserWithRole> {
        try await base.list(search: search, role: role, page: page)
    }

    func users(withRole role: RoleID, page: Page?) async throws(DataError) -> [User] {
        try await base.users(withRole: role, page: page)
    }

    func countByRole() async throws(DataError) -> [RoleCount] {
        try await base.countByRole()
    }

    func updateUser(_ id: UserID, _ patch: UserPatch) async throws(DataError) -> User? {
        try await base.updateUser(id, patch)
    }

    func deleteUser(_ id: UserID, transferTeamsTo newOwner: UserID?) async throws(DataError) -> Bool {
        try await base.deleteUser(id, transferTeamsTo: newOwner)
    }
}

protocol ForwardingRoleRepository: RoleRepository {
    var base: any RoleRepository { get }
}

extension ForwardingRoleRepository {
    func all() async throws(DataError) -> [Role] {
        try await base.all()
    }

    func role(_ id: RoleID) async throws(DataError) -> Role? {
        try await base.role(id)
    }

    func create(_ role: NewRole) async throws(DataError) -> Role {
        try await base.create(role)
    }

    func update(_ id: RoleID, _ patch: RolePatch) async throws(DataError) -> Role? {
        try await base.update(id, patch)
    }

    func delete(_ id: RoleID) async throws(DataError) -> Bool {
        try await base.delete(id)
    }

    func sync(_ definitions: [RoleDefinition]) async throws(DataError) -> RoleSyncReport {
        try await base.sync(definitions)
    }

    func userHasPermission(_ user: UserID, _ permission: String) async throws(DataError) -> Bool {
        try await base.userHasPermission(user, permission)
    }
}

protocol ForwardingTeamService: TeamService {
    var base: any TeamService { get }
}

extension ForwardingTeamService {
    func createTeam(_ team: NewTeam) async throws(DataError) -> Team {
        try await base.createTeam(team)
    }

    func createDefaultTeam(user: UserID, username: String) async throws(DataError) -> DefaultTeam {
        try await base.createDefaultTeam(user: user, username: username)
    }

    func team(_ id: TeamID) async throws(DataError) -> Team? {
        try await base.team(id)
    }

    func team(slug: String) async throws(DataError) -> Team? {
        try await base.team(slug: slug)
    }

    func defaultTeam(of user: UserID) async throws(DataError) -> Team? {
        try await base.defaultTeam(of: user)
    }

    func teams(of user: UserID) async throws(DataError) -> [Team] {
        try await base.teams(of: user)
    }

    func teamsWithRoles(of user: UserID) async throws(DataError) -> [TeamWithRole] {
        try await base.teamsWithRoles(of: user)
    }

    func allTeams(search: String?, page: Page) async throws(DataError) -> PageResult<TeamOverview> {
        try await base.allTeams(search: search, page: page)
    }

    func teamCount(of user: UserID) async throws(DataError) -> Int {
        try await base.teamCount(of: user)
    }

    func canCreateTeam(_ user: UserID) async throws(DataError) -> Bool {
        try await base.canCreateTeam(user)
    }

    func updateTeam(_ id: TeamID, _ patch: TeamPatch) async throws(DataError) -> Team? {
        try await base.updateTeam(id, patch)
    }

    func updateTeamName(_ id: TeamID, _ name: String) async throws(DataError) -> Bool {
        try await base.updateTeamName(id, name)
    }

    func updateLimits(_ id: TeamID, _ patch: TeamLimitsPatch) async throws(DataError) -> Team? {
        try await base.updateLimits(id, patch)
    }

    func removeTeam(_ id: TeamID, force: Bool) async throws(DataError) -> RemovedTeam? {
        try await base.removeTeam(id, force: force)
    }

    func deleteTeam(_ id: TeamID, force: Bool) async throws(DataError) -> Bool {
        try await base.deleteTeam(id, force: force)
    }

    func members(of team: TeamID, page: Page?) async throws(DataError) -> [TeamMember] {
        try await base.members(of: team, page: page)
    }

    func addMember(_ user: UserID, to team: TeamID, role: TeamRole) async throws(DataError) -> TeamMembership {
        try await base.addMember(user, to: team, role: role)
    }

    func removeMember(_ user: UserID, from team: TeamID) async throws(DataError) -> Bool {
        try await base.removeMember(user, from: team)
    }

    func updateRole(of user: UserID, in team: TeamID, to role: TeamRole) async throws(DataError) -> TeamMembership? {
        try await base.updateRole(of: user, in: team, to: role)
    }

    func transferOwnership(of team: TeamID, to newOwner: UserID) async throws(DataError) -> Team {
        try await base.transferOwnership(of: team, to: newOwner)
    }

    func membership(of user: UserID, in team: TeamID) async throws(DataError) -> TeamMembership? {
        try await base.membership(of: user, in: team)
    }

    func isMember(_ user: UserID, of team: TeamID) async throws(DataError) -> Bool {
        try await base.isMember(user, of: team)
    }

    func isAdmin(_ user: UserID, of team: TeamID) async throws(DataError) -> Bool {
        try await base.isAdmin(user, of: team)
    }

    func isOwner(_ user: UserID, of team: TeamID) async throws(DataError) -> Bool {
        try await base.isOwner(user, of: team)
    }

    func memberCount(of team: TeamID) async throws(DataError) -> Int {
        try await base.memberCount(of: team)
    }

    func adminCount(of team: TeamID) async throws(DataError) -> Int {
        try await base.adminCount(of: team)
    }
}

protocol ForwardingMcpServerCatalog: McpServerCatalog {
    var base: any McpServerCatalog { get }
}

extension ForwardingMcpServerCatalog {
    func create(_ server: NewServer, by editor: CatalogEditor) async throws(DataError) -> McpServer {
        try await base.create(server, by: editor)
    }

    func server(_ id: McpServerID) async throws(DataError) -> McpServer? {
        try await base.server(id)
    }

    func server(slug: String) async throws(DataError) -> McpServer? {
        try await base.server(slug: slug)
    }

    func server(officialName: String) async throws(DataError) -> McpServer? {
        try await base.server(officialName: officialName)
    }

    func readme(_ id: McpServerID) async throws(DataError) -> String? {
        try await base.readme(id)
    }

    func update(_ id: McpServerID, _ patch: ServerPatch, by editor: CatalogEditor) async throws(DataError) -> McpServer? {
        try await base.update(id, patch, by: editor)
    }

    func delete(_ id: McpServerID, by editor: CatalogEditor) async throws(DataError) -> DeletedServer? {
        try await base.delete(id, by: editor)
    }

    func addTags(_ tags: [String], to id: McpServerID, by editor: CatalogEditor) async throws(DataError) -> McpServer? {
        try await base.addTags(tags, to: id, by: editor)
    }

    func removeTags(_ tags: [String], from id: McpServerID, by editor: CatalogEditor) async throws(DataError) -> McpServer? {
        try await base.removeTags(tags, from: id, by: editor)
    }

    func setHealth(_ id: McpServerID, _ health: McpServerHealth, error: String?, at time: Timestamp) async throws(DataError) -> Bool {
        try await base.setHealth(id, health, error: error, at: time)
    }

    func listWithTagCounts(viewer: CatalogViewer, filter: CatalogFilter, sort: CatalogSort, page: Page, tagLimit: Int) async throws(DataError) -> CatalogListing {
        try await base.listWithTagCounts(viewer: viewer, filter: filter, sort: sort, page: page, tagLimit: tagLimit)
    }

    func browse(viewer: CatalogViewer, filter: CatalogFilter, sort: CatalogSort, from cursor: ListCursor?, limit: Int) async throws(DataError) -> CursorPage<McpServer> {
        try await base.browse(viewer: viewer, filter: filter, sort: sort, from: cursor, limit: limit)
    }

    func browseHits(_ query: SearchQuery, viewer: CatalogViewer, filter: CatalogFilter, from cursor: ListCursor?, limit: Int) async throws(DataError) -> CursorPage<CatalogSearchHit> {
        try await base.browseHits(query, viewer: viewer, filter: filter, from: cursor, limit: limit)
    }

    func list(viewer: CatalogViewer, filter: CatalogFilter, sort: CatalogSort, page: Page) async throws(DataError) -> PageResult<McpServer> {
        try await base.list(viewer: viewer, filter: filter, sort: sort, page: page)
    }

    func servers(withAllTags tags: [String], viewer: CatalogViewer, page: Page) async throws(DataError) -> [McpServer] {
        try await base.servers(withAllTags: tags, viewer: viewer, page: page)
    }

    func servers(withAnyTag tags: [String], viewer: CatalogViewer, page: Page) async throws(DataError) -> [McpServer] {
        try await base.servers(withAnyTag: tags, viewer: viewer, page: page)
    }

    func tagCounts(viewer: CatalogViewer, limit: Int) async throws(DataError) -> [TagCount] {
        try await base.tagCounts(viewer: viewer, limit: limit)
    }

    func search(_ query: SearchQuery, viewer: CatalogViewer, filter: CatalogFilter, page: Page) async throws(DataError) -> PageResult<
        CatalogSearchHit
    > {
        try await base.search(query, viewer: viewer, filter: filter, page: page)
    }

    func suggestion(for text: String, viewer: CatalogViewer) async throws(DataError) -> SearchSuggestion? {
        try await base.suggestion(for: text, viewer: viewer)
    }

    func canSuggest() async throws(DataError) -> Bool {
        try await base.canSuggest()
    }

    func exportServers(viewer: CatalogViewer, filter: CatalogFilter, sort: CatalogSort) -> DataStream<McpServer> {
        base.exportServers(viewer: viewer, filter: filter, sort: sort)
    }

    func upsertFromRegistry(_ servers: [RegistryServer]) async throws(DataError) -> CatalogImportReport {
        try await base.upsertFromRegistry(servers)
    }

    func importServers(_ file: CatalogFile, by editor: CatalogEditor, progress: (@Sendable (_ done: Int) -> Void)?) async throws(DataError) -> CatalogImportReport {
        try await base.importServers(file, by: editor, progress: progress)
    }
}

protocol ForwardingCategoryRepository: CategoryRepository {
    var base: any CategoryRepository { get }
}

extension ForwardingCategoryRepository {
    func all() async throws(DataError) -> [McpCategory] {
        try await base.all()
    }

    func category(_ id: CategoryID) async throws(DataError) -> McpCategory? {
        try await base.category(id)
    }

    func create(_ category: NewCategory) async throws(DataError) -> McpCategory {
        try await base.create(category)
    }

    func update(_ id: CategoryID, _ patch: CategoryPatch) async throws(DataError) -> McpCategory? {
        try await base.update(id, patch)
    }

    func delete(_ id: CategoryID) async throws(DataError) -> Bool {
        try await base.delete(id)
    }

    func withFeaturedCounts() async throws(DataError) -> [FeaturedCategory] {
        try await base.withFeaturedCounts()
    }
}

protocol ForwardingMcpInstallationService: McpInstallationService {
    var base: any McpInstallationService { get }
}

extension ForwardingMcpInstallationService {
    func createInstallation(team: TeamID, user: UserID, _ installation: NewInstallation) async throws(DataError) -> McpInstallationDetail {
        try await base.createInstallation(team: team, user: user, installation)
    }

    func installation(_ id: McpInstallationID, team: TeamID, reveal: SecretReveal) async throws(DataError) -> McpInstallationDetail? {
        try await base.installation(id, team: team, reveal: reveal)
    }

    func listInstallations(team: TeamID, viewer: UserID, source: McpServerSource?, includeStats: Bool, page: Page?) async throws(DataError) -> [McpInstallationListItem] {
        try await base.listInstallations(team: team, viewer: viewer, source: source, includeStats: includeStats, page: page)
    }

    func searchInstallations(team: TeamID, text: String, page: Page) async throws(DataError) -> PageResult<McpInstallationSearchHit> {
        try await base.searchInstallations(team: team, text: text, page: page)
    }

    func installationIDs(team: TeamID) async throws(DataError) -> [McpInstallationID] {
        try await base.installationIDs(team: team)
    }

    func installations(ofServer server: McpServerID) async throws(DataError) -> [McpInstallationReference] {
        try await base.installations(ofServer: server)
    }

    func installationViews(team: TeamID, page: Page?) async throws(DataError) -> [McpInstallationView] {
        try await base.installationViews(team: team, page: page)
    }

    func installationViews(team: TeamID, tagged tags: [String], match: TagMatch) async throws(DataError) -> [McpInstallationView] {
        try await base.installationViews(team: team, tagged: tags, match: match)
    }

    func usage(team: TeamID) async throws(DataError) -> TeamUsage? {
        try await base.usage(team: team)
    }

    func updateInstallation(_ id: McpInstallationID, team: TeamID, _ patch: InstallationPatch) async throws(DataError) -> McpInstallationDetail? {
        try await base.updateInstallation(id, team: team, patch)
    }

    func updateSettings(_ id: McpInstallationID, team: TeamID, _ settings: JSONValue) async throws(DataError) -> JSONValue? {
        try await base.updateSettings(id, team: team, settings)
    }

    func deleteInstallation(_ id: McpInstallationID) async throws(DataError) -> Bool {
        try await base.deleteInstallation(id)
    }

    func deleteInstallation(_ id: McpInstallationID, team: TeamID) async throws(DataError) -> Bool {
        try await base.deleteInstallation(id, team: team)
    }

    func touchLastUsed(_ id: McpInstallationID, at time: Timestamp?) async throws(DataError) -> Bool {
        try await base.touchLastUsed(id, at: time)
    }

    func resolvedConfiguration(_ id: McpInstallationID, user: UserID, reveal: SecretReveal) async throws(DataError) -> ResolvedConfiguration? {
        try await base.resolvedConfiguration(id, user: user, reveal: reveal)
    }

    func satelliteConfigurations(_ satellite: SatelliteID) async throws(DataError) -> [SatelliteConfiguration] {
        try await base.satelliteConfigurations(satellite)
    }

    func clientConfiguration(_ id: McpInstallationID, team: TeamID, client: McpClientProgram) async throws(DataError) -> JSONValue? {
        try await base.clientConfiguration(id, team: team, client: client)
    }
}

protocol ForwardingInstanceRepository: InstanceRepository {
    var base: any InstanceRepository { get }
}

extension ForwardingInstanceRepository {
    func provision(_ installation: McpInstallationID, users: [UserID]) async throws(DataError) -> [ProvisionedInstance] {
        try await base.provision(installation, users: users)
    }

    func instance(path: String, token: String) async throws(DataError) -> McpServerInstance? {
        try await base.instance(path: path, token: token)
    }

    func resetToken(installation: McpInstallationID, user: UserID) async throws(DataError) -> SecretText? {
        try await base.resetToken(installation: installation, user: user)
    }

    func updateStatus(installation: McpInstallationID, user: UserID, status: McpInstanceStatus, message: String?, at time: Timestamp) async throws(DataError) -> Bool {
        try await base.updateStatus(installation: installation, user: user, status: status, message: message, at: time)
    }

    func statuses(installation: McpInstallationID, team: TeamID) async throws(DataError) -> [McpInstanceWithUser] {
        try await base.statuses(installation: installation, team: team)
    }

    func delete(user: UserID, team: TeamID) async throws(DataError) -> Int {
        try await base.delete(user: user, team: team)
    }

    func delete(installation: McpInstallationID) async throws(DataError) -> Int {
        try await base.delete(installation: installation)
    }

    func dueForCredentialCheck(olderThan age: Duration, limit: Int) async throws(DataError) -> [McpServerInstance] {
        try await base.dueForCredentialCheck(olderThan: age, limit: limit)
    }

    func setCredentialCheck(installation: McpInstallationID, user: UserID, at time: Timestamp) async throws(DataError) -> Bool {
        try await base.setCredentialCheck(installation: installation, user: user, at: time)
    }

    func setHealthCheck(installation: McpInstallationID, user: UserID, at time: Timestamp) async throws(DataError) -> Bool {
        try await base.setHealthCheck(installation: installation, user: user, at: time)
    }
}

protocol ForwardingUserConfigurationRepository: UserConfigurationRepository {
    var base: any UserConfigurationRepository { get }
}

extension ForwardingUserConfigurationRepository {
    func configuration(_ installation: McpInstallationID, user: UserID, reveal: SecretReveal) async throws(DataError) -> McpUserConfiguration? {
        try await base.configuration(installation, user: user, reveal: reveal)
    }

    func save(_ installation: McpInstallationID, user: UserID, team: TeamID, _ configuration: UserConfigurationValues) async throws(DataError) -> McpUserConfiguration {
        try await base.save(installation, user: user, team: team, configuration)
    }

    func update(_ installation: McpInstallationID, user: UserID, team: TeamID, _ patch: UserConfigurationPatch) async throws(DataError) -> McpUserConfiguration? {
        try await base.update(installation, user: user, team: team, patch)
    }

    func delete(_ id: McpUserConfigurationID, user: UserID, team: TeamID) async throws(DataError) -> Bool {
        try await base.delete(id, user: user, team: team)
    }

    func list(user: UserID, team: TeamID) async throws(DataError) -> [McpUserConfiguration] {
        try await base.list(user: user, team: team)
    }
}

protocol ForwardingTokenService: TokenService {
    var base: any TokenService { get }
}

extension ForwardingTokenService {
    func createAuthorizationRequest(_ request: NewAuthorizationRequest) async throws(DataError) -> AuthorizationRequest {
        try await base.createAuthorizationRequest(request)
    }

    func authorizationRequest(_ id: AuthorizationCodeID) async throws(DataError) -> AuthorizationRequest? {
        try await base.authorizationRequest(id)
    }

    func setTeam(_ team: TeamID, of request: AuthorizationCodeID) async throws(DataError) -> Bool {
        try await base.setTeam(team, of: request)
    }

    func approve(_ request: AuthorizationCodeID) async throws(DataError) -> SecretText {
        try await base.approve(request)
    }

    func deny(_ request: AuthorizationCodeID) async throws(DataError) -> Bool {
        try await base.deny(request)
    }

    func exchangeCode(_ code: String, verifier: String, client: OAuthClientID, redirectURI: String) async throws(DataError) -> TokenPair {
        try await base.exchangeCode(code, verifier: verifier, client: client, redirectURI: redirectURI)
    }

    func redeemCode(_ code: String, verifier: String, client: OAuthClientID, redirectURI: String) async throws(DataError) -> GrantOutcome {
        try await base.redeemCode(code, verifier: verifier, client: client, redirectURI: redirectURI)
    }

    func issueAccessToken(_ token: NewAccessToken) async throws(DataError) -> IssuedAccessToken {
        try await base.issueAccessToken(token)
    }

    func issueRefreshToken(_ token: NewRefreshToken) async throws(DataError) -> IssuedRefreshToken {
        try await base.issueRefreshToken(token)
    }

    func verify(_ token: String) async throws(DataError) -> TokenContext? {
        try await base.verify(token)
    }

    func introspect(_ token: String, expectedTeam: TeamID?, expectedAudience: String?) async throws(DataError) -> TokenIntrospection {
        try await base.introspect(token, expectedTeam: expectedTeam, expectedAudience: expectedAudience)
    }

    func refresh(_ token: String, client: OAuthClientID) async throws(DataError) -> TokenPair {
        try await base.refresh(token, client: client)
    }

    func redeemRefreshToken(_ token: String, client: OAuthClientID) async throws(DataError) -> GrantOutcome {
        try await base.redeemRefreshToken(token, client: client)
    }

    func revokeAccessToken(_ id: AccessTokenID) async throws(DataError) -> Bool {
        try await base.revokeAccessToken(id)
    }

    func revoke(_ token: String, client: OAuthClientID?) async throws(DataError) -> Bool {
        try await base.revoke(token, client: client)
    }

    func revokeAll(user: UserID) async throws(DataError) -> Int {
        try await base.revokeAll(user: user)
    }

    func revokeAll(user: UserID, team: TeamID) async throws(DataError) -> Int {
        try await base.revokeAll(user: user, team: team)
    }

    func revokeAll(client: OAuthClientID) async throws(DataError) -> Int {
        try await base.revokeAll(client: client)
    }

    func revokeFamily(_ family: TokenFamilyID) async throws(DataError) -> Int {
        try await base.revokeFamily(family)
    }

    func revokeExpiredTokens() async throws(DataError) -> Int {
        try await base.revokeExpiredTokens()
    }

    func purgeExpired(batchSize: Int) async throws(DataError) -> PurgedGrants {
        try await base.purgeExpired(batchSize: batchSize)
    }

    func activeTokens(user: UserID, page: Page) async throws(DataError) -> PageResult<AccessToken> {
        try await base.activeTokens(user: user, page: page)
    }
}

protocol ForwardingOAuthClientRepository: OAuthClientRepository {
    var base: any OAuthClientRepository { get }
}

extension ForwardingOAuthClientRepository {
    func register(_ client: NewOAuthClient) async throws(DataError) -> RegisteredOAuthClient {
        try await base.register(client)
    }

    func client(_ id: OAuthClientID) async throws(DataError) -> OAuthClient? {
        try await base.client(id)
    }

    func isValid(_ id: OAuthClientID, redirectURI: String) async throws(DataError) -> Bool {
        try await base.isValid(id, redirectURI: redirectURI)
    }

    func isValid(_ id: OAuthClientID, secret: String) async throws(DataError) -> Bool {
        try await base.isValid(id, secret: secret)
    }

    func deactivate(_ id: OAuthClientID) async throws(DataError) -> Bool {
        try await base.deactivate(id)
    }

    func purgeUnused(olderThan age: Duration) async throws(DataError) -> Int {
        try await base.purgeUnused(olderThan: age)
    }

    func grantConsent(user: UserID, team: TeamID, client: OAuthClientID, scopes: [TokenScope]) async throws(DataError) -> TeamConsent {
        try await base.grantConsent(user: user, team: team, client: client, scopes: scopes)
    }

    func consent(user: UserID, team: TeamID, client: OAuthClientID) async throws(DataError) -> TeamConsent? {
        try await base.consent(user: user, team: team, client: client)
    }

    func revokeConsent(user: UserID, team: TeamID, client: OAuthClientID) async throws(DataError) -> Bool {
        try await base.revokeConsent(user: user, team: team, client: client)
    }
}

protocol ForwardingSecretMaintenance: SecretMaintenance {
    var base: any SecretMaintenance { get }
}

extension ForwardingSecretMaintenance {
    func reencrypt(batchSize: Int) async throws(DataError) -> ReencryptionReport {
        try await base.reencrypt(batchSize: batchSize)
    }
}

protocol ForwardingSettingsRepository: SettingsRepository {
    var base: any SettingsRepository { get }
}

extension ForwardingSettingsRepository {
    func get(_ key: String) async throws(DataError) -> SettingValue? {
        try await base.get(key)
    }

    func set(_ setting: NewSetting) async throws(DataError) -> Setting {
        try await base.set(setting)
    }

    func setMany(_ settings: [NewSetting]) async throws(DataError) -> [Setting] {
        try await base.setMany(settings)
    }

    func delete(_ key: String) async throws(DataError) -> Bool {
        try await base.delete(key)
    }

    func list(group: SettingGroupID?) async throws(DataError) -> [Setting] {
        try await base.list(group: group)
    }

    func search(_ pattern: String) async throws(DataError) -> [Setting] {
        try await base.search(pattern)
    }

    func groupsWithSettings() async throws(DataError) -> [SettingGroupWithSettings] {
        try await base.groupsWithSettings()
    }

    func initializeDefaults(_ definitions: [SettingDefinition], groups: [SettingGroup]) async throws(DataError) -> Int {
        try await base.initializeDefaults(definitions, groups: groups)
    }
}

protocol ForwardingPreferenceRepository: PreferenceRepository {
    var base: any PreferenceRepository { get }
}

extension ForwardingPreferenceRepository {
    func all(user: UserID) async throws(DataError) -> [UserPreference] {
        try await base.all(user: user)
    }

    func get(_ key: String, user: UserID) async throws(DataError) -> SettingValue {
        try await base.get(key, user: user)
    }

    func set(_ key: String, to value: SettingValue, user: UserID) async throws(DataError) {
        try await base.set(key, to: value, user: user)
    }

    func setMany(_ values: [String: SettingValue], user: UserID) async throws(DataError) {
        try await base.setMany(values, user: user)
    }
}

protocol ForwardingNotificationRepository: NotificationRepository {
    var base: any NotificationRepository { get }
}

extension ForwardingNotificationRepository {
    func create(user: UserID, title: String, message: String) async throws(DataError) -> AppNotification {
        try await base.create(user: user, title: title, message: message)
    }

    func create(users: [UserID], title: String, message: String) async throws(DataError) -> Int {
        try await base.create(users: users, title: title, message: message)
    }

    func notifyTeam(_ team: TeamID, title: String, message: String, role: TeamRole?, excluding: UserID?) async throws(DataError) -> Int {
        try await base.notifyTeam(team, title: title, message: message, role: role, excluding: excluding)
    }

    func notification(_ id: NotificationID, user: UserID) async throws(DataError) -> AppNotification? {
        try await base.notification(id, user: user)
    }

    func list(user: UserID, unreadOnly: Bool, page: Page) async throws(DataError) -> PageResult<AppNotification> {
        try await base.list(user: user, unreadOnly: unreadOnly, page: page)
    }

    func feed(user: UserID, before cursor: FeedCursor?, limit: Int) async throws(DataError) -> FeedPage<AppNotification> {
        try await base.feed(user: user, before: cursor, limit: limit)
    }

    func allNotifications(user: UserID) -> DataStream<AppNotification> {
        base.allNotifications(user: user)
    }

    func missed(user: UserID, since id: NotificationID) async throws(DataError) -> [AppNotification] {
        try await base.missed(user: user, since: id)
    }

    func stream(user: UserID) async throws(DataError) -> NotificationStream {
        try await base.stream(user: user)
    }

    func stream(team: TeamID) async throws(DataError) -> NotificationStream {
        try await base.stream(team: team)
    }

    func unreadCount(user: UserID) async throws(DataError) -> Int {
        try await base.unreadCount(user: user)
    }

    func unreadCounts(users: [UserID]) async throws(DataError) -> [UserID: Int] {
        try await base.unreadCounts(users: users)
    }

    func markRead(_ id: NotificationID, user: UserID) async throws(DataError) -> Bool {
        try await base.markRead(id, user: user)
    }

    func markRead(_ ids: [NotificationID], user: UserID) async throws(DataError) -> Int {
        try await base.markRead(ids, user: user)
    }

    func markUnread(_ id: NotificationID, user: UserID) async throws(DataError) -> Bool {
        try await base.markUnread(id, user: user)
    }

    func markAllRead(user: UserID, through: Timestamp?) async throws(DataError) -> Int {
        try await base.markAllRead(user: user, through: through)
    }

    func delete(_ id: NotificationID, user: UserID) async throws(DataError) -> Bool {
        try await base.delete(id, user: user)
    }

    func deleteRead(user: UserID) async throws(DataError) -> Int {
        try await base.deleteRead(user: user)
    }

    func purge(olderThan moment: Timestamp, onlyRead: Bool, batchSize: Int) async throws(DataError) -> Int {
        try await base.purge(olderThan: moment, onlyRead: onlyRead, batchSize: batchSize)
    }
}

protocol ForwardingSatelliteRepository: SatelliteRepository {
    var base: any SatelliteRepository { get }
}

extension ForwardingSatelliteRepository {
    func register(_ satellite: NewSatellite) async throws(DataError) -> RegisteredSatellite {
        try await base.register(satellite)
    }

    func authenticate(_ apiKey: String) async throws(DataError) -> Satellite? {
        try await base.authenticate(apiKey)
    }

    func satellite(_ id: SatelliteID) async throws(DataError) -> Satellite? {
        try await base.satellite(id)
    }

    func list(type: SatelliteType?, team: TeamID?, status: SatelliteStatus?, page: Page) async throws(DataError) -> PageResult<Satellite> {
        try await base.list(type: type, team: team, status: status, page: page)
    }

    func activeGlobal() async throws(DataError) -> [Satellite] {
        try await base.activeGlobal()
    }

    func recordHeartbeat(_ heartbeat: NewSatelliteHeartbeat, of satellite: SatelliteID) async throws(DataError) -> Bool {
        try await base.recordHeartbeat(heartbeat, of: satellite)
    }

    func heartbeats(of satellite: SatelliteID, page: Page) async throws(DataError) -> PageResult<SatelliteHeartbeat> {
        try await base.heartbeats(of: satellite, page: page)
    }

    func stale(olderThan: Duration) async throws(DataError) -> [Satellite] {
        try await base.stale(olderThan: olderThan)
    }

    func pruneHeartbeats(keepGlobal: Int, keepTeam: Int) async throws(DataError) -> Int {
        try await base.pruneHeartbeats(keepGlobal: keepGlobal, keepTeam: keepTeam)
    }

    func setStatus(_ id: SatelliteID, _ status: SatelliteStatus) async throws(DataError) -> Satellite? {
        try await base.setStatus(id, status)
    }

    func updateConfig(_ id: SatelliteID, _ config: JSONValue) async throws(DataError) -> Satellite? {
        try await base.updateConfig(id, config)
    }

    func delete(_ id: SatelliteID) async throws(DataError) -> Bool {
        try await base.delete(id)
    }
}

protocol ForwardingSatelliteCommandQueue: SatelliteCommandQueue {
    var base: any SatelliteCommandQueue { get }
}

extension ForwardingSatelliteCommandQueue {
    func enqueue(_ command: NewSatelliteCommand, for satellite: SatelliteID) async throws(DataError) -> SatelliteCommand? {
        try await base.enqueue(command, for: satellite)
    }

    func enqueueForAllGlobal(_ command: NewSatelliteCommand) async throws(DataError) -> [SatelliteCommand] {
        try await base.enqueueForAllGlobal(command)
    }

    func enqueueForTeam(_ command: NewSatelliteCommand, team: TeamID) async throws(DataError) -> [SatelliteCommand] {
        try await base.enqueueForTeam(command, team: team)
    }

    func command(_ id: SatelliteCommandID) async throws(DataError) -> SatelliteCommand? {
        try await base.command(id)
    }

    func commands(correlationID: String) async throws(DataError) -> [SatelliteCommand] {
        try await base.commands(correlationID: correlationID)
    }

    func poll(_ satellite: SatelliteID, limit: Int) async throws(DataError) -> SatellitePoll {
        try await base.poll(satellite, limit: limit)
    }

    func report(_ id: SatelliteCommandID, of satellite: SatelliteID, _ status: SatelliteCommandStatus, result: JSONValue?, error: String?) async throws(DataError) -> Bool {
        try await base.report(id, of: satellite, status, result: result, error: error)
    }

    func expireCommands() async throws(DataError) -> Int {
        try await base.expireCommands()
    }

    func purgeCommands(olderThan: Duration) async throws(DataError) -> Int {
        try await base.purgeCommands(olderThan: olderThan)
    }
}

protocol ForwardingRegistrationTokenRepository: RegistrationTokenRepository {
    var base: any RegistrationTokenRepository { get }
}

extension ForwardingRegistrationTokenRepository {
    func create(_ token: NewSatelliteRegistrationToken) async throws(DataError) -> IssuedSatelliteRegistrationToken {
        try await base.create(token)
    }

    func register(_ satellite: NewSatellite, with token: String) async throws(DataError) -> RegisteredSatellite {
        try await base.register(satellite, with: token)
    }

    func list(team: TeamID?, page: Page) async throws(DataError) -> PageResult<SatelliteRegistrationToken> {
        try await base.list(team: team, page: page)
    }

    func revoke(_ id: SatelliteRegistrationTokenID) async throws(DataError) -> Bool {
        try await base.revoke(id)
    }

    func deleteExpired() async throws(DataError) -> Int {
        try await base.deleteExpired()
    }
}

protocol ForwardingServerVersionRepository: ServerVersionRepository {
    var base: any ServerVersionRepository { get }
}

extension ForwardingServerVersionRepository {
    func add(_ version: NewServerVersion, to server: McpServerID) async throws(DataError) -> McpServerVersion {
        try await base.add(version, to: server)
    }

    func list(_ server: McpServerID) async throws(DataError) -> [McpServerVersion] {
        try await base.list(server)
    }

    func setLatest(_ id: McpServerVersionID, of server: McpServerID) async throws(DataError) -> McpServerVersion? {
        try await base.setLatest(id, of: server)
    }
}
