package import DeployStackModels
package import PostgresDriver

extension User: RowDecodable {
    package static let columns: ColumnList = [
        "id", "username", "email", "auth_type", "first_name", "last_name", "github_id", "role_id", "email_verified", "created_at", "updated_at",
    ]

    package init(row: inout RowReader) throws(PostgresError) {
        self.init(
            id: try row.read(), username: try row.read(), email: try row.read(), authType: try row.read(), firstName: try row.read(),
            lastName: try row.read(), githubID: try row.read(), roleID: try row.read(), isEmailVerified: try row.read(),
            createdAt: try row.read(), updatedAt: try row.read())
    }
}

extension Statement<User> {
    static func createUser(_ user: User) -> Self {
        """
        INSERT INTO "authUser" (\(User.columns))
        VALUES (\(user.id), \(user.username), \(user.email), \(user.authType), \(user.firstName), \(user.lastName), \(user.githubID),
            \(user.roleID), \(user.isEmailVerified), \(user.createdAt), \(user.updatedAt))
        RETURNING \(User.columns)
        """
    }

    static func user(_ id: UserID) -> Self {
        """
        SELECT \(User.columns)
        FROM "authUser"
        WHERE "id" = \(id)
        """
    }

    /// Served by `idx_lowercase_email`.
    static func user(email: String) -> Self {
        """
        SELECT \(User.columns)
        FROM "authUser"
        WHERE lower("email") = \(email)
        """
    }

    /// Keeps the user from being deleted until the transaction ends.
    ///
    /// Whoever holds a user and a team takes the user first, because deleting a user goes on to the user's teams.
    static func holdUser(_ id: UserID) -> Self {
        """
        SELECT \(User.columns)
        FROM "authUser"
        WHERE "id" = \(id)
        FOR KEY SHARE
        """
    }

    /// Holds a user who is about to be deleted until the transaction ends, so that nobody can refer to the user meanwhile.
    static func lockUserForDeletion(_ id: UserID) -> Self {
        """
        SELECT \(User.columns)
        FROM "authUser"
        WHERE "id" = \(id)
        FOR UPDATE
        """
    }

    /// Holds the user until the transaction ends, so that what is counted of the user's cannot change meanwhile.
    ///
    /// The row is written, although nothing in it changes, so that a transaction with an older snapshot fails as a conflict; see `lockTeam`.
    static func lockUser(_ id: UserID) -> Self {
        """
        UPDATE "authUser"
        SET "updated_at" = "updated_at"
        WHERE "id" = \(id)
        RETURNING \(User.columns)
        """
    }

    /// Holds every global administrator until the transaction ends, in one order, so that two of them cannot be removed at once.
    ///
    /// What refers to an administrator, such as a notification, does not wait for it.
    static func lockGlobalAdministrators() -> Self {
        """
        SELECT \(User.columns)
        FROM "authUser"
        WHERE "role_id" = \(RoleID.globalAdministrator)
        ORDER BY "id" COLLATE "C"
        FOR NO KEY UPDATE
        """
    }
}

extension Statement<Void> {
    /// Lets the first registration of a database be the only one, also beside a transaction whose snapshot is older: the role is written, although
    /// nothing in it changes, and the second one to write it fails as a conflict.
    static func claimFirstRegistration() -> Self {
        Self(
            """
            UPDATE "roles"
            SET "updated_at" = "updated_at"
            WHERE "id" = \(RoleID.globalAdministrator)
            """)
    }

    static func deleteUser(_ id: UserID) -> Self {
        Self(
            """
            DELETE FROM "authUser"
            WHERE "id" = \(id)
            """)
    }
}

extension Statement<Bool> {
    static func hasUsers() -> Self {
        Self(
            """
            SELECT EXISTS (SELECT FROM "authUser")
            """)
    }

    /// Whether the user owns a team that others belong to.
    static func ownsSharedTeam(_ user: UserID) -> Self {
        Self(
            """
            SELECT EXISTS (
                SELECT
                FROM "teams" AS t
                INNER JOIN "teamMemberships" AS m ON m."team_id" = t."id" AND m."user_id" <> t."owner_id"
                WHERE t."owner_id" = \(user) AND NOT t."is_default")
            """)
    }
}
