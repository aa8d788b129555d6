import DeployStackModels

/// A new access token: its text, which is given out once, and what is stored about it.
struct GeneratedToken {
    let text: String
    let record: AccessToken
    var hash: TokenHash { TokenHash(of: text) }

    /// Draws a token: a prefix and 32 random bytes in base64url without padding (RFC 4648, section 5).
    ///
    /// - Throws: ``DataError`` of kind `.configuration` when the store's lifetime is one that no token can have.
    init(issuing token: NewAccessToken, in environment: StoreEnvironment) throws(DataError) {
        let now = environment.now()
        guard let expiresAt = now.adding(environment.options.accessTokenLifetime), expiresAt > now else { throw TokenRules.impossibleLifetime }
        text = TokenRules.accessTokenPrefix + Base64URL.encode(environment.options.randomSource.bytes(TokenRules.randomBytes))
        record = AccessToken(
            id: AccessTokenID(environment.makeID()), userID: token.user, teamID: token.team, clientID: token.clientID, scopes: token.scopes,
            resource: token.resource, familyID: token.familyID, createdAt: now, expiresAt: expiresAt,
            lastUsedAt: nil)
    }
}
