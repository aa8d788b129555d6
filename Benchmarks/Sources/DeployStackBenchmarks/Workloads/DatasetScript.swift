/// The SQL that fills a migrated database, in steps with names for the progress.
///
/// Everything is derived from row numbers by hashing, so each run has the same rows: names of two or three words, descriptions of one to three
/// sentences, 3 to 6 tags of 60, and some hundred bytes of metadata.
struct DatasetScript: Sendable {
    let size: DatasetSize
    /// What is there already.
    var previous = DatasetSize(teams: 0, servers: 0, notifications: 0)
    /// Whether fifty servers each share a tag and a word that no others have, so that some queries find as much however large the catalog is.
    var hasRareTerms = false

    var steps: [(name: String, sql: String)] {
        [
            ("functions", Self.functions), ("users", users), ("teams", teams), ("servers", servers), ("installations", installations),
            ("tokens", tokens), ("satellites", satellites),
            ("statistics", "VACUUM (ANALYZE)"),
        ]
    }

    /// They live in the session's temporary schema. A draw is a number from 0 to `bound` - 1 that depends on a row and on what it is for.
    private static let functions = """
        CREATE FUNCTION pg_temp.draw(row_number bigint, purpose integer, bound integer) RETURNS integer IMMUTABLE LANGUAGE sql AS $$
            SELECT ((hashint8extended(row_number, purpose) & 9223372036854775807) % bound)::integer
        $$;
        CREATE FUNCTION pg_temp.identifier(kind text, row_number bigint) RETURNS text IMMUTABLE LANGUAGE sql AS $$
            SELECT left(translate(encode(sha256(convert_to(kind || row_number, 'UTF8')), 'base64'), '+/', '-_'), 21)
        $$;
        CREATE FUNCTION pg_temp.team(row_number bigint) RETURNS text IMMUTABLE LANGUAGE sql AS $$
            SELECT (\(TeamNumber.expression("row_number")))::text
        $$;
        CREATE FUNCTION pg_temp.word(row_number bigint, purpose integer) RETURNS text IMMUTABLE LANGUAGE sql AS $$
            SELECT (\(Vocabulary.sqlArray(Vocabulary.words)))[1 + pg_temp.draw(row_number, purpose, \(Vocabulary.words.count))]
        $$;
        CREATE FUNCTION pg_temp.tag(row_number bigint, purpose integer) RETURNS text IMMUTABLE LANGUAGE sql AS $$
            SELECT (\(Vocabulary.sqlArray(Vocabulary.tags)))[
                1 + (pg_temp.draw(row_number, 7, \(Vocabulary.tags.count)) + 7 * purpose) % \(Vocabulary.tags.count)]
        $$
        """

    private var users: String {
        """
        INSERT INTO "authUser" ("id", "username", "email", "auth_type", "first_name")
        SELECT pg_temp.identifier('user', n), 'user' || n, 'user' || n || '@example.org', 'email_signup', initcap(pg_temp.word(n, 1))
        FROM generate_series(\(previous.teams + 1), \(size.teams)) AS n
        """
    }

    private var teams: String {
        """
        INSERT INTO "teams" ("id", "name", "slug", "description", "owner_id", "mcp_server_limit", "non_http_mcp_limit", "created_at", "updated_at")
        SELECT pg_temp.team(n), initcap(pg_temp.word(n, 2)) || ' team ' || n, pg_temp.word(n, 2) || '-team-' || n,
            CASE WHEN n % 3 > 0 THEN 'Looks after every ' || pg_temp.word(n, 3) || ' and ' || pg_temp.word(n, 4) || ' of the company' END,
            pg_temp.identifier('user', n), 50, 40, moment, moment
        FROM generate_series(\(previous.teams + 1), \(size.teams)) AS n
        CROSS JOIN LATERAL (SELECT timestamptz '2025-01-01 00:00:00+00' + n * interval '61.000123 seconds' AS moment) AS m;
        INSERT INTO "teamMemberships" ("id", "team_id", "user_id", "role")
        SELECT pg_temp.identifier('membership', n), pg_temp.team(n), pg_temp.identifier('user', n), 'team_admin'
        FROM generate_series(\(previous.teams + 1), \(size.teams)) AS n
        """
    }

    private var rareWord: String { hasRareTerms ? " || ' It belongs to \(Self.rareTerm)' || (n - 1) / \(Self.serversWithRareTerm) || '.'" : "" }
    private var rareTag: String { hasRareTerms ? " || jsonb_build_array('\(Self.rareTerm)' || (n - 1) / \(Self.serversWithRareTerm))" : "" }

    private static let rareTerm = "group"
    private static let serversWithRareTerm = 50

    /// A tag and a word that fifty servers have, for a key.
    func rareTerm(_ key: UInt64) -> String { Self.rareTerm(key, servers: size.servers) }

    /// The same for so many servers.
    static func rareTerm(_ key: UInt64, servers: Int) -> String { "\(rareTerm)\(key % UInt64(max(1, servers / serversWithRareTerm)))" }

    /// The term that the server of a number, counted from 0, shares with others.
    static func rareTerm(ofServer number: Int) -> String { "\(rareTerm)\(number / serversWithRareTerm)" }

    private var servers: String {
        """
        INSERT INTO "mcpServerTemplates" (
            "id", "name", "slug", "description", "long_description", "icon_url", "website_url", "repository_url", "language", "runtime",
            "transport_type", "visibility", "tags", "metadata", "packages", "status", "featured", "source", "github_stars", "created_at", "updated_at")
        SELECT pg_temp.identifier('server', n), initcap(pg_temp.word(n, 11) || ' ' || pg_temp.word(n, 12)) || ' ' || n,
            pg_temp.word(n, 11) || '-' || pg_temp.word(n, 12) || '-' || n,
            (SELECT string_agg(
                'Lets an agent read the ' || pg_temp.word(n, s * 10) || ' and change each ' || pg_temp.word(n, s * 10 + 1) || ' of a '
                || pg_temp.word(n, s * 10 + 2) || '.', ' ' ORDER BY s) FROM generate_series(2, 2 + pg_temp.draw(n, 13, 3)) AS s)\(rareWord),
            repeat('It needs a ' || pg_temp.word(n, 14) || ' and gives back one ' || pg_temp.word(n, 15) || ' after the other. ', 6),
            CASE WHEN n % 2 = 0 THEN 'https://example.org/icons/' || n || '.svg' END,
            CASE WHEN n % 3 = 0 THEN 'https://' || pg_temp.word(n, 11) || '.example.org' END,
            'https://github.com/example/' || pg_temp.word(n, 11) || '-' || n,
            (ARRAY['TypeScript', 'Python', 'Go', 'Rust'])[1 + pg_temp.draw(n, 16, 4)], (ARRAY['node', 'python', 'docker'])[1 + pg_temp.draw(n, 17, 3)],
            (ARRAY['stdio', 'http', 'sse'])[1 + pg_temp.draw(n, 18, 3)]::"mcpTransport", 'global',
            (SELECT jsonb_agg(pg_temp.tag(n, t)) FROM generate_series(1, 3 + pg_temp.draw(n, 19, 4)) AS t)\(rareTag),
            jsonb_build_object(
                'publisher', pg_temp.word(n, 20) || '.example.org', 'rank', pg_temp.draw(n, 21, 1000), 'verified', n % 2 = 0,
                'tools', jsonb_build_array(pg_temp.word(n, 22), pg_temp.word(n, 23), pg_temp.word(n, 24)),
                'links', jsonb_build_object('docs', 'https://docs.example.org/' || n, 'support', 'https://support.example.org/' || n)),
            jsonb_build_array(jsonb_build_object('registryType', 'npm', 'identifier', '@example/' || pg_temp.word(n, 11) || '-' || n, 'version', '1.4.2')),
            CASE WHEN n % 20 = 0 THEN 'deprecated' ELSE 'active' END::"mcpServerStatus", n % 50 = 0,
            CASE WHEN n % 2 = 0 THEN 'official_registry' ELSE 'manual' END::"mcpServerSource",
            CASE WHEN n % 4 > 0 THEN pg_temp.draw(n, 25, 30000) END, moment, moment
        FROM generate_series(\(previous.servers + 1), \(size.servers)) AS n
        CROSS JOIN LATERAL (SELECT timestamptz '2024-06-01 00:00:00+00' + n * interval '31.000457 seconds' AS moment) AS m
        """
    }

    /// An access token for each team, which nobody knows.
    private var tokens: String {
        """
        INSERT INTO "oauth_access_tokens" ("id", "user_id", "team_id", "client_id", "scope", "token_hash", "created_at", "expires_at")
        SELECT pg_temp.identifier('token', n), pg_temp.identifier('user', n), pg_temp.team(n), 'client', '{mcp:read}',
            encode(sha256(convert_to('token' || n, 'UTF8')), 'hex'), now(), now() + interval '7 days'
        FROM generate_series(\(previous.teams + 1), \(size.teams)) AS n
        """
    }

    /// One satellite for a hundred teams, and for each team a heartbeat and a command that is done.
    private var satellites: String {
        """
        INSERT INTO "satellites" ("id", "name", "satellite_type", "status", "api_key_hash", "last_heartbeat")
        SELECT pg_temp.identifier('satellite', n), 'satellite-' || n, 'global', 'active', encode(sha256(convert_to('key' || n, 'UTF8')), 'hex'), now()
        FROM generate_series(\((previous.teams + 99) / 100 + 1), \((size.teams + 99) / 100)) AS n;
        INSERT INTO "satelliteHeartbeats" ("id", "satellite_id", "status", "system_metrics", "timestamp")
        SELECT pg_temp.identifier('heartbeat', n), pg_temp.identifier('satellite', (n + 99) / 100), 'active', '{"cpu": 0.5}', now() - n * interval '1 second'
        FROM generate_series(\(previous.teams + 1), \(size.teams)) AS n;
        INSERT INTO "satelliteCommands" ("id", "satellite_id", "command_type", "payload", "status", "created_at", "expires_at")
        SELECT pg_temp.identifier('command', n), pg_temp.identifier('satellite', (n + 99) / 100), 'configure', '{}', 'completed',
            now() - n * interval '1 second', now() + interval '5 minutes'
        FROM generate_series(\(previous.teams + 1), \(size.teams)) AS n
        """
    }

    /// The installations of a team are made at different times, so its rows lie far from each other.
    private var installations: String {
        """
        INSERT INTO "mcpTeamInstallations" (
            "id", "team_id", "server_id", "created_by", "installation_name", "team_env", "settings", "created_at", "updated_at", "last_used_at")
        SELECT pg_temp.identifier('installation', n), pg_temp.team(team), pg_temp.identifier('server', server),
            pg_temp.identifier('user', team), pg_temp.word(n, 31) || ' ' || pg_temp.word(n, 32) || ' ' || n,
            CASE WHEN n % 2 = 0 THEN jsonb_build_object('REGION', 'eu-central-1', 'LOG_LEVEL', 'info') END,
            jsonb_build_object('autoUpdate', n % 2 = 0, 'timeoutSeconds', 30), moment, moment, CASE WHEN n % 3 > 0 THEN moment + interval '3 days' END
        FROM generate_series(\(previous.installations + 1), \(size.installations)) AS n
        CROSS JOIN LATERAL (
            SELECT \(previous.installingTeams + 1) + n % \(size.installingTeams - previous.installingTeams) AS team, 1 + pg_temp.draw(n, 33, \(size.servers)) AS server,
                timestamptz '2025-03-01 00:00:00+00' + n * interval '7.000891 seconds' AS moment
        ) AS m
        """
    }
}

/// Teams have identifiers of eighteen digits, because pgbench calculates with numbers only.
enum TeamNumber {
    /// The identifier of the n-th team, 1 to 1 000 000, as an expression that both PostgreSQL and pgbench understand.
    ///
    /// It visits the numbers in no order that an index would like: 1 000 003 is a prime.
    static func expression(_ n: String) -> String { "100000000000000000 + (\(n) * 617351 % 1000003) * 899100000007" }
}
