/// How a client proves that it is the one that asked for a code (RFC 7636).
public enum CodeChallengeMethod: OpenEnumeration {
    /// The challenge is the SHA-256 of the verifier in base64url.
    case s256
    /// The challenge is the verifier itself, which protects from nobody who sees the request. Refused unless the store allows it.
    case plain
    /// A value that this version does not know, as it is stored.
    case unknown(String)

    /// The cases that this version knows.
    public static let known: [CodeChallengeMethod] = [.s256, .plain]

    /// The case for a stored text.
    public init(rawValue: String) {
        switch rawValue {
        case "S256": self = .s256
        case "plain": self = .plain
        default: self = .unknown(rawValue)
        }
    }

    /// The stored text.
    public var rawValue: String {
        switch self {
        case .s256: "S256"
        case .plain: "plain"
        case .unknown(let text): text
        }
    }
}

/// What a client asks a user for (RFC 6749, section 4.1.1, with RFC 7636 and RFC 8707).
public struct NewAuthorizationRequest: Sendable, Hashable {
    /// The user who is asked; a member of the team.
    public var user: UserID
    /// The team that the tokens will be bound to.
    public var team: TeamID
    /// The client that asks: one of the store's static clients, or a registered one.
    public var client: OAuthClientID
    /// Where the user is sent back to: exactly as the client registered it.
    public var redirectURI: String
    /// What the client wants; at least one of ``TokenScope/all``, duplicates are dropped.
    public var scopes: [TokenScope]
    /// What the client wants to get back unchanged, at most 2 048 characters; may be empty.
    public var state: String
    /// The code challenge: 43 characters of base64url for ``CodeChallengeMethod/s256``.
    public var codeChallenge: String
    /// How the challenge was made.
    public var codeChallengeMethod: CodeChallengeMethod
    /// The audience that the tokens are for, or `nil` for the platform itself; 1 to 2 048 characters.
    public var resource: String?

    /// Describes a request.
    public init(
        user: UserID, team: TeamID, client: OAuthClientID, redirectURI: String, scopes: [TokenScope] = TokenScope.all, state: String = "",
        codeChallenge: String, codeChallengeMethod: CodeChallengeMethod = .s256, resource: String? = nil
    ) {
        self.user = user
        self.team = team
        self.client = client
        self.redirectURI = redirectURI
        self.scopes = scopes
        self.state = state
        self.codeChallenge = codeChallenge
        self.codeChallengeMethod = codeChallengeMethod
        self.resource = resource
    }
}

/// A client's request that a user approves or denies. It is open for ten minutes unless the store was opened with another lifetime.
public struct AuthorizationRequest: Sendable, Hashable, Identifiable {
    /// The request's identifier. It is also that of the family of all tokens that come of it.
    public var id: AuthorizationCodeID
    /// The user who is asked.
    public var userID: UserID
    /// The team that the tokens will be bound to.
    public var teamID: TeamID
    /// The client that asks.
    public var clientID: OAuthClientID
    /// Where the user is sent back to.
    public var redirectURI: String
    /// What the client wants.
    public var scopes: [TokenScope]
    /// What the client wants to get back unchanged.
    public var state: String
    /// The code challenge.
    public var codeChallenge: String
    /// How the challenge was made.
    public var codeChallengeMethod: CodeChallengeMethod
    /// The audience that the tokens are for, or `nil` for the platform itself.
    public var resource: String?
    /// When the request was made.
    public var createdAt: Timestamp
    /// When the request, and a code that comes of it, stops being valid.
    public var expiresAt: Timestamp

    /// Creates a value.
    public init(
        id: AuthorizationCodeID, userID: UserID, teamID: TeamID, clientID: OAuthClientID, redirectURI: String, scopes: [TokenScope], state: String,
        codeChallenge: String, codeChallengeMethod: CodeChallengeMethod, resource: String?, createdAt: Timestamp, expiresAt: Timestamp
    ) {
        self.id = id
        self.userID = userID
        self.teamID = teamID
        self.clientID = clientID
        self.redirectURI = redirectURI
        self.scopes = scopes
        self.state = state
        self.codeChallenge = codeChallenge
        self.codeChallengeMethod = codeChallengeMethod
        self.resource = resource
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}
