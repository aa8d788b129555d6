/// What changes about a user.
public struct UserPatch: Sendable, Hashable {
    /// The new username, 3 to 30 characters, or `nil` to keep the present one.
    public var username: String?
    /// The new e-mail address, at most 254 bytes, stored in lower case, or `nil` to keep the present one.
    public var email: String?
    /// What happens to the given name, at most 100 characters.
    public var firstName: FieldPatch<String>
    /// What happens to the family name, at most 100 characters.
    public var lastName: FieldPatch<String>
    /// What happens to the identifier at GitHub, 1 to 100 characters.
    public var githubID: FieldPatch<String>
    /// The new role, or `nil` to keep the present one.
    public var roleID: RoleID?
    /// Whether the e-mail address was confirmed, or `nil` to keep what is.
    public var isEmailVerified: Bool?

    /// Describes a change of a user.
    public init(
        username: String? = nil, email: String? = nil, firstName: FieldPatch<String> = .unchanged, lastName: FieldPatch<String> = .unchanged,
        githubID: FieldPatch<String> = .unchanged, roleID: RoleID? = nil, isEmailVerified: Bool? = nil
    ) {
        self.username = username
        self.email = email
        self.firstName = firstName
        self.lastName = lastName
        self.githubID = githubID
        self.roleID = roleID
        self.isEmailVerified = isEmailVerified
    }
}

/// A user with the role that the user has.
public struct UserWithRole: Sendable, Hashable, Identifiable {
    /// The user.
    public var user: User
    /// The user's role, or `nil` when none was assigned.
    public var role: Role?

    /// The user's identifier.
    public var id: UserID { user.id }

    /// Creates a value.
    public init(user: User, role: Role?) {
        self.user = user
        self.role = role
    }
}
