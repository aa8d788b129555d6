import DeployStackModels
import PostgresDriver

extension Statement<TeamWithRole> {
    /// Served by `idx_teamMemberships_user`; the members of each team are counted by the unique key that begins with the team.
    static func teamsWithRoles(of user: UserID) -> Self {
        Self(
            """
            SELECT \(Team.columns["t"]), m."role", t."owner_id" = m."user_id" AS "is_owner",
                (SELECT count(*) FROM "teamMemberships" AS o WHERE o."team_id" = t."id") AS "member_count"
            FROM "teamMemberships" AS m
            INNER JOIN "teams" AS t ON t."id" = m."team_id"
            WHERE m."user_id" = \(user)
            ORDER BY t."is_default" DESC, t."name" COLLATE "C", t."id" COLLATE "C"
            """
        ) { row throws(PostgresError) in
            TeamWithRole(team: try row.read(), role: try row.read(), isOwner: try row.read(), memberCount: try row.read())
        }
    }
}

extension Statement<Counted<TeamOverview>> {
    /// Counts members and installations of the teams of one page only, each by an index that begins with the team.
    static func allTeams(search: SubstringRule?, page: Page) -> Self {
        let condition: StatementFragment =
            search.map { "strpos(lower(\"name\"), \($0.lowercased)) > 0 OR strpos(\"slug\", \($0.lowercased)) > 0" } ?? "TRUE"
        return Self(
            """
            WITH "matches" AS (SELECT \(Team.columns) FROM "teams" WHERE \(condition)),
                "page" AS (
                    SELECT \(Team.columns)
                    FROM "matches"
                    ORDER BY "name" COLLATE "C", "id" COLLATE "C"
                    LIMIT \(page.limit) OFFSET \(page.offset))
            SELECT (SELECT count(*) FROM "matches") AS "total", \(Team.columns["p"]),
                (SELECT count(*) FROM "teamMemberships" AS m WHERE m."team_id" = p."id") AS "member_count",
                (SELECT count(*) FROM "mcpTeamInstallations" AS i WHERE i."team_id" = p."id") AS "installation_count"
            FROM (VALUES (1)) AS "one" ("n")
            LEFT JOIN "page" AS p ON true
            ORDER BY p."name" COLLATE "C", p."id" COLLATE "C"
            """
        ) { row throws(PostgresError) in
            let total: Int = try row.read()
            let team: Team? = try row.readIfPresent()
            let (members, installations): (Int, Int) = (try row.read(), try row.read())
            return Counted(
                total: total, item: team.map { TeamOverview(team: $0, memberCount: members, installationCount: installations) })
        }
    }
}
