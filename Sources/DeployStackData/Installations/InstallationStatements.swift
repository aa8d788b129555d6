package import DeployStackModels
package import PostgresDriver

extension McpInstallation: RowDecodable {
    package static let columns: ColumnList = [
        "id", "team_id", "server_id", "created_by", "installation_name", "installation_type", "team_args", "team_env", "team_headers",
        "team_url_query_params", "settings", "satellite_id", "created_at", "updated_at", "last_used_at",
    ]

    /// Reads an installation as it is shown: secrets are masked.
    package init(row: inout RowReader) throws(PostgresError) {
        self = try StoredInstallation(row: &row).sealed.masked
    }
}

/// An installation as it is stored: its secrets are encrypted.
struct StoredInstallation: RowDecodable {
    static var columns: ColumnList { McpInstallation.columns }

    var sealed: McpInstallation

    init(row: inout RowReader) throws(PostgresError) {
        sealed = McpInstallation(
            id: try row.read(), teamID: try row.read(), serverID: try row.read(), createdBy: try row.read(), name: try row.read(),
            type: try row.read(), configuration: try TeamConfiguration(columnsOf: &row), settings: try row.read(),
            satelliteID: try row.read(), createdAt: try row.read(), updatedAt: try row.read(), lastUsedAt: try row.read())
    }
}

extension TeamConfiguration {
    fileprivate init(columnsOf row: inout RowReader) throws(PostgresError) {
        self.init(args: try row.read(), env: try row.read(), headers: try row.read(), queryParams: try row.read())
    }
}

extension Statement<McpInstallation> {
    /// Stores an installation; the configuration is the sealed one, the row that comes back is masked.
    static func createInstallation(_ installation: McpInstallation) -> Self {
        let configuration = installation.configuration
        return """
            INSERT INTO "mcpTeamInstallations" (\(McpInstallation.columns))
            VALUES (\(installation.id), \(installation.teamID), \(installation.serverID), \(installation.createdBy), \(installation.name),
                \(installation.type), \(configuration.args), \(configuration.env), \(configuration.headers), \(configuration.queryParams),
                \(installation.settings), \(installation.satelliteID), \(installation.createdAt), \(installation.updatedAt),
                \(installation.lastUsedAt))
            RETURNING \(McpInstallation.columns)
            """
    }
}

extension Statement<McpInstallationView> {
    /// Served by `idx_team_installations_created`.
    static func installationViews(team: TeamID, page: Page?) -> Self {
        let limits: StatementFragment = page.map { "LIMIT \($0.limit) OFFSET \($0.offset)" } ?? ""
        return Self(
            """
            SELECT \(McpInstallation.columns["i"]), \(McpServer.columns["s"]), \(Team.columns["t"])
            FROM "mcpTeamInstallations" AS i
            LEFT JOIN "mcpServerTemplates" AS s ON s."id" = i."server_id"
            LEFT JOIN "teams" AS t ON t."id" = i."team_id"
            WHERE i."team_id" = \(team)
            ORDER BY i."created_at" DESC, i."id" COLLATE "C" DESC
            \(limits)
            """
        ) { row throws(PostgresError) in
            McpInstallationView(installation: try row.read(), server: try row.readIfPresent(), team: try row.readIfPresent())
        }
    }

    /// Served by `idx_team_installations_created`; a team has few installations, so the tags are looked at afterwards.
    static func installationViews(team: TeamID, tagged tags: [String], match: TagMatch) -> Self {
        let condition: StatementFragment =
            switch match {
            case .all: "s.\"tags\" @> \(PostgresStringArrayJSON(tags))"
            case .any: "s.\"tags\" ?| \(tags)"
            }
        return Self(
            """
            SELECT \(McpInstallation.columns["i"]), \(McpServer.columns["s"]), \(Team.columns["t"])
            FROM "mcpTeamInstallations" AS i
            INNER JOIN "mcpServerTemplates" AS s ON s."id" = i."server_id"
            LEFT JOIN "teams" AS t ON t."id" = i."team_id"
            WHERE i."team_id" = \(team) AND \(condition)
            ORDER BY i."created_at" DESC, i."id" COLLATE "C" DESC
            """
        ) { row throws(PostgresError) in
            McpInstallationView(installation: try row.read(), server: try row.readIfPresent(), team: try row.readIfPresent())
        }
    }
}

extension Statement<TeamUsage> {
    /// Counts a team's installations by kind. Gives no row when there is no such team. Served by any index that begins with the team.
    static func usage(team: TeamID) -> Self {
        Self(
            """
            SELECT count(s."id") AS "total",
                count(s."id") FILTER (WHERE s."transport_type" = 'stdio' AND s."source" <> 'github') AS "non_http",
                count(s."id") FILTER (WHERE s."transport_type" IN ('http', 'sse')) AS "http",
                count(s."id") FILTER (WHERE s."source" = 'github') AS "github",
                t."mcp_server_limit", t."non_http_mcp_limit", t."github_mcp_limit", t."member_limit", t."allow_remote_mcp",
                t."allow_github_mcp", t."allow_private_github_repos"
            FROM "teams" AS t
            LEFT JOIN "mcpTeamInstallations" AS i ON i."team_id" = t."id"
            LEFT JOIN "mcpServerTemplates" AS s ON s."id" = i."server_id"
            WHERE t."id" = \(team)
            GROUP BY t."id"
            """
        ) { row throws(PostgresError) in
            TeamUsage(
                total: try row.read(), nonHttp: try row.read(), http: try row.read(), github: try row.read(),
                limits: try TeamLimits(columnsOf: &row))
        }
    }
}

extension Statement<Int> {
    static func installationCount(team: TeamID) -> Self {
        Self(
            """
            SELECT count(*)
            FROM "mcpTeamInstallations"
            WHERE "team_id" = \(team)
            """)
    }
}

extension Statement<Void> {
    /// Writes the whole record, whose row is held; its configuration is the sealed one.
    static func updateInstallation(_ installation: McpInstallation) -> Self {
        let configuration = installation.configuration
        return Self(
            """
            UPDATE "mcpTeamInstallations"
            SET "installation_name" = \(installation.name), "installation_type" = \(installation.type),
                "team_args" = \(configuration.args), "team_env" = \(configuration.env), "team_headers" = \(configuration.headers),
                "team_url_query_params" = \(configuration.queryParams), "satellite_id" = \(installation.satelliteID),
                "updated_at" = \(installation.updatedAt)
            WHERE "id" = \(installation.id)
            """)
    }

    /// Leaves a row alone whose time is not older than a moment, so that a busy installation is not written again and again.
    static func touchLastUsed(_ id: McpInstallationID, at time: Timestamp, ifBefore moment: Timestamp) -> Self {
        Self(
            """
            UPDATE "mcpTeamInstallations"
            SET "last_used_at" = \(time)
            WHERE "id" = \(id) AND ("last_used_at" IS NULL OR "last_used_at" <= \(moment))
            """)
    }

    static func deleteInstallation(_ id: McpInstallationID, team: TeamID) -> Self {
        Self(
            """
            DELETE FROM "mcpTeamInstallations"
            WHERE "id" = \(id) AND "team_id" = \(team)
            """)
    }

    static func deleteDeployedServer(_ id: McpServerID) -> Self {
        Self(
            """
            DELETE FROM "mcpServerTemplates"
            WHERE "id" = \(id)
            """)
    }

    static func deleteInstallation(_ id: McpInstallationID) -> Self {
        Self(
            """
            DELETE FROM "mcpTeamInstallations"
            WHERE "id" = \(id)
            """)
    }
}
