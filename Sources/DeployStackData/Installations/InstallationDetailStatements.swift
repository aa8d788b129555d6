import DeployStackModels
import PostgresDriver

/// One row of an installation's detail: the installation with one of its instances. The server is in the first row only.
struct InstallationDetailRow: Sendable {
    var stored: McpInstallation
    var teamSlug: String
    var instance: McpServerInstance?
    var server: McpServer?
}

extension Statement<InstallationDetailRow> {
    /// One row for each instance, in order of the users, and one without where there is none. What is wide is read in the first of them alone.
    static func installation(_ id: McpInstallationID, team: TeamID) -> Self {
        Self(
            """
            SELECT \(StoredInstallation.columns["i"]), t."slug", \(McpServerInstance.columns["n"]), \(McpServer.columns["s"]),
                \(McpServerDetails.columns["s"])
            FROM "mcpTeamInstallations" AS i
            INNER JOIN "teams" AS t ON t."id" = i."team_id"
            LEFT JOIN "mcpServerInstances" AS n ON n."installation_id" = i."id"
            LEFT JOIN "mcpServerTemplates" AS s ON s."id" = i."server_id"
                AND (n."id" IS NULL
                    OR n."user_id" = (SELECT min(f."user_id") FROM "mcpServerInstances" AS f WHERE f."installation_id" = i."id"))
            WHERE i."id" = \(id) AND i."team_id" = \(team)
            ORDER BY n."user_id" COLLATE "C"
            """
        ) { row throws(PostgresError) in
            let (stored, slug): (StoredInstallation, String) = (try row.read(), try row.read())
            let (instance, server): (McpServerInstance?, DetailedServer?) = (try row.readIfPresent(), try row.readIfPresent())
            return InstallationDetailRow(stored: stored.sealed, teamSlug: slug, instance: instance, server: server?.server)
        }
    }
}

/// An installation as it is stored, with what is installed.
struct InstalledServer: Sendable {
    var stored: McpInstallation
    var server: McpServer
}

extension Statement<InstalledServer> {
    static func installedServer(_ id: McpInstallationID, team: TeamID) -> Self {
        Self(
            """
            SELECT \(StoredInstallation.columns["i"]), \(McpServer.columns["s"]), \(McpServerDetails.columns["s"])
            FROM "mcpTeamInstallations" AS i
            INNER JOIN "mcpServerTemplates" AS s ON s."id" = i."server_id"
            WHERE i."id" = \(id) AND i."team_id" = \(team)
            """
        ) { row throws(PostgresError) in
            let (stored, server): (StoredInstallation, DetailedServer) = (try row.read(), try row.read())
            return InstalledServer(stored: stored.sealed, server: server.server)
        }
    }
}

/// An installation, what is installed, and one user's configuration of it, all as it is stored.
struct ConfiguredInstallation: Sendable {
    var stored: McpInstallation
    var server: McpServer
    var configuration: McpUserConfiguration?
    /// The user's instance, where it was asked for.
    var instance: McpServerInstance?
}

extension Statement<ConfiguredInstallation> {
    /// Gives no row when the user is not a member of the installation's team.
    static func configuredInstallation(_ id: McpInstallationID, user: UserID) -> Self {
        Self(
            """
            SELECT \(StoredInstallation.columns["i"]), \(McpServer.columns["s"]), \(McpServerDetails.columns["s"]),
                \(StoredUserConfiguration.columns["c"])
            FROM "mcpTeamInstallations" AS i
            INNER JOIN "teamMemberships" AS m ON m."team_id" = i."team_id" AND m."user_id" = \(user)
            INNER JOIN "mcpServerTemplates" AS s ON s."id" = i."server_id"
            LEFT JOIN "mcpUserConfigurations" AS c ON c."installation_id" = i."id" AND c."user_id" = m."user_id"
            WHERE i."id" = \(id)
            """
        ) { row throws(PostgresError) in
            let (stored, server): (StoredInstallation, DetailedServer) = (try row.read(), try row.read())
            let configuration: StoredUserConfiguration? = try row.readIfPresent()
            return ConfiguredInstallation(stored: stored.sealed, server: server.server, configuration: configuration?.sealed)
        }
    }

    /// Every instance that a satellite is to run: those of its team or, for a global one, of all teams, without those that wait for their users and without
    /// what another satellite is to run.
    static func satelliteConfigurations(_ satellite: SatelliteID) -> Self {
        Self(
            """
            SELECT \(StoredInstallation.columns["i"]), \(McpServer.columns["s"]), \(McpServerDetails.columns["s"]),
                \(StoredUserConfiguration.columns["c"]), \(McpServerInstance.columns["n"])
            FROM "satellites" AS b
            INNER JOIN "mcpTeamInstallations" AS i ON (b."team_id" IS NULL OR i."team_id" = b."team_id")
                AND (i."satellite_id" IS NULL OR i."satellite_id" = b."id")
            INNER JOIN "mcpServerInstances" AS n ON n."installation_id" = i."id"
            INNER JOIN "mcpServerTemplates" AS s ON s."id" = i."server_id"
            LEFT JOIN "mcpUserConfigurations" AS c ON c."installation_id" = i."id" AND c."user_id" = n."user_id"
            WHERE b."id" = \(satellite) AND n."status" <> 'awaiting_user_config'
            ORDER BY i."team_id" COLLATE "C", i."id" COLLATE "C", n."user_id" COLLATE "C"
            """
        ) { row throws(PostgresError) in
            let (stored, server): (StoredInstallation, DetailedServer) = (try row.read(), try row.read())
            let configuration: StoredUserConfiguration? = try row.readIfPresent()
            return ConfiguredInstallation(
                stored: stored.sealed, server: server.server, configuration: configuration?.sealed, instance: try row.read())
        }
    }
}

extension Statement<JSONValue> {
    /// Merges settings into those that are stored, and removes keys, without reading them first.
    static func updateSettings(_ id: McpInstallationID, team: TeamID, _ change: SettingsChange, at now: Timestamp) -> Self {
        Self(
            """
            UPDATE "mcpTeamInstallations"
            SET "settings" = ("settings" || \(change.set)) - \(change.removed)::text[], "updated_at" = \(now)
            WHERE "id" = \(id) AND "team_id" = \(team)
            RETURNING "settings"
            """)
    }
}

extension Statement<McpInstallationID> {
    /// Held until the transaction ends, so that changes of one installation happen one after the other.
    static func lockInstallation(_ id: McpInstallationID, team: TeamID) -> Self {
        Self(
            """
            SELECT "id"
            FROM "mcpTeamInstallations"
            WHERE "id" = \(id) AND "team_id" = \(team)
            FOR UPDATE
            """)
    }
}

extension Statement<McpServerID> {
    /// The server of an installation that was deployed from GitHub for the installation's team alone, held until the transaction ends.
    ///
    /// Deleting it takes the installation along. Whoever deletes the team or the server goes the same way, from the server to the installation.
    static func lockDeployedServer(of id: McpInstallationID, team: TeamID) -> Self {
        Self(
            """
            SELECT s."id"
            FROM "mcpTeamInstallations" AS i
            INNER JOIN "mcpServerTemplates" AS s ON s."id" = i."server_id"
            WHERE i."id" = \(id) AND i."team_id" = \(team) AND s."source" = 'github' AND s."visibility" = 'team' AND s."owner_team_id" = \(team)
            FOR UPDATE OF s
            """)
    }
}
