/// A system role as a program defines it. A service brings the stored ones in line with its own when it starts.
public struct RoleDefinition: Sendable, Hashable {
    /// The role's identifier, 1 to 255 bytes.
    public var id: RoleID
    /// The role's name, 1 to 100 characters.
    public var name: String
    /// What the role is for, or `nil`; at most 1 000 characters.
    public var description: String?
    /// The permissions, at most 200 of 1 to 100 characters.
    public var permissions: [String]

    /// Defines a role.
    public init(id: RoleID, name: String, description: String?, permissions: [String]) {
        self.id = id
        self.name = name
        self.description = description
        self.permissions = permissions
    }

    /// The roles that every platform starts with.
    public static let system: [RoleDefinition] = [
        RoleDefinition(
            id: .globalAdministrator, name: "global_admin", description: "Administers users, the catalog, satellites and settings",
            permissions: [
                "users.manage", "roles.manage", "teams.manage", "catalog.manage", "categories.manage", "satellites.manage", "settings.manage",
                "teams.create",
            ]),
        RoleDefinition(
            id: .globalUser, name: "global_user", description: "Browses the catalog and creates teams", permissions: ["catalog.view", "teams.create"]),
        RoleDefinition(
            id: "team_admin", name: "team_admin", description: "Manages the members and installations of a team",
            permissions: [
                "team.view", "team.edit", "team.members.manage", "installations.view", "installations.manage", "installations.configure_own",
            ]),
        RoleDefinition(
            id: "team_user", name: "team_user", description: "Uses the installations of a team",
            permissions: ["team.view", "installations.view", "installations.configure_own"]),
    ]
}

/// What bringing the system roles in line with their definitions changed.
public struct RoleSyncReport: Sendable, Hashable {
    /// The roles that did not exist, in order of their identifiers.
    public var created: [RoleID]
    /// The roles that were different, in order of their identifiers.
    public var updated: [RoleID]

    /// Creates a report.
    public init(created: [RoleID] = [], updated: [RoleID] = []) {
        self.created = created
        self.updated = updated
    }
}
