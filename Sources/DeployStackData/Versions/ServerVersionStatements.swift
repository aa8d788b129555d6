package import DeployStackModels
package import PostgresDriver

extension McpServerVersion: RowDecodable {
    package static let columns: ColumnList = ["id", "server_id", "version", "git_commit", "changelog", "is_latest", "is_stable", "created_at"]

    package init(row: inout RowReader) throws(PostgresError) {
        self.init(
            id: try row.read(), serverID: try row.read(), version: try row.read(), gitCommit: try row.read(), changelog: try row.read(),
            isLatest: try row.read(), isStable: try row.read(), createdAt: try row.read())
    }
}

extension Statement<McpServerVersion> {
    static func addServerVersion(_ version: McpServerVersion) -> Self {
        """
        INSERT INTO "mcpServerVersions" (\(McpServerVersion.columns))
        VALUES (\(version.id), \(version.serverID), \(version.version), \(version.gitCommit), \(version.changelog), \(version.isLatest),
            \(version.isStable), \(version.createdAt))
        RETURNING \(McpServerVersion.columns)
        """
    }

    /// Served by the unique index on `server_id` and `version`.
    static func serverVersions(of server: McpServerID) -> Self {
        """
        SELECT \(McpServerVersion.columns)
        FROM "mcpServerVersions"
        WHERE "server_id" = \(server)
        ORDER BY "created_at" DESC, "id" COLLATE "C" DESC
        """
    }

    static func setLatestVersion(_ id: McpServerVersionID, of server: McpServerID) -> Self {
        """
        UPDATE "mcpServerVersions"
        SET "is_latest" = true
        WHERE "id" = \(id) AND "server_id" = \(server)
        RETURNING \(McpServerVersion.columns)
        """
    }
}

extension Statement<McpServerID> {
    /// Holds an entry until the transaction ends, so that its versions change one after the other.
    static func holdServerForVersions(_ id: McpServerID) -> Self {
        """
        SELECT "id"
        FROM "mcpServerTemplates"
        WHERE "id" = \(id)
        FOR NO KEY UPDATE
        """
    }
}

extension Statement<Void> {
    /// Served by `idx_mcpServerVersions_latest`.
    static func clearLatestVersion(of server: McpServerID) -> Self {
        Self(
            """
            UPDATE "mcpServerVersions"
            SET "is_latest" = false
            WHERE "server_id" = \(server) AND "is_latest"
            """)
    }
}
