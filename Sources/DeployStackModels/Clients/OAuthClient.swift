/// A program that gets tokens on behalf of users (RFC 7591 for those that register themselves).
public struct OAuthClient: Sendable, Hashable, Identifiable {
    /// How a client became known.
    public enum Registration: String, Sendable, Hashable {
        /// It is named by whoever runs the platform.
        case `static`
        /// It registered itself.
        case dynamic
    }

    /// The client's identifier: a fixed name, or `dyn_`, the time in milliseconds, `_` and nine characters for one that registered itself.
    public var id: OAuthClientID
    /// How the client became known.
    public var registration: Registration
    /// The name that users see.
    public var name: String
    /// Where users may be sent back to.
    public var redirectURIs: [String]
    /// The grant types that the client uses. Without `authorization_code` it asks no user, and without `refresh_token` it is given no refresh token.
    public var grantTypes: [String]
    /// The response types that the client uses.
    public var responseTypes: [String]
    /// What the client may ask for.
    public var scopes: [TokenScope]
    /// Whether the client has a secret. One without is a public client, which proves itself by PKCE alone.
    public var hasSecret: Bool
    /// The team that the client belongs to, or `nil`.
    public var teamID: TeamID?
    /// The user who registered the client, or `nil`.
    public var createdBy: UserID?
    /// Whether the client may be used.
    public var isActive: Bool
    /// When the client stops being usable, or `nil`.
    public var expiresAt: Timestamp?
    /// When a user was last asked by the client, or `nil`.
    public var lastUsedAt: Timestamp?
    /// When the client was registered.
    public var createdAt: Timestamp
    /// When the client was last changed.
    public var updatedAt: Timestamp

    /// Creates a value.
    public init(
        id: OAuthClientID, registration: Registration, name: String, redirectURIs: [String],
        grantTypes: [String] = ["authorization_code", "refresh_token"], responseTypes: [String] = ["code"], scopes: [TokenScope] = TokenScope.all,
        hasSecret: Bool = false, teamID: TeamID? = nil, createdBy: UserID? = nil, isActive: Bool = true, expiresAt: Timestamp? = nil,
        lastUsedAt: Timestamp? = nil, createdAt: Timestamp = .epoch, updatedAt: Timestamp = .epoch
    ) {
        self.id = id
        self.registration = registration
        self.name = name
        self.redirectURIs = redirectURIs
        self.grantTypes = grantTypes
        self.responseTypes = responseTypes
        self.scopes = scopes
        self.hasSecret = hasSecret
        self.teamID = teamID
        self.createdBy = createdBy
        self.isActive = isActive
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// Whether the client may be used at a time: it is active and has not expired.
    public func isUsable(at time: Timestamp) -> Bool { isActive && expiresAt.map { $0 > time } ?? true }

    /// The clients that are known without being registered, unless a store is opened with others.
    ///
    /// They run on the user's machine or belong to a well-known service. Their `http` addresses of the machine itself match with any port (RFC 8252, section 7.3).
    public static let wellKnown: [OAuthClient] = [
        OAuthClient(
            id: "vscode_mcp_extension", registration: .static, name: "VS Code",
            redirectURIs: loopback + ["https://vscode.dev/redirect", "https://insiders.vscode.dev/redirect"]),
        OAuthClient(id: "cursor_mcp_client", registration: .static, name: "Cursor", redirectURIs: loopback),
        OAuthClient(
            id: "claude_ai_mcp_client", registration: .static, name: "Claude",
            redirectURIs: loopback + ["https://claude.ai/api/mcp/auth_callback", "https://claude.com/api/mcp/auth_callback"]),
        OAuthClient(id: "cline_mcp_client", registration: .static, name: "Cline", redirectURIs: loopback),
    ]

    private static let loopback = ["http://127.0.0.1", "http://localhost", "http://[::1]"].flatMap { [$0, $0 + "/", $0 + "/callback"] }
}

/// What a client says of itself when it registers (RFC 7591).
public struct NewOAuthClient: Sendable, Hashable {
    /// The name that users see, 1 to 255 characters.
    public var name: String
    /// Where users may be sent back to: 1 to 20 absolute addresses without a fragment, each of at most 2 048 characters.
    public var redirectURIs: [String]
    /// The grant types; any of `authorization_code` and `refresh_token`, at least one, and both by default.
    ///
    /// A client uses what it has registered and nothing else: without `authorization_code` it asks no user, and without `refresh_token` a code gives it an access
    /// token alone. A client that names none means `authorization_code` alone (RFC 7591, section 2); a service that registers clients for others says so here.
    public var grantTypes: [String]
    /// The response types; only `code` exists.
    public var responseTypes: [String]
    /// What the client may ask for; at least one of ``TokenScope/all``.
    public var scopes: [TokenScope]
    /// Whether the client gets a secret. One without is a public client.
    public var wantsSecret: Bool
    /// The team that the client belongs to, or `nil`.
    public var teamID: TeamID?
    /// The user who registers the client, or `nil`.
    public var createdBy: UserID?
    /// How long the client may be used, or `nil` for ever.
    public var lifetime: Duration?

    /// Describes a client.
    public init(
        name: String, redirectURIs: [String], grantTypes: [String] = ["authorization_code", "refresh_token"], responseTypes: [String] = ["code"],
        scopes: [TokenScope] = TokenScope.all, wantsSecret: Bool = false, teamID: TeamID? = nil, createdBy: UserID? = nil, lifetime: Duration? = nil
    ) {
        self.name = name
        self.redirectURIs = redirectURIs
        self.grantTypes = grantTypes
        self.responseTypes = responseTypes
        self.scopes = scopes
        self.wantsSecret = wantsSecret
        self.teamID = teamID
        self.createdBy = createdBy
        self.lifetime = lifetime
    }
}

/// A client that was just registered. Its secret is stored nowhere and cannot be had again.
public struct RegisteredOAuthClient: Sendable {
    /// The client.
    public var client: OAuthClient
    /// The client's secret, or `nil` for a public client.
    public var secret: SecretText?

    /// Creates a result.
    public init(client: OAuthClient, secret: SecretText?) {
        self.client = client
        self.secret = secret
    }
}

/// What a user allowed a client to do in a team, so that the user need not be asked again.
public struct TeamConsent: Sendable, Hashable, Identifiable {
    /// The consent's identifier.
    public var id: TeamConsentID
    /// The user who consented.
    public var userID: UserID
    /// The team.
    public var teamID: TeamID
    /// The client.
    public var clientID: OAuthClientID
    /// What the client may do.
    public var scopes: [TokenScope]
    /// When the user consented last.
    public var grantedAt: Timestamp
    /// When a request was last approved that asked for nothing else, or `nil`.
    public var lastUsedAt: Timestamp?

    /// Creates a value.
    public init(
        id: TeamConsentID, userID: UserID, teamID: TeamID, clientID: OAuthClientID, scopes: [TokenScope], grantedAt: Timestamp,
        lastUsedAt: Timestamp? = nil
    ) {
        self.id = id
        self.userID = userID
        self.teamID = teamID
        self.clientID = clientID
        self.scopes = scopes
        self.grantedAt = grantedAt
        self.lastUsedAt = lastUsedAt
    }
}
