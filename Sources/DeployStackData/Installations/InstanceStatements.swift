package import DeployStackModels
package import PostgresDriver

extension McpServerInstance: RowDecodable {
    package static let columns: ColumnList = ["id", "installation_id", "user_id", "instance_path", "status", "status_updated_at"]

    package init(row: inout RowReader) throws(PostgresError) {
        self.init(
            id: try row.read(), installationID: try row.read(), userID: try row.read(), path: try row.read(), status: try row.read(),
            statusUpdatedAt: try row.read())
    }
}

extension Statement<McpServerInstance> {
    /// Stores some instances. One whose user has an instance already, or whose path is taken, is left out of the rows that come back.
    static func provision(_ instances: [McpServerInstance], at now: Timestamp) -> Self {
        """
        INSERT INTO "mcpServerInstances" (\(McpServerInstance.columns), "created_at", "updated_at")
        SELECT n."id", n."installation_id", n."user_id", n."path", n."status", \(now), \(now), \(now)
        FROM unnest(\(instances.map(\.id)), \(instances.map(\.installationID)), \(instances.map(\.userID)), \(instances.map(\.path)),
            \(instances.map(\.status.rawValue))) AS n ("id", "installation_id", "user_id", "path", "status")
        ON CONFLICT DO NOTHING
        RETURNING \(McpServerInstance.columns)
        """
    }
}

extension Statement<UserID> {
    /// The users of a team, in order of their identifiers. Held until the transaction ends, so that nobody leaves or is deleted meanwhile.
    static func memberIDs(of team: TeamID) -> Self {
        Self(
            """
            SELECT m."user_id"
            FROM "authUser" AS u
            INNER JOIN "teamMemberships" AS m ON m."user_id" = u."id"
            WHERE m."team_id" = \(team)
            ORDER BY m."user_id" COLLATE "C"
            FOR KEY SHARE OF u, m
            """)
    }

    /// Which of an installation's users have an instance.
    static func usersWithInstance(of installation: McpInstallationID) -> Self {
        Self(
            """
            SELECT "user_id"
            FROM "mcpServerInstances"
            WHERE "installation_id" = \(installation)
            ORDER BY "user_id" COLLATE "C"
            """)
    }
}

/// An installation and the server whose schema says how its instances begin.
struct ProvisionableInstallation: Sendable {
    var id: McpInstallationID
    var server: McpServer
}

extension Statement<ProvisionableInstallation> {
    static func provisionableInstallations(team: TeamID) -> Self {
        Self(
            """
            SELECT i."id", \(McpServer.columns["s"]), \(McpServerDetails.columns["s"])
            FROM "mcpTeamInstallations" AS i
            INNER JOIN "mcpServerTemplates" AS s ON s."id" = i."server_id"
            WHERE i."team_id" = \(team)
            ORDER BY i."created_at", i."id" COLLATE "C"
            """
        ) { row throws(PostgresError) in
            ProvisionableInstallation(id: try row.read(), server: try DetailedServer(row: &row).server)
        }
    }
}
