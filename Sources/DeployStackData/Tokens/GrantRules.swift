import DeployStackModels

/// What both backends decide about codes and refresh tokens.
enum GrantRules {
    /// A code, a refresh token, and whether one of them was used, as they are stored.
    struct StoredCode: Sendable {
        var request: AuthorizationRequest
        var isUsed: Bool
    }

    /// What to do with a code or token that was presented.
    enum Verdict {
        case valid
        case refused(DataError)
        /// It was used before: revoke the family, and refuse.
        case replayed
    }

    static let codePrefix = "dsc_"
    static let refreshTokenPrefix = "dsr_"

    static let unknownCode = DataError(
        .invalidGrant, entity: .authorizationCode, reason: "the code is unknown, expired, or was given to another client or redirect URI")
    static let wrongVerifier = DataError(.invalidGrant, entity: .authorizationCode, reason: "the code verifier does not belong to the code challenge")
    static let replayedCode = DataError(
        .invalidGrant, entity: .authorizationCode, reason: "the code was used before; what came of it is revoked", rule: .reusedGrant)
    static let unknownRefreshToken = DataError(
        .invalidGrant, entity: .refreshToken, reason: "the refresh token is unknown, expired, revoked, or was given to another client")
    static let replayedRefreshToken = DataError(
        .invalidGrant, entity: .refreshToken, reason: "the refresh token was used before; its family is revoked", rule: .reusedGrant)
    /// Ends a transaction in which a refresh token turned out to be in use; never told to a caller.
    static let overtaken = DataError(.invalidGrant, entity: .refreshToken, reason: "the refresh token was in use")
    static let inactiveClient = DataError(.invalidGrant, entity: .client, reason: "the client is not active")
    /// Whether a client may still get tokens. One that was never registered was given its tokens by hand, and is nobody's to forbid; one that registered itself
    /// and is gone gets no more.
    static func isUsable(_ client: OAuthClient?, _ id: OAuthClientID, at now: Timestamp) -> Bool {
        client?.isUsable(at: now) ?? !id.rawValue.hasPrefix(OAuthClientRules.idPrefix)
    }

    static let unregisteredGrantType = DataError.ruleViolation(.grantTypeNotRegistered, "the client did not register this grant type")

    /// Whether a client gets refresh tokens and may use them. One without a registration says nothing of itself.
    static func mayRefresh(_ client: OAuthClient?) -> Bool { client?.grantTypes.contains(OAuthClientRules.refreshTokens) ?? true }

    static let closedRequest = DataError(
        .invalidGrant, entity: .authorizationCode, reason: "the request is unknown, expired, or was approved before")
    static let unknownClient = DataError.referenceMissing(.client)
    static let outcomeInTransaction = DataError.ruleViolation(
        .outcomeInTransaction, "inside a transaction use the call that returns a refusal as a value, so that the revocation is not rolled back")

    /// Whether a text can be a secret of ours with a prefix at all. Others are not looked up.
    static func canBe(_ text: String, _ prefix: String) -> Bool {
        text.utf8.count == prefix.utf8.count + (TokenRules.randomBytes * 4 + 2) / 3 && text.hasPrefix(prefix)
    }

    /// Draws a secret: a prefix and 32 random bytes in base64url without padding.
    static func draw(_ prefix: String, in environment: StoreEnvironment) -> String {
        prefix + Base64URL.encode(environment.options.randomSource.bytes(TokenRules.randomBytes))
    }

    /// What to do with a code that somebody presents. A wrong client, redirect URI or verifier neither burns it nor revokes anything.
    static func verdict(
        on code: StoredCode, client: OAuthClientID, redirectURI: String, verifier: String, at now: Timestamp
    ) -> Verdict {
        guard code.request.clientID == client, code.request.redirectURI.hasSameBytes(as: redirectURI) else { return .refused(unknownCode) }
        guard ProofKey.matches(verifier, code.request.codeChallenge, code.request.codeChallengeMethod) else { return .refused(wrongVerifier) }
        if code.isUsed { return .replayed }
        return code.request.expiresAt > now ? .valid : .refused(unknownCode)
    }

    /// What to do with a refresh token that somebody presents.
    static func verdict(on token: RefreshToken, client: OAuthClientID, at now: Timestamp) -> Verdict {
        if token.isUsed { return .replayed }
        return token.clientID == client && !token.hasExpired(at: now) ? .valid : .refused(unknownRefreshToken)
    }

    /// A moment so far after now.
    static func expiry(_ lifetime: Duration, _ field: String, from now: Timestamp) throws(DataError) -> Timestamp {
        guard let expiry = now.adding(lifetime), expiry > now else {
            throw DataError(
                .configuration, field: field, reason: "it must be at least a microsecond, and not reach beyond the year 294247")
        }
        return expiry
    }

    static func checked(batchSize: Int) throws(DataError) -> Int {
        guard (1...100_000).contains(batchSize) else { throw .validation("batchSize", "it must be 1 to 100000") }
        return batchSize
    }
}

extension TokenRules {
    /// The scopes without duplicates, each known, at least one.
    static func checked(_ scopes: [TokenScope]) throws(DataError) -> [TokenScope] {
        var kept: [TokenScope] = []
        for scope in scopes where !kept.contains(scope) {
            guard TokenScope.all.contains(scope) else {
                throw .validation("scopes", "each must be one of \(TokenScope.all.map(\.rawValue).joined(separator: ", "))")
            }
            kept.append(scope)
        }
        guard !kept.isEmpty else { throw .validation("scopes", "there must be at least one") }
        return kept
    }
}

extension NewRefreshToken {
    /// The token as it is stored, or a validation error.
    func validated() throws(DataError) -> NewRefreshToken {
        var token = self
        token.client = OAuthClientID(try TextRule(field: "client", characters: 1...255).checked(client.rawValue))
        token.resource = try TextRule(field: "resource", characters: 1...2_048).checked(resource)
        token.family = try TextRule(field: "family", characters: 1...100).checked(family?.rawValue).map { TokenFamilyID($0) }
        token.scopes = try TokenRules.checked(scopes)
        return token
    }
}

extension NewAuthorizationRequest {
    /// The request as far as it can be checked without its client, or a validation error.
    func validated(allowsPlain: Bool) throws(DataError) -> NewAuthorizationRequest {
        var request = self
        request.redirectURI = try TextRule(field: "redirectURI", characters: 1...2_048).checked(redirectURI)
        request.scopes = try TokenRules.checked(scopes)
        request.state = try TextRule(field: "state", characters: 0...2_048).checked(state)
        request.resource = try TextRule(field: "resource", characters: 1...2_048).checked(resource)
        guard codeChallengeMethod == .s256 || (codeChallengeMethod == .plain && allowsPlain) else {
            throw .validation("codeChallengeMethod", allowsPlain ? "it must be S256 or plain" : "it must be S256")
        }
        guard ProofKey.isChallenge(codeChallenge, codeChallengeMethod) else {
            throw .validation("codeChallenge", "it must be 43 characters of base64url for S256, and a code verifier for plain")
        }
        return request
    }

    /// Throws when the client does not allow the request.
    func validate(with client: OAuthClient?, at now: Timestamp) throws(DataError) {
        guard let client, client.isUsable(at: now) else { throw GrantRules.unknownClient }
        guard client.grantTypes.contains(OAuthClientRules.codes) else { throw GrantRules.unregisteredGrantType }
        guard RedirectURIRule.isRegistered(redirectURI, for: client) else {
            throw .validation("redirectURI", "it must be one that the client has registered")
        }
        for scope in scopes where !client.scopes.contains(scope) {
            throw .validation("scopes", "each must be one that the client may ask for")
        }
    }
}

extension AuthorizationRequest {
    /// The record of a new request.
    init(_ new: NewAuthorizationRequest, in environment: StoreEnvironment) throws(DataError) {
        let now = environment.now()
        self.init(
            id: AuthorizationCodeID(environment.makeID()), userID: new.user, teamID: new.team, clientID: new.client, redirectURI: new.redirectURI,
            scopes: new.scopes, state: new.state, codeChallenge: new.codeChallenge, codeChallengeMethod: new.codeChallengeMethod,
            resource: new.resource, createdAt: now,
            expiresAt: try GrantRules.expiry(environment.options.authorizationLifetime, "authorizationLifetime", from: now))
    }

    /// The family of the tokens that come of the request.
    var familyID: TokenFamilyID { TokenFamilyID(id.rawValue) }
}
