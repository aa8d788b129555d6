package import DeployStackModels
package import PostgresDriver

extension Team: RowDecodable {
    package static let columns: ColumnList = [
        "id", "name", "slug", "description", "owner_id", "is_default", "mcp_server_limit", "non_http_mcp_limit", "github_mcp_limit", "member_limit",
        "allow_remote_mcp", "allow_github_mcp", "allow_private_github_repos", "created_at", "updated_at",
    ]

    package init(row: inout RowReader) throws(PostgresError) {
        self.init(
            id: try row.read(), name: try row.read(), slug: try row.read(), description: try row.read(), ownerID: try row.read(),
            isDefault: try row.read(), limits: try TeamLimits(columnsOf: &row), createdAt: try row.read(), updatedAt: try row.read())
    }
}

extension TeamLimits {
    /// Reads the seven columns of a team that are its limits.
    init(columnsOf row: inout RowReader) throws(PostgresError) {
        self.init(
            mcpServers: try row.read(), nonHttp: try row.read(), github: try row.read(), members: try row.read(),
            allowsRemoteServers: try row.read(), allowsGitHubServers: try row.read(), allowsPrivateRepositories: try row.read())
    }
}

extension Statement<Team> {
    /// Gives no row when the slug is taken. Another transaction that is about to take it is waited for.
    static func createTeam(_ team: Team) -> Self {
        """
        INSERT INTO "teams" (\(Team.columns))
        VALUES (\(team.id), \(team.name), \(team.slug), \(team.description), \(team.ownerID), \(team.isDefault), \(team.limits.mcpServers),
            \(team.limits.nonHttp), \(team.limits.github), \(team.limits.members), \(team.limits.allowsRemoteServers),
            \(team.limits.allowsGitHubServers), \(team.limits.allowsPrivateRepositories), \(team.createdAt), \(team.updatedAt))
        ON CONFLICT ("slug") DO NOTHING
        RETURNING \(Team.columns)
        """
    }

    static func team(_ id: TeamID) -> Self {
        """
        SELECT \(Team.columns)
        FROM "teams"
        WHERE "id" = \(id)
        """
    }

    static func team(slug: String) -> Self {
        """
        SELECT \(Team.columns)
        FROM "teams"
        WHERE "slug" = \(slug)
        """
    }

    /// Served by `idx_teams_one_default_per_owner`.
    static func defaultTeam(of user: UserID) -> Self {
        """
        SELECT \(Team.columns)
        FROM "teams"
        WHERE "owner_id" = \(user) AND "is_default"
        """
    }

    /// Served by `idx_teamMemberships_user`.
    static func teams(of user: UserID) -> Self {
        """
        SELECT \(Team.columns["t"])
        FROM "teamMemberships" AS m
        INNER JOIN "teams" AS t ON t."id" = m."team_id"
        WHERE m."user_id" = \(user)
        ORDER BY t."is_default" DESC, t."name" COLLATE "C", t."id" COLLATE "C"
        """
    }

    /// Holds a team until the transaction ends, so that what is counted of the team's cannot change meanwhile.
    ///
    /// The row is written, although nothing in it changes: a transaction whose snapshot is older than another one's count and insertion would not see
    /// what was inserted, and `FOR UPDATE` alone would let it go on. A row that was written since makes it fail as a conflict, and begin again.
    static func lockTeam(_ id: TeamID) -> Self {
        """
        UPDATE "teams"
        SET "updated_at" = "updated_at"
        WHERE "id" = \(id)
        RETURNING \(Team.columns)
        """
    }

    /// Holds every team of an owner until the transaction ends, in one order. Served by `idx_teams_owner`.
    static func lockOwnedTeams(of owner: UserID) -> Self {
        """
        SELECT \(Team.columns)
        FROM "teams"
        WHERE "owner_id" = \(owner)
        ORDER BY "id" COLLATE "C"
        FOR UPDATE
        """
    }

    /// Gives no row when there is no such team, or when it is a default team that would get another name.
    static func updateTeam(_ id: TeamID, name: String?, description: FieldPatch<String>, at now: Timestamp) -> Self {
        let assignment: StatementFragment =
            switch description {
            case .unchanged: "\"description\""
            case .clear: "NULL"
            case .set(let text): "\(text)"
            }
        return """
            UPDATE "teams"
            SET "name" = coalesce(\(name), "name"), "description" = \(assignment), "updated_at" = \(now)
            WHERE "id" = \(id) AND (NOT "is_default" OR coalesce(\(name), "name") = "name")
            RETURNING \(Team.columns)
            """
    }
}

extension Statement<Team> {
    static func updateLimits(_ id: TeamID, _ limits: TeamLimits, at now: Timestamp) -> Self {
        """
        UPDATE "teams"
        SET "mcp_server_limit" = \(limits.mcpServers), "non_http_mcp_limit" = \(limits.nonHttp), "github_mcp_limit" = \(limits.github),
            "member_limit" = \(limits.members), "allow_remote_mcp" = \(limits.allowsRemoteServers),
            "allow_github_mcp" = \(limits.allowsGitHubServers), "allow_private_github_repos" = \(limits.allowsPrivateRepositories),
            "updated_at" = \(now)
        WHERE "id" = \(id)
        RETURNING \(Team.columns)
        """
    }

    static func transferTeam(_ id: TeamID, to newOwner: UserID, at now: Timestamp) -> Self {
        """
        UPDATE "teams"
        SET "owner_id" = \(newOwner), "updated_at" = \(now)
        WHERE "id" = \(id)
        RETURNING \(Team.columns)
        """
    }
}

extension Statement<Void> {
    /// Changes nothing when there is no such team, or when it is a default team that would get another name.
    static func updateTeamName(_ id: TeamID, _ name: String, at now: Timestamp) -> Self {
        Self(
            """
            UPDATE "teams"
            SET "name" = \(name), "updated_at" = \(now)
            WHERE "id" = \(id) AND (NOT "is_default" OR "name" = \(name))
            """)
    }

    static func deleteTeam(_ id: TeamID) -> Self {
        Self(
            """
            DELETE FROM "teams"
            WHERE "id" = \(id)
            """)
    }
}

extension Statement<Int> {
    /// How many teams a user owns; gives no row when there is no such user. Served by `idx_teams_owner`.
    static func ownedTeamCount(ofExisting user: UserID) -> Self {
        Self(
            """
            SELECT count(t."id")
            FROM "authUser" AS u
            LEFT JOIN "teams" AS t ON t."owner_id" = u."id"
            WHERE u."id" = \(user)
            GROUP BY u."id"
            """)
    }

    /// Served by `idx_teams_owner`.
    static func ownedTeamCount(of user: UserID) -> Self {
        Self(
            """
            SELECT count(*)
            FROM "teams"
            WHERE "owner_id" = \(user)
            """)
    }
}

extension Statement<String> {
    static func takenTeamSlugs(among candidates: [String]) -> Self {
        Self(
            """
            SELECT "slug"
            FROM "teams"
            WHERE "slug" = ANY (\(candidates))
            ORDER BY "slug" COLLATE "C"
            """)
    }
}
