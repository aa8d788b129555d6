import DeployStackModels

extension McpServerVersion: TableRow {
    static let tableName = "mcpServerVersions"
    static var table: TablePath<McpServerVersion> { \.serverVersions }
    static let policy: RowPolicy<McpServerVersion> = RowPolicy(
        reads: { version, scope, tables in tables.servers[version.serverID].map { ServerRow.policy.reads($0, scope, tables) } ?? false },
        writes: { version, scope, tables in tables.servers[version.serverID].map { ServerRow.policy.writes($0, scope, tables) } ?? false })

    private static let server = Column<McpServerVersion>("server_id") { $0.serverID.rawValue }

    static let versionKey = UniqueKey<McpServerVersion>("mcpServerVersions_server_id_version_key", server, Column("version") { $0.version })
    static let latestKey = UniqueKey<McpServerVersion>(
        "idx_mcpServerVersions_latest", server, form: .index(expression: nil, predicate: "is_latest"), covers: { $0.isLatest })
    static let serverReference = ForeignKey<McpServerVersion>(
        "mcpServerVersions_server_id_fkey", server, references: ServerRow.self, onDelete: .cascade)

    static let schema = TableSchema<McpServerVersion>(
        primaryKey: "mcpServerVersions_pkey", Column("id") { $0.id.rawValue },
        uniqueKeys: [versionKey, latestKey],
        foreignKeys: [serverReference])
}
