import DeployStackModels

/// A new refresh token: its text, which is given out once, and what is stored about it.
struct GeneratedRefreshToken {
    let text: String
    let record: RefreshToken
    var hash: TokenHash { TokenHash(of: text) }

    /// Draws a token: a prefix and 32 random bytes in base64url without padding (RFC 4648, section 5).
    init(issuing token: NewRefreshToken, in environment: StoreEnvironment) throws(DataError) {
        let now = environment.now()
        let expiresAt = try GrantRules.expiry(environment.options.refreshTokenLifetime, "refreshTokenLifetime", from: now)
        text = GrantRules.draw(GrantRules.refreshTokenPrefix, in: environment)
        record = RefreshToken(
            id: RefreshTokenID(environment.makeID()), userID: token.user, teamID: token.team, clientID: token.client, scopes: token.scopes,
            resource: token.resource, familyID: token.family ?? TokenFamilyID(environment.makeID()), isUsed: false, usedAt: nil, createdAt: now,
            expiresAt: expiresAt)
    }

    var issued: IssuedRefreshToken { IssuedRefreshToken(token: SecretText(text), record: record) }
}

/// The tokens that a code or a refresh token gives: they have its scopes, resource and family.
struct GeneratedPair {
    let access: GeneratedToken
    let refresh: GeneratedRefreshToken?

    init(
        user: UserID, team: TeamID, client: OAuthClientID, scopes: [TokenScope], resource: String?, family: TokenFamilyID,
        mayRefresh: Bool, in environment: StoreEnvironment
    ) throws(DataError) {
        access = try GeneratedToken(
            issuing: NewAccessToken(
                user: user, team: team, clientID: client.rawValue, scopes: scopes, resource: resource, familyID: family.rawValue), in: environment)
        guard mayRefresh, scopes.contains(.offlineAccess) else {
            refresh = nil
            return
        }
        refresh = try GeneratedRefreshToken(
            issuing: NewRefreshToken(user: user, team: team, client: client, scopes: scopes, resource: resource, family: family), in: environment)
    }

    /// What a code gives to a client, which may have no registration.
    init(redeeming request: AuthorizationRequest, by client: OAuthClient?, in environment: StoreEnvironment) throws(DataError) {
        try self.init(
            user: request.userID, team: request.teamID, client: request.clientID, scopes: request.scopes, resource: request.resource,
            family: request.familyID, mayRefresh: GrantRules.mayRefresh(client), in: environment)
    }

    /// What a refresh token gives.
    init(rotating token: RefreshToken, in environment: StoreEnvironment) throws(DataError) {
        try self.init(
            user: token.userID, team: token.teamID, client: token.clientID, scopes: token.scopes, resource: token.resource, family: token.familyID,
            mayRefresh: true, in: environment)
    }

    var pair: TokenPair {
        TokenPair(access: IssuedAccessToken(token: SecretText(access.text), record: access.record), refresh: refresh?.issued)
    }
}
