import DeployStackModels
import PostgresDriver

extension Statement<McpInstallation> {
    /// The installations that are deleted with a team: its own, and those of servers that it owns. Newest first, secrets masked.
    static func installationsRemoved(with team: TeamID) -> Self {
        """
        SELECT \(McpInstallation.columns)
        FROM "mcpTeamInstallations"
        WHERE "team_id" = \(team) OR "server_id" IN (SELECT "id" FROM "mcpServerTemplates" WHERE "owner_team_id" = \(team))
        ORDER BY "created_at" DESC, "id" COLLATE "C" DESC
        """
    }
}

// What ends with a membership. The membership itself goes first: whoever is issuing a token for it holds it, so that once it is gone, every token
// that was issued is there to be seen.
extension Statement<Void> {
    static func deleteMembership(of user: UserID, in team: TeamID) -> Self {
        Self(
            """
            DELETE FROM "teamMemberships"
            WHERE "team_id" = \(team) AND "user_id" = \(user)
            """)
    }

    /// A consent says what a client may do for a member. Served by the unique key.
    static func deleteConsents(of user: UserID, in team: TeamID) -> Self {
        Self(
            """
            DELETE FROM "oauth_team_consents"
            WHERE "user_id" = \(user) AND "team_id" = \(team)
            """)
    }

    /// Served by `idx_user_configs_user`.
    static func deleteUserConfigurations(of user: UserID, in team: TeamID) -> Self {
        Self(
            """
            DELETE FROM "mcpUserConfigurations" AS c
            USING "mcpTeamInstallations" AS i
            WHERE i."id" = c."installation_id" AND i."team_id" = \(team) AND c."user_id" = \(user)
            """)
    }

    /// Served by `idx_instances_user`.
    static func deleteInstances(of user: UserID, in team: TeamID) -> Self {
        Self(
            """
            DELETE FROM "mcpServerInstances" AS n
            USING "mcpTeamInstallations" AS i
            WHERE i."id" = n."installation_id" AND i."team_id" = \(team) AND n."user_id" = \(user)
            """)
    }
}
