// Written by ./scripts/generate-fake from the repositories' protocols. Run it again when one has changed; do not edit.
// swift-format-ignore-file

extension StoreOperation {
    /// The calls of the store's `users`.
    public static var users: Users { Users() }

    /// The calls of the store's `users`.
    public struct Users: Sendable {
        /// All of them.
        public var anyCall: StoreOperation { StoreOperation("users") }
        /// `createUser(_:withDefaultTeam:)`.
        public var createUser: StoreOperation { StoreOperation("users", "createUser") }
        /// `user(_:)`, `user(email:)`, `user(username:)`, `user(githubID:)`.
        public var user: StoreOperation { StoreOperation("users", "user") }
        /// `userWithRole(_:)`.
        public var userWithRole: StoreOperation { StoreOperation("users", "userWithRole") }
        /// `list(search:role:page:)`.
        public var list: StoreOperation { StoreOperation("users", "list") }
        /// `users(withRole:page:)`.
        public var users: StoreOperation { StoreOperation("users", "users") }
        /// `countByRole()`.
        public var countByRole: StoreOperation { StoreOperation("users", "countByRole") }
        /// `updateUser(_:_:)`.
        public var updateUser: StoreOperation { StoreOperation("users", "updateUser") }
        /// `deleteUser(_:transferTeamsTo:)`.
        public var deleteUser: StoreOperation { StoreOperation("users", "deleteUser") }
    }

    /// The calls of the store's `roles`.
    public static var roles: Roles { Roles() }

    /// The calls of the store's `roles`.
    public struct Roles: Sendable {
        /// All of them.
        public var anyCall: StoreOperation { StoreOperation("roles") }
        /// `all()`.
        public var all: StoreOperation { StoreOperation("roles", "all") }
        /// `role(_:)`.
        public var role: StoreOperation { StoreOperation("roles", "role") }
        /// `create(_:)`.
        public var create: StoreOperation { StoreOperation("roles", "create") }
        /// `update(_:_:)`.
        public var update: StoreOperation { StoreOperation("roles", "update") }
        /// `delete(_:)`.
        public var delete: StoreOperation { StoreOperation("roles", "delete") }
        /// `sync(_:)`.
        public var sync: StoreOperation { StoreOperation("roles", "sync") }
        /// `userHasPermission(_:_:)`.
        public var userHasPermission: StoreOperation { StoreOperation("roles", "userHasPermission") }
    }

    /// The calls of the store's `teams`.
    public static var teams: Teams { Teams() }

    /// The calls of the store's `teams`.
    public struct Teams: Sendable {
        /// All of them.
        public var anyCall: StoreOperation { StoreOperation("teams") }
        /// `createTeam(_:)`.
        public var createTeam: StoreOperation { StoreOperation("teams", "createTeam") }
        /// `createDefaultTeam(user:username:)`.
        public var createDefaultTeam: StoreOperation { StoreOperation("teams", "createDefaultTeam") }
        /// `team(_:)`, `team(slug:)`.
        public var team: StoreOperation { StoreOperation("teams", "team") }
        /// `defaultTeam(of:)`.
        public var defaultTeam: StoreOperation { StoreOperation("teams", "defaultTeam") }
        /// `teams(of:)`.
        public var teams: StoreOperation { StoreOperation("teams", "teams") }
        /// `teamsWithRoles(of:)`.
        public var teamsWithRoles: StoreOperation { StoreOperation("teams", "teamsWithRoles") }
        /// `allTeams(search:page:)`.
        public var allTeams: StoreOperation { StoreOperation("teams", "allTeams") }
        /// `teamCount(of:)`.
        public var teamCount: StoreOperation { StoreOperation("teams", "teamCount") }
        /// `canCreateTeam(_:)`.
        public var canCreateTeam: StoreOperation { StoreOperation("teams", "canCreateTeam") }
        /// `updateTeam(_:_:)`.
        public var updateTeam: StoreOperation { StoreOperation("teams", "updateTeam") }
        /// `updateTeamName(_:_:)`.
        public var updateTeamName: StoreOperation { StoreOperation("teams", "updateTeamName") }
        /// `updateLimits(_:_:)`.
        public var updateLimits: StoreOperation { StoreOperation("teams", "updateLimits") }
        /// `removeTeam(_:force:)`.
        public var removeTeam: StoreOperation { StoreOperation("teams", "removeTeam") }
        /// `deleteTeam(_:force:)`.
        public var deleteTeam: StoreOperation { StoreOperation("teams", "deleteTeam") }
        /// `members(of:page:)`.
        public var members: StoreOperation { StoreOperation("teams", "members") }
        /// `addMember(_:to:role:)`.
        public var addMember: StoreOperation { StoreOperation("teams", "addMember") }
        /// `removeMember(_:from:)`.
        public var removeMember: StoreOperation { StoreOperation("teams", "removeMember") }
        /// `updateRole(of:in:to:)`.
        public var updateRole: StoreOperation { StoreOperation("teams", "updateRole") }
        /// `transferOwnership(of:to:)`.
        public var transferOwnership: StoreOperation { StoreOperation("teams", "transferOwnership") }
        /// `membership(of:in:)`.
        public var membership: StoreOperation { StoreOperation("teams", "membership") }
        /// `isMember(_:of:)`.
        public var isMember: StoreOperation { StoreOperation("teams", "isMember") }
        /// `isAdmin(_:of:)`.
        public var isAdmin: StoreOperation { StoreOperation("teams", "isAdmin") }
        /// `isOwner(_:of:)`.
        public var isOwner: StoreOperation { StoreOperation("teams", "isOwner") }
        /// `memberCount(of:)`.
        public var memberCount: StoreOperation { StoreOperation("teams", "memberCount") }
        /// `adminCount(of:)`.
        public var adminCount: StoreOperation { StoreOperation("teams", "adminCount") }
    }

    /// The calls of the store's `catalog`.
    public static var catalog: Catalog { Catalog() }

    /// The calls of the store's `catalog`.
    public struct Catalog: Sendable {
        /// All of them.
        public var anyCall: StoreOperation { StoreOperation("catalog") }
        /// `create(_:by:)`.
        public var create: StoreOperation { StoreOperation("catalog", "create") }
        /// `server(_:)`, `server(slug:)`, `server(officialName:)`.
        public var server: StoreOperation { StoreOperation("catalog", "server") }
        /// `readme(_:)`.
        public var readme: StoreOperation { StoreOperation("catalog", "readme") }
        /// `update(_:_:by:)`.
        public var update: StoreOperation { StoreOperation("catalog", "update") }
        /// `delete(_:by:)`.
        public var delete: StoreOperation { StoreOperation("catalog", "delete") }
        /// `addTags(_:to:by:)`.
        public var addTags: StoreOperation { StoreOperation("catalog", "addTags") }
        /// `removeTags(_:from:by:)`.
        public var removeTags: StoreOperation { StoreOperation("catalog", "removeTags") }
        /// `setHealth(_:_:error:at:)`.
        public var setHealth: StoreOperation { StoreOperation("catalog", "setHealth") }
        /// `listWithTagCounts(viewer:filter:sort:page:tagLimit:)`.
        public var listWithTagCounts: StoreOperation { StoreOperation("catalog", "listWithTagCounts") }
        /// `browse(viewer:filter:sort:from:limit:)`.
        public var browse: StoreOperation { StoreOperation("catalog", "browse") }
        /// `browseHits(_:viewer:filter:from:limit:)`.
        public var browseHits: StoreOperation { StoreOperation("catalog", "browseHits") }
        /// `list(viewer:filter:sort:page:)`.
        public var list: StoreOperation { StoreOperation("catalog", "list") }
        /// `servers(withAllTags:viewer:page:)`, `servers(withAnyTag:viewer:page:)`.
        public var servers: StoreOperation { StoreOperation("catalog", "servers") }
        /// `tagCounts(viewer:limit:)`.
        public var tagCounts: StoreOperation { StoreOperation("catalog", "tagCounts") }
        /// `search(_:viewer:filter:page:)`.
        public var search: StoreOperation { StoreOperation("catalog", "search") }
        /// `suggestion(for:viewer:)`.
        public var suggestion: StoreOperation { StoreOperation("catalog", "suggestion") }
        /// `canSuggest()`.
        public var canSuggest: StoreOperation { StoreOperation("catalog", "canSuggest") }
        /// `exportServers(viewer:filter:sort:)`.
        public var exportServers: StoreOperation { StoreOperation("catalog", "exportServers") }
        /// `upsertFromRegistry(_:)`.
        public var upsertFromRegistry: StoreOperation { StoreOperation("catalog", "upsertFromRegistry") }
        /// `importServers(_:by:progress:)`.
        public var importServers: StoreOperation { StoreOperation("catalog", "importServers") }
    }

    /// The calls of the store's `categories`.
    public static var categories: Categories { Categories() }

    /// The calls of the store's `categories`.
    public struct Categories: Sendable {
        /// All of them.
        public var anyCall: StoreOperation { StoreOperation("categories") }
        /// `all()`.
        public var all: StoreOperation { StoreOperation("categories", "all") }
        /// `category(_:)`.
        public var category: StoreOperation { StoreOperation("categories", "category") }
        /// `create(_:)`.
        public var create: StoreOperation { StoreOperation("categories", "create") }
        /// `update(_:_:)`.
        public var update: StoreOperation { StoreOperation("categories", "update") }
        /// `delete(_:)`.
        public var delete: StoreOperation { StoreOperation("categories", "delete") }
        /// `withFeaturedCounts()`.
        public var withFeaturedCounts: StoreOperation { StoreOperation("categories", "withFeaturedCounts") }
    }

    /// The calls of the store's `installations`.
    public static var installations: Installations { Installations() }

    /// The calls of the store's `installations`.
    public struct Installations: Sendable {
        /// All of them.
        public var anyCall: StoreOperation { StoreOperation("installations") }
        /// `createInstallation(team:user:_:)`.
        public var createInstallation: StoreOperation { StoreOperation("installations", "createInstallation") }
        /// `installation(_:team:reveal:)`.
        public var installation: StoreOperation { StoreOperation("installations", "installation") }
        /// `listInstallations(team:viewer:source:includeStats:page:)`.
        public var listInstallations: StoreOperation { StoreOperation("installations", "listInstallations") }
        /// `searchInstallations(team:text:page:)`.
        public var searchInstallations: StoreOperation { StoreOperation("installations", "searchInstallations") }
        /// `installationIDs(team:)`.
        public var installationIDs: StoreOperation { StoreOperation("installations", "installationIDs") }
        /// `installations(ofServer:)`.
        public var installations: StoreOperation { StoreOperation("installations", "installations") }
        /// `installationViews(team:page:)`, `installationViews(team:tagged:match:)`.
        public var installationViews: StoreOperation { StoreOperation("installations", "installationViews") }
        /// `usage(team:)`.
        public var usage: StoreOperation { StoreOperation("installations", "usage") }
        /// `updateInstallation(_:team:_:)`.
        public var updateInstallation: StoreOperation { StoreOperation("installations", "updateInstallation") }
        /// `updateSettings(_:team:_:)`.
        public var updateSettings: StoreOperation { StoreOperation("installations", "updateSettings") }
        /// `deleteInstallation(_:)`, `deleteInstallation(_:team:)`.
        public var deleteInstallation: StoreOperation { StoreOperation("installations", "deleteInstallation") }
        /// `touchLastUsed(_:at:)`.
        public var touchLastUsed: StoreOperation { StoreOperation("installations", "touchLastUsed") }
        /// `resolvedConfiguration(_:user:reveal:)`.
        public var resolvedConfiguration: StoreOperation { StoreOperation("installations", "resolvedConfiguration") }
        /// `satelliteConfigurations(_:)`.
        public var satelliteConfigurations: StoreOperation { StoreOperation("installations", "satelliteConfigurations") }
        /// `clientConfiguration(_:team:client:)`.
        public var clientConfiguration: StoreOperation { StoreOperation("installations", "clientConfiguration") }
    }

    /// The calls of the store's `instances`.
    public static var instances: Instances { Instances() }

    /// The calls of the store's `instances`.
    public struct Instances: Sendable {
        /// All of them.
        public var anyCall: StoreOperation { StoreOperation("instances") }
        /// `provision(_:users:)`.
        public var provision: StoreOperation { StoreOperation("instances", "provision") }
        /// `instance(path:token:)`.
        public var instance: StoreOperation { StoreOperation("instances", "instance") }
        /// `resetToken(installation:user:)`.
        public var resetToken: StoreOperation { StoreOperation("instances", "resetToken") }
        /// `updateStatus(installation:user:status:message:at:)`.
        public var updateStatus: StoreOperation { StoreOperation("instances", "updateStatus") }
        /// `statuses(installation:team:)`.
        public var statuses: StoreOperation { StoreOperation("instances", "statuses") }
        /// `delete(user:team:)`, `delete(installation:)`.
        public var delete: StoreOperation { StoreOperation("instances", "delete") }
        /// `dueForCredentialCheck(olderThan:limit:)`.
        public var dueForCredentialCheck: StoreOperation { StoreOperation("instances", "dueForCredentialCheck") }
        /// `setCredentialCheck(installation:user:at:)`.
        public var setCredentialCheck: StoreOperation { StoreOperation("instances", "setCredentialCheck") }
        /// `setHealthCheck(installation:user:at:)`.
        public var setHealthCheck: StoreOperation { StoreOperation("instances", "setHealthCheck") }
    }

    /// The calls of the store's `userConfigurations`.
    public static var userConfigurations: UserConfigurations { UserConfigurations() }

    /// The calls of the store's `userConfigurations`.
    public struct UserConfigurations: Sendable {
        /// All of them.
        public var anyCall: StoreOperation { StoreOperation("userConfigurations") }
        /// `configuration(_:user:reveal:)`.
        public var configuration: StoreOperation { StoreOperation("userConfigurations", "configuration") }
        /// `save(_:user:team:_:)`.
        public var save: StoreOperation { StoreOperation("userConfigurations", "save") }
        /// `update(_:user:team:_:)`.
        public var update: StoreOperation { StoreOperation("userConfigurations", "update") }
        /// `delete(_:user:team:)`.
        public var delete: StoreOperation { StoreOperation("userConfigurations", "delete") }
        /// `list(user:team:)`.
        public var list: StoreOperation { StoreOperation("userConfigurations", "list") }
    }

    /// The calls of the store's `tokens`.
    public static var tokens: Tokens { Tokens() }

    /// The calls of the store's `tokens`.
    public struct Tokens: Sendable {
        /// All of them.
        public var anyCall: StoreOperation { StoreOperation("tokens") }
        /// `createAuthorizationRequest(_:)`.
        public var createAuthorizationRequest: StoreOperation { StoreOperation("tokens", "createAuthorizationRequest") }
        /// `authorizationRequest(_:)`.
        public var authorizationRequest: StoreOperation { StoreOperation("tokens", "authorizationRequest") }
        /// `setTeam(_:of:)`.
        public var setTeam: StoreOperation { StoreOperation("tokens", "setTeam") }
        /// `approve(_:)`.
        public var approve: StoreOperation { StoreOperation("tokens", "approve") }
        /// `deny(_:)`.
        public var deny: StoreOperation { StoreOperation("tokens", "deny") }
        /// `exchangeCode(_:verifier:client:redirectURI:)`.
        public var exchangeCode: StoreOperation { StoreOperation("tokens", "exchangeCode") }
        /// `redeemCode(_:verifier:client:redirectURI:)`.
        public var redeemCode: StoreOperation { StoreOperation("tokens", "redeemCode") }
        /// `issueAccessToken(_:)`.
        public var issueAccessToken: StoreOperation { StoreOperation("tokens", "issueAccessToken") }
        /// `issueRefreshToken(_:)`.
        public var issueRefreshToken: StoreOperation { StoreOperation("tokens", "issueRefreshToken") }
        /// `verify(_:)`.
        public var verify: StoreOperation { StoreOperation("tokens", "verify") }
        /// `introspect(_:expectedTeam:expectedAudience:)`.
        public var introspect: StoreOperation { StoreOperation("tokens", "introspect") }
        /// `refresh(_:client:)`.
        public var refresh: StoreOperation { StoreOperation("tokens", "refresh") }
        /// `redeemRefreshToken(_:client:)`.
        public var redeemRefreshToken: StoreOperation { StoreOperation("tokens", "redeemRefreshToken") }
        /// `revokeAccessToken(_:)`.
        public var revokeAccessToken: StoreOperation { StoreOperation("tokens", "revokeAccessToken") }
        /// `revoke(_:client:)`.
        public var revoke: StoreOperation { StoreOperation("tokens", "revoke") }
        /// `revokeAll(user:)`, `revokeAll(user:team:)`, `revokeAll(client:)`.
        public var revokeAll: StoreOperation { StoreOperation("tokens", "revokeAll") }
        /// `revokeFamily(_:)`.
        public var revokeFamily: StoreOperation { StoreOperation("tokens", "revokeFamily") }
        /// `revokeExpiredTokens()`.
        public var revokeExpiredTokens: StoreOperation { StoreOperation("tokens", "revokeExpiredTokens") }
        /// `purgeExpired(batchSize:)`.
        public var purgeExpired: StoreOperation { StoreOperation("tokens", "purgeExpired") }
        /// `activeTokens(user:page:)`.
        public var activeTokens: StoreOperation { StoreOperation("tokens", "activeTokens") }
    }

    /// The calls of the store's `oauthClients`.
    public static var oauthClients: OauthClients { OauthClients() }

    /// The calls of the store's `oauthClients`.
    public struct OauthClients: Sendable {
        /// All of them.
        public var anyCall: StoreOperation { StoreOperation("oauthClients") }
        /// `register(_:)`.
        public var register: StoreOperation { StoreOperation("oauthClients", "register") }
        /// `client(_:)`.
        public var client: StoreOperation { StoreOperation("oauthClients", "client") }
        /// `isValid(_:redirectURI:)`, `isValid(_:secret:)`.
        public var isValid: StoreOperation { StoreOperation("oauthClients", "isValid") }
        /// `deactivate(_:)`.
        public var deactivate: StoreOperation { StoreOperation("oauthClients", "deactivate") }
        /// `purgeUnused(olderThan:)`.
        public var purgeUnused: StoreOperation { StoreOperation("oauthClients", "purgeUnused") }
        /// `grantConsent(user:team:client:scopes:)`.
        public var grantConsent: StoreOperation { StoreOperation("oauthClients", "grantConsent") }
        /// `consent(user:team:client:)`.
        public var consent: StoreOperation { StoreOperation("oauthClients", "consent") }
        /// `revokeConsent(user:team:client:)`.
        public var revokeConsent: StoreOperation { StoreOperation("oauthClients", "revokeConsent") }
    }

    /// The calls of the store's `secrets`.
    public static var secrets: Secrets { Secrets() }

    /// The calls of the store's `secrets`.
    public struct Secrets: Sendable {
        /// All of them.
        public var anyCall: StoreOperation { StoreOperation("secrets") }
        /// `reencrypt(batchSize:)`.
        public var reencrypt: StoreOperation { StoreOperation("secrets", "reencrypt") }
    }

    /// The calls of the store's `settings`.
    public static var settings: Settings { Settings() }

    /// The calls of the store's `settings`.
    public struct Settings: Sendable {
        /// All of them.
        public var anyCall: StoreOperation { StoreOperation("settings") }
        /// `get(_:)`.
        public var get: StoreOperation { StoreOperation("settings", "get") }
        /// `set(_:)`.
        public var set: StoreOperation { StoreOperation("settings", "set") }
        /// `setMany(_:)`.
        public var setMany: StoreOperation { StoreOperation("settings", "setMany") }
        /// `delete(_:)`.
        public var delete: StoreOperation { StoreOperation("settings", "delete") }
        /// `list(group:)`.
        public var list: StoreOperation { StoreOperation("settings", "list") }
        /// `search(_:)`.
        public var search: StoreOperation { StoreOperation("settings", "search") }
        /// `groupsWithSettings()`.
        public var groupsWithSettings: StoreOperation { StoreOperation("settings", "groupsWithSettings") }
        /// `initializeDefaults(_:groups:)`.
        public var initializeDefaults: StoreOperation { StoreOperation("settings", "initializeDefaults") }
    }

    /// The calls of the store's `preferences`.
    public static var preferences: Preferences { Preferences() }

    /// The calls of the store's `preferences`.
    public struct Preferences: Sendable {
        /// All of them.
        public var anyCall: StoreOperation { StoreOperation("preferences") }
        /// `all(user:)`.
        public var all: StoreOperation { StoreOperation("preferences", "all") }
        /// `get(_:user:)`.
        public var get: StoreOperation { StoreOperation("preferences", "get") }
        /// `set(_:to:user:)`.
        public var set: StoreOperation { StoreOperation("preferences", "set") }
        /// `setMany(_:user:)`.
        public var setMany: StoreOperation { StoreOperation("preferences", "setMany") }
    }

    /// The calls of the store's `notifications`.
    public static var notifications: Notifications { Notifications() }

    /// The calls of the store's `notifications`.
    public struct Notifications: Sendable {
        /// All of them.
        public var anyCall: StoreOperation { StoreOperation("notifications") }
        /// `create(user:title:message:)`, `create(users:title:message:)`.
        public var create: StoreOperation { StoreOperation("notifications", "create") }
        /// `notifyTeam(_:title:message:role:excluding:)`.
        public var notifyTeam: StoreOperation { StoreOperation("notifications", "notifyTeam") }
        /// `notification(_:user:)`.
        public var notification: StoreOperation { StoreOperation("notifications", "notification") }
        /// `list(user:unreadOnly:page:)`.
        public var list: StoreOperation { StoreOperation("notifications", "list") }
        /// `feed(user:before:limit:)`.
        public var feed: StoreOperation { StoreOperation("notifications", "feed") }
        /// `allNotifications(user:)`.
        public var allNotifications: StoreOperation { StoreOperation("notifications", "allNotifications") }
        /// `missed(user:since:)`.
        public var missed: StoreOperation { StoreOperation("notifications", "missed") }
        /// `stream(user:)`, `stream(team:)`.
        public var stream: StoreOperation { StoreOperation("notifications", "stream") }
        /// `unreadCount(user:)`.
        public var unreadCount: StoreOperation { StoreOperation("notifications", "unreadCount") }
        /// `unreadCounts(users:)`.
        public var unreadCounts: StoreOperation { StoreOperation("notifications", "unreadCounts") }
        /// `markRead(_:user:)`, `markRead(_:user:)`.
        public var markRead: StoreOperation { StoreOperation("notifications", "markRead") }
        /// `markUnread(_:user:)`.
        public var markUnread: StoreOperation { StoreOperation("notifications", "markUnread") }
        /// `markAllRead(user:through:)`.
        public var markAllRead: StoreOperation { StoreOperation("notifications", "markAllRead") }
        /// `delete(_:user:)`.
        public var delete: StoreOperation { StoreOperation("notifications", "delete") }
        /// `deleteRead(user:)`.
        public var deleteRead: StoreOperation { StoreOperation("notifications", "deleteRead") }
        /// `purge(olderThan:onlyRead:batchSize:)`.
        public var purge: StoreOperation { StoreOperation("notifications", "purge") }
    }

    /// The calls of the store's `satellites`.
    public static var satellites: Satellites { Satellites() }

    /// The calls of the store's `satellites`.
    public struct Satellites: Sendable {
        /// All of them.
        public var anyCall: StoreOperation { StoreOperation("satellites") }
        /// `register(_:)`.
        public var register: StoreOperation { StoreOperation("satellites", "register") }
        /// `authenticate(_:)`.
        public var authenticate: StoreOperation { StoreOperation("satellites", "authenticate") }
        /// `satellite(_:)`.
        public var satellite: StoreOperation { StoreOperation("satellites", "satellite") }
        /// `list(type:team:status:page:)`.
        public var list: StoreOperation { StoreOperation("satellites", "list") }
        /// `activeGlobal()`.
        public var activeGlobal: StoreOperation { StoreOperation("satellites", "activeGlobal") }
        /// `recordHeartbeat(_:of:)`.
        public var recordHeartbeat: StoreOperation { StoreOperation("satellites", "recordHeartbeat") }
        /// `heartbeats(of:page:)`.
        public var heartbeats: StoreOperation { StoreOperation("satellites", "heartbeats") }
        /// `stale(olderThan:)`.
        public var stale: StoreOperation { StoreOperation("satellites", "stale") }
        /// `pruneHeartbeats(keepGlobal:keepTeam:)`.
        public var pruneHeartbeats: StoreOperation { StoreOperation("satellites", "pruneHeartbeats") }
        /// `setStatus(_:_:)`.
        public var setStatus: StoreOperation { StoreOperation("satellites", "setStatus") }
        /// `updateConfig(_:_:)`.
        public var updateConfig: StoreOperation { StoreOperation("satellites", "updateConfig") }
        /// `delete(_:)`.
        public var delete: StoreOperation { StoreOperation("satellites", "delete") }
    }

    /// The calls of the store's `satelliteCommands`.
    public static var satelliteCommands: SatelliteCommands { SatelliteCommands() }

    /// The calls of the store's `satelliteCommands`.
    public struct SatelliteCommands: Sendable {
        /// All of them.
        public var anyCall: StoreOperation { StoreOperation("satelliteCommands") }
        /// `enqueue(_:for:)`.
        public var enqueue: StoreOperation { StoreOperation("satelliteCommands", "enqueue") }
        /// `enqueueForAllGlobal(_:)`.
        public var enqueueForAllGlobal: StoreOperation { StoreOperation("satelliteCommands", "enqueueForAllGlobal") }
        /// `enqueueForTeam(_:team:)`.
        public var enqueueForTeam: StoreOperation { StoreOperation("satelliteCommands", "enqueueForTeam") }
        /// `command(_:)`.
        public var command: StoreOperation { StoreOperation("satelliteCommands", "command") }
        /// `commands(correlationID:)`.
        public var commands: StoreOperation { StoreOperation("satelliteCommands", "commands") }
        /// `poll(_:limit:)`.
        public var poll: StoreOperation { StoreOperation("satelliteCommands", "poll") }
        /// `report(_:of:_:result:error:)`.
        public var report: StoreOperation { StoreOperation("satelliteCommands", "report") }
        /// `expireCommands()`.
        public var expireCommands: StoreOperation { StoreOperation("satelliteCommands", "expireCommands") }
        /// `purgeCommands(olderThan:)`.
        public var purgeCommands: StoreOperation { StoreOperation("satelliteCommands", "purgeCommands") }
    }

    /// The calls of the store's `registrationTokens`.
    public static var registrationTokens: RegistrationTokens { RegistrationTokens() }

    /// The calls of the store's `registrationTokens`.
    public struct RegistrationTokens: Sendable {
        /// All of them.
        public var anyCall: StoreOperation { StoreOperation("registrationTokens") }
        /// `create(_:)`.
        public var create: StoreOperation { StoreOperation("registrationTokens", "create") }
        /// `register(_:with:)`.
        public var register: StoreOperation { StoreOperation("registrationTokens", "register") }
        /// `list(team:page:)`.
        public var list: StoreOperation { StoreOperation("registrationTokens", "list") }
        /// `revoke(_:)`.
        public var revoke: StoreOperation { StoreOperation("registrationTokens", "revoke") }
        /// `deleteExpired()`.
        public var deleteExpired: StoreOperation { StoreOperation("registrationTokens", "deleteExpired") }
    }

    /// The calls of the store's `serverVersions`.
    public static var serverVersions: ServerVersions { ServerVersions() }

    /// The calls of the store's `serverVersions`.
    public struct ServerVersions: Sendable {
        /// All of them.
        public var anyCall: StoreOperation { StoreOperation("serverVersions") }
        /// `add(_:to:)`.
        public var add: StoreOperation { StoreOperation("serverVersions", "add") }
        /// `list(_:)`.
        public var list: StoreOperation { StoreOperation("serverVersions", "list") }
        /// `setLatest(_:of:)`.
        public var setLatest: StoreOperation { StoreOperation("serverVersions", "setLatest") }
    }
}
