import DeployStackModels
import PostgresDriver

extension StoredConfiguration: RowDecodable {
    static let columns: ColumnList = ["id", "team_args", "team_env", "team_headers", "team_url_query_params"]

    init(row: inout RowReader) throws(PostgresError) {
        id = try row.read()
        values = TeamConfiguration(args: try row.read(), env: try row.read(), headers: try row.read(), queryParams: try row.read())
    }
}

extension StoredUserValues: RowDecodable {
    static let columns: ColumnList = [
        "id", "user_id", "installation_id", "user_args", "user_env", "user_headers", "user_url_query_params",
    ]

    init(row: inout RowReader) throws(PostgresError) {
        id = try row.read()
        place = .userConfiguration(of: try row.read(), for: try row.read())
        values = UserConfigurationValues(args: try row.read(), env: try row.read(), headers: try row.read(), queryParams: try row.read())
    }
}

extension Statement<StoredConfiguration> {
    /// The next installations with encrypted values, held until the transaction ends. It walks the primary key.
    static func sealedConfigurations(after id: McpInstallationID, limit: Int) -> Self {
        """
        SELECT \(StoredConfiguration.columns)
        FROM "mcpTeamInstallations"
        WHERE "id" > \(id)
            AND (jsonb_path_exists("team_args", '$[*].value."$enc"') OR jsonb_path_exists("team_env", '$.*."$enc"')
                OR jsonb_path_exists("team_headers", '$.*."$enc"') OR jsonb_path_exists("team_url_query_params", '$.*."$enc"'))
        ORDER BY "id" COLLATE "C"
        LIMIT \(limit)
        FOR NO KEY UPDATE
        """
    }
}

extension Statement<StoredUserValues> {
    /// The next users' configurations with encrypted values, held until the transaction ends. It walks the primary key.
    static func sealedUserConfigurations(after id: McpUserConfigurationID, limit: Int) -> Self {
        """
        SELECT \(StoredUserValues.columns)
        FROM "mcpUserConfigurations"
        WHERE "id" > \(id)
            AND (jsonb_path_exists("user_args", '$.*."$enc"') OR jsonb_path_exists("user_env", '$.*."$enc"')
                OR jsonb_path_exists("user_headers", '$.*."$enc"') OR jsonb_path_exists("user_url_query_params", '$.*."$enc"'))
        ORDER BY "id" COLLATE "C"
        LIMIT \(limit)
        FOR NO KEY UPDATE
        """
    }
}

extension Statement<StoredSetting> {
    /// The settings that are encrypted, held until the transaction ends.
    static func sealedSettings() -> Self {
        """
        SELECT \(StoredSetting.columns)
        FROM "globalSettings"
        WHERE "is_encrypted"
        ORDER BY "key" COLLATE "C"
        FOR NO KEY UPDATE
        """
    }
}

extension Statement<Void> {
    /// Puts a sealed value in the place of the one before.
    static func storeSealedSetting(_ key: String, _ value: String) -> Self {
        Self(
            """
            UPDATE "globalSettings"
            SET "value" = \(value)
            WHERE "key" = \(key)
            """)
    }

    /// Puts a sealed configuration in the place of the one before.
    static func storeConfiguration(_ configuration: TeamConfiguration, of id: McpInstallationID) -> Self {
        Self(
            """
            UPDATE "mcpTeamInstallations"
            SET "team_args" = \(configuration.args), "team_env" = \(configuration.env), "team_headers" = \(configuration.headers),
                "team_url_query_params" = \(configuration.queryParams)
            WHERE "id" = \(id)
            """)
    }

    /// Puts a user's sealed values in the place of those before.
    static func storeUserValues(_ values: UserConfigurationValues, in id: McpUserConfigurationID) -> Self {
        Self(
            """
            UPDATE "mcpUserConfigurations"
            SET "user_args" = \(values.args), "user_env" = \(values.env), "user_headers" = \(values.headers),
                "user_url_query_params" = \(values.queryParams)
            WHERE "id" = \(id)
            """)
    }
}
