package import DeployStackModels
package import PostgresDriver

extension McpServerInstance: RowDecodable {
    package static let columns: ColumnList = [
        "id", "installation_id", "user_id", "instance_path", "status", "status_message", "status_updated_at", "last_health_check_at",
        "last_credential_check_at", "created_at", "updated_at",
    ]

    package init(row: inout RowReader) throws(PostgresError) {
        self.init(
            id: try row.read(), installationID: try row.read(), userID: try row.read(), path: try row.read(), status: try row.read(),
            statusMessage: try row.read(), statusUpdatedAt: try row.read(), lastHealthCheckAt: try row.read(),
            lastCredentialCheckAt: try row.read(), createdAt: try row.read(), updatedAt: try row.read())
    }
}

extension Statement<McpServerInstance> {
    /// Stores some instances. One whose user has an instance already, or whose path is taken, is left out of the rows that come back.
    static func provision(_ drawn: [DrawnInstance], at now: Timestamp) -> Self {
        let instances = drawn.map(\.instance)
        return """
            INSERT INTO "mcpServerInstances" ("id", "installation_id", "user_id", "instance_path", "instance_token_hash", "status",
                "status_updated_at", "created_at", "updated_at")
            SELECT n."id", n."installation_id", n."user_id", n."path", n."hash", n."status", \(now), \(now), \(now)
            FROM unnest(\(instances.map(\.id)), \(instances.map(\.installationID)), \(instances.map(\.userID)), \(instances.map(\.path)),
                \(drawn.map(\.tokenHash?.hexadecimal)), \(instances.map(\.status.rawValue)))
                AS n ("id", "installation_id", "user_id", "path", "hash", "status")
            ON CONFLICT DO NOTHING
            RETURNING \(McpServerInstance.columns)
            """
    }

    /// Those that were never tried first. It looks at every instance, which is fine for what is asked a few times an hour.
    static func dueForCredentialCheck(before moment: Timestamp, limit: Int) -> Self {
        """
        SELECT \(McpServerInstance.columns)
        FROM "mcpServerInstances"
        WHERE "last_credential_check_at" IS NULL OR "last_credential_check_at" <= \(moment)
        ORDER BY "last_credential_check_at" NULLS FIRST, "id" COLLATE "C"
        LIMIT \(limit)
        """
    }
}

/// An instance with the hash of its token.
struct StoredInstance: Sendable {
    var instance: McpServerInstance
    var tokenHash: String?
}

extension Statement<StoredInstance> {
    /// Served by the unique key of the path. The token is compared by the caller, in a time that says nothing about it.
    static func instance(path: String) -> Self {
        Self(
            """
            SELECT \(McpServerInstance.columns), "instance_token_hash"
            FROM "mcpServerInstances"
            WHERE "instance_path" = \(path)
            """
        ) { row throws(PostgresError) in
            StoredInstance(instance: try row.read(), tokenHash: try row.read())
        }
    }
}

extension Statement<McpInstanceWithUser> {
    static func statuses(installation: McpInstallationID, team: TeamID) -> Self {
        Self(
            """
            SELECT \(McpServerInstance.columns["n"]), u."username", u."email"
            FROM "mcpServerInstances" AS n
            INNER JOIN "mcpTeamInstallations" AS i ON i."id" = n."installation_id"
            INNER JOIN "authUser" AS u ON u."id" = n."user_id"
            WHERE n."installation_id" = \(installation) AND i."team_id" = \(team)
            ORDER BY u."username" COLLATE "C", n."id" COLLATE "C"
            """
        ) { row throws(PostgresError) in
            McpInstanceWithUser(instance: try row.read(), username: try row.read(), email: try row.read())
        }
    }
}

extension Statement<Void> {
    /// Served by the unique key of installation and user.
    static func updateInstanceStatus(
        installation: McpInstallationID, user: UserID, status: McpInstanceStatus, message: String?, happened: Timestamp, at now: Timestamp
    ) -> Self {
        Self(
            """
            UPDATE "mcpServerInstances"
            SET "status" = \(status), "status_message" = \(message), "status_updated_at" = \(happened), "updated_at" = \(now)
            WHERE "installation_id" = \(installation) AND "user_id" = \(user) AND "status_updated_at" <= \(happened)
            """)
    }

    static func resetInstanceToken(installation: McpInstallationID, user: UserID, hash: TokenHash, at now: Timestamp) -> Self {
        Self(
            """
            UPDATE "mcpServerInstances"
            SET "instance_token_hash" = \(hash.hexadecimal), "updated_at" = \(now)
            WHERE "installation_id" = \(installation) AND "user_id" = \(user)
            """)
    }

    static func setCredentialCheck(installation: McpInstallationID, user: UserID, happened: Timestamp, at now: Timestamp) -> Self {
        Self(
            """
            UPDATE "mcpServerInstances"
            SET "last_credential_check_at" = greatest("last_credential_check_at", \(happened)), "updated_at" = \(now)
            WHERE "installation_id" = \(installation) AND "user_id" = \(user)
            """)
    }

    static func setHealthCheck(installation: McpInstallationID, user: UserID, happened: Timestamp, at now: Timestamp) -> Self {
        Self(
            """
            UPDATE "mcpServerInstances"
            SET "last_health_check_at" = greatest("last_health_check_at", \(happened)), "updated_at" = \(now)
            WHERE "installation_id" = \(installation) AND "user_id" = \(user)
            """)
    }

    static func deleteInstances(installation: McpInstallationID) -> Self {
        Self(
            """
            DELETE FROM "mcpServerInstances"
            WHERE "installation_id" = \(installation)
            """)
    }
}

extension Statement<UserID> {
    /// The users of a team, in order of their identifiers. Held until the transaction ends, so that nobody leaves or is deleted meanwhile.
    static func memberIDs(of team: TeamID) -> Self {
        Self(
            """
            SELECT m."user_id"
            FROM "authUser" AS u
            INNER JOIN "teamMemberships" AS m ON m."user_id" = u."id"
            WHERE m."team_id" = \(team)
            ORDER BY m."user_id" COLLATE "C"
            FOR KEY SHARE OF u, m
            """)
    }

    /// Those of some users who are members of a team. Held until the transaction ends, so that nobody leaves or is deleted meanwhile.
    ///
    /// The memberships are locked as for saving a configuration, so that an instance begins with what its user has saved, or the user's next saving sees it.
    static func memberIDs(of team: TeamID, among users: [UserID]) -> Self {
        Self(
            """
            SELECT m."user_id"
            FROM "authUser" AS u
            INNER JOIN "teamMemberships" AS m ON m."user_id" = u."id"
            WHERE m."team_id" = \(team) AND m."user_id" = ANY (\(users))
            ORDER BY m."user_id" COLLATE "C"
            FOR KEY SHARE OF u FOR NO KEY UPDATE OF m
            """)
    }

    /// Which of an installation's users have an instance.
    static func usersWithInstance(of installation: McpInstallationID) -> Self {
        Self(
            """
            SELECT "user_id"
            FROM "mcpServerInstances"
            WHERE "installation_id" = \(installation)
            ORDER BY "user_id" COLLATE "C"
            """)
    }
}

/// An installation and the server whose schema says how its instances begin.
struct ProvisionableInstallation: Sendable {
    var id: McpInstallationID
    var teamID: TeamID
    var server: McpServer
}

extension Statement<ProvisionableInstallation> {
    static func provisionableInstallations(team: TeamID) -> Self {
        Self(
            """
            SELECT i."id", i."team_id", \(McpServer.columns["s"]), \(McpServerDetails.columns["s"])
            FROM "mcpTeamInstallations" AS i
            INNER JOIN "mcpServerTemplates" AS s ON s."id" = i."server_id"
            WHERE i."team_id" = \(team)
            ORDER BY i."created_at", i."id" COLLATE "C"
            """
        ) { row throws(PostgresError) in
            ProvisionableInstallation(id: try row.read(), teamID: try row.read(), server: try DetailedServer(row: &row).server)
        }
    }

    static func provisionableInstallation(_ id: McpInstallationID) -> Self {
        Self(
            """
            SELECT i."id", i."team_id", \(McpServer.columns["s"]), \(McpServerDetails.columns["s"])
            FROM "mcpTeamInstallations" AS i
            INNER JOIN "mcpServerTemplates" AS s ON s."id" = i."server_id"
            WHERE i."id" = \(id)
            """
        ) { row throws(PostgresError) in
            ProvisionableInstallation(id: try row.read(), teamID: try row.read(), server: try DetailedServer(row: &row).server)
        }
    }
}
