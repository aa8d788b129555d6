package import DeployStackModels
package import PostgresDriver

extension Role: RowDecodable {
    package static let columns: ColumnList = ["id", "name", "description", "permissions", "is_system_role", "created_at", "updated_at"]

    package init(row: inout RowReader) throws(PostgresError) {
        self.init(
            id: try row.read(), name: try row.read(), description: try row.read(), permissions: try (row.read() as PostgresStringArrayJSON).strings,
            isSystemRole: try row.read(), createdAt: try row.read(), updatedAt: try row.read())
    }
}

extension Statement<Role> {
    static func allRoles() -> Self {
        """
        SELECT \(Role.columns)
        FROM "roles"
        ORDER BY "name" COLLATE "C", "id" COLLATE "C"
        """
    }

    static func role(_ id: RoleID) -> Self {
        """
        SELECT \(Role.columns)
        FROM "roles"
        WHERE "id" = \(id)
        """
    }

    /// Holds a role until the transaction ends, so that what a change is made from cannot change meanwhile.
    static func lockRole(_ id: RoleID) -> Self {
        """
        UPDATE "roles"
        SET "updated_at" = "updated_at"
        WHERE "id" = \(id)
        RETURNING \(Role.columns)
        """
    }

    static func createRole(_ role: Role) -> Self {
        """
        INSERT INTO "roles" (\(Role.columns))
        VALUES (\(role.id), \(role.name), \(role.description), \(PostgresStringArrayJSON(role.permissions)), \(role.isSystemRole),
            \(role.createdAt), \(role.updatedAt))
        RETURNING \(Role.columns)
        """
    }

    /// Gives no row when a role with this identifier exists. Whoever synchronises holds ``AdvisoryLock/roleSync``.
    static func createRoleIfMissing(_ role: Role) -> Self {
        """
        INSERT INTO "roles" (\(Role.columns))
        VALUES (\(role.id), \(role.name), \(role.description), \(PostgresStringArrayJSON(role.permissions)), \(role.isSystemRole),
            \(role.createdAt), \(role.updatedAt))
        ON CONFLICT ("id") DO NOTHING
        RETURNING \(Role.columns)
        """
    }

    static func updateRole(_ role: Role) -> Self {
        """
        UPDATE "roles"
        SET "name" = \(role.name), "description" = \(role.description), "permissions" = \(PostgresStringArrayJSON(role.permissions)),
            "is_system_role" = \(role.isSystemRole), "updated_at" = \(role.updatedAt)
        WHERE "id" = \(role.id)
        RETURNING \(Role.columns)
        """
    }
}

extension Statement<Void> {
    /// Changes nothing when there is no such role, or when it is a system role.
    static func deleteRole(_ id: RoleID) -> Self {
        Self(
            """
            DELETE FROM "roles"
            WHERE "id" = \(id) AND NOT "is_system_role"
            """)
    }
}

extension Statement<Bool> {
    static func userHasPermission(_ user: UserID, _ permission: String) -> Self {
        Self(
            """
            SELECT EXISTS (
                SELECT
                FROM "authUser" AS u
                INNER JOIN "roles" AS r ON r."id" = u."role_id"
                WHERE u."id" = \(user) AND r."permissions" ? \(permission))
            """)
    }
}

extension Statement<RoleCount> {
    /// Served by `idx_authUser_role`.
    static func countByRole() -> Self {
        Self(
            """
            SELECT \(Role.columns["r"]), count(u."id") AS "user_count"
            FROM "roles" AS r
            LEFT JOIN "authUser" AS u ON u."role_id" = r."id"
            GROUP BY r."id"
            ORDER BY r."name" COLLATE "C", r."id" COLLATE "C"
            """
        ) { row throws(PostgresError) in
            RoleCount(role: try row.read(), userCount: try row.read())
        }
    }
}
