/// What is said about a token to somebody who was given it (RFC 7662).
///
/// Encoded, it is the answer of an introspection endpoint: `{"active": false}` for every token that is not valid, whatever the reason.
public struct TokenIntrospection: Sendable, Hashable {
    /// Why a token is not active.
    public enum Inactivity: Sendable, Hashable {
        /// It is unknown, expired, revoked, malformed, or of a user who left the team; which of them is not said.
        case notValid
        /// It is valid, for another team than the expected one.
        case otherTeam
        /// It is valid, for another audience than the expected one.
        case otherAudience
    }

    /// What is said about an active token.
    public struct Details: Sendable, Hashable {
        /// What the token allows.
        public var scopes: [TokenScope]
        /// The client that got the token.
        public var clientID: String
        /// The user's name.
        public var username: String
        /// The user.
        public var subject: UserID
        /// What the token is for: its resource, or `deploystack:team:` and the team's identifier.
        public var audience: String
        /// Who issued the token, or `nil` when the store was opened without saying so.
        public var issuer: String?
        /// When the token expires.
        public var expiresAt: Timestamp
        /// When the token was issued.
        public var issuedAt: Timestamp
        /// The team.
        public var teamID: TeamID
        /// The team's name.
        public var teamName: String
        /// The user's present role in the team.
        public var teamRole: TeamRole
        /// What that role permits, in the order in which it is stored.
        public var teamPermissions: [String]

        /// Creates a value.
        public init(
            scopes: [TokenScope], clientID: String, username: String, subject: UserID, audience: String, issuer: String?, expiresAt: Timestamp,
            issuedAt: Timestamp, teamID: TeamID, teamName: String, teamRole: TeamRole, teamPermissions: [String]
        ) {
            self.scopes = scopes
            self.clientID = clientID
            self.username = username
            self.subject = subject
            self.audience = audience
            self.issuer = issuer
            self.expiresAt = expiresAt
            self.issuedAt = issuedAt
            self.teamID = teamID
            self.teamName = teamName
            self.teamRole = teamRole
            self.teamPermissions = teamPermissions
        }
    }

    /// What is said about the token, or `nil` when it is not active.
    public var details: Details?
    /// Why the token is not active, or `nil` when it is.
    public var inactivity: Inactivity?

    /// Whether the token is active.
    public var isActive: Bool { details != nil }

    /// An active token.
    public init(active details: Details) { self.details = details }

    /// A token that is not active.
    public init(inactive reason: Inactivity) { inactivity = reason }
}

extension TokenIntrospection: Encodable {
    private enum CodingKeys: String, CodingKey {
        case active, scope, username, sub, aud, iss, exp, iat
        case clientID = "client_id"
        case teamID = "team_id"
        case teamName = "team_name"
        case teamRole = "team_role"
        case teamPermissions = "team_permissions"
    }

    /// Encodes the answer of an introspection endpoint; times are whole seconds since 1970.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(isActive, forKey: .active)
        guard let details else { return }
        try container.encode(details.scopes.map(\.rawValue).joined(separator: " "), forKey: .scope)
        try container.encode(details.clientID, forKey: .clientID)
        try container.encode(details.username, forKey: .username)
        try container.encode(details.subject, forKey: .sub)
        try container.encode(details.audience, forKey: .aud)
        try container.encodeIfPresent(details.issuer, forKey: .iss)
        try container.encode(details.expiresAt.microsecondsSinceEpoch / 1_000_000, forKey: .exp)
        try container.encode(details.issuedAt.microsecondsSinceEpoch / 1_000_000, forKey: .iat)
        try container.encode(details.teamID, forKey: .teamID)
        try container.encode(details.teamName, forKey: .teamName)
        try container.encode(details.teamRole.rawValue, forKey: .teamRole)
        try container.encode(details.teamPermissions, forKey: .teamPermissions)
    }
}
