import DeployStackModels

/// A row of `mcpServerInstances`.
struct InstanceRow: TableRow {
    var instance: McpServerInstance
    /// The SHA-256 of the instance's token in hexadecimal, or `nil` when it has none.
    var tokenHash: String?

    static let tableName = "mcpServerInstances"
    static var table: TablePath<InstanceRow> { \.instances }
    static let policy: RowPolicy<InstanceRow> = .own { row, scope, tables in tables.isInstalled(row.instance.installationID, for: scope) }

    private static let installation = Column<InstanceRow>("installation_id") { $0.instance.installationID.rawValue }
    private static let user = Column<InstanceRow>("user_id") { $0.instance.userID.rawValue }

    static let memberKey = UniqueKey<InstanceRow>("mcpServerInstances_installation_id_user_id_key", installation, user)
    static let pathKey = UniqueKey<InstanceRow>("mcpServerInstances_instance_path_key", Column("instance_path", nullable: { $0.instance.path }))
    static let tokenKey = UniqueKey<InstanceRow>(
        "mcpServerInstances_instance_token_hash_key", Column("instance_token_hash", nullable: { $0.tokenHash }))
    static let installationReference = ForeignKey<InstanceRow>(
        "mcpServerInstances_installation_id_fkey", installation, references: McpInstallation.self, onDelete: .cascade)
    static let userReference = ForeignKey<InstanceRow>(
        "mcpServerInstances_user_id_fkey", user, references: User.self, onDelete: .cascade)

    static let schema = TableSchema<InstanceRow>(
        primaryKey: "mcpServerInstances_pkey", Column("id") { $0.instance.id.rawValue },
        uniqueKeys: [memberKey, pathKey, tokenKey],
        foreignKeys: [installationReference, userReference],
        checks: [CheckRule("mcpServerInstances_status_check", "status") { $0.instance.status.isKnown }])
}
