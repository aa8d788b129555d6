/// Everything that a service needs to know about the bearer of a valid access token, read in one statement.
public struct TokenContext: Sendable, Hashable {
    /// What is stored about the token.
    public var token: AccessToken
    /// The username of the token's user.
    public var username: String
    /// The e-mail address of the token's user.
    public var email: String
    /// The platform role of the token's user, or `nil` when none was assigned.
    public var userRoleID: RoleID?
    /// The name of the token's team.
    public var teamName: String
    /// The slug of the token's team.
    public var teamSlug: String
    /// What the user may do in the team now, not when the token was issued.
    public var teamRole: TeamRole

    /// Creates a context.
    public init(
        token: AccessToken, username: String, email: String, userRoleID: RoleID?, teamName: String, teamSlug: String, teamRole: TeamRole
    ) {
        self.token = token
        self.username = username
        self.email = email
        self.userRoleID = userRoleID
        self.teamName = teamName
        self.teamSlug = teamSlug
        self.teamRole = teamRole
    }
}
