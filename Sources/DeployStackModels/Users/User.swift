/// Somebody who can sign in.
public struct User: Sendable, Hashable, Identifiable, Codable {
    /// The user's identifier.
    public var id: UserID
    /// The name by which others know the user, 3 to 30 characters, unique by bytes.
    public var username: String
    /// The e-mail address, in lower case, unique.
    public var email: String
    /// How the user signs in.
    public var authType: AuthenticationType
    /// The given name, or `nil` when unknown.
    public var firstName: String?
    /// The family name, or `nil` when unknown.
    public var lastName: String?
    /// The user's identifier at GitHub, or `nil` when the account is not linked.
    public var githubID: String?
    /// The user's role, or `nil` when none was assigned.
    public var roleID: RoleID?
    /// Whether the e-mail address was confirmed.
    public var isEmailVerified: Bool
    /// When the user was created.
    public var createdAt: Timestamp
    /// When the user was last changed.
    public var updatedAt: Timestamp

    /// Creates a user value.
    public init(
        id: UserID, username: String, email: String, authType: AuthenticationType, firstName: String?, lastName: String?, githubID: String?,
        roleID: RoleID?, isEmailVerified: Bool, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.username = username
        self.email = email
        self.authType = authType
        self.firstName = firstName
        self.lastName = lastName
        self.githubID = githubID
        self.roleID = roleID
        self.isEmailVerified = isEmailVerified
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// Whether the user is a global administrator.
    public var isGlobalAdministrator: Bool { roleID == .globalAdministrator }
}

extension RoleID {
    /// The role that may do everything; the first user gets it.
    public static let globalAdministrator: RoleID = "global_admin"
    /// The role that every other user gets.
    public static let globalUser: RoleID = "global_user"
}
