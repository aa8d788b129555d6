import DeployStackModels

/// A row of `mcpUserConfigurations`. Secrets in it are encrypted, as in the database.
struct UserConfigurationRow: TableRow {
    var configuration: McpUserConfiguration

    var id: McpUserConfigurationID { configuration.id }
    var installationID: McpInstallationID { configuration.installationID }
    var userID: UserID { configuration.userID }

    init(_ configuration: McpUserConfiguration) {
        self.configuration = configuration
    }

    static let tableName = "mcpUserConfigurations"
    static var table: TablePath<UserConfigurationRow> { \.userConfigurations }
    static let policy: RowPolicy<UserConfigurationRow> = .own { row, scope, tables in tables.isInstalled(row.installationID, for: scope) }

    private static let installation = Column<UserConfigurationRow>("installation_id") { $0.installationID.rawValue }
    private static let user = Column<UserConfigurationRow>("user_id") { $0.userID.rawValue }

    static let memberKey = UniqueKey<UserConfigurationRow>("mcpUserConfigurations_installation_id_user_id_key", installation, user)
    static let installationReference = ForeignKey<UserConfigurationRow>(
        "mcpUserConfigurations_installation_id_fkey", installation, references: McpInstallation.self, onDelete: .cascade)
    static let userReference = ForeignKey<UserConfigurationRow>(
        "mcpUserConfigurations_user_id_fkey", user, references: User.self, onDelete: .cascade)

    static let schema = TableSchema<UserConfigurationRow>(
        primaryKey: "mcpUserConfigurations_pkey", Column("id") { $0.id.rawValue },
        uniqueKeys: [memberKey],
        foreignKeys: [installationReference, userReference],
        checks: [
            CheckRule("mcpUserConfigurations_user_args_check", "user_args", is: .object) { $0.configuration.values.args },
            CheckRule("mcpUserConfigurations_user_env_check", "user_env", is: .object) { $0.configuration.values.env },
            CheckRule("mcpUserConfigurations_user_headers_check", "user_headers", is: .object) { $0.configuration.values.headers },
            CheckRule("mcpUserConfigurations_user_url_query_params_check", "user_url_query_params", is: .object) {
                $0.configuration.values.queryParams
            },
        ])
}
