package import DeployStackModels
package import PostgresDriver

/// A query whose plan can be looked at: those that must be served by an index however large the tables grow.
package enum PlannedQuery: Sendable, Hashable {
    case listServers(CatalogSort, viewer: CatalogViewer = .administrator)
    case serversWithAllTags([String], viewer: CatalogViewer = .administrator)
    case serversWithAnyTag([String], viewer: CatalogViewer = .administrator)
    case search(SearchQuery, viewer: CatalogViewer = .administrator)
    case installationViews(TeamID)
    case listInstallations(TeamID, viewer: UserID)
    case installation(McpInstallationID, team: TeamID)
    case searchInstallations(TeamID, String)
    case instance(path: String)
    case updateStatus(McpInstallationID, UserID)
    case verify(token: String)
    case introspect(token: String)
    case redeemCode(code: String)
    case useCode(AuthorizationCodeID)
    case refresh(token: String)
    case useRefreshToken(token: String, client: OAuthClientID)
    case activeTokens(UserID)
    case purgeTokens
    case unreadCount(UserID)
    case notificationFeed(UserID, before: FeedCursor)
    case notificationPage(UserID)
    case missed(UserID, since: NotificationID)
    case arrivals(UserID)
    case teamArrivals(TeamID)
    case purge(olderThan: Timestamp)
    case teams(of: UserID)
    case teamsWithRoles(of: UserID)
    case membership(of: UserID, in: TeamID)
    case authenticateSatellite(apiKey: String)
    case activeSatellites
    case browse(CatalogSort, behind: McpServer, viewer: CatalogViewer = .administrator)
    case registrationToken(token: String)
    case poll(SatelliteID)
    case recordHeartbeat(SatelliteID)
    case heartbeats(of: SatelliteID)
    case members(of: TeamID)
    case configuredInstallation(McpInstallationID, UserID)
    case purgeRefreshTokens
    case purgeCodes
    case expireCommands
    case purgeCommands(olderThan: Timestamp)
    case pruneHeartbeats(keep: Int)
    case listTagged([String])
    case listing(CatalogSort)
    case step(PlannedStep)

    /// The index that is meant for the query.
    package var index: String {
        switch self {
        case .serversWithAllTags, .serversWithAnyTag, .listTagged: "idx_mcpServers_tags"
        case .search: "idx_mcpServers_search"
        case .installationViews, .listInstallations: "idx_team_installations_created"
        case .installation: "mcpTeamInstallations_pkey"
        case .searchInstallations: "mcpServerTemplates_pkey"
        case .instance: "mcpServerInstances_instance_path_key"
        case .updateStatus: "mcpServerInstances_installation_id_user_id_key"
        case .verify: "idx_oauth_access_tokens_valid"
        case .introspect: "idx_oauth_access_tokens_valid"
        case .redeemCode: "oauth_authorization_codes_code_hash_key"
        case .useCode: "oauth_authorization_codes_pkey"
        case .refresh, .useRefreshToken: "oauth_refresh_tokens_token_hash_key"
        case .activeTokens: "idx_oauth_access_tokens_user_team"
        case .purgeTokens: "idx_oauth_access_tokens_expires"
        case .unreadCount: "idx_notifications_unread"
        case .notificationFeed, .notificationPage, .missed: "idx_notifications_user_created"
        case .arrivals: "idx_notifications_user_arrived"
        case .teamArrivals: "idx_notifications_team_arrived"
        case .purge: "idx_notifications_created"
        case .teams, .teamsWithRoles: "idx_teamMemberships_user"
        case .membership: "teamMemberships_team_id_user_id_key"
        case .authenticateSatellite: "satellites_api_key_hash_key"
        case .activeSatellites: "idx_active_satellites"
        case .listServers(.name, _), .browse(.name, _, _), .listing(.name): "idx_mcpServers_by_name"
        case .listServers(.gitHubStars, _), .browse(.gitHubStars, _, _), .listing(.gitHubStars): "idx_mcpServers_by_stars"
        case .listServers(.newest, _), .browse(.newest, _, _), .listing(.newest): "idx_mcpServers_newest"
        case .registrationToken: "satelliteRegistrationTokens_token_hash_key"
        case .poll: "idx_satelliteCommands_pending"
        case .recordHeartbeat: "satellites_pkey"
        case .heartbeats, .pruneHeartbeats: "idx_satelliteHeartbeats_satellite_timestamp"
        case .members: "teamMemberships_team_id_user_id_key"
        case .configuredInstallation: "mcpUserConfigurations_installation_id_user_id_key"
        case .purgeRefreshTokens: "idx_oauth_refresh_tokens_expires"
        case .purgeCodes: "idx_oauth_authorization_codes_expires"
        case .expireCommands: "idx_satelliteCommands_expiring"
        case .purgeCommands: "idx_satelliteCommands_created"
        case .step(let step): step.index
        }
    }
}

extension DataStore {
    /// How the server would run a query, from the very statement that the repository uses.
    ///
    /// - Returns: The plan, or `nil` on in-memory tables and in a transaction.
    package func plan(of query: PlannedQuery) async throws(DataError) -> QueryPlan? {
        guard let store = backend as? PostgresStore else { return nil }
        do {
            return try await store.client.plan(of: query, at: store.environment.now())
        } catch {
            throw DataError(error)
        }
    }
}

extension StatementExecutor {
    /// The plan of a query's statement.
    package func plan(of query: PlannedQuery, at now: Timestamp) async throws(PostgresError) -> QueryPlan {
        switch query {
        case .listServers(let sort, let viewer): try await explain(.servers(viewer: viewer, filter: .none, sort: sort, page: .first))
        case .serversWithAllTags(let tags, let viewer): try await explain(.servers(withAllTags: tags, viewer: viewer, page: .first))
        case .serversWithAnyTag(let tags, let viewer): try await explain(.servers(withAnyTag: tags, viewer: viewer, page: .first))
        case .search(let query, let viewer):
            try await explain(.searchServers(CatalogSearch(known: query), viewer: viewer, filter: .none, page: .first))
        case .installationViews(let team): try await explain(.installationViews(team: team, page: .first))
        case .listInstallations(let team, let viewer):
            try await explain(.listInstallations(team: team, viewer: viewer, source: nil, includeStats: true, page: .first))
        case .installation(let id, let team): try await explain(.installation(id, team: team))
        case .searchInstallations(let team, let text): try await explain(.searchInstallations(team: team, text: text, page: .first))
        case .instance(let path): try await explain(.instance(path: path))
        case .updateStatus(let installation, let user):
            try await explain(
                .updateInstanceStatus(installation: installation, user: user, status: .online, message: nil, happened: now, at: now))
        case .verify(let token): try await explain(.verify(TokenHash(of: token), at: now))
        case .introspect(let token): try await explain(.introspect(TokenHash(of: token), at: now))
        case .redeemCode(let code): try await explain(.codeOfMember(TokenHash(of: code)))
        case .useCode(let id): try await explain(.useCode(id, at: now))
        case .refresh(let token): try await explain(.refreshTokenOfMember(TokenHash(of: token)))
        case .useRefreshToken(let token, let client): try await explain(.useRefreshToken(TokenHash(of: token), client: client, at: now))
        case .activeTokens(let user): try await explain(.activeTokens(user: user, at: now, page: .first))
        case .purgeTokens: try await explain(.purgeAccessTokens(at: now, limit: 100))
        case .unreadCount(let user): try await explain(.unreadNotificationCount(user: user))
        case .notificationFeed(let user, let cursor): try await explain(.notificationFeed(user: user, before: cursor, limit: 20))
        case .notificationPage(let user): try await explain(.notifications(user: user, unreadOnly: false, page: .first))
        case .missed(let user, let id):
            try await explain(.missedNotifications(user: user, since: id, limit: 1_000, limitWithoutPlace: 100))
        case .arrivals(let user): try await explain(.arrivals(.user(user), since: .example, limit: 256))
        case .teamArrivals(let team): try await explain(.arrivals(.team(team), since: .example, limit: 256))
        case .purge(let moment):
            try await explain(
                .purgeNotifications(olderThan: moment, onlyRead: true, after: FeedCursor(createdAt: .epoch, id: "x"), batchSize: 100))
        case .teams(let user): try await explain(.teams(of: user))
        case .teamsWithRoles(let user): try await explain(.teamsWithRoles(of: user))
        case .membership(let user, let team): try await explain(.membership(of: user, in: team))
        case .authenticateSatellite(let key): try await explain(.authenticateSatellite(TokenHash(of: key)))
        case .browse(let sort, let server, let viewer):
            try await explain(
                .browse(viewer: viewer, filter: .none, sort: sort, from: CatalogCursor(.forwards, from: CatalogPlace(server)), limit: 21))
        case .registrationToken(let token): try await explain(.lockRegistrationToken(TokenHash(of: token), at: now))
        case .activeSatellites: try await explain(.activeGlobalSatellites())
        case .poll(let satellite): try await explain(.pollCommands(satellite, limit: 10, at: now))
        case .recordHeartbeat(let satellite):
            try await explain(.recordHeartbeat(NewSatelliteHeartbeat(), id: "heartbeat", of: satellite, at: now))
        case .heartbeats(let satellite): try await explain(.heartbeats(of: satellite, page: .first))
        case .members(let team): try await explain(.memberIDs(of: team))
        case .configuredInstallation(let id, let user): try await explain(.configuredInstallation(id, user: user))
        case .purgeRefreshTokens: try await explain(.purgeRefreshTokens(at: now, limit: 100))
        case .purgeCodes: try await explain(.purgeCodes(at: now, limit: 100))
        case .expireCommands: try await explain(.expireCommands(error: "", at: now))
        case .purgeCommands(let moment): try await explain(.purgeCommands(before: moment, at: now))
        case .pruneHeartbeats(let keep): try await explain(.pruneHeartbeats(keepGlobal: keep, keepTeam: keep))
        case .listTagged(let tags):
            try await explain(.servers(viewer: .administrator, filter: CatalogFilter(allTags: tags), sort: .name, page: .first))
        case .listing(let sort):
            try await explain(.listing(viewer: .administrator, filter: .none, sort: sort, page: .first, tagLimit: 20))
        case .step(let step): try await plan(of: step)
        }
    }
}
