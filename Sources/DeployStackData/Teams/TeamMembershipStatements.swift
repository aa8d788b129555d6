package import DeployStackModels
package import PostgresDriver

extension TeamMembership: RowDecodable {
    package static let columns: ColumnList = ["id", "team_id", "user_id", "role", "joined_at"]

    package init(row: inout RowReader) throws(PostgresError) {
        self.init(id: try row.read(), teamID: try row.read(), userID: try row.read(), role: try row.read(), joinedAt: try row.read())
    }
}

extension Statement<TeamMembership> {
    static func addMember(_ membership: TeamMembership) -> Self {
        """
        INSERT INTO "teamMemberships" (\(TeamMembership.columns))
        VALUES (\(membership.id), \(membership.teamID), \(membership.userID), \(membership.role), \(membership.joinedAt))
        RETURNING \(TeamMembership.columns)
        """
    }

    /// Served by the unique key on team and user.
    static func membership(of user: UserID, in team: TeamID) -> Self {
        """
        SELECT \(TeamMembership.columns)
        FROM "teamMemberships"
        WHERE "team_id" = \(team) AND "user_id" = \(user)
        """
    }

    static func updateRole(of user: UserID, in team: TeamID, to role: TeamRole) -> Self {
        """
        UPDATE "teamMemberships"
        SET "role" = \(role)
        WHERE "team_id" = \(team) AND "user_id" = \(user)
        RETURNING \(TeamMembership.columns)
        """
    }
}

extension Statement<TeamMember> {
    /// The owner first, then administrators, then by username. Served by the unique key that begins with the team.
    static func members(of team: TeamID, page: Page?) -> Self {
        let limits: StatementFragment = page.map { "LIMIT \($0.limit) OFFSET \($0.offset)" } ?? ""
        return Self(
            """
            SELECT \(TeamMembership.columns["m"]), u."username", u."email", t."owner_id" = m."user_id" AS "is_owner"
            FROM "teamMemberships" AS m
            INNER JOIN "authUser" AS u ON u."id" = m."user_id"
            INNER JOIN "teams" AS t ON t."id" = m."team_id"
            WHERE m."team_id" = \(team)
            ORDER BY t."owner_id" = m."user_id" DESC, m."role" = \(TeamRole.administrator) DESC, u."username" COLLATE "C", m."id" COLLATE "C"
            \(limits)
            """
        ) { row throws(PostgresError) in
            TeamMember(membership: try row.read(), username: try row.read(), email: try row.read(), isOwner: try row.read())
        }
    }
}

extension Statement<Bool> {
    static func isMember(_ user: UserID, of team: TeamID) -> Self {
        Self(
            """
            SELECT EXISTS (SELECT FROM "teamMemberships" WHERE "team_id" = \(team) AND "user_id" = \(user))
            """)
    }
}

extension Statement<Bool> {
    static func isAdmin(_ user: UserID, of team: TeamID) -> Self {
        Self(
            """
            SELECT EXISTS (
                SELECT
                FROM "teamMemberships"
                WHERE "team_id" = \(team) AND "user_id" = \(user) AND "role" = \(TeamRole.administrator))
            """)
    }

    static func isOwner(_ user: UserID, of team: TeamID) -> Self {
        Self(
            """
            SELECT EXISTS (SELECT FROM "teams" WHERE "id" = \(team) AND "owner_id" = \(user))
            """)
    }
}

extension Statement<Int> {
    static func adminCount(of team: TeamID) -> Self {
        Self(
            """
            SELECT count(*)
            FROM "teamMemberships"
            WHERE "team_id" = \(team) AND "role" = \(TeamRole.administrator)
            """)
    }

    static func memberCount(of team: TeamID) -> Self {
        Self(
            """
            SELECT count(*)
            FROM "teamMemberships"
            WHERE "team_id" = \(team)
            """)
    }
}
