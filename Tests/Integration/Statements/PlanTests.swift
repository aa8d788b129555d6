import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import PostgresDriver
import Testing

/// The queries that run most, on generated data of a medium installation: each is served by the index that is meant for it.
@Suite(.database)
struct PlanTests {
    @Test(.requiresServer) func theBusiestQueriesAreServedByTheirIndexes() async throws {
        let client = try await clientWithMediumData()

        for (query, tables) in Self.queries {
            let plan = try await client.plan(of: query, at: .now())

            #expect(plan.usesIndex(named: query.index), "\(query)\n\(plan.summary)")
            #expect(Set(plan.sequentialScans).isDisjoint(with: tables), "\(query)\n\(plan.summary)")
        }
        await client.close()
    }

    @Test(.requiresServer) func withoutItsIndexAQueryIsSeenToScan() async throws {
        let client = try await clientWithMediumData()
        let query = PlannedQuery.serversWithAllTags(["tag-7"])
        _ = try await client.withConnection { try await $0.runScript(#"DROP INDEX "idx_mcpServers_tags""#) }

        let plan = try await client.plan(of: query, at: .now())

        #expect(!plan.usesIndex(named: query.index))
        #expect(plan.sequentialScans.contains("mcpServerTemplates"))
        await client.close()
    }

    static let queries: [(PlannedQuery, Set<String>)] = [
        // The whole list is counted beside its page.
        (.listServers(.name), []),
        (.listServers(.name, viewer: member), []),
        (.listServers(.gitHubStars), []),
        (.listServers(.newest), []),
        (.serversWithAllTags(["tag-7", "tag-11"]), ["mcpServerTemplates"]),
        (.serversWithAllTags(["tag-7", "tag-11"], viewer: member), ["mcpServerTemplates"]),
        (.serversWithAnyTag(["rare-57", "rare-58"]), ["mcpServerTemplates"]),
        (.serversWithAnyTag(["rare-57", "rare-58"], viewer: member), ["mcpServerTemplates"]),
        (.search(.web("quarterly report")), ["mcpServerTemplates"]),
        (.search(.web("quarterly report"), viewer: member), ["mcpServerTemplates"]),
        (.search(.prefix("quarterly rep")), ["mcpServerTemplates"]),
        (.search(.raw("quarterly & report:*")), ["mcpServerTemplates"]),
        (.installationViews("team-17"), ["mcpTeamInstallations", "mcpServerTemplates", "teams"]),
        (.listInstallations("team-17", viewer: "user-17"), ["mcpTeamInstallations", "mcpServerTemplates", "mcpServerInstances"]),
        (.installation("installation-17", team: "team-18"), ["mcpTeamInstallations", "mcpServerTemplates", "mcpServerInstances", "teams"]),
        (.searchInstallations("team-17", "report"), ["mcpTeamInstallations", "mcpServerTemplates"]),
        (.instance(path: "bold-penguin-17"), ["mcpServerInstances"]),
        (.updateStatus("installation-17", "user-17"), ["mcpServerInstances"]),
        (.verify(token: "dsa_unknown"), ["oauth_access_tokens", "authUser", "teams", "teamMemberships"]),
        (.introspect(token: "dsa_unknown"), ["oauth_access_tokens", "authUser", "teams", "teamMemberships"]),
        (.redeemCode(code: "dsc_unknown"), ["oauth_authorization_codes", "authUser", "teams", "teamMemberships"]),
        (.useCode("code-17"), ["oauth_authorization_codes"]),
        (.refresh(token: "dsr_unknown"), ["oauth_refresh_tokens", "authUser", "teams", "teamMemberships"]),
        (.useRefreshToken(token: "dsr_unknown", client: "client"), ["oauth_refresh_tokens"]),
        (.activeTokens("user-17"), ["oauth_access_tokens"]),
        (.purgeTokens, ["oauth_access_tokens"]),
        (.unreadCount("user-17"), ["notifications"]),
        (.notificationFeed("user-17", before: FeedCursor(createdAt: .now(), id: "x")), ["notifications"]),
        (.notificationPage("user-17"), ["notifications"]),
        (.missed("user-17", since: "notification-5016"), ["notifications"]),
        (.arrivals("user-17"), ["notifications"]),
        (.teamArrivals("team-17"), ["notifications"]),
        (.purge(olderThan: .now()), ["notifications"]),
        (.teams(of: "user-17"), ["teamMemberships"]),
        (.teamsWithRoles(of: "user-17"), ["teamMemberships", "teams"]),
        (.membership(of: "user-17", in: "team-17"), ["teamMemberships"]),
        (.authenticateSatellite(apiKey: "unknown"), ["satellites"]),
        (.activeSatellites, ["satellites"]),
        (.registrationToken(token: "unknown"), ["satelliteRegistrationTokens"]),
        (.browse(.name, behind: somewhere), ["mcpServerTemplates"]),
        (.browse(.gitHubStars, behind: somewhere), ["mcpServerTemplates"]),
        (.browse(.newest, behind: somewhere), ["mcpServerTemplates"]),
        (.browse(.name, behind: somewhere, viewer: member), ["mcpServerTemplates"]),
        (.poll("satellite-17"), ["satelliteCommands", "satellites"]),
        (.recordHeartbeat("satellite-17"), ["satellites"]),
        (.heartbeats(of: "satellite-17"), ["satelliteHeartbeats"]),
    ]

    /// Somebody who sees what everybody sees, and what one team has.
    private static let member = CatalogViewer.member(of: ["team-17"])

    /// An entry in the middle of the catalog's lists.
    private static let somewhere = McpServer(
        id: "server-4000", name: "Server 4000", slug: "server-4000", description: nil, iconURL: nil, websiteURL: nil, repositoryURL: nil,
        language: "unknown", runtime: "unknown", transport: .stdio, visibility: .global, ownerTeamID: nil, categoryID: nil, tags: [], metadata: [:],
        status: .active, isFeatured: false, source: .manual, requiresOAuth: false, gitHubStars: nil, createdAt: .now() - .seconds(240_000),
        updatedAt: .now(), details: nil)

    private func clientWithMediumData() async throws -> PostgresClient { try await MediumData.client() }
}

/// 5 000 users and teams, 8 000 servers, 20 000 installations, 100 000 notifications, 50 000 tokens of each kind, 20 000 codes, 2 000 satellites, 15 000
/// heartbeats and 100 000 commands, analysed.
enum MediumData {
    /// A client of a database of its own with all of it.
    static func client() async throws -> PostgresClient {
        let client = try PostgresClient(connection: try await TestDatabase.lent().configuration.connection)
        try await client.withConnection { session in
            for statement in statements { _ = try await session.runScript(statement) }
        }
        return client
    }

    static let statements = [
        """
        INSERT INTO "authUser" ("id", "username", "email", "auth_type", "created_at", "updated_at")
        SELECT 'user-' || n, 'user' || n, 'user' || n || '@example.org', 'github', now(), now()
        FROM generate_series(1, 5000) AS n
        """,
        """
        INSERT INTO "teams" ("id", "name", "slug", "owner_id", "created_at", "updated_at")
        SELECT 'team-' || n, 'Team ' || n, 'team-' || n, 'user-' || n, now(), now()
        FROM generate_series(1, 5000) AS n
        """,
        """
        INSERT INTO "teamMemberships" ("id", "team_id", "user_id", "role", "joined_at")
        SELECT 'm-' || n || '-' || k, 'team-' || n, 'user-' || ((n + k * 37) % 5000 + 1), 'team_user', now()
        FROM generate_series(1, 5000) AS n, generate_series(0, 1) AS k
        """,
        """
        INSERT INTO "mcpServerTemplates" ("id", "name", "slug", "description", "visibility", "tags", "created_at", "updated_at")
        SELECT 'server-' || n, 'Server ' || n, 'server-' || n,
            CASE WHEN n % 400 = 0 THEN 'Writes the quarterly report' ELSE 'Does the work number ' || n || ' for those who need it' END,
            'global', jsonb_build_array('tag-' || n % 60, 'tag-' || n % 59, 'tag-' || n % 13, 'rare-' || n / 20), now() - n * interval '1 minute', now()
        FROM generate_series(1, 8000) AS n
        """,
        """
        INSERT INTO "mcpTeamInstallations" ("id", "team_id", "server_id", "installation_name", "created_at", "updated_at")
        SELECT 'installation-' || n, 'team-' || (n % 5000 + 1), 'server-' || (n % 8000 + 1), 'Installation ' || n, now() - n * interval '1 second', now()
        FROM generate_series(1, 20000) AS n
        """,
        """
        INSERT INTO "mcpServerInstances" ("id", "installation_id", "user_id", "instance_path", "status", "last_credential_check_at")
        SELECT 'inst_' || n || '-' || k, 'installation-' || n, 'user-' || ((n + k * 37) % 5000 + 1), 'bold-penguin-' || n || '-' || k,
            CASE WHEN n % 3 = 0 THEN 'offline' ELSE 'online' END, now() - n * interval '1 second'
        FROM generate_series(1, 20000) AS n, generate_series(0, 1) AS k
        """,
        """
        INSERT INTO "notifications" ("id", "user_id", "title", "message", "read", "created_at", "sent_to_team")
        SELECT 'notification-' || n, 'user-' || (n % 5000 + 1), 'Title', 'Message ' || n, n % 10 <> 0, now() - n * interval '1 second',
            CASE WHEN n % 2 = 0 THEN 'team-' || (n % 1000 + 1) END
        FROM generate_series(1, 100000) AS n
        """,
        """
        INSERT INTO "oauth_access_tokens" ("id", "user_id", "team_id", "client_id", "scope", "token_hash", "created_at", "expires_at")
        SELECT 'token-' || n, 'user-' || (n % 5000 + 1), 'team-' || (n % 5000 + 1), 'client', '{mcp:read}', encode(sha256(n::text::bytea), 'hex'), now(),
            now() + interval '7 days'
        FROM generate_series(1, 50000) AS n
        """,
        """
        INSERT INTO "satellites" ("id", "name", "satellite_type", "status", "api_key_hash", "system_info", "created_at", "updated_at")
        SELECT 'satellite-' || n, 'satellite-' || n || '-of-many', 'global', (CASE WHEN n % 25 = 17 THEN 'active' ELSE 'inactive' END)::"satelliteStatus",
            encode(sha256(n::text::bytea), 'hex'), jsonb_build_object('padding', repeat('x', 400)), now(), now()
        FROM generate_series(1, 2000) AS n
        """,
        """
        INSERT INTO "satelliteRegistrationTokens" ("id", "token_type", "token_hash", "token_prefix", "expires_at", "created_at")
        SELECT 'token-' || n, 'global', encode(sha256(n::text::bytea), 'hex'), 'deploystack', now() + interval '1 hour', now()
        FROM generate_series(1, 2000) AS n
        """,
        """
        INSERT INTO "satelliteHeartbeats" ("id", "satellite_id", "status", "system_metrics", "timestamp")
        SELECT 'heartbeat-' || n, 'satellite-' || (n % 200 + 1), 'active', '{}', now() - n * interval '1 second'
        FROM generate_series(1, 15000) AS n
        """,
        """
        INSERT INTO "satelliteCommands" ("id", "satellite_id", "command_type", "priority", "payload", "status", "expires_at", "created_at", "updated_at")
        SELECT 'command-' || n, 'satellite-' || (n % 200 + 1), 'configure', n % 4, '{}', CASE WHEN n % 50 = 16 THEN 'pending' ELSE 'completed' END,
            now() + interval '5 minutes', now() - n * interval '1 second', now()
        FROM generate_series(1, 100000) AS n
        """,
        """
        INSERT INTO "oauth_refresh_tokens"
            ("id", "user_id", "team_id", "client_id", "scope", "token_hash", "family_id", "used", "created_at", "expires_at")
        SELECT 'refresh-' || n, 'user-' || (n % 5000 + 1), 'team-' || (n % 5000 + 1), 'client', '{mcp:read}', encode(sha256(n::text::bytea), 'hex'),
            'family-' || n, n % 4 <> 0, now(), now() + interval '30 days'
        FROM generate_series(1, 50000) AS n
        """,
        """
        INSERT INTO "oauth_authorization_codes"
            ("id", "user_id", "team_id", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method", "code_hash",
            "expires_at")
        SELECT 'code-' || n, 'user-' || (n % 5000 + 1), 'team-' || (n % 5000 + 1), 'client', 'http://localhost', '{mcp:read}', '', '', 'S256',
            encode(sha256(n::text::bytea), 'hex'), now() + interval '10 minutes'
        FROM generate_series(1, 20000) AS n
        """,
        "ANALYZE",
    ]
}
