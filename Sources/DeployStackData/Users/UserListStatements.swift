import DeployStackModels
import PostgresDriver

extension Statement<User> {
    static func user(username: String) -> Self {
        """
        SELECT \(User.columns)
        FROM "authUser"
        WHERE "username" = \(username)
        """
    }

    static func user(githubID: String) -> Self {
        """
        SELECT \(User.columns)
        FROM "authUser"
        WHERE "github_id" = \(githubID)
        """
    }

    /// Served by `idx_authUser_role`.
    static func users(withRole role: RoleID, page: Page?) -> Self {
        let limits: StatementFragment = page.map { "LIMIT \($0.limit) OFFSET \($0.offset)" } ?? ""
        return """
            SELECT \(User.columns)
            FROM "authUser"
            WHERE "role_id" = \(role)
            ORDER BY "username" COLLATE "C", "id" COLLATE "C"
            \(limits)
            """
    }

    static func updateUser(_ user: User) -> Self {
        """
        UPDATE "authUser"
        SET "username" = \(user.username), "email" = \(user.email), "first_name" = \(user.firstName), "last_name" = \(user.lastName),
            "github_id" = \(user.githubID), "role_id" = \(user.roleID), "email_verified" = \(user.isEmailVerified),
            "updated_at" = \(user.updatedAt)
        WHERE "id" = \(user.id)
        RETURNING \(User.columns)
        """
    }
}

extension Statement<UserWithRole> {
    static func userWithRole(_ id: UserID) -> Self {
        Self(
            """
            SELECT \(User.columns["u"]), \(Role.columns["r"])
            FROM "authUser" AS u
            LEFT JOIN "roles" AS r ON r."id" = u."role_id"
            WHERE u."id" = \(id)
            """
        ) { row throws(PostgresError) in
            UserWithRole(user: try row.read(), role: try row.readIfPresent())
        }
    }
}

extension Statement<Counted<UserWithRole>> {
    static func users(search: SubstringRule?, role: RoleID?, page: Page) -> Self {
        var condition: StatementFragment = "TRUE"
        if let role { condition += " AND \"role_id\" = \(role)" }
        if let text = search?.lowercased {
            condition += """
                 AND (strpos(lower("username"), \(text)) > 0 OR strpos(lower("email"), \(text)) > 0
                    OR strpos(lower("first_name"), \(text)) > 0 OR strpos(lower("last_name"), \(text)) > 0)
                """
        }
        return Self(
            """
            WITH "matches" AS (SELECT \(User.columns) FROM "authUser" WHERE \(condition)),
                "page" AS (
                    SELECT \(User.columns)
                    FROM "matches"
                    ORDER BY "username" COLLATE "C", "id" COLLATE "C"
                    LIMIT \(page.limit) OFFSET \(page.offset))
            SELECT (SELECT count(*) FROM "matches") AS "total", \(User.columns["p"]), \(Role.columns["r"])
            FROM (VALUES (1)) AS "one" ("n")
            LEFT JOIN "page" AS p ON true
            LEFT JOIN "roles" AS r ON r."id" = p."role_id"
            ORDER BY p."username" COLLATE "C", p."id" COLLATE "C"
            """
        ) { row throws(PostgresError) in
            let total: Int = try row.read()
            let user: User? = try row.readIfPresent()
            let role: Role? = try row.readIfPresent()
            return Counted(total: total, item: user.map { UserWithRole(user: $0, role: role) })
        }
    }
}
