/// What is needed to issue an access token.
public struct NewAccessToken: Sendable, Hashable {
    /// The user on whose behalf the token acts; a member of the team.
    public var user: UserID
    /// The team that the token is bound to.
    public var team: TeamID
    /// The OAuth client that gets the token, 1 to 255 characters.
    public var clientID: String
    /// What the token allows; at least one of ``TokenScope/all``, duplicates are dropped.
    public var scopes: [TokenScope]
    /// The audience that the token is for (RFC 8707), or `nil` for the platform itself; 1 to 2 048 characters.
    public var resource: String?
    /// The grant that the token comes from, 1 to 100 characters, or `nil`.
    public var familyID: String?

    /// Describes a token to issue.
    public init(user: UserID, team: TeamID, clientID: String, scopes: [TokenScope] = TokenScope.all, resource: String? = nil, familyID: String? = nil)
    {
        self.user = user
        self.team = team
        self.clientID = clientID
        self.scopes = scopes
        self.resource = resource
        self.familyID = familyID
    }
}
