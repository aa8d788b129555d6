import DeployStackModels

/// A row of `roles`, with what the in-memory store uses of it.
struct RoleRow: TableRow {
    var id: RoleID
    var name: String
    var permissions: JSONValue

    static let tableName = "roles"
    static var table: TablePath<RoleRow> { \.roles }

    static let nameKey = UniqueKey<RoleRow>("roles_name_key", Column("name") { $0.name })

    static let schema = TableSchema<RoleRow>(
        primaryKey: "roles_pkey", Column("id") { $0.id.rawValue },
        uniqueKeys: [nameKey],
        checks: [CheckRule("roles_permissions_check", "permissions", is: .array) { $0.permissions }])

    /// The roles that every installation of the platform starts with.
    static let system: [RoleRow] = [
        RoleRow(
            id: .globalAdministrator, name: "global_admin",
            permissions: [
                "users.manage", "roles.manage", "teams.manage", "catalog.manage", "categories.manage", "satellites.manage", "settings.manage",
                "teams.create",
            ]),
        RoleRow(id: .globalUser, name: "global_user", permissions: ["catalog.view", "teams.create"]),
        RoleRow(
            id: "team_admin", name: "team_admin",
            permissions: [
                "team.view", "team.edit", "team.members.manage", "installations.view", "installations.manage", "installations.configure_own",
            ]),
        RoleRow(id: "team_user", name: "team_user", permissions: ["team.view", "installations.view", "installations.configure_own"]),
    ]
}
