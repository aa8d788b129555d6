/// What is stored about an access token: everything but the token.
public struct AccessToken: Sendable, Hashable, Identifiable, Codable {
    /// The record's identifier. It is not the token and grants nothing.
    public var id: AccessTokenID
    /// The user on whose behalf the token acts.
    public var userID: UserID
    /// The team that the token is bound to.
    public var teamID: TeamID
    /// The OAuth client that got the token.
    public var clientID: String
    /// What the token allows.
    public var scopes: [TokenScope]
    /// The audience that the token is for (RFC 8707), or `nil` for the platform itself.
    public var resource: String?
    /// The grant that the token came from, or `nil` when it was issued alone.
    public var familyID: String?
    /// When the token was issued.
    public var createdAt: Timestamp
    /// When the token stops being valid.
    public var expiresAt: Timestamp
    /// When the token was last seen, or `nil` when that is not recorded.
    public var lastUsedAt: Timestamp?

    /// Creates a record value.
    public init(
        id: AccessTokenID, userID: UserID, teamID: TeamID, clientID: String, scopes: [TokenScope], resource: String?, familyID: String?,
        createdAt: Timestamp, expiresAt: Timestamp, lastUsedAt: Timestamp?
    ) {
        self.id = id
        self.userID = userID
        self.teamID = teamID
        self.clientID = clientID
        self.scopes = scopes
        self.resource = resource
        self.familyID = familyID
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
    }

    /// Whether the token is no longer valid at a time. It is valid before ``expiresAt`` and not at that moment.
    public func hasExpired(at time: Timestamp) -> Bool { expiresAt <= time }
}

/// A token that was just issued. Its text is stored nowhere and cannot be had again.
public struct IssuedAccessToken: Sendable {
    /// The token for the client.
    public var token: SecretText
    /// What is stored about it.
    public var record: AccessToken

    /// Creates a result.
    public init(token: SecretText, record: AccessToken) {
        self.token = token
        self.record = record
    }
}
