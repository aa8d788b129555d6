import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import PostgresDriver
import Testing

/// The tests of plans. They share one database that is filled once, and whatever they change in it they undo.
@Suite(.requiresServer, .mediumData, .serialized)
enum PlanSuites {}

/// Fills a database for a suite.
struct MediumDataTrait: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        try await withTestDatabase { database in
            let client = try PostgresClient(connection: database.configuration.connection)
            let moment = Timestamp.now()
            try await client.withConnection { session in
                for statement in MediumData.statements { _ = try await session.runScript(statement) }
            }
            await client.close()
            try await MediumData.$database.withValue(database) {
                try await MediumData.$moment.withValue(moment) { try await function() }
            }
        }
    }
}

extension Trait where Self == MediumDataTrait {
    static var mediumData: Self { MediumDataTrait() }
}

/// What a medium installation holds: 5 000 users, 6 500 teams with 11 000 memberships, 8 000 servers, 20 000 installations with 35 000 instances and 15 000
/// personal configurations, 250 000 notifications of which a tenth is unread and the newest tenth is of interest to streams, 50 000 access and 60 000 refresh
/// tokens, 20 000 codes, 12 000 clients, 15 000
/// heartbeats and 100 000 commands, analysed. Satellites are more than there would be, so that an index of them is worth its while.
enum MediumData {
    /// The database of the suite that runs.
    @TaskLocal static var database: TestDatabase?
    /// When its data was made. Queries are planned for this moment, at which nothing has expired yet: the tests may have to wait for their turn for longer than
    /// a code is valid.
    @TaskLocal static var moment = Timestamp.epoch

    /// A client of the suite's database.
    static func client() async throws -> PostgresClient {
        try PostgresClient(connection: try #require(database).configuration.connection)
    }

    static let statements = [
        """
        INSERT INTO "authUser" ("id", "username", "email", "auth_type", "created_at", "updated_at")
        SELECT 'user-' || n, 'user' || n, 'user' || n || '@example.org', 'github', now(), now()
        FROM generate_series(1, 5000) AS n
        """,
        """
        INSERT INTO "teams" ("id", "name", "slug", "owner_id", "created_at", "updated_at")
        SELECT 'team-' || n, 'Team ' || n, 'team-' || n, 'user-' || (n % 5000 + 1), now(), now()
        FROM generate_series(1, 6500) AS n
        """,
        """
        INSERT INTO "teamMemberships" ("id", "team_id", "user_id", "role", "joined_at")
        SELECT 'm-' || n || '-' || k, 'team-' || n, 'user-' || ((n + k * 37) % 5000 + 1), 'team_user', now()
        FROM generate_series(1, 5500) AS n, generate_series(0, 1) AS k
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
        FROM generate_series(1, 17500) AS n, generate_series(0, 1) AS k
        """,
        """
        INSERT INTO "mcpUserConfigurations" ("id", "installation_id", "user_id", "user_env", "created_at", "updated_at")
        SELECT 'configuration-' || n, 'installation-' || n, 'user-' || (n % 5000 + 1), '{"REGION": "eu"}', now(), now()
        FROM generate_series(1, 15000) AS n
        """,
        """
        INSERT INTO "notifications" ("id", "user_id", "title", "message", "read", "created_at", "sent_to_team", "arrived_in")
        SELECT 'notification-' || n, 'user-' || (n % 5000 + 1), 'Title', 'Message ' || n, n % 10 <> 0, now() - n * interval '1 second',
            CASE WHEN n % 2 = 0 THEN 'team-' || (n % 1000 + 1) END,
            CASE WHEN n <= 25000 THEN pg_current_xact_id() END
        FROM generate_series(1, 250000) AS n
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
        FROM generate_series(1, 60000) AS n
        """,
        """
        INSERT INTO "oauth_clients" ("client_id", "registration", "client_name", "redirect_uris", "scope", "created_at", "updated_at")
        SELECT 'dyn_' || n, 'dynamic', 'Client ' || n, '{http://localhost}', '{mcp:read}', now(), now()
        FROM generate_series(1, 12000) AS n
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
