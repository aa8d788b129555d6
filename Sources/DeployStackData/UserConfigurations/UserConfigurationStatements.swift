package import DeployStackModels
package import PostgresDriver

extension McpUserConfiguration: RowDecodable {
    package static let columns: ColumnList = [
        "id", "installation_id", "user_id", "user_args", "user_env", "user_headers", "user_url_query_params", "created_at", "updated_at",
        "last_used_at",
    ]

    /// Reads a configuration as it is shown: secrets are masked.
    package init(row: inout RowReader) throws(PostgresError) {
        self = try StoredUserConfiguration(row: &row).sealed.masked
    }
}

/// A user's configuration as it is stored: its secrets are encrypted.
struct StoredUserConfiguration: RowDecodable {
    static var columns: ColumnList { McpUserConfiguration.columns }

    var sealed: McpUserConfiguration

    init(row: inout RowReader) throws(PostgresError) {
        sealed = McpUserConfiguration(
            id: try row.read(), installationID: try row.read(), userID: try row.read(),
            values: UserConfigurationValues(
                args: try row.read(), env: try row.read(), headers: try row.read(), queryParams: try row.read()),
            createdAt: try row.read(), updatedAt: try row.read(), lastUsedAt: try row.read())
    }
}

extension Statement<StoredUserConfiguration> {
    /// Gives no row when the user is not a member of the installation's team. Served by the unique key of installation and user.
    static func userConfiguration(_ installation: McpInstallationID, user: UserID) -> Self {
        """
        SELECT \(StoredUserConfiguration.columns["c"])
        FROM "mcpUserConfigurations" AS c
        INNER JOIN "mcpTeamInstallations" AS i ON i."id" = c."installation_id"
        INNER JOIN "teamMemberships" AS m ON m."team_id" = i."team_id" AND m."user_id" = c."user_id"
        WHERE c."installation_id" = \(installation) AND c."user_id" = \(user)
        """
    }

    /// Newest first. Gives no rows when the user is not a member of the team. Served by `idx_user_configs_user`.
    static func userConfigurations(user: UserID, team: TeamID) -> Self {
        """
        SELECT \(StoredUserConfiguration.columns["c"])
        FROM "mcpUserConfigurations" AS c
        INNER JOIN "mcpTeamInstallations" AS i ON i."id" = c."installation_id"
        INNER JOIN "teamMemberships" AS m ON m."team_id" = i."team_id" AND m."user_id" = c."user_id"
        WHERE c."user_id" = \(user) AND i."team_id" = \(team)
        ORDER BY c."created_at" DESC, c."id" COLLATE "C" DESC
        """
    }

    /// What some users have set for an installation, in order of the users. Served by the unique key of installation and user.
    static func userConfigurations(of installation: McpInstallationID, users: [UserID]) -> Self {
        """
        SELECT \(StoredUserConfiguration.columns)
        FROM "mcpUserConfigurations"
        WHERE "installation_id" = \(installation) AND "user_id" = ANY (\(users))
        ORDER BY "user_id" COLLATE "C"
        """
    }

    /// Stores a configuration, its values sealed, in place of the one that the user has; that one keeps its identifier and its time of creation.
    static func saveUserConfiguration(_ configuration: McpUserConfiguration) -> Self {
        let values = configuration.values
        return """
            INSERT INTO "mcpUserConfigurations" (\(StoredUserConfiguration.columns))
            VALUES (\(configuration.id), \(configuration.installationID), \(configuration.userID), \(values.args), \(values.env),
                \(values.headers), \(values.queryParams), \(configuration.createdAt), \(configuration.updatedAt), \(configuration.lastUsedAt))
            ON CONFLICT ("installation_id", "user_id") DO UPDATE
            SET "user_args" = excluded."user_args", "user_env" = excluded."user_env", "user_headers" = excluded."user_headers",
                "user_url_query_params" = excluded."user_url_query_params", "updated_at" = excluded."updated_at"
            RETURNING \(StoredUserConfiguration.columns)
            """
    }
}

extension Statement<McpInstallationID> {
    /// Gives no row when the team has no such installation or the user is not a member of it.
    ///
    /// The membership is locked until the transaction ends, so that what one user saves for a team is saved one after the other. User and installation are
    /// held too, the user first, as a deletion would go through them.
    static func lockConfigurableInstallation(_ id: McpInstallationID, user: UserID, team: TeamID) -> Self {
        Self(
            """
            SELECT i."id"
            FROM "authUser" AS u
            INNER JOIN "teamMemberships" AS m ON m."user_id" = u."id"
            INNER JOIN "mcpTeamInstallations" AS i ON i."team_id" = m."team_id"
            WHERE u."id" = \(user) AND m."team_id" = \(team) AND i."id" = \(id)
            FOR KEY SHARE OF u FOR NO KEY UPDATE OF m FOR KEY SHARE OF i
            """)
    }

    /// The installation that a user's configuration belongs to.
    static func installation(ofConfiguration id: McpUserConfigurationID, user: UserID) -> Self {
        Self(
            """
            SELECT "installation_id"
            FROM "mcpUserConfigurations"
            WHERE "id" = \(id) AND "user_id" = \(user)
            """)
    }
}

/// An installation that a member may configure: its identifier and what the server lets each user set.
struct ConfigurableInstallation: Sendable {
    var id: McpInstallationID
    var schema: McpConfigurationSchemas.Tier
}

extension Statement<ConfigurableInstallation> {
    static func configurableInstallation(_ id: McpInstallationID) -> Self {
        Self(
            """
            SELECT i."id", s."user_args_schema", s."user_env_schema", s."user_headers_schema", s."user_url_query_params_schema"
            FROM "mcpTeamInstallations" AS i
            INNER JOIN "mcpServerTemplates" AS s ON s."id" = i."server_id"
            WHERE i."id" = \(id)
            """
        ) { row throws(PostgresError) in
            ConfigurableInstallation(id: try row.read(), schema: try McpConfigurationSchemas.Tier(columnsOf: &row))
        }
    }
}

extension Statement<Void> {
    static func deleteUserConfiguration(_ id: McpUserConfigurationID) -> Self {
        Self(
            """
            DELETE FROM "mcpUserConfigurations"
            WHERE "id" = \(id)
            """)
    }

    /// Moves an instance on whose status is the given one. The time of its status never goes back.
    static func moveInstance(
        installation: McpInstallationID, user: UserID, from old: McpInstanceStatus, to new: McpInstanceStatus, at now: Timestamp
    ) -> Self {
        Self(
            """
            UPDATE "mcpServerInstances"
            SET "status" = \(new), "status_message" = NULL, "status_updated_at" = greatest("status_updated_at", \(now)), "updated_at" = \(now)
            WHERE "installation_id" = \(installation) AND "user_id" = \(user) AND "status" = \(old)
            """)
    }
}
