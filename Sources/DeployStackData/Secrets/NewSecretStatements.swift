import DeployStackModels
import PostgresDriver

/// What is configured for an installation of a server, as it is stored.
struct StoredOfServer<Stored: StoredValues>: Sendable {
    var server: McpServerID
    var stored: Stored
}

extension Statement<StoredOfServer<StoredConfiguration>> {
    /// What teams configured for the installations of some servers, held until the transaction ends. Served by `idx_team_installations_server`.
    static func lockConfigurations(of servers: [McpServerID]) -> Self {
        Self(
            """
            SELECT "server_id", \(StoredConfiguration.columns)
            FROM "mcpTeamInstallations"
            WHERE "server_id" = ANY (\(servers))
            ORDER BY "id" COLLATE "C"
            FOR UPDATE
            """
        ) { row throws(PostgresError) in StoredOfServer(server: try row.read(), stored: try row.read()) }
    }
}

extension Statement<StoredOfServer<StoredUserValues>> {
    /// What users configured for the installations of some servers, held until the transaction ends. Served by `idx_team_installations_server` and the unique
    /// key of installation and user.
    static func lockUserValues(of servers: [McpServerID]) -> Self {
        Self(
            """
            SELECT i."server_id", \(StoredUserValues.columns["c"])
            FROM "mcpTeamInstallations" AS i
            INNER JOIN "mcpUserConfigurations" AS c ON c."installation_id" = i."id"
            WHERE i."server_id" = ANY (\(servers))
            ORDER BY c."id" COLLATE "C"
            FOR NO KEY UPDATE OF c
            """
        ) { row throws(PostgresError) in StoredOfServer(server: try row.read(), stored: try row.read()) }
    }
}
