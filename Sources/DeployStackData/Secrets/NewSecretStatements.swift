import DeployStackModels
import PostgresDriver

/// What is configured for an installation of a server, as it is stored.
struct StoredOfServer<Stored: StoredValues>: Sendable {
    var server: McpServerID
    var stored: Stored
}

extension Statement<StoredOfServer<StoredConfiguration>> {
    /// What teams configured for the installations of some servers, held until the transaction ends. Served by `idx_team_installations_server`.
    ///
    /// The rows are also written, as they are: a transaction whose snapshot is older than this one cannot hold them any more, whoever stores something in it
    /// collides and does not go by the schema that it sees. A lock that is gone would leave no trace.
    static func lockConfigurations(of servers: [McpServerID]) -> Self {
        Self(
            """
            WITH "held" AS (
                    SELECT "id"
                    FROM "mcpTeamInstallations"
                    WHERE "server_id" = ANY (\(servers))
                    ORDER BY "id" COLLATE "C"
                    FOR UPDATE),
                "written" AS (
                    UPDATE "mcpTeamInstallations" AS i
                    SET "updated_at" = i."updated_at"
                    FROM "held" AS h
                    WHERE i."id" = h."id"
                    RETURNING i."server_id", \(StoredConfiguration.columns["i"]))
            SELECT "server_id", \(StoredConfiguration.columns)
            FROM "written"
            ORDER BY "id" COLLATE "C"
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
