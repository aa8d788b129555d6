/// What a user may do on the platform: a name for a set of permissions.
public struct Role: Sendable, Hashable, Identifiable, Codable {
    /// The role's identifier.
    public var id: RoleID
    /// The role's name, 1 to 100 characters, unique by bytes.
    public var name: String
    /// What the role is for, or `nil`; at most 1 000 characters.
    public var description: String?
    /// The permissions, such as `catalog.view`, each once, in the order in which they were given.
    public var permissions: [String]
    /// Whether the platform itself defines the role. Such a role is changed by ``RoleDefinition`` only.
    public var isSystemRole: Bool
    /// When the role was created.
    public var createdAt: Timestamp
    /// When the role was last changed.
    public var updatedAt: Timestamp

    /// Creates a role value.
    public init(
        id: RoleID, name: String, description: String?, permissions: [String], isSystemRole: Bool, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.name = name
        self.description = description
        self.permissions = permissions
        self.isSystemRole = isSystemRole
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// What is needed to create a role.
public struct NewRole: Sendable, Hashable {
    /// The role's name, 1 to 100 characters after white space at its ends is removed.
    public var name: String
    /// What the role is for, or `nil`; at most 1 000 characters.
    public var description: String?
    /// The permissions, at most 200 of 1 to 100 characters. One that is named twice counts once.
    public var permissions: [String]

    /// Describes a role to create.
    public init(name: String, description: String? = nil, permissions: [String] = []) {
        self.name = name
        self.description = description
        self.permissions = permissions
    }
}

/// What changes about a role.
public struct RolePatch: Sendable, Hashable {
    /// The new name, or `nil` to keep the present one.
    public var name: String?
    /// What happens to the description.
    public var description: FieldPatch<String>
    /// The new permissions, all of them, or `nil` to keep the present ones.
    public var permissions: [String]?

    /// Describes a change of a role.
    public init(name: String? = nil, description: FieldPatch<String> = .unchanged, permissions: [String]? = nil) {
        self.name = name
        self.description = description
        self.permissions = permissions
    }
}

/// A role and how many users have it.
public struct RoleCount: Sendable, Hashable {
    /// The role.
    public var role: Role
    /// How many users have it.
    public var userCount: Int

    /// Creates a value.
    public init(role: Role, userCount: Int) {
        self.role = role
        self.userCount = userCount
    }
}
