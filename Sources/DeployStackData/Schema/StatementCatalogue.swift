import DeployStackModels
package import PostgresDriver

/// Every SQL statement of the library, by the name of the method that makes it.
///
/// A test prepares them all on a freshly migrated database and compares parameters, columns and nullability with the Swift side, and another one
/// holds this list against the source, so that none can be forgotten. A statement that is put together from fragments is listed in each of its forms.
package enum StatementCatalogue {
    /// All statements. The values in them do not matter.
    package static var all: [CataloguedStatement] {
        users + roles + teams + catalog + catalogChanges + browsing + searches + categories + registry + serverVersions + installations + instances
            + userConfigurations + tokens + grants + oauthClients + notifications + settings + preferences + satellites + registrationTokens
            + rowSecurity
    }

    private static var rowSecurity: [CataloguedStatement] {
        [
            CataloguedStatement("rowScope", neverNull: ["?column?"], .rowScope(.nobody)),
            CataloguedStatement("enableRowSecurity", neverNull: ["deploystack_enable_row_security"], .enableRowSecurity(for: "")),
            CataloguedStatement(
                "rowSecurityFacts", neverNull: ["rolname", "rolsuper", "rolbypassrls", "owned", "open", "closed"], .rowSecurityFacts(tables: [])),
        ]
    }

    private static let now = Timestamp.epoch
    private static let page = Page.first

    private static var users: [CataloguedStatement] {
        [
            CataloguedStatement("createUser", .createUser(.example)),
            CataloguedStatement("user(id)", .user(UserID(""))),
            CataloguedStatement("user(email)", .user(email: "")),
            CataloguedStatement("lockUser", .lockUser("")),
            CataloguedStatement("holdUser", .holdUser("")),
            CataloguedStatement("lockUserForDeletion", .lockUserForDeletion("")),
            CataloguedStatement("lockGlobalAdministrators", .lockGlobalAdministrators()),
            CataloguedStatement("hold", .hold(.registration)),
            CataloguedStatement("claimFirstRegistration", .claimFirstRegistration()),
            CataloguedStatement("deleteUser", .deleteUser("")),
            CataloguedStatement("user(username)", .user(username: "")),
            CataloguedStatement("user(githubID)", .user(githubID: "")),
            CataloguedStatement("userWithRole", .userWithRole("")),
            CataloguedStatement("users(withRole)", .users(withRole: "", page: nil)),
            CataloguedStatement("users(withRole, page)", .users(withRole: "", page: page)),
            CataloguedStatement("users", neverNull: ["total"], .users(search: nil, role: nil, page: page)),
            CataloguedStatement("users(role)", neverNull: ["total"], .users(search: nil, role: "", page: page)),
            CataloguedStatement("users(search)", neverNull: ["total"], .users(search: .example, role: nil, page: page)),
            CataloguedStatement("users(search, role)", neverNull: ["total"], .users(search: .example, role: "", page: page)),
            CataloguedStatement("updateUser", .updateUser(.example)),
            CataloguedStatement("hasUsers", neverNull: ["exists"], .hasUsers()),
            CataloguedStatement("ownsSharedTeam", neverNull: ["exists"], .ownsSharedTeam("")),
        ]
    }

    private static var roles: [CataloguedStatement] {
        [
            CataloguedStatement("allRoles", .allRoles()),
            CataloguedStatement("role", .role("")),
            CataloguedStatement("lockRole", .lockRole("")),
            CataloguedStatement("createRole", .createRole(.example)),
            CataloguedStatement("createRoleIfMissing", .createRoleIfMissing(.example)),
            CataloguedStatement("updateRole(role)", .updateRole(.example)),
            CataloguedStatement("deleteRole", .deleteRole("")),
            CataloguedStatement("userHasPermission", neverNull: ["exists"], .userHasPermission("", "")),
            CataloguedStatement("countByRole", neverNull: ["user_count"], .countByRole()),
        ]
    }

    private static var teams: [CataloguedStatement] {
        [
            CataloguedStatement("createTeam", .createTeam(.example)),
            CataloguedStatement("team(id)", .team(TeamID(""))),
            CataloguedStatement("team(slug)", .team(slug: "")),
            CataloguedStatement("defaultTeam", .defaultTeam(of: "")),
            CataloguedStatement("teams", .teams(of: "")),
            CataloguedStatement("teamsWithRoles", neverNull: ["is_owner", "member_count"], .teamsWithRoles(of: "")),
            CataloguedStatement(
                "allTeams", neverNull: ["total", "member_count", "installation_count"], .allTeams(search: nil, page: page)),
            CataloguedStatement(
                "allTeams(search)", neverNull: ["total", "member_count", "installation_count"],
                .allTeams(search: .example, page: page)),
            CataloguedStatement("lockTeam", .lockTeam("")),
            CataloguedStatement("lockOwnedTeams", .lockOwnedTeams(of: "")),
            CataloguedStatement("updateTeam(unchanged)", .updateTeam("", name: nil, description: .unchanged, at: now)),
            CataloguedStatement("updateTeam(clear)", .updateTeam("", name: nil, description: .clear, at: now)),
            CataloguedStatement("updateTeam(set)", .updateTeam("", name: nil, description: .set(""), at: now)),
            CataloguedStatement("updateTeamName", .updateTeamName("", "", at: now)),
            CataloguedStatement("updateLimits", .updateLimits("", TeamLimits(), at: now)),
            CataloguedStatement("transferTeam", .transferTeam("", to: "", at: now)),
            CataloguedStatement("updateRole", .updateRole(of: "", in: "", to: .user)),
            CataloguedStatement("deleteTeam", .deleteTeam("")),
            CataloguedStatement("ownedTeamCount", neverNull: ["count"], .ownedTeamCount(of: "")),
            CataloguedStatement("ownedTeamCount(existing)", neverNull: ["count"], .ownedTeamCount(ofExisting: "")),
            CataloguedStatement("takenTeamSlugs", .takenTeamSlugs(among: [])),
            CataloguedStatement("addMember", .addMember(TeamMembership(id: "", teamID: "", userID: "", role: .user, joinedAt: now))),
            CataloguedStatement("members", neverNull: ["is_owner"], .members(of: "", page: nil)),
            CataloguedStatement("members(page)", neverNull: ["is_owner"], .members(of: "", page: page)),
            CataloguedStatement("isMember", neverNull: ["exists"], .isMember("", of: "")),
            CataloguedStatement("isAdmin", neverNull: ["exists"], .isAdmin("", of: "")),
            CataloguedStatement("isOwner", neverNull: ["exists"], .isOwner("", of: "")),
            CataloguedStatement("memberCount", neverNull: ["count"], .memberCount(of: "")),
            CataloguedStatement("adminCount", neverNull: ["count"], .adminCount(of: "")),
            CataloguedStatement("membership", .membership(of: "", in: "")),
            CataloguedStatement("installationsRemoved", .installationsRemoved(with: "")),
            CataloguedStatement("deleteMembership", .deleteMembership(of: "", in: "")),
            CataloguedStatement("deleteConsents", .deleteConsents(of: "", in: "")),
            CataloguedStatement("deleteUserConfigurations", .deleteUserConfigurations(of: "", in: "")),
            CataloguedStatement("deleteInstances", .deleteInstances(of: "", in: "")),
        ]
    }

    private static var catalog: [CataloguedStatement] {
        viewers.flatMap { name, viewer in
            [
                CataloguedStatement("servers(withAllTags, \(name))", .servers(withAllTags: [], viewer: viewer, page: page)),
                CataloguedStatement("servers(withAnyTag, \(name))", .servers(withAnyTag: [], viewer: viewer, page: page)),
                CataloguedStatement("tagCounts(\(name))", neverNull: ["tag", "count"], .tagCounts(viewer: viewer, limit: 1)),
            ]
                + filters.flatMap { filterName, filter in
                    [
                        CataloguedStatement(
                            "searchServers(\(name), \(filterName))", neverNull: ["total"],
                            .searchServers(.example, viewer: viewer, filter: filter, page: page))
                    ]
                        + [CatalogSort.name, .gitHubStars, .newest].flatMap { sort in
                            [
                                CataloguedStatement(
                                    "servers(\(name), \(filterName), by \(sort))", neverNull: ["total"],
                                    .servers(viewer: viewer, filter: filter, sort: sort, page: page)),
                                CataloguedStatement(
                                    "exportServers(\(name), \(filterName), by \(sort))",
                                    .exportServers(viewer: viewer, filter: filter, sort: sort)),
                            ]
                        }
                }
        } + [
            CataloguedStatement("createServer", .createServer(.example, .example, readme: nil)),
            CataloguedStatement("server(id)", .server(McpServerID(""))),
            CataloguedStatement("server(slug)", .server(slug: "")),
            CataloguedStatement("autoInstalledServers", .autoInstalledServers()),
            CataloguedStatement("takenServerSlugs", .takenServerSlugs(among: [])),
            CataloguedStatement("categories", .categories(named: [])),
            CataloguedStatement("addCategories", .addCategories(ids: [], names: [], at: now)),
            CataloguedStatement("importServers", neverNull: ["slug", "is_taken"], .importServers([], ids: [], categories: [], by: nil, at: now)),
        ]
    }

    static let viewers: [(String, CatalogViewer)] = [("administrator", .administrator), ("member", .member(of: []))]

    /// No filter, each alone, and all together.
    static let filters: [(String, CatalogFilter)] = [
        ("all", .none),
        ("visibility", CatalogFilter(visibility: .global)),
        ("category", CatalogFilter(category: "")),
        ("language", CatalogFilter(language: "")),
        ("runtime", CatalogFilter(runtime: "")),
        ("status", CatalogFilter(status: .active)),
        ("transport", CatalogFilter(transport: .http)),
        ("source", CatalogFilter(source: .manual)),
        ("isFeatured", CatalogFilter(isFeatured: true)),
        ("requiresOAuth", CatalogFilter(requiresOAuth: true)),
        ("allTags", CatalogFilter(allTags: [""])),
        ("anyTag", CatalogFilter(anyTag: [""])),
        ("noTags", CatalogFilter(noTags: [""])),
        ("metadataContains", CatalogFilter(metadataContains: [:])),
        ("metadataMatch", CatalogFilter(metadataMatch: MetadataMatch(at: [""], equals: ""))),
        (
            "everything",
            CatalogFilter(
                visibility: .global, category: "", language: "", runtime: "", status: .active, transport: .http, source: .manual,
                isFeatured: true, requiresOAuth: true, allTags: [""], anyTag: [""], noTags: [""], metadataContains: [:],
                metadataMatch: MetadataMatch(at: [""], equals: ""))
        ),
    ]

    private static var installations: [CataloguedStatement] {
        [
            CataloguedStatement("createInstallation", .createInstallation(.example)),
            CataloguedStatement("installationViews", .installationViews(team: "", page: nil)),
            CataloguedStatement("installationViews(page)", .installationViews(team: "", page: page)),
            CataloguedStatement("installationViews(all tags)", .installationViews(team: "", tagged: [], match: .all)),
            CataloguedStatement("installationViews(any tag)", .installationViews(team: "", tagged: [], match: .any)),
            CataloguedStatement("usage", neverNull: ["total", "non_http", "http", "github"], .usage(team: "")),
            CataloguedStatement("installation", .installation("", team: "")),
            CataloguedStatement("lockInstallation", .lockInstallation("", team: "")),
            CataloguedStatement("installedServer", .installedServer("", team: "")),
            CataloguedStatement("configuredInstallation", .configuredInstallation("", user: "")),
            CataloguedStatement("satelliteConfigurations", .satelliteConfigurations("")),
            CataloguedStatement("lockDeployedServer", .lockDeployedServer(of: "", team: "")),
            CataloguedStatement("searchInstallations", neverNull: ["total"], .searchInstallations(team: "", text: "", page: page)),
            CataloguedStatement("installationIDs", .installationIDs(team: "")),
            CataloguedStatement("installations", .installations(of: "")),
            CataloguedStatement("updateInstallation", .updateInstallation(.example)),
            CataloguedStatement("touchLastUsed", .touchLastUsed("", at: now, ifBefore: now)),
            CataloguedStatement("deleteInstallation(team)", .deleteInstallation("", team: "")),
            CataloguedStatement("deleteDeployedServer", .deleteDeployedServer("")),
            CataloguedStatement("installationCount", neverNull: ["count"], .installationCount(team: "")),
            CataloguedStatement("sealedConfigurations", .sealedConfigurations(after: "", limit: 1)),
            CataloguedStatement("sealedUserConfigurations", .sealedUserConfigurations(after: "", limit: 1)),
            CataloguedStatement("storeUserValues", .storeUserValues(UserConfigurationValues(), in: "")),
            CataloguedStatement("lockConfigurations", .lockConfigurations(of: [])),
            CataloguedStatement("lockUserValues", .lockUserValues(of: [])),
            CataloguedStatement("sealedSettings", .sealedSettings()),
            CataloguedStatement("storeSealedSetting", .storeSealedSetting("", "")),
            CataloguedStatement("storeConfiguration", .storeConfiguration(TeamConfiguration(), of: "")),
            CataloguedStatement("deleteInstallation", .deleteInstallation("")),
        ] + installationLists + settingsChange
    }

    private static var installationLists: [CataloguedStatement] {
        [nil, McpServerSource.github].flatMap { source in
            [false, true].flatMap { includeStats in
                [nil, page].map { page in
                    CataloguedStatement(
                        "listInstallations(\(source.map { "\($0)" } ?? "all")\(includeStats ? ", stats" : "")\(page == nil ? "" : ", page"))",
                        neverNull: includeStats ? ["online", "offline", "error", "provisioning"] : [],
                        .listInstallations(team: "", viewer: "", source: source, includeStats: includeStats, page: page))
                }
            }
        }
    }

    private static var settingsChange: [CataloguedStatement] {
        guard let change = try? SettingsChange([:]) else { return [] }
        return [CataloguedStatement("updateSettings", .updateSettings("", team: "", change, at: now))]
    }

    private static var userConfigurations: [CataloguedStatement] {
        [
            CataloguedStatement("userConfiguration", .userConfiguration("", user: "")),
            CataloguedStatement("userConfigurations", .userConfigurations(user: "", team: "")),
            CataloguedStatement("userConfigurations(of)", .userConfigurations(of: "", users: [])),
            CataloguedStatement("saveUserConfiguration", .saveUserConfiguration(.example)),
            CataloguedStatement("lockConfigurableInstallation", .lockConfigurableInstallation("", user: "", team: "")),
            CataloguedStatement("configurableInstallation", .configurableInstallation("")),
            CataloguedStatement("installation(ofConfiguration)", .installation(ofConfiguration: "", user: "")),
            CataloguedStatement("deleteUserConfiguration", .deleteUserConfiguration("")),
            CataloguedStatement(
                "moveInstance", .moveInstance(installation: "", user: "", from: .online, to: .restarting, at: now)),
        ]
    }

    private static var instances: [CataloguedStatement] {
        [
            CataloguedStatement("provision", .provision([], at: now)),
            CataloguedStatement("instance(path)", .instance(path: "")),
            CataloguedStatement("statuses", .statuses(installation: "", team: "")),
            CataloguedStatement("dueForCredentialCheck", .dueForCredentialCheck(before: now, limit: 1)),
            CataloguedStatement(
                "updateInstanceStatus",
                .updateInstanceStatus(installation: "", user: "", status: .online, message: nil, happened: now, at: now)),
            CataloguedStatement(
                "resetInstanceToken", .resetInstanceToken(installation: "", user: "", hash: TokenHash(of: ""), at: now)),
            CataloguedStatement("setCredentialCheck", .setCredentialCheck(installation: "", user: "", happened: now, at: now)),
            CataloguedStatement("setHealthCheck", .setHealthCheck(installation: "", user: "", happened: now, at: now)),
            CataloguedStatement("deleteInstances(installation)", .deleteInstances(installation: "")),
            CataloguedStatement("memberIDs", .memberIDs(of: "")),
            CataloguedStatement("memberIDs(among)", .memberIDs(of: "", among: [])),
            CataloguedStatement("usersWithInstance", .usersWithInstance(of: "")),
            CataloguedStatement("provisionableInstallations", .provisionableInstallations(team: "")),
            CataloguedStatement("provisionableInstallation", .provisionableInstallation("")),
        ]
    }

    private static var tokens: [CataloguedStatement] {
        [
            CataloguedStatement("issueAccessToken", .issueAccessToken(.example, hash: TokenHash(of: ""))),
            CataloguedStatement("verify", .verify(TokenHash(of: ""), at: now)),
            CataloguedStatement("revokeAccessToken", .revokeAccessToken("")),
            CataloguedStatement("revokeExpiredTokens", .revokeExpiredTokens(at: now)),
        ]
    }

    private static var settings: [CataloguedStatement] {
        [
            CataloguedStatement("settings", .settings([])),
            CataloguedStatement("setting", .setting("")),
            CataloguedStatement("allSettings", .allSettings()),
            CataloguedStatement("settings(group)", .settings(group: "")),
            CataloguedStatement("searchSettings", .searchSettings(.example)),
            CataloguedStatement("setSetting", .setSetting(.example)),
            CataloguedStatement("describeSecret", .describeSecret(NewSetting("", ""), at: now)),
            CataloguedStatement("deleteSetting", .deleteSetting("")),
            CataloguedStatement("addSettings", .addSettings([], at: now)),
            CataloguedStatement("addSettingGroups", .addSettingGroups([], at: now)),
            CataloguedStatement("groupsWithSettings", .groupsWithSettings()),
        ]
    }

    private static var preferences: [CataloguedStatement] {
        [
            CataloguedStatement("preferences", .preferences(of: "")),
            CataloguedStatement("preference", .preference("", of: "")),
            CataloguedStatement("setPreferences", .setPreferences([], ids: [], of: "", at: now)),
        ]
    }

    private static let hash = TokenHash(of: "")

    private static var grants: [CataloguedStatement] {
        [
            CataloguedStatement("createAuthorizationRequest", .createAuthorizationRequest(.example)),
            CataloguedStatement("authorizationRequest", .authorizationRequest("", at: now)),
            CataloguedStatement("pendingRequest", .pendingRequest("", at: now)),
            CataloguedStatement("deleteExpiredRequests", .deleteExpiredRequests(of: "", client: "", at: now)),
            CataloguedStatement("setTeam", .setTeam("", of: "", at: now)),
            CataloguedStatement("approve", neverNull: ["count"], .approve("", hash: hash, at: now)),
            CataloguedStatement("deny", .deny("")),
            CataloguedStatement("codeOfMember", .codeOfMember(hash)),
            CataloguedStatement("code", .code(hash)),
            CataloguedStatement("useCode", .useCode("", at: now)),
            CataloguedStatement("purgeCodes", .purgeCodes(at: now, limit: 1)),
            CataloguedStatement("introspect", .introspect(hash, at: now)),
            CataloguedStatement("activeTokens", neverNull: ["total"], .activeTokens(user: "", at: now, page: page)),
            CataloguedStatement("issueRefreshToken", .issueRefreshToken(.example, hash: hash)),
            CataloguedStatement("refreshTokenOfMember", .refreshTokenOfMember(hash)),
            CataloguedStatement("refreshToken", .refreshToken(hash)),
            CataloguedStatement("useRefreshToken", .useRefreshToken(hash, client: "", at: now)),
            CataloguedStatement("purgeRefreshTokens", .purgeRefreshTokens(at: now, limit: 1)),
            CataloguedStatement("purgeAccessTokens", .purgeAccessTokens(at: now, limit: 1)),
            CataloguedStatement("revokeAccessToken(hash)", .revokeAccessToken(hash, client: nil)),
        ]
            + selections.filter { !$0.1.isFamilies }.map { name, selection in
                CataloguedStatement("deleteCodes(\(name))", .deleteCodes(selection))
            }
            + selections.flatMap { name, selection in
                [
                    CataloguedStatement("deleteRefreshTokens(\(name))", .deleteRefreshTokens(selection)),
                    CataloguedStatement("deleteAccessTokens(\(name))", .deleteAccessTokens(selection)),
                ]
            }
    }

    private static let selections: [(String, TokenSelection)] = [
        ("user", .user("")), ("member", .member("", "")), ("client", .client("")), ("consent", .consent("", "", "")), ("families", .families([])),
    ]

    private static var oauthClients: [CataloguedStatement] {
        [
            CataloguedStatement("client", .client(OAuthClientID(""))),
            CataloguedStatement("registerClient", .registerClient(.example, secretHash: hash)),
            CataloguedStatement("touchClient", .touchClient("", at: now)),
            CataloguedStatement("deactivateClient", .deactivateClient("", at: now)),
            CataloguedStatement("purgeUnusedClients", neverNull: ["count"], .purgeUnusedClients(before: now)),
            CataloguedStatement("grantConsent", .grantConsent(.example)),
            CataloguedStatement("consent", .consent(user: "", team: "", client: "")),
            CataloguedStatement("revokeConsent", .revokeConsent(user: "", team: "", client: "")),
        ]
    }

    private static var notifications: [CataloguedStatement] {
        [
            CataloguedStatement("createNotification", .createNotification(.example)),
            CataloguedStatement("createNotifications", .createNotifications(users: [], id: "", title: "", message: "", at: now)),
            CataloguedStatement("notificationFeed", .notificationFeed(user: "", limit: 1)),
            CataloguedStatement("notificationFeed(before)", .notificationFeed(user: "", before: FeedCursor(createdAt: now, id: ""), limit: 1)),
            CataloguedStatement("allNotifications", .allNotifications(user: "")),
            CataloguedStatement("notifications", neverNull: ["total"], .notifications(user: "", unreadOnly: false, page: page)),
            CataloguedStatement("notifications(unread)", neverNull: ["total"], .notifications(user: "", unreadOnly: true, page: page)),
            CataloguedStatement(
                "notifyTeam", .notifyTeam("", id: "", title: "", message: "", role: nil, excluding: nil, at: now)),
            CataloguedStatement("unreadNotificationCount", neverNull: ["count"], .unreadNotificationCount(user: "")),
            CataloguedStatement("markNotificationRead", .markNotificationRead("", user: "")),
            CataloguedStatement("markAllNotificationsRead", .markAllNotificationsRead(user: "", through: nil)),
            CataloguedStatement("deleteNotification", .deleteNotification("", user: "")),
            CataloguedStatement("presentArrivals", neverNull: ["snapshot"], .presentArrivals()),
            CataloguedStatement("arrivals(user)", neverNull: ["snapshot"], .arrivals(.user(""), since: .example, limit: 1)),
            CataloguedStatement("arrivals(team)", neverNull: ["snapshot"], .arrivals(.team(""), since: .example, limit: 1)),
            CataloguedStatement("arrivals(user, further)", neverNull: ["snapshot"], .arrivals(.user(""), since: .furtherExample, limit: 1)),
            CataloguedStatement("arrivals(team, further)", neverNull: ["snapshot"], .arrivals(.team(""), since: .furtherExample, limit: 1)),
            CataloguedStatement("notification", .notification("", user: "")),
            CataloguedStatement(
                "missedNotifications", neverNull: ["id", "user_id", "title", "message", "read", "created_at"],
                .missedNotifications(user: "", since: "", limit: 1, limitWithoutPlace: 1)),
            CataloguedStatement("unreadNotificationCounts", neverNull: ["count"], .unreadNotificationCounts(users: [])),
            CataloguedStatement("markNotificationsRead", .markNotificationsRead([], user: "")),
            CataloguedStatement("markNotificationUnread", .markNotificationUnread("", user: "")),
            CataloguedStatement("deleteReadNotifications", .deleteReadNotifications(user: "")),
            CataloguedStatement(
                "purgeNotifications", neverNull: ["deleted"], .purgeNotifications(olderThan: now, onlyRead: true, after: nil, batchSize: 1)),
            CataloguedStatement(
                "purgeNotifications(after)", neverNull: ["deleted"],
                .purgeNotifications(olderThan: now, onlyRead: true, after: FeedCursor(createdAt: now, id: ""), batchSize: 1)),
        ]
    }
}
