import DeployStackData
import DeployStackDataTesting
import PostgresDriver

/// Two teams that know nothing of each other, with a row in every table, and a session that is an administrator and can be a tenant.
///
/// Whatever belongs to a team or its user bears the team's word, `alpha` or `bravo`, in its identifier.
struct TwoTeams {
    static let ours = "alpha"
    static let theirs = "bravo"

    let database: TestDatabase
    let role: String
    let client: PostgresClient

    /// Fills the test's database and makes row security hold in it.
    static func make() async throws -> TwoTeams {
        let store = try await Backend.postgres.makeStore()
        // Opens and closes with the test; what is wanted of it is the role.
        let tenants = try await Backend.postgres.makeTenantStore(on: store)
        let database = try await TestDatabase.lent()
        let client = try PostgresClient(connection: database.configuration.connection)
        let role: Statement<String> = """
            SELECT r."rolname"::text FROM pg_roles AS r WHERE r."rolname" LIKE current_database() || '\\_tenant%'
            """
        let name = try await client.run(role).rows[0]
        try await client.withConnection { session in
            for word in [ours, theirs] {
                for statement in rows(of: word) { _ = try await session.runScript(statement) }
            }
            for statement in tools { _ = try await session.runScript(statement) }
        }
        _ = tenants
        return TwoTeams(database: database, role: name, client: client)
    }

    /// Tells the transaction that it is the tenants' role which works for our team and its user, or for the team alone.
    func become(_ transaction: PostgresTransaction, scoped: Bool = true, isScopedToUser: Bool = true) async throws {
        let (role, team, user) = (role, scoped ? "team-\(Self.ours)" : "", scoped && isScopedToUser ? "user-\(Self.ours)" : "")
        let statement: Statement<String> = """
            SELECT set_config('deploystack.team', \(team), true) || set_config('deploystack.user', \(user), true) || set_config('role', \(role), true)
            """
        _ = try await transaction.run(statement)
    }

    /// Makes the transaction the administrator's again.
    func resign(_ transaction: PostgresTransaction) async throws {
        _ = try await transaction.run("SELECT set_config('role', 'none', true)" as Statement<String>)
    }

    /// What runs a statement that is known as text only and gives its rows as text, or its error; and what shows everything that is not ours.
    private static let tools = [
        """
        CREATE FUNCTION "answer_of"("statement" text) RETURNS text LANGUAGE plpgsql AS $$
        DECLARE "row" record; "answer" text := '';
        BEGIN
            FOR "row" IN EXECUTE "statement" LOOP "answer" := "answer" || "row"::text || E'\\n'; END LOOP;
            RETURN "answer";
        EXCEPTION
            -- It gives no rows.
            WHEN invalid_cursor_definition THEN
                BEGIN
                    EXECUTE "statement";
                    RETURN '';
                EXCEPTION WHEN OTHERS THEN
                    RETURN 'error ' || SQLSTATE || ' ' || SQLERRM;
                END;
            WHEN OTHERS THEN
                RETURN 'error ' || SQLSTATE || ' ' || SQLERRM;
        END $$
        """,
        """
        CREATE FUNCTION "not_ours"() RETURNS text LANGUAGE plpgsql AS $$
        DECLARE "item" record; "text" text := ''; "part" text;
        BEGIN
            FOR "item" IN SELECT c.oid::regclass AS "table" FROM pg_class AS c
                WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> '__deploystack_migrations' ORDER BY 1
            LOOP
                EXECUTE format('SELECT string_agg(t::text, E''\\n'' ORDER BY t::text) FROM %s AS t WHERE t::text NOT LIKE ''%%alpha%%''', "item"."table")
                INTO "part";
                "text" := "text" || "item"."table" || E'\\n' || coalesce("part", '') || E'\\n';
            END LOOP;
            RETURN "text";
        END $$
        """,
    ]

    private static func rows(of word: String) -> [String] {
        let far = "'2100-01-01'"
        return [
            """
            INSERT INTO "authUser" ("id", "username", "email", "auth_type", "github_id", "role_id")
            VALUES ('user-\(word)', 'name-\(word)', '\(word)@example.org', 'github', '\(word)', 'global_user')
            """,
            "INSERT INTO \"teams\" (\"id\", \"name\", \"slug\", \"owner_id\") VALUES ('team-\(word)', 'Team \(word)', 'slug-\(word)', 'user-\(word)')",
            """
            INSERT INTO "teamMemberships" ("id", "team_id", "user_id", "role")
            VALUES ('member-\(word)', 'team-\(word)', 'user-\(word)', 'team_admin')
            """,
            """
            INSERT INTO "mcpServerTemplates" ("id", "name", "slug", "description", "visibility", "owner_team_id", "tags", "official_name")
            VALUES ('server-\(word)', 'Server', 'server-\(word)', 'Keeps metrics', 'team', 'team-\(word)', '["metrics"]', 'org/\(word)')
            """,
            """
            INSERT INTO "mcpTeamInstallations" ("id", "team_id", "server_id", "installation_name")
            VALUES ('installation-\(word)', 'team-\(word)', 'server-\(word)', 'Installed')
            """,
            """
            INSERT INTO "mcpUserConfigurations" ("id", "installation_id", "user_id")
            VALUES ('configuration-\(word)', 'installation-\(word)', 'user-\(word)')
            """,
            """
            INSERT INTO "mcpServerInstances" ("id", "installation_id", "user_id", "instance_path", "instance_token_hash")
            VALUES ('instance-\(word)', 'installation-\(word)', 'user-\(word)', 'path-\(word)', 'hash-\(word)')
            """,
            """
            INSERT INTO "oauth_clients" ("client_id", "registration", "client_name", "redirect_uris", "scope", "team_id")
            VALUES ('client-\(word)', 'dynamic', 'Client', '{}', '{}', 'team-\(word)')
            """,
            """
            INSERT INTO "oauth_authorization_codes" ("id", "user_id", "team_id", "client_id", "redirect_uri", "scope", "state", "code_challenge",
                "code_challenge_method", "code_hash", "expires_at")
            VALUES ('code-\(word)', 'user-\(word)', 'team-\(word)', 'client', 'x', '{}', 'x', 'x', 'S256', 'code-\(word)', \(far))
            """,
            """
            INSERT INTO "oauth_access_tokens" ("id", "user_id", "team_id", "client_id", "scope", "token_hash", "expires_at")
            VALUES ('access-\(word)', 'user-\(word)', 'team-\(word)', 'client', '{}', 'access-\(word)', \(far))
            """,
            """
            INSERT INTO "oauth_refresh_tokens" ("id", "user_id", "team_id", "client_id", "scope", "token_hash", "family_id", "expires_at")
            VALUES ('refresh-\(word)', 'user-\(word)', 'team-\(word)', 'client', '{}', 'refresh-\(word)', 'family-\(word)', \(far))
            """,
            """
            INSERT INTO "oauth_team_consents" ("id", "user_id", "team_id", "client_id", "scope")
            VALUES ('consent-\(word)', 'user-\(word)', 'team-\(word)', 'client', '{}')
            """,
            """
            INSERT INTO "satelliteRegistrationTokens" ("id", "token_type", "team_id", "token_hash", "token_prefix", "expires_at")
            VALUES ('registration-\(word)', 'team', 'team-\(word)', 'registration-\(word)', 'x', \(far))
            """,
            """
            INSERT INTO "mcpServerVersions" ("id", "server_id", "version", "is_latest")
            VALUES ('version-\(word)', 'server-\(word)', '1.0.0', true)
            """,
            """
            INSERT INTO "satellites" ("id", "name", "satellite_type", "team_id", "status", "api_key_hash")
            VALUES ('satellite-\(word)', 'satellite-\(word)', 'team', 'team-\(word)', 'active', 'key-\(word)')
            """,
            """
            INSERT INTO "satelliteHeartbeats" ("id", "satellite_id", "status", "system_metrics")
            VALUES ('heartbeat-\(word)', 'satellite-\(word)', 'active', '{}')
            """,
            """
            INSERT INTO "satelliteCommands" ("id", "satellite_id", "command_type", "payload", "target_team_id", "expires_at", "correlation_id")
            VALUES ('command-\(word)', 'satellite-\(word)', 'spawn', '{}', 'team-\(word)', \(far), 'correlation-\(word)')
            """,
            """
            INSERT INTO "notifications" ("id", "user_id", "title", "message", "sent_to_team")
            VALUES ('notification-\(word)', 'user-\(word)', 'Ready', 'Ready', 'team-\(word)'), ('own-\(word)', 'user-\(word)', 'Ready', 'Ready', NULL)
            """,
            """
            INSERT INTO "userPreferences" ("id", "user_id", "preference_key", "preference_value")
            VALUES ('preference-\(word)', 'user-\(word)', 'interface.theme', 'dark')
            """,
        ]
    }
}
