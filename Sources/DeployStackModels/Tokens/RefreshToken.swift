/// What is needed to issue a refresh token.
public struct NewRefreshToken: Sendable, Hashable {
    /// The user on whose behalf the tokens act; a member of the team.
    public var user: UserID
    /// The team that the tokens are bound to.
    public var team: TeamID
    /// The OAuth client that gets the token, 1 to 255 characters.
    public var client: OAuthClientID
    /// What access tokens that come of it allow; at least one of ``TokenScope/all``, duplicates are dropped.
    public var scopes: [TokenScope]
    /// The audience that they are for (RFC 8707), or `nil` for the platform itself; 1 to 2 048 characters.
    public var resource: String?
    /// The grant that the token comes from, or `nil` for a new one. A family has one unused refresh token at most.
    public var family: TokenFamilyID?

    /// Describes a token to issue.
    public init(
        user: UserID, team: TeamID, client: OAuthClientID, scopes: [TokenScope] = TokenScope.all, resource: String? = nil,
        family: TokenFamilyID? = nil
    ) {
        self.user = user
        self.team = team
        self.client = client
        self.scopes = scopes
        self.resource = resource
        self.family = family
    }
}

/// What is stored about a refresh token: everything but the token.
public struct RefreshToken: Sendable, Hashable, Identifiable {
    /// The record's identifier. It is not the token and grants nothing.
    public var id: RefreshTokenID
    /// The user on whose behalf the tokens act.
    public var userID: UserID
    /// The team that the tokens are bound to.
    public var teamID: TeamID
    /// The OAuth client that got the token.
    public var clientID: OAuthClientID
    /// What access tokens that come of it allow.
    public var scopes: [TokenScope]
    /// The audience that they are for, or `nil` for the platform itself.
    public var resource: String?
    /// The grant that the token comes from.
    public var familyID: TokenFamilyID
    /// Whether the token was used. A used token is kept until it expires, so that a second use is noticed.
    public var isUsed: Bool
    /// When the token was used, or `nil`.
    public var usedAt: Timestamp?
    /// When the token was issued.
    public var createdAt: Timestamp
    /// When the token stops being valid.
    public var expiresAt: Timestamp

    /// Creates a record value.
    public init(
        id: RefreshTokenID, userID: UserID, teamID: TeamID, clientID: OAuthClientID, scopes: [TokenScope], resource: String?,
        familyID: TokenFamilyID, isUsed: Bool, usedAt: Timestamp?, createdAt: Timestamp, expiresAt: Timestamp
    ) {
        self.id = id
        self.userID = userID
        self.teamID = teamID
        self.clientID = clientID
        self.scopes = scopes
        self.resource = resource
        self.familyID = familyID
        self.isUsed = isUsed
        self.usedAt = usedAt
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }

    /// Whether the token is no longer valid at a time. It is valid before ``expiresAt`` and not at that moment.
    public func hasExpired(at time: Timestamp) -> Bool { expiresAt <= time }
}

/// A refresh token that was just issued. Its text is stored nowhere and cannot be had again.
public struct IssuedRefreshToken: Sendable {
    /// The token for the client.
    public var token: SecretText
    /// What is stored about it.
    public var record: RefreshToken

    /// Creates a result.
    public init(token: SecretText, record: RefreshToken) {
        self.token = token
        self.record = record
    }
}

/// The tokens that a grant gives.
public struct TokenPair: Sendable {
    /// The access token.
    public var access: IssuedAccessToken
    /// The refresh token, or `nil` when the scope ``TokenScope/offlineAccess`` was not granted.
    public var refresh: IssuedRefreshToken?

    /// Creates a pair.
    public init(access: IssuedAccessToken, refresh: IssuedRefreshToken?) {
        self.access = access
        self.refresh = refresh
    }
}

/// What came of using a code or a refresh token, as a value.
///
/// A refusal is a result and not an error, because what goes with it must last: a second use revokes the whole family, and an error that leaves a
/// transaction would undo that.
public enum GrantOutcome: Sendable {
    /// The tokens.
    case granted(TokenPair)
    /// Why there are none: an error of kind `.invalidGrant`, or `.ruleViolation` with rule `notMember` or `grantTypeNotRegistered`.
    case refused(DataError)

    /// The tokens.
    ///
    /// - Throws: The refusal.
    public func get() throws(DataError) -> TokenPair {
        switch self {
        case .granted(let pair): return pair
        case .refused(let error): throw error
        }
    }
}

/// How many records a purge removed.
public struct PurgedGrants: Sendable, Hashable {
    /// Expired access tokens.
    public var accessTokens: Int
    /// Expired refresh tokens.
    public var refreshTokens: Int
    /// Expired authorization requests and codes.
    public var codes: Int

    /// Creates a value.
    public init(accessTokens: Int = 0, refreshTokens: Int = 0, codes: Int = 0) {
        self.accessTokens = accessTokens
        self.refreshTokens = refreshTokens
        self.codes = codes
    }
}
