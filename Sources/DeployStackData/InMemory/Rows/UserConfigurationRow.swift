import DeployStackModels

/// A row of `mcpUserConfigurations`. No service writes it yet; it is here because deletions reach it.
struct UserConfigurationRow: TableRow {
    var id: McpUserConfigurationID
    var installationID: McpInstallationID
    var userID: UserID
    var args: JSONValue?
    var env: JSONValue?
    var headers: JSONValue?
    var queryParams: JSONValue?

    static let tableName = "mcpUserConfigurations"
    static var table: TablePath<UserConfigurationRow> { \.userConfigurations }

    private static let installation = Column<UserConfigurationRow>("installation_id") { $0.installationID.rawValue }
    private static let user = Column<UserConfigurationRow>("user_id") { $0.userID.rawValue }

    static let installationReference = ForeignKey<UserConfigurationRow>(
        "mcpUserConfigurations_installation_id_fkey", installation, references: McpInstallation.self, onDelete: .cascade)
    static let userReference = ForeignKey<UserConfigurationRow>(
        "mcpUserConfigurations_user_id_fkey", user, references: User.self, onDelete: .cascade)

    static let schema = TableSchema<UserConfigurationRow>(
        primaryKey: "mcpUserConfigurations_pkey", Column("id") { $0.id.rawValue },
        uniqueKeys: [UniqueKey("mcpUserConfigurations_installation_id_user_id_key", installation, user)],
        foreignKeys: [installationReference, userReference],
        checks: [
            CheckRule("mcpUserConfigurations_user_args_check", "user_args", is: .object) { $0.args },
            CheckRule("mcpUserConfigurations_user_env_check", "user_env", is: .object) { $0.env },
            CheckRule("mcpUserConfigurations_user_headers_check", "user_headers", is: .object) { $0.headers },
            CheckRule("mcpUserConfigurations_user_url_query_params_check", "user_url_query_params", is: .object) { $0.queryParams },
        ])
}
