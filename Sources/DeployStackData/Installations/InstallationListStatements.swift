import DeployStackModels
import PostgresDriver

extension Statement<McpInstallationListItem> {
    /// Served by `idx_team_installations_created`; instances are found through their unique key of installation and user.
    static func listInstallations(team: TeamID, viewer: UserID, source: McpServerSource?, includeStats: Bool, page: Page?) -> Self {
        let condition: StatementFragment = source.map { " AND s.\"source\" = \($0)" } ?? ""
        let limits: StatementFragment = page.map { "LIMIT \($0.limit) OFFSET \($0.offset)" } ?? ""
        let counts: StatementFragment =
            includeStats ? ", g.\"online\", g.\"offline\", g.\"error\", g.\"provisioning\"" : ""
        return Self(
            """
            SELECT i."id", i."team_id", i."installation_name", i."installation_type", i."created_by", i."created_at", i."last_used_at",
                s."id", s."name", s."slug", s."description", s."icon_url", s."category_id", s."runtime", s."transport_type", s."source",
                s."repository_url", s."git_branch", s."git_commit_sha",
                \(InstanceStateRow.columns["n"])\(counts)
            FROM "mcpTeamInstallations" AS i
            INNER JOIN "mcpServerTemplates" AS s ON s."id" = i."server_id"
            LEFT JOIN "mcpServerInstances" AS n ON n."installation_id" = i."id" AND n."user_id" = \(viewer)
            \(includeStats ? Self.instanceCounts : "")
            WHERE i."team_id" = \(team)\(condition)
            ORDER BY i."created_at" DESC, i."id" COLLATE "C" DESC
            \(limits)
            """
        ) { row throws(PostgresError) in
            McpInstallationListItem(
                id: try row.read(), teamID: try row.read(), name: try row.read(), type: try row.read(), createdBy: try row.read(),
                createdAt: try row.read(), lastUsedAt: try row.read(), server: try McpInstallationListItem.Server(columnsOf: &row),
                instance: try (row.readIfPresent() as InstanceStateRow?)?.state,
                counts: includeStats ? try McpInstanceCounts(columnsOf: &row) : nil)
        }
    }

    /// The instances of one installation, counted by their groups.
    private static var instanceCounts: StatementFragment {
        """
        CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE a."status" = 'online') AS "online",
                count(*) FILTER (WHERE a."status" = 'offline') AS "offline",
                count(*) FILTER (WHERE a."status" IN ('error', 'permanently_failed', 'requires_reauth')) AS "error",
                count(*) FILTER (
                    WHERE a."status" NOT IN ('online', 'offline', 'error', 'permanently_failed', 'requires_reauth')) AS "provisioning"
            FROM "mcpServerInstances" AS a
            WHERE a."installation_id" = i."id") AS g
        """
    }
}

extension McpInstallationListItem.Server {
    fileprivate init(columnsOf row: inout RowReader) throws(PostgresError) {
        self.init(
            id: try row.read(), name: try row.read(), slug: try row.read(), description: try row.read(), iconURL: try row.read(),
            categoryID: try row.read(), runtime: try row.read(), transport: try row.read(), source: try row.read(),
            repositoryURL: try row.read(), gitBranch: try row.read(), gitCommitSHA: try row.read())
    }
}

extension McpInstanceCounts {
    fileprivate init(columnsOf row: inout RowReader) throws(PostgresError) {
        self.init(online: try row.read(), offline: try row.read(), error: try row.read(), provisioning: try row.read())
    }
}

private struct InstanceStateRow: RowDecodable {
    static let columns: ColumnList = ["id", "status", "status_message", "status_updated_at"]

    var state: McpInstallationListItem.InstanceState

    init(row: inout RowReader) throws(PostgresError) {
        state = McpInstallationListItem.InstanceState(
            id: try row.read(), status: try row.read(), statusMessage: try row.read(), statusUpdatedAt: try row.read())
    }
}

/// A hit as a row: how many there are, and one of them; beyond the last one there is a row without.
struct InstallationHitRow: Sendable {
    var total: Int
    var hit: McpInstallationSearchHit?
}

extension Statement<InstallationHitRow> {
    /// Served by `idx_team_installations_created`; a team has few installations, so the text is looked at afterwards.
    static func searchInstallations(team: TeamID, text: String, page: Page) -> Self {
        Self(
            """
            WITH "matches" AS MATERIALIZED (
                    SELECT i."id", i."created_at",
                        ts_rank(s."search_vector", websearch_to_tsquery('english', \(text)))::double precision AS "rank"
                    FROM "mcpTeamInstallations" AS i
                    INNER JOIN "mcpServerTemplates" AS s ON s."id" = i."server_id"
                    WHERE i."team_id" = \(team) AND s."search_vector" @@ websearch_to_tsquery('english', \(text))),
                "page" AS (
                    SELECT "id", "rank"
                    FROM "matches"
                    ORDER BY "rank" DESC, "created_at" DESC, "id" COLLATE "C" DESC
                    LIMIT \(page.limit) OFFSET \(page.offset))
            SELECT (SELECT count(*) FROM "matches") AS "total", p."rank", \(McpInstallation.columns["i"]), \(McpServer.columns["s"]),
                \(Team.columns["t"])
            FROM (VALUES (1)) AS "one" ("n")
            LEFT JOIN "page" AS p ON true
            LEFT JOIN "mcpTeamInstallations" AS i ON i."id" = p."id"
            LEFT JOIN "mcpServerTemplates" AS s ON s."id" = i."server_id"
            LEFT JOIN "teams" AS t ON t."id" = i."team_id"
            ORDER BY p."rank" DESC, i."created_at" DESC, i."id" COLLATE "C" DESC
            """
        ) { row throws(PostgresError) in
            let (total, rank): (Int, Double?) = (try row.read(), try row.read())
            let installation: McpInstallation? = try row.readIfPresent()
            let (server, team): (McpServer?, Team?) = (try row.readIfPresent(), try row.readIfPresent())
            let view = installation.map { McpInstallationView(installation: $0, server: server, team: team) }
            return InstallationHitRow(total: total, hit: view.map { McpInstallationSearchHit(view: $0, rank: Float(rank ?? 0)) })
        }
    }
}

extension Statement<McpInstallationID> {
    /// Newest first. Served by `idx_team_installations_created` alone.
    static func installationIDs(team: TeamID) -> Self {
        Self(
            """
            SELECT "id"
            FROM "mcpTeamInstallations"
            WHERE "team_id" = \(team)
            ORDER BY "created_at" DESC, "id" COLLATE "C" DESC
            """)
    }
}

extension Statement<McpInstallationReference> {
    /// Served by `idx_team_installations_server`.
    static func installations(of server: McpServerID) -> Self {
        Self(
            """
            SELECT "id", "team_id", "installation_name", "created_by"
            FROM "mcpTeamInstallations"
            WHERE "server_id" = \(server)
            ORDER BY "team_id" COLLATE "C", "id" COLLATE "C"
            """
        ) { row throws(PostgresError) in
            McpInstallationReference(id: try row.read(), teamID: try row.read(), name: try row.read(), createdBy: try row.read())
        }
    }
}
